"""
Why a document is not taken, or not reviewed.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import frozen

from portail_core.domain.ids import DocumentCode
from portail_core.domain.refusals import Refusal


@frozen
class FileEmpty(Refusal):
    """
    There is nothing in the file.
    """

    rule: ClassVar[str] = "document.file.empty"


@frozen
class FileTooBig(Refusal):
    """
    The file is bigger than the règlement takes.

    Attributes:
        most_megabytes: The limit, included; a megabyte is a million bytes.
    """

    rule: ClassVar[str] = "document.file.size"
    most_megabytes: int


@frozen
class FileTypeNotAccepted(Refusal):
    """
    The content of the file is of no type that the règlement takes.

    Attributes:
        accepted: As people call them: « PDF », « JPEG ».
    """

    rule: ClassVar[str] = "document.file.type"
    accepted: tuple[str, ...]


@frozen
class DocumentKindUnknown(Refusal):
    """
    The règlement asks for no such document.
    """

    rule: ClassVar[str] = "document.kind.unknown"
    kind: DocumentCode


@frozen
class DocumentOfChild(Refusal):
    """
    The document is asked for each child, and none was named.
    """

    rule: ClassVar[str] = "document.about.child"
    document: str


@frozen
class DocumentOfHousehold(Refusal):
    """
    The document is asked of the household, and a child was named.
    """

    rule: ClassVar[str] = "document.about.household"
    document: str


@frozen
class TooManyWaiting(Refusal):
    """
    The household gave as much as the operator can look at.
    """

    rule: ClassVar[str] = "document.waiting.most"
    most: int


@frozen
class DocumentUnknown(Refusal):
    """
    This household has no such document; whether another has is not said.
    """

    rule: ClassVar[str] = "document.unknown"


@frozen
class DocumentReviewed(Refusal):
    """
    It was accepted or refused already.
    """

    rule: ClassVar[str] = "document.reviewed"


@frozen
class ReasonMissing(Refusal):
    """
    A refusal without a reason helps no family.
    """

    rule: ClassVar[str] = "document.reason.needed"


@frozen
class ReasonMalformed(Refusal):
    """
    It has more than 500 characters, or some that cannot be printed.
    """

    rule: ClassVar[str] = "document.reason.text"


@frozen
class DocumentDaysReversed(Refusal):
    """
    It would end before it begins.
    """

    rule: ClassVar[str] = "document.validity.order"
    valid_from: dt.date
    valid_to: dt.date

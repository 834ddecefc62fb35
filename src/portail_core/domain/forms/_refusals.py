"""
What is wrong with a field, one refusal each.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from portail_core.domain.ids import FieldName
from portail_core.domain.refusals import Refusal


@frozen
class FieldRefusal(Refusal):
    """
    A fault of one field.

    Attributes:
        field: « partner.first_name »: where to show it in the form.
    """

    field: FieldName


@frozen
class FieldEmpty(FieldRefusal):
    """
    A field marked with an asterisk was left empty.
    """

    rule: ClassVar[str] = "field.mandatory"


@frozen
class FieldClosed(FieldRefusal):
    """
    The operator does not let families fill this field in.
    """

    rule: ClassVar[str] = "field.closed"


@frozen
class FieldUnknown(FieldRefusal):
    """
    The form has no such field: a fault of the host.
    """

    rule: ClassVar[str] = "field.unknown"


@frozen
class TextMalformed(FieldRefusal):
    """
    Longer than 100 characters, or with one that is not printed.
    """

    rule: ClassVar[str] = "field.text"


@frozen
class EmailFieldMalformed(FieldRefusal):
    """
    Not an address that mails can use.
    """

    rule: ClassVar[str] = "field.email"


@frozen
class PhoneMalformed(FieldRefusal):
    """
    Neither ten digits that begin with 0, nor a number with its country.
    """

    rule: ClassVar[str] = "field.phone"


@frozen
class PostcodeMalformed(FieldRefusal):
    """
    Not five digits.
    """

    rule: ClassVar[str] = "field.postcode"


@frozen
class DayMalformed(FieldRefusal):
    """
    No day of any calendar, or one before 1900.
    """

    rule: ClassVar[str] = "field.day"


@frozen
class BornLater(FieldRefusal):
    """
    The birth date is in the future.
    """

    rule: ClassVar[str] = "field.born-later"


@frozen
class NoSuchChoice(FieldRefusal):
    """
    Not one of the answers that the form offers.
    """

    rule: ClassVar[str] = "field.choice"


@frozen
class CountMalformed(FieldRefusal):
    """
    Not a whole number from 0 to *most*, both included.
    """

    rule: ClassVar[str] = "field.count"
    most: int

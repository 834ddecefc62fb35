"""
Which gate is closed.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import frozen

from portail_core.domain.ids import FieldName, HouseRulesVersion
from portail_core.domain.money import Money
from portail_core.domain.refusals import Refusal


@frozen
class EmailUnconfirmed(Refusal):
    """
    « Tant que votre email ne sera pas validé, aucune demande d'inscription ne
    sera prise en compte par nos services. »
    """

    rule: ClassVar[str] = "gate.email.confirmed"


@frozen
class HouseholdUndescribed(Refusal):
    """
    The household has no adult or no address yet, or a field that is marked
    with an asterisk is empty.

    Attributes:
        fields: Those that are.
    """

    rule: ClassVar[str] = "gate.household.described"
    fields: tuple[FieldName, ...]


@frozen
class QuotientUnrecorded(Refusal):
    """
    The operator has recorded no quotient familial for the household.
    """

    rule: ClassVar[str] = "gate.quotient.recorded"


@frozen
class HouseRulesUnaccepted(Refusal):
    """
    The account has not accepted the règlement intérieur in force.
    """

    rule: ClassVar[str] = "gate.house-rules.accepted"
    version: HouseRulesVersion


@frozen
class DocumentMissing(Refusal):
    """
    A mandatory document was never given.

    Attributes:
        document: Its label, here and below.
    """

    rule: ClassVar[str] = "gate.document.missing"
    document: str


@frozen
class DocumentWaiting(Refusal):
    """
    The operator has not looked at it yet.
    """

    rule: ClassVar[str] = "gate.document.waiting"
    document: str


@frozen
class DocumentRefused(Refusal):
    """
    The last one that was given was refused.
    """

    rule: ClassVar[str] = "gate.document.refused"
    document: str
    reason: str


@frozen
class DocumentExpired(Refusal):
    """
    It was good until a day that is over.
    """

    rule: ClassVar[str] = "gate.document.expired"
    document: str
    valid_to: dt.date


@frozen
class DocumentNotYetValid(Refusal):
    """
    It was accepted, from a later day on.
    """

    rule: ClassVar[str] = "gate.document.not-yet-valid"
    document: str
    valid_from: dt.date


@frozen
class PreRegistrationMissing(Refusal):
    """
    The child was never pre-registered at the accueil.

    Attributes:
        accueil: Its label, here and below.
    """

    rule: ClassVar[str] = "gate.pre-registration.missing"
    accueil: str


@frozen
class PreRegistrationWaiting(Refusal):
    """
    The operator has not decided yet.
    """

    rule: ClassVar[str] = "gate.pre-registration.waiting"
    accueil: str


@frozen
class PreRegistrationRefused(Refusal):
    """
    The operator said no.
    """

    rule: ClassVar[str] = "gate.pre-registration.refused"
    accueil: str
    reason: str


@frozen
class DocumentGraceOver(Refusal):
    """
    Days may be booked without it until a day, and one of these is later.
    """

    rule: ClassVar[str] = "gate.document.grace"
    document: str
    last_day: dt.date


@frozen
class ArrearsOver(Refusal):
    """
    More is owed than the règlement lets a household owe and book.
    """

    rule: ClassVar[str] = "gate.arrears.over"
    owed: Money
    over: Money


@frozen
class ArrearsAtMonthEnd(Refusal):
    """
    So much was owed when the month before ended.

    Attributes:
        first_day: Of the month that is closed.
    """

    rule: ClassVar[str] = "gate.arrears.month-end"
    first_day: dt.date
    owed: Money

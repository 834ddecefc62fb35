"""
Gates: what must have been done before a child is booked at an accueil.

They are judged once, on the day that a family asks: what was booked stands
when a document ends later.
"""

from portail_core.domain.admission import Gate, Waiver

from ._dossier import Dossier
from ._judgement import unmet, unmet_on
from ._refusals import (
    ArrearsAtMonthEnd,
    ArrearsOver,
    DocumentExpired,
    DocumentGraceOver,
    DocumentMissing,
    DocumentNotYetValid,
    DocumentRefused,
    DocumentWaiting,
    EmailUnconfirmed,
    HouseholdUndescribed,
    HouseRulesUnaccepted,
    PreRegistrationMissing,
    PreRegistrationRefused,
    PreRegistrationWaiting,
    QuotientUnrecorded,
)

__all__ = [
    "ArrearsAtMonthEnd",
    "ArrearsOver",
    "DocumentExpired",
    "DocumentGraceOver",
    "DocumentMissing",
    "DocumentNotYetValid",
    "DocumentRefused",
    "DocumentWaiting",
    "Dossier",
    "EmailUnconfirmed",
    "Gate",
    "HouseRulesUnaccepted",
    "HouseholdUndescribed",
    "PreRegistrationMissing",
    "PreRegistrationRefused",
    "PreRegistrationWaiting",
    "QuotientUnrecorded",
    "Waiver",
    "unmet",
    "unmet_on",
]

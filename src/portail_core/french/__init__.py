"""
Sentences for people: amounts, days, states, reasons, refusals.

Nothing here decides; everything here is read by a family.
"""

from ._accounts import MAIL_ON_ITS_WAY
from ._days import day, long_moment, moment, month, short_day
from ._figures import amount, quantity
from ._reasons import CREDITED, REASONS, credited, settlement, why
from ._refusals import FIELDS, SENTENCES, refusal
from ._states import (
    document_standing,
    line_state,
    pre_registration_state,
    request_state,
)
from ._typography import typeset

__all__ = [
    "CREDITED",
    "FIELDS",
    "MAIL_ON_ITS_WAY",
    "REASONS",
    "SENTENCES",
    "amount",
    "credited",
    "day",
    "document_standing",
    "line_state",
    "long_moment",
    "moment",
    "month",
    "pre_registration_state",
    "quantity",
    "refusal",
    "request_state",
    "settlement",
    "short_day",
    "typeset",
    "why",
]

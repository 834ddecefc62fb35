"""
Sentences for people: amounts, days, states, reasons, refusals.

Nothing here decides; everything here is read by a family.
"""

from ._accounts import MAIL_ON_ITS_WAY
from ._days import day, long_moment, moment, month, short_day, weekday
from ._figures import amount, designation, page, quantity, unit_price
from ._forms import (
    FIELDS,
    block,
    family_situation,
    field_label,
    field_name,
    field_text,
    phone,
)
from ._provisos import provisos
from ._reasons import CREDITED, REASONS, credited, settlement, why
from ._refusals import SENTENCES, refusal
from ._squares import SHORT, short_reason
from ._states import (
    document_standing,
    invoice_state,
    line_state,
    pre_registration_state,
    request_state,
)
from ._storage import STORAGE_BUSY
from ._tiles import pending_invoices, tile, tile_caption
from ._typography import typeset

__all__ = [
    "CREDITED",
    "FIELDS",
    "MAIL_ON_ITS_WAY",
    "REASONS",
    "SENTENCES",
    "SHORT",
    "STORAGE_BUSY",
    "amount",
    "block",
    "credited",
    "day",
    "designation",
    "document_standing",
    "family_situation",
    "field_label",
    "field_name",
    "field_text",
    "invoice_state",
    "line_state",
    "long_moment",
    "moment",
    "month",
    "page",
    "pending_invoices",
    "phone",
    "pre_registration_state",
    "provisos",
    "quantity",
    "refusal",
    "request_state",
    "settlement",
    "short_day",
    "short_reason",
    "tile",
    "tile_caption",
    "typeset",
    "unit_price",
    "weekday",
    "why",
]

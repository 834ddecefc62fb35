"""
docs/spec/mail.md, rule by rule.
"""

import datetime as dt
from typing import get_args, get_type_hints

import attrs
import pytest
from attrs import fields

from portail_core.domain.ids import (
    AccountId,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    PreRegistrationId,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.notices import Notice

HARMLESS = {
    AccountId,
    AmplitudeCode,
    AttemptReference,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    PreRegistrationId,
    ReglementDigest,
    RequestNumber,
    ChildId,
    Money,
    int,
    dt.date,
    dt.datetime,
    type(None),
    Ellipsis,
}
SENTENCES = {"reason", "label", "document", "path"}


def parts(kind):
    if attrs.has(kind) and kind is not Money:
        hints = get_type_hints(kind)
        inside = [hints[name] for name in hints if name not in SENTENCES]
    else:
        inside = list(get_args(kind))
    return {kind} if not inside else set().union(*map(parts, inside))


class TestNotices:
    @pytest.mark.rule("mail.notice.no-personal-data")
    @pytest.mark.parametrize("notice", get_args(Notice))
    def test_nothing_personal(self, notice):
        """
        A notice is made of ids, numbers, days, amounts, and sentences of the
        règlement.
        """
        kinds = get_type_hints(notice)

        assert set(kinds) == {field.name for field in fields(notice)}
        assert set() == set().union(*map(parts, kinds.values())) - HARMLESS

"""
What must never be there twice, and what is never written again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from portail_core.domain.accounts import Email
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    LinkId,
    PreRegistrationId,
)
from portail_core.domain.money import eur
from portail_core.ports.store import (
    ConcurrentChange,
    Record,
    Store,
    Transaction,
)

from . import builders, samples
from ._contract_tools import commit, keep
from .builders import ASKED, HOUSEHOLD

AN_INSTANT = dt.timedelta(microseconds=1)


RECORDS = {type(record).__name__: record for record in samples.RECORDS}
"""One of each kind."""


class UniquenessContract:
    """
    One of each.
    """

    @pytest.mark.parametrize(
        "second",
        [
            builders.account(id=AccountId("second")),
            builders.link(id=LinkId("second")),
            builders.attempt(
                reference=AttemptReference("SECOND"), key=samples.A_KEY
            ),
            builders.request(17),
            builders.pre_registration(id=PreRegistrationId("second")),
        ],
        ids=[
            "e-mail",
            "link",
            "provider's key",
            "part of a day",
            "pre-registration",
        ],
    )
    def test_unique(self, store: Store, second: Record) -> None:
        """
        One address has one account, one secret one link, one provider's key
        one attempt, a child's part of a day one request, a child one
        pre-registration that stands at an accueil.
        """
        keep(store, *samples.RECORDS)

        with pytest.raises(ConcurrentChange):
            keep(store, second)

    @pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
    def test_new_is_new(self, store: Store, record: Record) -> None:
        """
        What was not read is not replaced: a notice is queued once, a command
        answered once, whatever the second one says.
        """
        keep(store, *samples.RECORDS)

        with pytest.raises(ConcurrentChange):
            keep(store, record)

    @pytest.mark.parametrize(
        ("read", "record"),
        [
            (
                lambda tx: tx.of(HOUSEHOLD).invoice(builders.INVOICE),
                builders.invoice(paid_with_credits=eur("1.00")),
            ),
            (
                lambda tx: tx.of(HOUSEHOLD).credit_note(builders.CREDIT_NOTE),
                builders.credit_note(issued_at=ASKED),
            ),
            (
                lambda tx: tx.of(HOUSEHOLD).command(samples.command().key),
                samples.command(answer="17"),
            ),
            (lambda tx: tx.reglements(), samples.version(text="[]")),
            (
                lambda tx: tx.acceptance(
                    builders.ACCOUNT, builders.acceptance().version
                ),
                builders.acceptance(at=ASKED),
            ),
        ],
        ids=["invoice", "avoir", "command", "règlement", "acceptance"],
    )
    def test_final(
        self,
        store: Store,
        read: Callable[[Transaction], object],
        record: Record,
    ) -> None:
        """
        An invoice, an avoir, a command, a règlement and its acceptance are
        never rewritten, not even by who read them.
        """
        keep(store, *samples.RECORDS)

        def rewrite(tx: Transaction) -> None:
            read(tx)
            tx.put(record)

        with pytest.raises(ConcurrentChange):
            commit(store, rewrite)

    def test_address_changes_hands(self, store: Store) -> None:
        """
        An address given up in a commit is free in the same commit.
        """
        keep(store, *samples.FAMILY)
        another = builders.account(email=Email("new@example.org"))
        second = builders.account(id=AccountId("second"))

        with store.transaction() as tx:
            tx.account(builders.ACCOUNT)
            tx.put(second)
            tx.put(another)

        with store.reading() as reading:
            assert second == reading.account_with_email(second.email)
            assert another == reading.account(builders.ACCOUNT)

    def test_one_address_twice_in_a_commit(self, store: Store) -> None:
        """
        Nor may one commit give an address two accounts.
        """
        with pytest.raises(ConcurrentChange):
            keep(
                store,
                *samples.FAMILY,
                builders.account(id=AccountId("second")),
            )

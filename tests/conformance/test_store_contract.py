"""
The contract rejects stores that break it: one fault each.
"""

import datetime as dt
from contextlib import contextmanager
from itertools import product

import pytest
from attrs import evolve

from portail_core.domain.accounts import Session
from portail_core.domain.requests import Request
from portail_core.ports.store import ConcurrentChange, Queued
from portail_core.testing import MemoryStore, StoreContract, builders
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing.memory import MemoryTransaction


class ForgetsVersions(MemoryStore):
    def _commit(self, tx):
        tx.snapshot = self._now
        super()._commit(tx)


class ForgetsLocks(MemoryStore):
    def _commit(self, tx):
        tx.watched = {topic for topic in tx.watched if topic[0] != "pool"}
        super()._commit(tx)


class ForgetsLists(MemoryStore):
    def _commit(self, tx):
        tx.watched = {topic for topic in tx.watched if topic[0] != "of"}
        super()._commit(tx)


class ForgetsWhatIsUnique(MemoryStore):
    def _claimed(self, _):
        return {}


class ReplacesWhatItDidNotRead(MemoryStore):
    def _refuse_blind_writes(self, tx):
        pass


class LosesTheOutbox(MemoryStore):
    def _commit(self, tx):
        tx.writes = {k: r for k, r in tx.writes.items() if k[0] is not Queued}
        super()._commit(tx)


class SendsBeforeTheCommit(MemoryStore):
    def _commit(self, tx):
        ahead = MemoryTransaction(self._now)
        ahead.writes = {k: r for k, r in tx.writes.items() if k[0] is Queued}
        super()._commit(ahead)
        tx.writes = {
            k: r for k, r in tx.writes.items() if k not in ahead.writes
        }
        super()._commit(tx)


class JournalsTooSoon(MemoryStore):
    def _commit(self, tx):
        try:
            super()._commit(tx)
        except ConcurrentChange:
            tx.writes.clear()
            tx.counters.clear()
            tx.watched.clear()
            super()._commit(tx)
            raise


class RoundsMoments(MemoryStore):
    def _commit(self, tx):
        for key, record in tx.writes.items():
            if isinstance(record, Session):
                whole = record.expires_at.replace(microsecond=0)
                tx.writes[key] = evolve(record, expires_at=whole)
        super()._commit(tx)


class ForgetsThePin(MemoryStore):
    def _commit(self, tx):
        for key, record in tx.writes.items():
            if isinstance(record, Request):
                tx.writes[key] = evolve(record, pin=None)
        super()._commit(tx)


class HoldsAnInstantTooLong(MemoryStore):
    @contextmanager
    def reading(self):
        class Late(MemoryReading):
            def taken(self, asked, at):
                return super().taken(asked, at - dt.timedelta(microseconds=1))

        yield Late(self._now)


class ShowsEverything(MemoryStore):
    @contextmanager
    def reading(self):
        class Open(MemoryReading):
            def of(self, household):
                del household
                return super().of(builders.HOUSEHOLD)

        yield Open(self._now)


class ReadsWhatIsThereNow(MemoryStore):
    @contextmanager
    def reading(self):
        class Live(MemoryReading):
            snapshot = property(lambda _: self._now, lambda *_: None)

        yield Live(self._now)


def rejected(make_store, name):
    """
    Whether the check *name* of the contract fails, with any of its cases.
    """
    check = getattr(StoreContract, name)
    for case in cases(check):
        try:
            check(StoreContract(), store=make_store(), **case)
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it fails
            return True
    return False


def cases(check):
    marks = [
        mark
        for mark in getattr(check, "pytestmark", [])
        if mark.name == "parametrize"
    ]
    for chosen in product(*(mark.args[1] for mark in marks)):
        case = {}
        for mark, values in zip(marks, chosen, strict=True):
            names = mark.args[0]
            if isinstance(names, str):
                case[names] = values
            else:
                case.update(zip(names, values, strict=True))
        yield case


FAULTS = [
    (ForgetsVersions, "test_no_update_is_lost"),
    (ForgetsVersions, "test_no_creation_is_lost"),
    (ForgetsVersions, "test_last_place"),
    (ForgetsVersions, "test_number_given_once"),
    (ForgetsVersions, "test_delivered_once"),
    (ForgetsLocks, "test_last_place"),
    (ForgetsLocks, "test_locked"),
    (ForgetsLists, "test_one_open_attempt"),
    (ForgetsWhatIsUnique, "test_unique"),
    (ForgetsWhatIsUnique, "test_held_past_its_time"),
    (ForgetsWhatIsUnique, "test_one_address_twice_in_a_commit"),
    (ReplacesWhatItDidNotRead, "test_new_is_new"),
    (ReplacesWhatItDidNotRead, "test_final"),
    (LosesTheOutbox, "test_all_at_once"),
    (LosesTheOutbox, "test_notices"),
    (SendsBeforeTheCommit, "test_refused_commit_leaves_no_trace"),
    (JournalsTooSoon, "test_refused_commit_leaves_no_trace"),
    (RoundsMoments, "test_moments"),
    (ForgetsThePin, "test_taken"),
    (ForgetsThePin, "test_states"),
    (HoldsAnInstantTooLong, "test_taken"),
    (HoldsAnInstantTooLong, "test_boundary"),
    (ShowsEverything, "test_scoped"),
    (ReadsWhatIsThereNow, "test_reading_is_a_snapshot"),
]


@pytest.mark.parametrize(
    ("fault", "check"),
    FAULTS,
    ids=[f"{fault.__name__}-{check}" for fault, check in FAULTS],
)
def test_rejected(fault, check):
    """
    A store with one fault is rejected, and a sound one is not.
    """
    assert rejected(fault, check)
    assert not rejected(MemoryStore, check)

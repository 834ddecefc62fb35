"""
Each protection, taken away: the simulation notices.

A simulation that finds nothing proves nothing unless it finds these.
"""

import datetime as dt
from contextlib import contextmanager

import pytest
from attrs import evolve

from portail_core.domain.invoices import CreditedDay, CreditNote
from portail_core.domain.payments import AttemptState
from portail_core.domain.requests import (
    DaySuperseded,
    LineState,
    PlacesPinned,
    Request,
)
from portail_core.ports.store import KeptCommand, Queued
from portail_core.testing import MemoryStore
from portail_core.testing._keys import Key, Topic, claims_of
from tests.simulation.simulation import Mix, Simulation

STEPS = 100
RACES = Mix(crash=0, interrupt=0.6, lose=0)
A_SECOND = dt.timedelta(seconds=1)


class Forgetful(MemoryStore):
    """
    Nobody is told that another writer came first.
    """

    def _commit(self, tx):
        tx.snapshot = evolve(tx.snapshot, commit=self._now.commit)
        tx.watched.update(tx.writes)
        super()._commit(tx)


class Around:
    """
    Something of the store's, but for what a subclass does otherwise.
    """

    def __init__(self, inner):
        self._inner = inner

    def __getattr__(self, name):
        return getattr(self._inner, name)


class Without(MemoryStore):
    """
    A store whose transactions are seen through `Around`.
    """

    around = Around

    @contextmanager
    def transaction(self, locks=()):
        with super().transaction(locks) as tx:
            yield self.around(tx)


class WithoutPins(Without):
    """
    A checkout does not keep the places.
    """

    class around(Around):  # noqa: N801 - replaces the attribute
        def put(self, record):
            if isinstance(record, Request):
                record = evolve(record, pin=None)
            self._inner.put(record)

        def append(self, entry):
            if not isinstance(entry.event, PlacesPinned):
                self._inner.append(entry)


class WithoutMemory(Without):
    """
    What a command was answered is not kept.
    """

    class around(Around):  # noqa: N801
        def put(self, record):
            if not isinstance(record, KeptCommand):
                self._inner.put(record)


class PaidAgain(Without):
    """
    An attempt that was paid is taken for one that still waits.
    """

    class around(Around):  # noqa: N801
        def attempt(self, reference):
            attempt = self._inner.attempt(reference)
            if attempt is None or attempt.state is not AttemptState.PAID:
                return attempt
            return evolve(attempt, state=AttemptState.PRESENTED)


class AnInstantEarly(Without):
    """
    A place is free in the last instant in which it is taken.
    """

    class around(Around):  # noqa: N801
        def taken(self, spots, at):
            return self._inner.taken(spots, at + A_SECOND)


class Several(dict[Topic, Key]):
    """
    Owners, of which one may be gone already.
    """

    def __delitem__(self, claim):
        self.pop(claim, None)


class WithoutClaims(Without):
    """
    Nobody asks whether the child is booked already.
    """

    def __init__(self):
        super().__init__()
        self._owners = Several()

    def _claimed(self, tx):
        return {
            claim: key
            for key, record in tx.writes.items()
            for claim in claims_of(record)
        }

    class around(Around):  # noqa: N801
        def live_requests(self, child, days):
            return ()


class WithoutRecaps(Without):
    """
    The outbox loses every recap.
    """

    class around(Around):  # noqa: N801
        def put(self, record):
            recap = isinstance(record, Queued) and "recap/" in record.key
            if not recap:
                self._inner.put(record)


class StillStands(Without):
    """
    A booked day is left as it is when its change is paid.
    """

    class around(Around):  # noqa: N801
        def put(self, record):
            if not (isinstance(record, Request) and superseded(record)):
                self._inner.put(record)

        def append(self, entry):
            if not isinstance(entry.event, DaySuperseded):
                self._inner.append(entry)


def superseded(request):
    return any(line.state is LineState.SUPERSEDED for line in request.lines)


class OnOneInvoice(Without):
    """
    An avoir corrects the last invoice of a changed day for all of it.
    """

    class around(Around):  # noqa: N801
        def put(self, record):
            if isinstance(record, CreditNote):
                record = evolve(record, days=tuple(on_the_first(record.days)))
            self._inner.put(record)


def on_the_first(days):
    firsts: dict[dt.date, CreditedDay] = {}
    for day in days:
        first = firsts.setdefault(day.day, day)
        yield evolve(day, invoice=first.invoice, request=first.request)


class ForgottenPlaces(Without):
    """
    A paid change has the parts that it added, and not those it took over.
    """

    class around(Around):  # noqa: N801
        def put(self, record):
            if isinstance(record, Request):
                record = evolve(record, lines=tuple(map(added, record.lines)))
            self._inner.put(record)


def added(line):
    if line.replaces is None or line.state is not LineState.CONFIRMED:
        return line
    kept = tuple(p for p in line.places if p not in line.replaces.places)
    return evolve(line, places=kept)


def play(store):
    for seed in range(200):
        Simulation(seed, store(), mix=RACES).run(STEPS)


# A store without locks is caught by the storage kit's own control: here, the
# version checks alone keep two writers apart in nearly every story.


@pytest.mark.proof
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(
    ("store", "found"),
    [
        (Forgetful, "promise"),
        (WithoutPins, r"promise 7: .*\[takes-its-place\]"),
        (WithoutMemory, "promise 10"),
        (PaidAgain, r"promise (2: .*\[invoiced-once\]|9)"),
        (AnInstantEarly, r"promise 1: .*\[over-capacity\]"),
        (WithoutClaims, r"promise 1: .*\[booked-twice\]"),
        (WithoutRecaps, "promise 6: recap/"),
        (StillStands, r"promise 2: .*\[succession\]"),
        (OnOneInvoice, r"promise 4: .*\[not-beyond\]"),
        (ForgottenPlaces, r"promise 7: .*\[parts\]"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_noticed(store, found):
    """
    The simulation notices what is missing, by the promise that it breaks.
    """
    with pytest.raises(AssertionError, match=found):
        play(store)

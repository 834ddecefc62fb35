"""
What a hand in the database may leave, or a disk that fails.
"""

import pytest
from attrs import evolve

from portail_core.application.auditing import audit
from portail_core.domain.ids import (
    AttemptReference,
    HouseholdId,
    InvoiceNumber,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.ledger import CreditIssued
from portail_core.domain.money import Money
from portail_core.domain.payments import AttemptOpened, AttemptPaid
from portail_core.domain.requests import LineState, Replaced, RequestExpired
from portail_core.ports.store import (
    JournalEntry,
    StorageFailed,
)
from portail_core.testing import MemoryStore, builders, samples
from tests.application.auditing import codes, spoil
from tests.application.conftest import (
    AN_HOUR,
    NEXT,
    REGIE,
    WEDNESDAY,
    World,
)


@pytest.fixture(name="world")
def _world():
    # Whoever spoils books does not want them checked at the end.
    return World(MemoryStore())


@pytest.fixture(name="family")
def _family(world):
    return world.family()


@pytest.fixture(name="booked")
def _booked(family):
    """
    Two days paid, one of them cancelled for an avoir.
    """
    request = family.book(WEDNESDAY, NEXT)
    family.cancel(request.number, NEXT)
    return request


class TestByHand:
    """
    What a hand in the database may leave is told, and breaks nothing else.
    """

    def test_row_without_journal(self, world, booked):
        """
        A request that the journal does not know is told.
        """

        def unknown(_, of):
            request = of.request(booked.number)
            lines = tuple(
                evolve(line, state=LineState.EXPIRED) for line in request.lines
            )
            yield evolve(request, number=RequestNumber(7), lines=lines)

        spoil(world, unknown)

        found = world.portal.jobs.audit()

        assert {"replay", "request-numbers"} <= codes(found)
        (told,) = (
            one
            for one in found.discrepancies
            if one.question.code == "request-numbers"
        )
        assert "1 to 7" == told.expected
        assert told.found.startswith("2 missing + 3 missing")

    def test_not_replayable(self, world, booked):
        """
        A stream that begins in the middle is told, and not replayed.
        """
        entries = [
            JournalEntry(
                stream=stream, actor="nobody", at=builders.ASKED, event=event
            )
            for stream, event in (
                ("request/9", RequestExpired()),
                ("attempt/lost", AttemptPaid(amount=Money(1))),
                ("ledger/too/many/names", AttemptPaid(amount=Money(1))),
            )
        ]
        with world.store.transaction() as tx:
            for entry in entries:
                tx.append(entry)

        found = world.portal.jobs.audit()

        assert {"request/9", "attempt/lost", "ledger/too/many/names"} == {
            one.where for one in found.discrepancies
        }
        assert {"replayable"} == codes(found)
        assert booked

    def test_row_gone(self, world, booked):
        """
        Of what the journal knows and storage has not, that is told.
        """
        with world.store.transaction() as tx:
            tx.append(
                JournalEntry(
                    stream="ledger/id-2/ancienne",
                    actor="nobody",
                    at=builders.ASKED,
                    event=CreditIssued(
                        credit_note=builders.CREDIT_NOTE, amount=Money(500)
                    ),
                )
            )

        (told,) = world.portal.jobs.audit().discrepancies

        assert ("one Ledger", "nothing") == (told.expected, told.found)
        assert booked

    def test_reglement_gone(self, world, booked):
        """
        Days that were booked under a règlement that nobody has are told.
        """

        def elsewhere(_, of):
            request = of.request(booked.number)
            gone = ReglementDigest("f" * 64)
            yield evolve(request, asked=evolve(request.asked, reglement=gone))

        spoil(world, elsewhere)

        found = world.portal.jobs.audit()

        assert {"reglement-unreadable", "replay"} == codes(found)

    def test_reglement_unreadable(self, world, booked):
        """
        So is a règlement whose kinds nobody knows here.
        """
        with world.store.transaction() as tx:
            tx.put(samples.version(text='{"from": "the future"}'))

        def under_it(_, of):
            request = of.request(booked.number)
            asked = evolve(request.asked, reglement=builders.REGLEMENT)
            yield evolve(request, asked=asked)

        spoil(world, under_it)

        told, replay = world.portal.jobs.audit().discrepancies

        assert "replay" == replay.question.code
        assert "reglement-unreadable" == told.question.code
        assert f"reglement/{builders.REGLEMENT}" == told.where
        assert booked

    def test_change_of_nothing(self, world, booked):
        """
        A change of a request that is not there is told, even of itself.
        """

        def circle(_, of):
            request = of.request(booked.number)
            line, other = request.lines
            replaced = Replaced(
                request=RequestNumber(99),
                amplitude=line.amplitude,
                paid=line.paid,
                places=(),
            )
            itself = evolve(replaced, request=request.number)
            yield evolve(
                request,
                lines=(
                    evolve(line, replaces=replaced),
                    evolve(other, replaces=itself),
                ),
            )

        spoil(world, circle)

        assert {"succession", "replay"} <= codes(world.portal.jobs.audit())

    def test_amplitude_gone(self, world, booked):
        """
        So is an amplitude that the règlement never had.
        """

        def odd(_, of):
            request = of.request(booked.number)
            line, other = request.lines
            yield evolve(
                request, lines=(evolve(line, amplitude="SOIR"), other)
            )

        spoil(world, odd)

        assert {"parts", "replay"} == codes(world.portal.jobs.audit())

    def test_no_number(self, world, booked):
        """
        A number of an invoice that is none is told.
        """

        def odd(_, of):
            (invoice,) = of.invoices()
            yield evolve(invoice, number=InvoiceNumber("facture de mai"))
            yield evolve(invoice, number=InvoiceNumber("ALSH-2026-000000"))

        spoil(world, odd)

        told = {
            (one.where, one.found)
            for one in world.portal.jobs.audit().discrepancies
            if one.question.code == "series"
        }

        assert {
            ("facture de mai", "no number"),
            ("ALSH-2026", "0 too low"),
        } == told
        assert booked

    def test_held_for_ever(self, world, family):
        """
        An expired line that takes its place again is told with its spot.
        """
        request = family.ask(WEDNESDAY)
        world.clock.move(3 * AN_HOUR)
        world.portal.jobs.expire()

        def again(_, of):
            kept = of.request(request.number)
            (line,) = kept.lines
            line = evolve(line, state=LineState.HELD)
            far = kept.held_until + 1000 * AN_HOUR
            yield evolve(kept, lines=(line,), held_until=far)

        spoil(world, again)

        (told,) = world.portal.jobs.audit().discrepancies

        assert "held_until 2026-05-13" in told.expected
        assert "held" in told.found


class Spoilt(MemoryStore):
    """
    A store with rows that nobody can read.
    """

    def __init__(self, store, *unreadable):
        super().__init__()
        self._store = store
        self._unreadable = set(unreadable)

    def reading(self):
        return _Opened(self._store.reading(), self._unreadable)


class _Opened:
    def __init__(self, opened, unreadable):
        self._opened = opened
        self._unreadable = unreadable

    def __enter__(self):
        return _Reading(self._opened.__enter__(), self._unreadable)

    def __exit__(self, *error):
        return self._opened.__exit__(*error)


class _Reading:
    """
    Fails for every read that shows what cannot be read.
    """

    def __init__(self, reading, unreadable):
        self._reading = reading
        self._unreadable = unreadable

    def __getattr__(self, name):
        asked = getattr(self._reading, name)

        def ask(*given):
            if self._unreadable & {name, (name, *filter(_is_name, given))}:
                msg = "« Camille » is no date"
                raise StorageFailed(msg)
            return asked(*given)

        return ask

    def of(self, household):
        return _Reading(self._reading.of(household), self._unreadable)

    def journal_after(self, sequence, limit):
        page = self._reading.journal_after(sequence, limit)
        if self._unreadable & {("entry", one.sequence) for one in page}:
            msg = "« Camille » is no event"
            raise StorageFailed(msg)
        return page


def _is_name(given):
    return isinstance(given, str | int)


class TestUnreadable:
    def found(self, world, *unreadable):
        spoilt = Spoilt(world.store, *unreadable)
        return audit(store=spoilt, clock=world.clock)

    @pytest.mark.rule("operations.audit.unreadable")
    @pytest.mark.parametrize(
        ("unreadable", "where"),
        [
            (("requests", ("request", 1)), "request/1"),
            (("ledgers", ("ledger", REGIE)), "ledger/id-2/alsh"),
            (
                ("invoices", ("invoice", "ALSH-2026-000001")),
                "invoice/ALSH-2026-000001",
            ),
            (
                ("credit_notes", ("credit_note", "ALSH-AV-2026-000001")),
                "avoir/ALSH-AV-2026-000001",
            ),
            (("invoices",), "household/id-2, invoice unknown"),
            (("reglements",), "reglements"),
        ],
        ids=[
            "request",
            "ledger",
            "invoice",
            "avoir",
            "unknown invoice",
            "reglements",
        ],
    )
    def test_row(self, world, booked, unreadable, where):
        """
        A row that cannot be read is told by its id; the rest holds, and
        nothing is repeated of what the row may say.
        """
        found = self.found(world, *unreadable)

        told = [
            one
            for one in found.discrepancies
            if one.question.code == "unreadable"
        ]
        assert [where] == [one.where for one in told]
        assert "Camille" not in f"{found}"
        assert booked

    @pytest.mark.rule("operations.audit.unreadable")
    def test_alone(self, world, booked):
        """
        A row that cannot be read is the only thing told: what hangs on it is
        not counted, and the journal stands in for a request.
        """
        for spoilt in (
            ("requests", ("request", 1)),
            ("invoices", ("invoice", "ALSH-2026-000001")),
        ):
            assert {"unreadable"} == codes(self.found(world, *spoilt))
        assert booked

    def test_attempt(self, world, booked):
        """
        So are attempts.
        """
        with world.store.reading() as reading:
            (one,) = reading.of(HouseholdId("id-2")).attempts(REGIE)

        found = self.found(world, "attempts", ("attempt", one.reference))

        assert [f"attempt/{one.reference}"] == [
            told.where for told in found.discrepancies
        ]
        assert isinstance(one.reference, str)
        assert AttemptReference(one.reference)
        assert booked

    def test_attempt_gone(self, world, booked):
        """
        One that is not there either cannot be named.
        """
        gone = builders.attempt(household=HouseholdId("id-2"), regie=REGIE)
        with world.store.transaction() as tx:
            tx.append(
                JournalEntry(
                    stream=f"attempt/{gone.reference}",
                    actor="nobody",
                    at=builders.ASKED,
                    event=AttemptOpened(attempt=gone),
                )
            )

        found = self.found(world, "attempts")

        assert ["household/id-2, attempt unknown"] == [
            told.where for told in found.discrepancies
        ]
        assert booked

    def test_notice(self, world, booked):
        """
        And notices.
        """
        found = self.found(world, "queued")

        assert {"unreadable"} == codes(found)
        assert 2 == len(found.discrepancies)
        assert booked

    def test_entry(self, world, booked):
        """
        An entry of the journal that cannot be read is told by its number,
        and those around it are read.
        """
        whole = world.portal.jobs.audit().entries

        found = self.found(world, ("entry", 2))

        assert "journal/2" in {one.where for one in found.discrepancies}
        assert whole - 1 == found.entries
        assert "entries" not in codes(found)
        assert booked

    @pytest.mark.rule("operations.audit.unreadable")
    def test_too_many(self, world):
        """
        A hundred rows that cannot be read are told; with one more, it is the
        storage that fails.
        """
        with world.store.transaction() as tx:
            for _ in range(101):
                tx.append(samples.entry("elsewhere/1"))
        rows = [("entry", number) for number in range(1, 102)]

        found = self.found(world, *rows[:100])

        assert 100 == len(found.discrepancies)
        with pytest.raises(StorageFailed):
            self.found(world, *rows)

"""
The check of the promises finds what is wrong in books.
"""

import pytest
from attrs import evolve

from portail_core.domain.ids import CreditNoteNumber, InvoiceNumber
from portail_core.domain.money import Money
from portail_core.domain.payments import AttemptState
from portail_core.domain.requests import DayCancelled
from portail_core.ports.store import JournalEntry
from portail_core.testing import MemoryStore, discrepancies
from tests.application.conftest import NEXT, REGIE, WEDNESDAY, World

A_CENT = Money(1)


@pytest.fixture(name="world")
def _world():
    """
    One day paid, one cancelled for an avoir.
    """
    world = World(MemoryStore())
    family = world.family()
    request = family.book(WEDNESDAY, NEXT)
    family.cancel(request.number, NEXT)
    return world, family.member.household


def found(world, household, tamper):
    with world.store.transaction() as tx:
        tamper(tx, tx.of(household))
    broken = discrepancies(
        world.store,
        at=world.clock.now(),
        pools=[
            evolve(pool, capacity=0) for pool in world.portal.reglement.pools
        ],
    )
    assert all(str(check).startswith("promise ") for check in broken)
    with world.store.reading() as reading:
        (paid,) = reading.of(household).attempts(REGIE)
    return {
        f"{check.promise.value} {check.question.code} {check.where}".split(
            ",", maxsplit=1
        )[0]
        .replace(household, "HOUSEHOLD")
        .replace(paid.reference, "ATTEMPT")
        for check in broken
    }


OVER = "1 over-capacity pool/six-ans-et-plus"
LEDGER = f"ledger/HOUSEHOLD/{REGIE}"


def nothing(tx, family):
    del tx, family


def money(tx, family):
    books = family.ledger(REGIE)
    tx.put(evolve(books, received=books.received + A_CENT))


def invoice(tx, family):
    (one,) = family.invoices()
    tx.put(evolve(one, number=InvoiceNumber("ALSH-2026-000003")))


def avoir(tx, family):
    (note,) = family.credit_notes()
    tx.put(evolve(note, number=CreditNoteNumber("ALSH-AV-2026-000003")))


def line(tx, family):
    (request,) = family.requests()
    first, *others = request.lines
    dearer = evolve(first, paid=first.paid + A_CENT)
    tx.put(evolve(request, lines=(dearer, *others)))


def attempt(tx, family):
    (one,) = family.attempts(REGIE)
    tx.put(evolve(one, state=AttemptState.ABANDONED))


def split(tx, family):
    (request,) = family.requests()
    tx.append(
        JournalEntry(
            stream=f"request/{request.number}",
            actor="agent/me",
            at=request.created_at,
            reglement=request.asked.reglement,
            event=DayCancelled(
                day=NEXT,
                kept=Money(0) - A_CENT,
                credited=A_CENT,
                credit_note=None,
            ),
        )
    )


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (nothing, set()),
        (
            money,
            {
                f"8 replay {LEDGER}",
                f"2 received {LEDGER}",
                f"4 balance {LEDGER}",
            },
        ),
        (
            invoice,
            {
                "5 series ALSH-2026",
                f"4 invoiced {LEDGER}",
                f"4 booked-and-kept {LEDGER}",
                "2 invoiced-once attempt/ATTEMPT",
            },
        ),
        (
            avoir,
            {
                "5 series ALSH-AV-2026",
                f"4 credited {LEDGER}",
                f"4 booked-and-kept {LEDGER}",
            },
        ),
        (
            line,
            {
                "8 replay request/1",
                f"4 booked-and-kept {LEDGER}",
                "3 stays-paid request/1",
            },
        ),
        (
            attempt,
            {
                "8 replay attempt/ATTEMPT",
                "2 invoiced-once attempt/ATTEMPT",
                "2 allocated attempt/ATTEMPT",
                f"2 received {LEDGER}",
                "6 told payment-confirmed/ATTEMPT",
                "6 told recap/ATTEMPT",
            },
        ),
        (
            split,
            {
                "3 split request/1",
                "3 on-the-avoir request/1",
                f"4 booked-and-kept {LEDGER}",
                "8 replay request/1",
            },
        ),
    ],
)
def test_found(world, tamper, broken):
    """
    Books that were tampered with break the promises one would name.
    """
    portal, household = world

    assert {OVER} | broken == found(portal, household, tamper)

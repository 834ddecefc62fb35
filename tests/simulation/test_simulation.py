"""
Several families, in random order, with everything that goes wrong.

A failure names its seed: `Simulation(seed, MemoryStore()).run(steps)` is the
same story again.
"""

import os
from collections import Counter

import pytest

from portail_core.testing import MemoryStore
from tests.simulation.simulation import Simulation

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FIRST = int(os.environ.get("PORTAIL_SEED", "0"))
SEEDS = range(FIRST, FIRST + (1_000 if FULL else 24))
STEPS = 200 if FULL else 100


@pytest.mark.proof
@pytest.mark.timeout(3_600)
@pytest.mark.rule("jobs.any-order")
@pytest.mark.rule("jobs.crash")
@pytest.mark.rule("journal.replays")
@pytest.mark.rule("invoice.gapless")
@pytest.mark.rule("ledger.balance")
@pytest.mark.rule("request.command.once")
@pytest.mark.hard_case(20)
@pytest.mark.hard_case(22)
@pytest.mark.hard_case(25)
@pytest.mark.hard_case(26)
def test_promises(record_property):
    """
    Whatever happens, in whatever order: after each step the books keep every
    promise, and at the end nothing waits.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for seed in SEEDS:
        counts += Simulation(seed, MemoryStore()).run(STEPS)

    record_property("seeds", f"{SEEDS.start} to {SEEDS.stop - 1}")
    print(  # noqa: T201 - read by who runs the proofs
        f"simulation: seeds {SEEDS.start} to {SEEDS.stop - 1}, "
        f"{STEPS} steps each, {sum(counts.values())} things happened"
    )
    happened = {event for kind, event in counts if kind == "event"}
    assert {
        "AttemptAbandoned",
        "AttemptBecameUnknown",
        "AttemptPaid",
        "AttemptRefused",
        "CreditIssued",
        "CreditsReserved",
        *(["CreditsReturned"] if FULL else []),
        "DayAltered",
        "DayCancelled",
        "DaySuperseded",
        "MoneySetAside",
        "PlacesUnpinned",
        "RequestChanged",
        "RequestConfirmed",
        "RequestCredited",
        "RequestDiscarded",
        "RequestExpired",
    } <= happened


def test_same_seed():
    """
    The same seed is the same story.
    """
    first, second = (Simulation(7, MemoryStore()) for _ in range(2))

    assert first.run(40) == second.run(40)
    assert first.told == second.told

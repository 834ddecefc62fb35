"""
What holds of a town once faults stopped and the jobs ran.
"""

from collections import Counter

from portail_core.domain.money import total
from portail_core.domain.payments import Paid
from tests.simulation.town import REGIES


def check_ending(town):
    """
    Nothing waits, all money has come, every payment was told of.
    """
    check_final(town)
    check_money(town)
    check_letters(town)


def check_final(town):
    at = town.clock.now()
    with town.store.reading() as reading:
        assert () == reading.unresolved_attempts(), "promise 9"
        assert () == reading.stale_requests(at, 100), "promise 9"
        assert () == reading.due_notices(at, 100), "promise 9"
        held = [
            request.number
            for household in town.households
            for regie in REGIES
            for request in reading.of(household.id).held_requests(regie)
        ]
    assert [] == held, "promise 9"


def check_money(town):
    """
    All that payers paid has come, and nothing else.
    """
    with town.store.reading() as reading:
        ledgers = [
            reading.of(household.id).ledger(regie)
            for household in town.households
            for regie in REGIES
        ]
    paid = total(
        report.amount
        for report in town.payment.reports.values()
        if isinstance(report, Paid)
    )
    came = total(ledger.received + ledger.set_aside for ledger in ledgers)
    assert paid == came, "promise 2: money of payers"


def check_letters(town):
    """
    Each notice of a payment was sent at least once; that there is one, is
    checked with the books.
    """
    sent = {envelope.key for envelope, _ in town.mail.sent}
    with town.store.reading() as reading:
        queued = {
            key
            for household in town.households
            for regie in REGIES
            for attempt in reading.of(household.id).attempts(regie)
            for kind in ("payment-confirmed", "recap")
            for key in [f"{kind}/{attempt.reference}"]
            if reading.queued(key) is not None
        }
    assert set() == queued - sent, "promise 6"


def happened(town):
    """
    How often each event did.
    """
    with town.store.reading() as reading:
        return Counter(
            ("event", type(entry.event).__name__)
            for entry in reading.journal()
        )

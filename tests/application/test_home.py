"""
The family's home page.
"""

import datetime as dt

import pytest

from tests.application.conftest import A_SECOND, NEXT, WEDNESDAY

TWO_HOURS = dt.timedelta(hours=2)


@pytest.mark.rule("home.pending")
def test_pending(world, family):
    """
    What waits for payment is counted, of this household alone, until its time
    is over or it is paid.
    """
    world.family("durand").ask(WEDNESDAY)
    counts = [family.desk.home().pending_invoices]

    family.book(WEDNESDAY)
    counts.append(family.desk.home().pending_invoices)
    family.ask(NEXT)
    counts.append(family.desk.home().pending_invoices)
    world.clock.move(TWO_HOURS - A_SECOND)
    counts.append(family.desk.home().pending_invoices)
    world.clock.move(A_SECOND)
    counts.append(family.desk.home().pending_invoices)

    assert [0, 0, 1, 1, 0] == counts

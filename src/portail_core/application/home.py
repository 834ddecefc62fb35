"""
The family's home page.
"""

from __future__ import annotations

from portail_core.domain.home import Home
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store

from .members import Member


def home(*, member: Member, store: Store, clock: Clock) -> Home:
    """
    The guide's tiles, and what waits behind them now.
    """
    at = clock.now()
    with store.reading() as reading:
        pending = reading.of(member.household).payable_requests(at)
    return Home(pending_invoices=len(pending))

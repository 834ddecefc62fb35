"""
What holds of a portal's books at any moment, whatever happened to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from portail_core.application.auditing import Discrepancy, audit
from portail_core.domain.capacity import Pool
from portail_core.ports.store import Store

from .fakes import StoppedClock


def check_promises(
    store: Store, *, at: dt.datetime, pools: Iterable[Pool] = ()
) -> None:
    """
    Accept books that keep every promise.

    Args:
        store: Read as a whole.

        at: When places are counted, UTC.

        pools: Those whose capacity was never lowered: no more is taken.

    Raises:
        AssertionError: With a sentence for everything that does not hold.
    """
    broken = list(map(str, discrepancies(store, at=at, pools=pools)))
    assert not broken, "\n".join(broken)


def discrepancies(
    store: Store, *, at: dt.datetime, pools: Iterable[Pool] = ()
) -> tuple[Discrepancy, ...]:
    """
    Everything that does not hold; nothing, if all is well.
    """
    found = audit(store=store, clock=StoppedClock(at), pools=pools)
    return found.discrepancies

"""
The one place where a transaction is run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from portail_core.ports.store import (
    ConcurrentChange,
    PoolDay,
    StorageBusy,
    Store,
    Transaction,
)

T = TypeVar("T")

TRIES = 8


def commit(
    store: Store,
    work: Callable[[Transaction], T],
    *,
    locks: Callable[[], Iterable[PoolDay]] = tuple,
) -> T:
    """
    Do *work* in one transaction, again while others come first.

    Between two tries the store waits, holding nothing.  A store that says it
    is busy has waited already: that is not tried again.

    Args:
        store: Where.

        work: May run several times: it sends nothing, calls no provider.

        locks: Asked before each try; sorted here, so that two writers never
            wait for each other.

    Raises:
        StorageBusy: After eight tries, or at once if the store says so;
            nothing was written.
    """
    for lost in range(TRIES):
        if lost:
            store.back_off(lost)
        try:
            with store.transaction(sorted(set(locks()))) as tx:
                answer = work(tx)
        except ConcurrentChange:
            continue
        return answer
    msg = f"others came first {TRIES} times, try again in a moment"
    raise StorageBusy(msg)

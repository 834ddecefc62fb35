"""
Versions of the règlement: activated from a day, kept as long as bookings are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import lru_cache

from attrs import frozen

from portail_core.domain.days import day_of
from portail_core.domain.ids import ReglementDigest
from portail_core.domain.reglement import Reglement
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    Reading,
    ReglementVersion,
    Store,
    Transaction,
)
from portail_core.wire import dump, load

from ._commits import commit


class ReglementNotActive(Exception):
    """
    The portal was opened with another règlement than the one in force.
    """


@frozen(kw_only=True)
class ActiveReglement:
    """
    The règlement that decides opening, windows, deadlines to book, capacity
    and gates today.
    """

    digest: ReglementDigest
    value: Reglement


def digest_of(reglement: Reglement) -> ReglementDigest:
    """
    The same for equal règlements, 64 hexadecimal characters.
    """
    return ReglementDigest(
        hashlib.sha256(dump(reglement).encode()).hexdigest()
    )


def activate(
    reglement: Reglement, *, since: dt.date, store: Store, clock: Clock
) -> ActiveReglement:
    """
    Put *reglement* in force from *since*, included; again changes nothing.

    Bookings keep the version under which they were priced.
    """
    version = ReglementVersion(
        digest=digest_of(reglement),
        since=since,
        text=dump(reglement),
        activated_at=clock.now(),
    )

    def work(tx: Transaction) -> None:
        known = {(v.digest, v.since) for v in tx.reglements()}
        if (version.digest, since) not in known:
            tx.put(version)

    commit(store, work)
    return ActiveReglement(digest=version.digest, value=reglement)


def adopt(
    reglement: Reglement, *, store: Store, clock: Clock
) -> ActiveReglement:
    """
    Work with *reglement*: the active one, or the first of an empty store.

    Raises:
        ReglementNotActive: If another is in force.
    """
    at = clock.now()
    digest = digest_of(reglement)

    def work(tx: Transaction) -> None:
        versions = tx.reglements()
        if not versions:
            tx.put(
                ReglementVersion(
                    digest=digest,
                    since=day_of(at),
                    text=dump(reglement),
                    activated_at=at,
                )
            )
        elif _in_force(versions, day_of(at)).digest != digest:
            msg = (
                "this storage works under another règlement "
                f"({_in_force(versions, day_of(at)).digest[:12]}…, and the "
                f"file given is {digest[:12]}…): activate the new one first, "
                "with `portail reglement activate FILE --from DAY`"
            )
            raise ReglementNotActive(msg)

    commit(store, work)
    return ActiveReglement(digest=digest, value=reglement)


def version(reading: Reading, digest: ReglementDigest) -> Reglement:
    """
    The règlement that was activated under *digest*.
    """
    return versions(reading)(digest)


def versions(reading: Reading) -> Callable[[ReglementDigest], Reglement]:
    """
    Every règlement that was activated, by its digest; one read for all.
    """
    texts = {version.digest: version.text for version in reading.reglements()}
    return lambda digest: _read(texts[digest])


@lru_cache(maxsize=32)
def _read(text: str) -> Reglement:
    return load(Reglement, text)


def _in_force(
    versions: tuple[ReglementVersion, ...], day: dt.date
) -> ReglementVersion:
    begun = [v for v in versions if v.since <= day]
    return begun[-1] if begun else versions[0]

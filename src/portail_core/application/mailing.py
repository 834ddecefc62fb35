"""
The relay: sends what the outbox holds, at least once, and never holds up a
use case.

Several workers share the work.  Each claims a few letters in a commit, sends
them outside of any, and notes what became of them in another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from itertools import takewhile

from attrs import evolve, frozen

from portail_core.domain.ids import LinkId
from portail_core.ports.clock import Clock
from portail_core.ports.mail import (
    Envelope,
    MailDelayed,
    Mailer,
    MailRejected,
)
from portail_core.ports.store import (
    Delivery,
    Queued,
    Store,
    Transaction,
)
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._failures import Failures
from .letters import Writer
from .reglements import ActiveReglement

BATCH = 10
"""Letters that a worker has in hand: the most that its crash sends twice."""
LEASE = dt.timedelta(minutes=10)
"""
How long they are its own; then another may send them.  It begins none in the
second half, so that even a server that times out at every exchange lets it
end in time, and clocks may differ by minutes.
"""
TRIES = 10
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)


@frozen(kw_only=True)
class Relayed:
    """
    What became of the notices that were due.
    """

    sent: int
    delayed: int
    failed: int


def relay(
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    mail: Mailer,
    reglement: ActiveReglement,
    links: str,
) -> Relayed:
    """
    Send every notice that is due, and that no other worker has in hand.

    A letter is sent, then noted as sent: a crash between the two sends it
    again once the lease of the worker is over, under the same Message-ID.  A
    delay is tried again after 1, 2, 4… minutes, at most six hours apart, ten
    times in all; so is a letter with which something goes wrong, which is
    raised once the others are sent.

    Args:
        store: Holds the outbox.

        tokens: Derives the secrets of links.

        reglement: Names the operator who writes.

        links: The host's address that links begin with.

    Raises:
        StorageBusy: What was in hand is sent once its lease is over, perhaps
            again.
    """
    worker = _Worker(
        store=store,
        clock=clock,
        tokens=tokens,
        mail=mail,
        reglement=reglement,
        links=links.rstrip("/"),
    )
    outcomes: list[Queued] = []
    failures = Failures()
    while claimed := commit(store, partial(_claim, clock)):
        tried = [
            (one, worker.tried(one, failures))
            for one in takewhile(worker.has_time, claimed)
        ]
        left = [
            (one, evolve(one, due_at=clock.now()))
            for one in claimed[len(tried) :]
        ]
        commit(store, partial(_note, (*tried, *left)))
        outcomes.extend(after for _, after in tried)
    failures.tell()
    return Relayed(
        sent=sum(q.delivery is Delivery.SENT for q in outcomes),
        delayed=sum(q.delivery is Delivery.QUEUED for q in outcomes),
        failed=sum(q.delivery is Delivery.FAILED for q in outcomes),
    )


def _claim(clock: Clock, tx: Transaction) -> tuple[Queued, ...]:
    at = clock.now()
    claimed = tuple(
        evolve(queued, due_at=at + LEASE)
        for queued in tx.due_notices(at, BATCH)
    )
    for queued in claimed:
        tx.put(queued)
    return claimed


@frozen(kw_only=True)
class _Worker:
    """
    Sends what it has claimed.
    """

    store: Store
    clock: Clock
    tokens: Tokens
    mail: Mailer
    reglement: ActiveReglement
    links: str

    def has_time(self, claimed: Queued) -> bool:
        return self.clock.now() < claimed.due_at - LEASE / 2

    def tried(self, claimed: Queued, failures: Failures) -> Queued:
        """
        What became of a letter; what goes wrong with it is kept for later.
        """
        at = self.clock.now()
        after = _later(claimed, at)
        with failures.kept():
            after = self._sent(claimed, at)
        return after  # noqa: RET504 - the first one, if something goes wrong

    def _sent(self, claimed: Queued, at: dt.datetime) -> Queued:
        with self.store.reading() as reading:
            writer = Writer(
                reading=reading,
                link_url=self._link_url,
                sign_in_url=f"{self.links}/connexion",
            )
            envelope = Envelope(
                key=claimed.key,
                to=writer.address(claimed.notice),
                operator=self.reglement.value.operator,
                at=at,
            )
            letter = writer.letter(claimed.notice)
        try:
            self.mail.send(envelope, letter)
        except MailDelayed:
            return _later(claimed, at)
        except MailRejected:
            return evolve(claimed, delivery=Delivery.FAILED)
        return evolve(claimed, delivery=Delivery.SENT)

    def _link_url(self, link: LinkId) -> str:
        return f"{self.links}/go/{self.tokens.link_secret(link)}"


def _later(queued: Queued, at: dt.datetime) -> Queued:
    tries = queued.tries + 1
    if tries >= TRIES:
        return evolve(queued, tries=tries, delivery=Delivery.FAILED)
    wait = min(FIRST_WAIT * 2**queued.tries, LONGEST_WAIT)
    return evolve(queued, tries=tries, due_at=at + wait)


def _note(tried: Iterable[tuple[Queued, Queued]], tx: Transaction) -> None:
    for claimed, after in tried:
        known = tx.queued(claimed.key)
        # Whoever outlived its lease may have another's claim before it; that
        # the letter is sent is then still worth knowing.
        if known == claimed or (
            known is not None
            and known.delivery is Delivery.QUEUED
            and after.delivery is Delivery.SENT
        ):
            tx.put(after)

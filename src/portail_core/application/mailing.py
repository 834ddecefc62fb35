"""
The relay: sends what the outbox holds, at least once, and never holds up a
use case.
"""

from __future__ import annotations

import datetime as dt

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

BATCH = 100
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
    Send every notice that is due.

    A letter is sent, then noted as sent: a crash between the two sends it
    again, under the same Message-ID.  A delay is tried again after 1, 2, 4…
    minutes, at most six hours apart, ten times in all; so is a letter with
    which something goes wrong, which is raised once the others are sent.

    Args:
        store: Holds the outbox.

        tokens: Derives the secrets of links.

        reglement: Names the operator who writes.

        links: The host's address that links begin with.
    """
    at = clock.now()
    outcomes: list[Queued] = []
    failures = Failures()
    while True:
        with store.reading() as reading:
            due = reading.due_notices(at, BATCH)
        for queued in due:
            tried = _later(queued, at)
            with failures.kept():
                tried = _tried(
                    queued,
                    at,
                    store=store,
                    tokens=tokens,
                    mail=mail,
                    reglement=reglement,
                    links=links,
                )
            commit(store, lambda tx, q=tried: _note(tx, q))  # type: ignore[misc]  # a default binds the loop's name
            outcomes.append(tried)
        if len(due) < BATCH:
            break
    failures.tell()
    return Relayed(
        sent=sum(q.delivery is Delivery.SENT for q in outcomes),
        delayed=sum(q.delivery is Delivery.QUEUED for q in outcomes),
        failed=sum(q.delivery is Delivery.FAILED for q in outcomes),
    )


def _tried(
    queued: Queued,
    at: dt.datetime,
    *,
    store: Store,
    tokens: Tokens,
    mail: Mailer,
    reglement: ActiveReglement,
    links: str,
) -> Queued:
    def link_url(link: LinkId) -> str:
        return f"{links.rstrip('/')}/go/{tokens.link_secret(link)}"

    with store.reading() as reading:
        writer = Writer(
            reading=reading,
            link_url=link_url,
            sign_in_url=f"{links.rstrip('/')}/connexion",
        )
        envelope = Envelope(
            key=queued.key,
            to=writer.address(queued.notice),
            operator=reglement.value.operator,
            at=at,
        )
        letter = writer.letter(queued.notice)
    try:
        mail.send(envelope, letter)
    except MailDelayed:
        return _later(queued, at)
    except MailRejected:
        return evolve(queued, delivery=Delivery.FAILED)
    return evolve(queued, delivery=Delivery.SENT)


def _later(queued: Queued, at: dt.datetime) -> Queued:
    tries = queued.tries + 1
    if tries >= TRIES:
        return evolve(queued, tries=tries, delivery=Delivery.FAILED)
    wait = min(FIRST_WAIT * 2**queued.tries, LONGEST_WAIT)
    return evolve(queued, tries=tries, due_at=at + wait)


def _note(tx: Transaction, tried: Queued) -> None:
    # Another worker may have sent it as well, and noted it first.
    known = tx.queued(tried.key)
    if known is not None and known.delivery is Delivery.QUEUED:
        tx.put(tried)

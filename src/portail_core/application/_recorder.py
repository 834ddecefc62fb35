"""
Deciders at work: what they answer is folded, kept and journalled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce

from attrs import field, frozen

from portail_core.domain import ledger, payments, requests
from portail_core.domain.ids import ReglementDigest, RequestNumber
from portail_core.ports.store import Event, JournalEntry, Transaction

from .members import Member
from .reglements import ActiveReglement


@frozen(kw_only=True)
class Recorder:
    """
    Writes for one actor, at one moment, in one transaction.

    Reads of the transaction do not see what it put: the recorder remembers
    the requests, so that a second command goes on from the first.

    Attributes:
        reglement: The active version, for the journal.
    """

    tx: Transaction
    actor: str
    at: dt.datetime
    reglement: ReglementDigest
    _written: dict[RequestNumber, requests.Request] = field(
        factory=dict, init=False, repr=False
    )

    def request_now(self, request: requests.Request) -> requests.Request:
        """
        The request as this transaction has left it.
        """
        return self._written.get(request.number, request)

    def request(
        self, command: requests.Command, request: requests.Request | None
    ) -> requests.Request:
        """
        The request after *command*, kept if anything happened.
        """
        if request is not None:
            request = self.request_now(request)
        events = requests.decide(command, request)
        if not events:
            assert request is not None, "a request begins with an event"
            return request
        state = request
        for event in events:
            state = requests.evolve(state, event)
        assert state is not None, "there was an event"
        self._written[state.number] = state
        self.tx.put(state)
        self._append(f"request/{state.number}", events)
        return state

    def attempt(
        self,
        events: Iterable[payments.Event],
        attempt: payments.Attempt | None,
    ) -> payments.Attempt:
        """
        The attempt after *events*, of which there is at least one.
        """
        happened = tuple(events)
        state = attempt
        for event in happened:
            state = payments.evolve(state, event)
        assert state is not None, "there was an event"
        self.tx.put(state)
        self._append(f"attempt/{state.reference}", happened)
        return state

    def ledger(
        self, state: ledger.Ledger, *commands: ledger.Command
    ) -> ledger.Ledger:
        """
        The ledger after *commands*; kept even if nothing happened, so that
        two payments of one household never pass each other unseen.
        """
        for command in commands:
            events = ledger.decide(command, state)
            state = reduce(ledger.evolve, events, state)
            self._append(f"ledger/{state.household}/{state.regie}", events)
        self.tx.put(state)
        return state

    def _append(self, stream: str, events: Iterable[Event]) -> None:
        for event in events:
            self.tx.append(
                JournalEntry(
                    stream=stream,
                    actor=self.actor,
                    at=self.at,
                    reglement=self.reglement,
                    event=event,
                )
            )


def recorder_of(
    member: Member,
    tx: Transaction,
    reglement: ActiveReglement,
    at: dt.datetime,
) -> Recorder:
    """
    Writes what *member* does.
    """
    return Recorder(
        tx=tx, actor=member.actor, at=at, reglement=reglement.digest
    )

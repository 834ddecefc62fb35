"""
Reading books once, and going on where a row cannot be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from portail_core.domain import ledger, payments, requests
from portail_core.domain.ids import (
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    RegieCode,
    ReglementDigest,
)
from portail_core.domain.ledger import CreditIssued, InvoiceSettled, Ledger
from portail_core.domain.payments import Attempt
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    HouseholdReading,
    JournalEntry,
    Reading,
    ReglementVersion,
    StorageFailed,
)
from portail_core.wire import Unreadable, load

from ._books import Books, Own, Purse
from ._found import Check
from ._questions import (
    REGLEMENT_UNREADABLE,
    REPLAYABLE,
    UNREADABLE,
    Question,
)

T = TypeVar("T")

_PAPERS = ("invoice", "avoir")

PAGE = 1_000
MOST_UNREADABLE = 100
"""Beyond, it is the storage that fails, and not a row."""

_EVOLVES: Mapping[str, Any] = {
    "request": requests.evolve,
    "attempt": payments.evolve,
    "ledger": ledger.evolve,
}


class Reader:
    """
    Reads everything, and notes what it could not.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._unread: list[Check] = []
        self._lost: set[str] = set()
        self._partial: set[HouseholdId] = set()
        self._kept: dict[str, Any] = {}
        self._own: dict[Purse, Own] = defaultdict(Own)

    def books(self) -> Books:
        """
        Everything, once.

        Raises:
            StorageFailed: If more than `MOST_UNREADABLE` rows cannot be read.
        """
        streams: dict[str, list[JournalEntry]] = defaultdict(list)
        sequences = []
        for entry in self._entries():
            streams[entry.stream].append(entry)
            sequences.append(entry.sequence or 0)
        replayed = dict(self._replayed(streams))
        self._kept |= dict.fromkeys(replayed)
        for household, names in _households(streams, replayed).items():
            self._read(household, names, streams, replayed)
        versions = self._versions()
        rows = self._kept.values()
        return Books(
            sequences=tuple(sequences),
            streams={name: tuple(some) for name, some in streams.items()},
            replayed=replayed,
            kept=self._kept,
            requests={r.number: r for r in rows if isinstance(r, Request)},
            attempts=tuple(r for r in rows if isinstance(r, Attempt)),
            ledgers=tuple(r for r in rows if isinstance(r, Ledger)),
            own=self._own,
            versions=versions,
            under=self._under(versions),
            unread=tuple(self._unread),
            lost=frozenset(self._lost),
            partial=frozenset(self._partial),
        )

    def _note(
        self, where: str, error: Exception, question: Question = UNREADABLE
    ) -> None:
        # What the store says may quote what is in the row.
        self._unread.append(Check(question, where, "yes", "no"))
        if len(self._unread) > MOST_UNREADABLE:
            raise error

    # The journal ------------------------------------------------------------

    def _entries(self) -> Iterator[JournalEntry]:
        after, limit = 0, PAGE
        while True:
            try:
                page = self._reading.journal_after(after, limit)
            except StorageFailed as error:
                if limit == 1:
                    after += 1
                    self._note(f"journal/{after}", error)
                limit = 1
                continue
            if not page:
                return
            yield from page
            after = page[-1].sequence or after + 1
            limit = min(PAGE, limit * 2)

    def _replayed(
        self, streams: Mapping[str, list[JournalEntry]]
    ) -> Iterator[tuple[str, Any]]:
        for name, entries in streams.items():
            kind, *names = name.split("/")
            # Of records the journal says that they changed, not what they
            # hold.
            if kind not in _EVOLVES:
                continue
            state: Any = None
            try:
                if kind == "ledger":
                    state = _empty(names)
                for entry in entries:
                    state = _EVOLVES[kind](state, entry.event)
            except Exception as error:  # noqa: BLE001 - who wrote in the journal may have written anything
                self._note(name, error, REPLAYABLE)
            else:
                yield name, state

    # Rows -------------------------------------------------------------------

    def _read(
        self,
        household: HouseholdId,
        names: list[str],
        streams: Mapping[str, list[JournalEntry]],
        replayed: Mapping[str, Any],
    ) -> None:
        family = self._reading.of(household)
        before = len(self._unread)
        known = [replayed[name] for name in names if name in replayed]
        numbers = [r.number for r in known if isinstance(r, Request)]
        for request in self._all(
            household,
            "request",
            family.requests,
            family.request,
            numbers,
        ):
            self._keep(f"request/{request.number}", request)
        for books in self._all(
            household,
            f"ledger/{household}",
            family.ledgers,
            family.ledger,
            [r.regie for r in known if isinstance(r, Ledger)],
        ):
            self._keep(f"ledger/{household}/{books.regie}", books)
        self._read_attempts(household, family, known)
        self._read_papers(
            household,
            family,
            [e for name in names for e in streams.get(name, ())],
        )
        if len(self._unread) > before:
            self._partial.add(household)
            self._stand_in(names, replayed)

    def _stand_in(
        self, names: Iterable[str], replayed: Mapping[str, Any]
    ) -> None:
        """
        Count what cannot be read as the journal has it.
        """
        for name in names:
            if name in replayed and self._kept[name] is None:
                self._kept[name] = replayed[name]

    def _keep(self, name: str, row: Any) -> None:
        self._kept[name] = row
        match row:
            case Request(asked=asked):
                self._of(asked.household, asked.regie).requests.append(row)
            case Attempt():
                self._of(row.household, row.regie).attempts.append(row)
            case _:
                self._of(row.household, row.regie)

    def _of(self, household: HouseholdId, regie: RegieCode) -> Own:
        return self._own[household, regie]

    def _read_attempts(
        self,
        household: HouseholdId,
        family: HouseholdReading,
        known: Iterable[Any],
    ) -> None:
        known = tuple(known)
        regies = dict.fromkeys(
            state.asked.regie if isinstance(state, Request) else state.regie
            for state in known
        )
        for regie in regies:
            for attempt in self._all(
                household,
                "attempt",
                lambda r=regie: family.attempts(r),  # type: ignore[misc]  # a default binds the loop's name
                self._reading.attempt,
                [
                    state.reference
                    for state in known
                    if isinstance(state, Attempt) and state.regie == regie
                ],
            ):
                self._keep(f"attempt/{attempt.reference}", attempt)

    def _read_papers(
        self,
        household: HouseholdId,
        family: HouseholdReading,
        entries: Iterable[JournalEntry],
    ) -> None:
        events = [entry.event for entry in entries]
        invoices = [e.invoice for e in events if isinstance(e, InvoiceSettled)]
        notes = [e.credit_note for e in events if isinstance(e, CreditIssued)]
        for invoice in self._all(
            household,
            "invoice",
            family.invoices,
            lambda number: family.invoice(InvoiceNumber(number)),
            invoices,
        ):
            own = self._of(invoice.household, invoice.regie)
            own.invoices.append(invoice)
        for note in self._all(
            household,
            "avoir",
            family.credit_notes,
            lambda number: family.credit_note(CreditNoteNumber(number)),
            notes,
        ):
            self._of(note.household, note.regie).notes.append(note)

    def _all(
        self,
        household: HouseholdId,
        kind: str,
        all_of_them: Callable[[], tuple[T, ...]],
        one: Callable[[Any], T | None],
        names: Iterable[Any],
    ) -> Iterator[T]:
        """
        All of them; those that can be read, one by one, if some cannot.
        """
        try:
            yield from all_of_them()
        except StorageFailed as error:
            before = len(self._unread)
            for name in names:
                try:
                    found = one(name)
                except StorageFailed as again:
                    self._note(f"{kind}/{name}", again)
                    if kind in _PAPERS:
                        self._lost.add(name)
                else:
                    if found is not None:
                        yield found
            if len(self._unread) == before:
                what, *_ = kind.split("/")
                unknown = f"household/{household}, {what} unknown"
                self._note(unknown, error)

    # Règlements -------------------------------------------------------------

    def _versions(self) -> tuple[ReglementVersion, ...]:
        try:
            return self._reading.reglements()
        except StorageFailed as error:
            self._note("reglements", error)
            return ()

    def _under(
        self, versions: Iterable[ReglementVersion]
    ) -> Mapping[ReglementDigest, Reglement]:
        under = {}
        for version in versions:
            try:
                under[version.digest] = load(Reglement, version.text)
            except Unreadable as error:
                self._note(
                    f"reglement/{version.digest}", error, REGLEMENT_UNREADABLE
                )
        return under


def _empty(names: list[str]) -> Ledger:
    household, regie = names
    return Ledger(household=HouseholdId(household), regie=RegieCode(regie))


def _households(
    streams: Iterable[str], replayed: Mapping[str, Any]
) -> Mapping[HouseholdId, list[str]]:
    """
    Every household that the journal speaks of, with its streams.
    """
    found: dict[HouseholdId, list[str]] = defaultdict(list)
    for name in streams:
        match replayed.get(name):
            case Request(asked=asked):
                household = asked.household
            case None if name.startswith(("household/", "ledger/")):
                household = HouseholdId(name.split("/")[1])
            case None:
                continue
            case state:
                household = state.household
        found[household].append(name)
    return found

"""
Writes: buffered, then flushed whole, each against the version it was read in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from portail_core.domain.ids import HouseholdId
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    JournalEntry,
    Queued,
    Record,
)

from . import _records, _statements, schema
from ._changes import Changes
from ._connection import Connection
from ._household import SqlHouseholdReading
from ._looking import Key
from ._reading import SqlReading
from ._shapes import Row, Rows, Shape

_SHAPES: dict[type[Any], Shape[Any]] = {
    shape.kind: shape
    for shape in vars(_records).values()
    if isinstance(shape, Shape)
}

JOURNAL = "journal"
"""The counter of the journal's entries, beside those of numbered things."""


class SqlTransaction(SqlReading):
    """
    Reads of what was there when it began, and writes that wait for the end.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._records: dict[Key, tuple[Shape[Any], Row, Rows]] = {}
        self._entries: list[JournalEntry] = []
        self._locked: set[HouseholdId] = set()

    def of(self, household: HouseholdId) -> SqlHouseholdReading:
        """
        What one household may read, and nobody else changes until the end.
        """
        self._lock_households({household})
        return super().of(household)

    def stale_requests(
        self, at: dt.datetime, limit: int
    ) -> tuple[Request, ...]:
        """
        Those that no other transaction has in hand.
        """
        database = self.connection.database.name
        found = self.all(
            _records.REQUEST,
            _statements.CLAIMED_REQUESTS[database],
            at=at,
            limit=limit,
        )
        self._locked |= {request.asked.household for request in found}
        return found

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Those that no other transaction has in hand.
        """
        return self.all(
            _records.QUEUED, _statements.CLAIMED_NOTICES, at=at, limit=limit
        )

    def _lock_households(self, households: set[HouseholdId]) -> None:
        self.connection.lock_households(households - self._locked)
        self._locked |= households

    def put(self, record: Record) -> None:
        """
        Keep *record*, and the places of a request; the last put counts.
        """
        shape = _SHAPES[type(record)]
        row, rows = shape.spread(record)
        self._records[shape.kind, *shape.key_of(row)] = (shape, row, rows)

    def append(self, entry: JournalEntry) -> None:
        """
        Add to the journal.
        """
        self._entries.append(entry)

    def next_number(self, series: str) -> int:
        """
        The next number of *series*, from 1.
        """
        return self._count_on(series, 1)

    def _count_on(self, series: str, by: int) -> int:
        ((last,),) = self.connection.rows(
            _statements.COUNT_ON[self.connection.database.name],
            series=series,
            value=by,
        )
        return int(last)

    # At commit --------------------------------------------------------------

    def flush(self) -> None:
        """
        Write everything.

        Raises:
            ConcurrentChange: If something is no longer as it was read.
        """
        self._lock_all()
        changes = Changes()
        for key, (shape, row, rows) in self._records.items():
            version = self.seen.get(key)
            if version is None:
                changes.new[shape.table].append(_first(shape, row))
                for table, more in rows.items():
                    changes.new[table].extend(more)
            else:
                before = shape.spread(self.found[key])
                changes.add(shape, version, before, (row, rows))
        changes.write(self.connection)
        self._flush_journal()

    def _lock_all(self) -> None:
        rows = [(shape.kind, row) for shape, row, _ in self._records.values()]
        self._lock_households(
            {row["household"] for _, row in rows if row.get("household")}
        )
        # A child's places are unique by themselves.
        self.connection.lock_children(
            {
                row["child"]
                for kind, row in rows
                if kind is not Request and row.get("child")
            }
        )

    def _flush_journal(self) -> None:
        if not self._entries:
            return
        # Last of all: whoever counts on holds up every other writer.
        last = self._count_on(JOURNAL, len(self._entries))
        first = last - len(self._entries) + 1
        self.connection.insert(
            schema.JOURNAL,
            [
                {
                    "sequence": sequence,
                    "stream": entry.stream,
                    "actor": entry.actor,
                    "at": entry.at,
                    "reglement": entry.reglement,
                    "event": entry.event,
                }
                for sequence, entry in enumerate(self._entries, start=first)
            ],
        )


def _first(shape: Shape[Any], row: Row) -> Row:
    return {**row, "version": 1} if shape.is_versioned() else row

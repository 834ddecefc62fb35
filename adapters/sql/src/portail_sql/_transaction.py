"""
Writes: buffered, then flushed whole, each against the version it was read in.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from portail_core.ports.store import ConcurrentChange, JournalEntry, Record

from . import _records, _statements, schema
from ._connection import Connection
from ._looking import Key
from ._reading import SqlReading
from ._shapes import Row, Rows, Shape, keyed

_SHAPES: dict[type[Any], Shape[Any]] = {
    shape.kind: shape
    for shape in vars(_records).values()
    if isinstance(shape, Shape)
}


class SqlTransaction(SqlReading):
    """
    Reads of what was there when it began, and writes that wait for the end.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._records: dict[Key, tuple[Shape[Any], Row, Rows]] = {}
        self._entries: list[JournalEntry] = []
        self._counters: dict[str, tuple[int, int]] = {}

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
        first, last = self._counters.get(series) or self._counted(series)
        self._counters[series] = (first, last + 1)
        return last + 1

    def _counted(self, series: str) -> tuple[int, int]:
        rows = self.connection.rows(_statements.COUNTER, name=series)
        value: int = rows[0][0] if rows else 0
        return value, value

    # At commit --------------------------------------------------------------

    def flush(self) -> None:
        """
        Write everything.

        What is released goes first, so that it may be taken again; then what
        is changed, then what is new.

        Raises:
            ConcurrentChange: If something is no longer as it was read.
        """
        known = {
            key: version
            for key in self._records
            if (version := self.seen.get(key)) is not None
        }
        for key in known:
            self._release(key)
        for key, version in known.items():
            self._change(key, version)

        new: dict[sa.Table, list[Row]] = defaultdict(list)
        for key, (shape, row, rows) in self._records.items():
            if key not in known:
                new[shape.table].append(_first(shape, row))
            for table, more in rows.items():
                new[table].extend(more)
        for table, some in new.items():
            self.connection.insert(table, some)
        self._flush_counters()
        self._flush_journal()

    def _release(self, key: Key) -> None:
        shape = self._records[key][0]
        for statement in shape.delete_parts:
            self.connection.write(statement, **keyed(key[1:]))

    def _change(self, key: Key, version: int) -> None:
        shape, row, _ = self._records[key]
        written = self.connection.write(
            shape.update,
            **row,
            **keyed(key[1:]),
            version=version + 1,
            seen=version,
        )
        _refuse_unless_one(written, key)

    def _flush_counters(self) -> None:
        for series, (seen, last) in self._counters.items():
            if seen == 0:
                row = {"series": series, "value": last}
                self.connection.insert(schema.COUNTERS, [row])
            else:
                written = self.connection.write(
                    _statements.COUNT_ON, name=series, seen=seen, last=last
                )
                _refuse_unless_one(written, series)

    def _flush_journal(self) -> None:
        if not self._entries:
            return
        ((last,),) = self.connection.rows(_statements.LAST_SEQUENCE)
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
                for sequence, entry in enumerate(self._entries, start=last + 1)
            ],
        )


def _first(shape: Shape[Any], row: Row) -> Row:
    return {**row, "version": 1} if shape.is_versioned() else row


def _refuse_unless_one(written: int, what: object) -> None:
    if written != 1:
        msg = f"{what} is no longer as it was read"
        raise ConcurrentChange(msg)

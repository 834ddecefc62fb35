"""
What every read is made of: rows found, gathered into records, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar, cast

import sqlalchemy as sa

from portail_core.ports.store import ConcurrentChange

from ._connection import Connection
from ._shapes import Row, Shape, keyed, owner

R = TypeVar("R")
T = TypeVar("T")

Key: TypeAlias = tuple[type[Any], *tuple[Any, ...]]
"""A kind of record, and what tells its records apart."""

_NUMBERS = range(-(2**63), 2**63)
_NO_TEXT = re.compile("[\ud800-\udfff\0]")
"""Half a character, which UTF-8 has not, and the one PostgreSQL refuses."""


class Looking:
    """
    Finds records, and notes in which version.

    Attributes:
        seen: The version in which each record was read.

        found: The records themselves.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seen: dict[Key, int | None] = {}
        self.found: dict[Key, Any] = {}
        self._once: dict[Any, Any] = {}

    def once(self, asked: Any, read: Callable[[], T]) -> T:
        """
        What *read* finds, the first time that it is *asked*.

        Only for what cannot change before the end.
        """
        if asked not in self._once:
            self._once[asked] = read()
        return cast("T", self._once[asked])

    def one(self, shape: Shape[R], *key: Any) -> R | None:
        """
        The record of this key.
        """
        return self._only(shape, shape.select_one, **keyed(key))

    def all(
        self, shape: Shape[R], statement: sa.Select[Any], **names: Any
    ) -> tuple[R, ...]:
        """
        The records whose main rows *statement* finds, in its order.
        """
        columns = shape.table.c.keys()
        rows: list[Row] = [
            dict(zip(columns, row, strict=True))
            for row in self.connection.rows(statement, **names)
        ]
        keys = [shape.key_of(row) for row in rows]
        parts = self._parts(shape, keys)
        records = []
        with self.connection.translated():
            for key, row in zip(keys, rows, strict=True):
                whole = (shape.kind, *key)
                self._note(whole, row.get("version"))
                own = {
                    part: tuple(by.get(key, ())) for part, by in parts.items()
                }
                self.found[whole] = record = shape.gather(row, own)
                records.append(record)
        return tuple(records)

    def _note(self, key: Key, version: int | None) -> None:
        if self.seen.setdefault(key, version) != version:
            # What was decided on what it was would pass for what it is.
            msg = f"{key[0].__name__} changed while it was looked at"
            raise ConcurrentChange(msg)

    def _only(
        self, shape: Shape[R], statement: sa.Select[Any], **names: Any
    ) -> R | None:
        if not all(map(_can_be_kept, names.values())):
            # Nothing has a name that could not be written.
            return None
        found = self.all(shape, statement, **names)
        return found[0] if found else None

    def _parts(
        self, shape: Shape[Any], keys: Sequence[tuple[Any, ...]]
    ) -> dict[sa.Table, dict[tuple[Any, ...], list[Row]]]:
        found: dict[sa.Table, dict[tuple[Any, ...], list[Row]]] = {}
        for part, statement in shape.select_parts:
            columns, names = part.c.keys(), owner(shape, part)
            by = found.setdefault(part, {})
            firsts = sorted({key[0] for key in keys})
            if not firsts:
                continue
            # They begin with whose they are.
            width = len(names)
            for values in self.connection.rows(statement, keys=firsts):
                by.setdefault(tuple(values[:width]), []).append(
                    dict(zip(columns, values, strict=True))
                )
        return found


def _can_be_kept(value: object) -> bool:
    if isinstance(value, int):
        return value in _NUMBERS
    if isinstance(value, str):
        return not _NO_TEXT.search(value)
    return True

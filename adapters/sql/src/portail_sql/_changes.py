"""
What a commit changes of records that were there: no more than became
different, and alike changes of several records at once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import sqlalchemy as sa
from attrs import define, field, frozen

from portail_core.domain.money import Money
from portail_core.ports.store import ConcurrentChange

from ._connection import Connection
from ._shapes import Row, Rows, Shape, keyed

_PLAIN = (str, int, dt.date, dt.time, Money, Enum)
"""Two of these that are equal are written alike; figures are not: « 650.10 »
is 650.1."""


@frozen(eq=False)
class _Alike:
    """
    The same new values, for the rows of several records in one table.
    """

    shape: Shape[Any]
    table: sa.Table
    values: Row
    keys: list[tuple[Any, ...]] = field(factory=list, init=False)


@define(eq=False)
class Changes:
    """
    Gathers what became different, and writes it.
    """

    new: dict[sa.Table, list[Row]] = field(
        factory=lambda: defaultdict(list), init=False
    )
    _released: dict[tuple[Shape[Any], sa.Table], list[tuple[Any, ...]]] = (
        field(factory=lambda: defaultdict(list), init=False)
    )
    _alike: dict[tuple[Any, ...], _Alike] = field(factory=dict, init=False)

    def add(
        self,
        shape: Shape[Any],
        version: int,
        before: tuple[Row, Rows],
        after: tuple[Row, Rows],
    ) -> None:
        """
        A record that was read in this *version*.
        """
        key = shape.key_of(after[0])
        values = {**_different(before[0], after[0]), "version": version + 1}
        self._change(shape, shape.table, key, values)
        for table in (*shape.parts, *shape.shadows):
            rows = after[1].get(table, ())
            same = _in_all(table, before[1].get(table, ()), rows)
            if same is None:
                self._released[shape, table].append(key)
                self.new[table].extend(rows)
            elif same:
                self._change(shape, table, key, same)

    def _change(
        self,
        shape: Shape[Any],
        table: sa.Table,
        key: tuple[Any, ...],
        values: Row,
    ) -> None:
        told = tuple((name, _token(value)) for name, value in values.items())
        alike = self._alike.setdefault(
            (table, told), _Alike(shape, table, values)
        )
        alike.keys.append(key)

    def write(self, connection: Connection) -> None:
        """
        What is released goes first, so that it may be taken again; then what
        is changed, then what is new.

        Raises:
            ConcurrentChange: If something is no longer as it was read.
        """
        for (shape, table), keys in self._released.items():
            for names in _batches(shape, keys):
                connection.write(shape.delete_parts[table], **names)
        for alike in self._alike.values():
            _write(connection, alike)
        for table, rows in self.new.items():
            connection.insert(table, rows)


def _write(connection: Connection, alike: _Alike) -> None:
    shape, values = alike.shape, alike.values
    if alike.table is not shape.table:
        for names in _batches(shape, alike.keys):
            connection.write(
                shape.update_parts[alike.table], **values, **names
            )
        return
    seen = values["version"] - 1
    written = sum(
        connection.write(shape.update, **values, **names, seen=seen)
        for names in _batches(shape, alike.keys)
    )
    if written != len(alike.keys):
        msg = f"a {shape.kind.__name__} is no longer as it was read"
        raise ConcurrentChange(msg)


def _batches(
    shape: Shape[Any], keys: Sequence[tuple[Any, ...]]
) -> Iterator[dict[str, Any]]:
    if len(shape.key) == 1:
        yield {"keys": sorted(key for (key,) in keys)}
    else:
        yield from map(keyed, keys)


def _in_all(
    table: sa.Table, before: Sequence[Row], after: Sequence[Row]
) -> Row | None:
    """
    What changed, if it is the same in all rows; `None` if they are others.
    """
    if len(before) != len(after):
        return None
    same: Row | None = None
    for old, new in zip(before, after, strict=True):
        values = _different(old, new)
        if not (same or values):
            same = values
            continue
        if same is None:
            same = values
        elif values.keys() != same.keys() or _different(same, values):
            return None
    same = same or {}
    is_moved = any(table.c[name].primary_key for name in same)
    return None if is_moved else same


def _different(before: Row, after: Row) -> Mapping[str, Any]:
    return {
        name: value
        for name, value in after.items()
        if (old := before[name]) is not value
        and not (
            type(old) is type(value)
            and isinstance(value, _PLAIN)
            and old == value
        )
    }


def _token(value: Any) -> Any:
    # Of the others, only one that is the very same is known to be equal.
    return value if isinstance(value, _PLAIN) else id(value)

"""
How a kind of record is spread over tables, and gathered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar

import sqlalchemy as sa
from attrs import fields, frozen

from ._compiled import among

R = TypeVar("R")

Row: TypeAlias = Mapping[str, Any]
"""Values of the domain by the keys of a table's columns."""

Rows: TypeAlias = Mapping[sa.Table, tuple[Row, ...]]


@frozen(kw_only=True, eq=False, slots=False)
class Shape(Generic[R]):
    """
    One row of a main table, and rows of its own in others.

    Attributes:
        key: Columns that tell records apart.

        parts: Each begins with the columns of *key*; the rows of a record are
            always written whole, and read in the order of the primary key.

        shadows: The same, but never read with the record.

        spread: The main row, without its version, and those of *parts*
            and *shadows*.

        gather: The record, from the main row and the rows of each part.
    """

    kind: type[R]
    table: sa.Table
    key: tuple[str, ...]
    spread: Callable[[R], tuple[Row, Rows]]
    gather: Callable[[Row, Rows], R]
    parts: tuple[sa.Table, ...] = ()
    shadows: tuple[sa.Table, ...] = ()

    def is_versioned(self) -> bool:
        """
        Whether the record is ever written again.
        """
        return "version" in self.table.c

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """
        What tells the record of a main row from others.
        """
        return tuple(row[name] for name in self.key)

    # Statements, each made once ---------------------------------------------

    @cached_property
    def select(self) -> sa.Select[Any]:
        """
        All main rows.
        """
        return sa.select(self.table)

    @cached_property
    def select_one(self) -> sa.Select[Any]:
        """
        The main row of a key.
        """
        return self.select.where(*matching(self.table, self.key))

    @cached_property
    def update(self) -> sa.Update:
        """
        Records that are still as they were read.
        """
        return sa.update(self.table).where(
            *_of_keys(self.table, self.key),
            self.table.c.version == sa.bindparam("seen"),
        )

    @cached_property
    def update_parts(self) -> Mapping[sa.Table, sa.Update]:
        """
        The rows of records in other tables.
        """
        return {
            part: sa.update(part).where(*_of_keys(part, owner(self, part)))
            for part in (*self.parts, *self.shadows)
        }

    @cached_property
    def delete_parts(self) -> Mapping[sa.Table, sa.Delete]:
        """
        The rows of records in other tables.
        """
        return {
            part: sa.delete(part).where(*_of_keys(part, owner(self, part)))
            for part in (*self.parts, *self.shadows)
        }

    @cached_property
    def select_parts(self) -> tuple[tuple[sa.Table, sa.Select[Any]], ...]:
        """
        The rows in other tables of records whose keys begin so.
        """
        return tuple(
            (
                part,
                sa.select(part)
                .where(among(part.c[owner(self, part)[0]], "keys"))
                .order_by(*part.primary_key),
            )
            for part in self.parts
        )


def owner(shape: Shape[Any], part: sa.Table) -> tuple[str, ...]:
    """
    The columns of *part* that say whose row it is.
    """
    return tuple(column.key for column in part.c)[: len(shape.key)]


def matching(
    table: sa.Table, names: Iterable[str]
) -> tuple[sa.ColumnElement[bool], ...]:
    """
    That these columns have the values of the parameters `key_0`, `key_1`….
    """
    return tuple(
        table.c[name] == sa.bindparam(f"key_{position}")
        for position, name in enumerate(names)
    )


def _of_keys(
    table: sa.Table, names: tuple[str, ...]
) -> tuple[sa.ColumnElement[bool], ...]:
    """
    Of the records of one key, or of all `keys` where a column tells them
    apart.
    """
    if len(names) == 1:
        return (among(table.c[names[0]], "keys"),)
    return matching(table, names)


def keyed(key: Iterable[Any]) -> dict[str, Any]:
    """
    The parameters of `matching`.
    """
    return {f"key_{position}": value for position, value in enumerate(key)}


def flat(kind: type[R], table: sa.Table, *key: str) -> Shape[R]:
    """
    A record whose attributes are the columns of one table.
    """
    names = tuple(attribute.name for attribute in fields(kind))  # type: ignore[arg-type]  # every record is an attrs class

    def spread(record: R) -> tuple[Row, Rows]:
        return {name: getattr(record, name) for name in names}, {}

    def gather(row: Row, _: Rows) -> R:
        return kind(**{name: row[name] for name in names})

    return Shape(kind=kind, table=table, key=key, spread=spread, gather=gather)


def numbered(values: Iterable[Row], **same: Any) -> tuple[Row, ...]:
    """
    Rows in their order, each with its position from 0, and *same* in all.
    """
    return tuple(
        {**same, "position": position, **value}
        for position, value in enumerate(values)
    )


def picked(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """
    The attributes of *value* that are columns of these names.
    """
    return {name: getattr(value, name) for name in names}


def named(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """
    The values of *row* under these names.
    """
    return {name: row[name] for name in names}

"""
How tables and columns of the schema are declared.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

import sqlalchemy as sa

from .columns import TEXT, WHOLE, Cents, Member

MARK = "portail__"
"""
What every table's name begins with until a statement is compiled: a store's
own prefix then takes its place, in the names of indexes and constraints too.
"""

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def table(
    name: str, says: str, *items: sa.schema.SchemaItem, **options: Any
) -> sa.Table:
    """
    Args:
        says: What a row is, for who reads the database.
    """
    return sa.Table(
        MARK + name,
        METADATA,
        *items,
        comment=says,
        sqlite_strict=True,
        **options,
    )


def kept(
    name: str, says: str, *items: sa.schema.SchemaItem, **options: Any
) -> sa.Table:
    """
    A table whose rows are only ever added: the database refuses to change or
    delete them.
    """
    return table(name, says, *items, info={"kept": True}, **options)


def column(
    name: str, says: str, kind: Any = TEXT, *more: Any, **options: Any
) -> sa.Column[Any]:
    """
    Args:
        says: What it is, its unit, and what NULL or an empty text stands for.
    """
    options = {"nullable": False, **options}
    return sa.Column(name, kind, *more, comment=says, **options)


def optional(
    name: str, says: str, kind: Any = TEXT, *more: Any
) -> sa.Column[Any]:
    return column(name, says, kind, *more, nullable=True)


def identifier(
    name: str, says: str, *more: Any, **options: Any
) -> sa.Column[Any]:
    key = name.rsplit("_", 1)[0]
    return column(name, says, TEXT, *more, key=key, **options)


def number(name: str, says: str, *more: Any, **options: Any) -> sa.Column[Any]:
    return column(
        f"{name}_number",
        says,
        WHOLE,
        *more,
        key=name,
        autoincrement=False,
        **options,
    )


def check(name: str, condition: str) -> sa.CheckConstraint:
    """
    What must hold of every row, in words that both databases understand.
    """
    return sa.CheckConstraint(condition, name)


def together(name: str, *columns: str) -> sa.CheckConstraint:
    """
    Either all of these are NULL, or none is.
    """
    first, *others = columns
    return check(
        name,
        " AND ".join(
            f"({first} IS NULL) = ({other} IS NULL)" for other in others
        ),
    )


def at_least(least: int, name: str) -> sa.CheckConstraint:
    return check(f"{name}_from_{least}", f"{name} >= {least}")


def cents(name: str, says: str) -> sa.Column[Any]:
    not_negative = check(f"{name}_not_negative", f"{name}_cents >= 0")
    return column(f"{name}_cents", says, Cents, not_negative, key=name)


def state(
    name: str, says: str, kind: type[Enum], **options: Any
) -> sa.Column[Any]:
    known = ", ".join(f"'{member.value}'" for member in kind)
    return column(
        name,
        says,
        Member(kind),
        check(f"{name}_known", f"{name} IN ({known})"),
        **options,
    )


def one_of(
    column: sa.ColumnElement[Any], states: Iterable[Enum]
) -> sa.ColumnElement[bool]:
    """
    That a column is in one of these states, whatever is asked.
    """
    values = sorted(repr(state.value) for state in states)
    return column.in_([sa.literal_column(value) for value in values])


def position() -> sa.Column[Any]:
    """
    From 0, in the order of the record.
    """
    return column(
        "position",
        "Its place in the record, from 0.",
        sa.Integer,
        at_least(0, "position"),
        primary_key=True,
    )


def version() -> sa.Column[Any]:
    """
    How often the record was written; 1 when it was new.
    """
    return column(
        "version",
        "How often the record was written; 1 when it was new.",
        sa.Integer,
        at_least(1, "version"),
    )


def to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(MARK + column, deferrable=True, initially="DEFERRED")


def to_both(
    columns: tuple[str, str], table: str, others: tuple[str, str]
) -> sa.ForeignKeyConstraint:
    """
    A reference by two columns at once, to those of another table.
    """
    return sa.ForeignKeyConstraint(
        columns,
        [f"{MARK}{table}.{other}" for other in others],
        deferrable=True,
        initially="DEFERRED",
    )

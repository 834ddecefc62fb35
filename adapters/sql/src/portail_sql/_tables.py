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


def table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(MARK + name, METADATA, *items, sqlite_strict=True)


def column(
    name: str, kind: Any = TEXT, *more: Any, **options: Any
) -> sa.Column[Any]:
    options = {"nullable": False, **options}
    return sa.Column(name, kind, *more, **options)


def optional(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return column(name, kind, nullable=True)


def identifier(name: str, *more: Any, **options: Any) -> sa.Column[Any]:
    key = name.rsplit("_", 1)[0]
    return column(name, TEXT, *more, key=key, **options)


def number(name: str, *more: Any, **options: Any) -> sa.Column[Any]:
    return column(
        f"{name}_number",
        WHOLE,
        *more,
        key=name,
        autoincrement=False,
        **options,
    )


def cents(name: str) -> sa.Column[Any]:
    check = sa.CheckConstraint(f"{name}_cents >= 0", f"{name}_not_negative")
    return column(f"{name}_cents", Cents, check, key=name)


def state(name: str, kind: type[Enum], **options: Any) -> sa.Column[Any]:
    known = ", ".join(f"'{member.value}'" for member in kind)
    check = sa.CheckConstraint(f"{name} IN ({known})", f"{name}_known")
    return column(name, Member(kind), check, **options)


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
    return column("position", sa.Integer, primary_key=True)


def version() -> sa.Column[Any]:
    """
    How often the record was written; 1 when it was new.
    """
    return column("version", sa.Integer)


def to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(MARK + column, deferrable=True, initially="DEFERRED")

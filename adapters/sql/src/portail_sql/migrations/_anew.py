"""
Tables made anew: SQLite changes no constraint of a table that is there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Filled: TypeAlias = Mapping[str, Mapping[str, str]]
"""By table, then by new column: what fills it, from a row of before."""

BEFORE = "_before"
"""What the name of a table ends with until its rows are in the new one."""

_TABLE = re.compile(r"CREATE TABLE (\w+)")


def statements(script: str) -> Iterator[str]:
    """
    The statements of *script*; those in a trigger are a part of it.
    """
    found = ""
    for line in script.splitlines(keepends=True):
        found += line
        if sqlite3.complete_statement(found):
            yield found.strip().removesuffix(";")
            found = ""


def make_anew(op: Any, script: str, filled: Filled) -> None:
    """
    Make the tables of *script* in place of those of the same names, with
    their rows.

    Args:
        script: Creates the tables, whoever is referred to first, then their
            indexes and triggers.
    """
    run = op.get_bind().exec_driver_sql
    tables = {
        named[1]: statement
        for statement in statements(script)
        if (named := _TABLE.match(statement))
    }
    for table in tables:
        run(f"ALTER TABLE {table} RENAME TO {table}{BEFORE}")
    for statement in tables.values():
        run(statement)
    for table in tables:
        told = run(f"PRAGMA table_info({table}{BEFORE})").fetchall()
        columns = {row[1]: row[1] for row in told} | dict(
            filled.get(table, {})
        )
        run(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {', '.join(columns.values())} FROM {table}{BEFORE}"
        )
    # Who refers goes first, then who is referred to.
    for table in reversed(tables):
        run(f"DROP TABLE {table}{BEFORE}")
    for statement in statements(script):
        if not _TABLE.match(statement):
            run(statement)

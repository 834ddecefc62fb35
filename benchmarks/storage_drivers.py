"""
The two drivers of the floor, each in its own words.

Work on speed leaves this file alone, as it does `benchmarks.storage_floor`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import psycopg
from attrs import define, field
from psycopg.adapt import Loader

Row = Mapping[str, Any]


class Driver(Protocol):
    """
    What sqlite3 and psycopg do each in its own words.
    """

    begins: str

    def rows(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """
        What a statement with « ? » for its *values* finds.
        """
        ...

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """
        Add rows of the same columns in one go.
        """
        ...

    def each(self, text: str, values: Iterable[tuple[Any, ...]]) -> None:
        """
        One statement for many *values*.
        """
        ...

    def among(self, column: str) -> str:
        """
        That *column* is one of a list, which `several` hands over.
        """
        ...

    def several(self, values: Sequence[Any]) -> Any:
        """
        *values*, as one.
        """
        ...

    def lock(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """
        Hold rows until the end, where a writer is not alone.
        """
        ...


@define
class SQLite:
    """
    A connection of sqlite3: one writer, which waits for the disk.
    """

    connection: sqlite3.Connection
    begins = "BEGIN IMMEDIATE"

    @classmethod
    def open(cls, file: str) -> SQLite:
        """
        As durable and as strict as the store.
        """
        connection = sqlite3.connect(file, isolation_level=None)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return cls(connection)

    def rows(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """
        What a statement finds.
        """
        return self.connection.execute(text, values).fetchall()

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """
        All rows in one go.
        """
        names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
        self.connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            [tuple(row.values()) for row in rows],
        )

    def each(self, text: str, values: Iterable[tuple[Any, ...]]) -> None:
        """
        One statement for many values.
        """
        self.connection.executemany(text, values)

    def among(self, column: str) -> str:
        """
        That it is one of a list.
        """
        return f"{column} IN (SELECT value FROM json_each(?))"

    def several(self, values: Sequence[Any]) -> Any:
        """
        A list, as one value.
        """
        quoted = ",".join(
            str(v) if isinstance(v, int) else f'"{v}"' for v in values
        )
        return f"[{quoted}]"

    def lock(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """
        A writer is alone.
        """


class _Text(Loader):
    def load(self, data: Any) -> str:
        """
        JSON, as it is written.
        """
        return bytes(data).decode()


@define
class PostgreSQL:
    """
    A connection of psycopg: every statement prepared, rows as arrays.
    """

    connection: psycopg.Connection[Any]
    types: Mapping[tuple[str, str], str]
    _texts: dict[Any, str] = field(factory=dict, init=False)
    begins = "BEGIN"

    @classmethod
    def open(cls, url: str) -> PostgreSQL:
        """
        Documents of JSON are left as they are written.
        """
        connection = psycopg.connect(url, autocommit=True)
        connection.prepare_threshold = 1
        connection.adapters.register_loader("json", _Text)
        types = connection.execute(
            "SELECT table_name, column_name, data_type"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
        return cls(
            connection, {(table, name): kind for table, name, kind in types}
        )

    def rows(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """
        What a statement finds.
        """
        cursor = self.connection.execute(self._marked(text), values or None)
        return cursor.fetchall() if cursor.description else []

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """
        All rows in one go.
        """
        names = tuple(rows[0])
        text = self._texts.get((table, names)) or self._insert(table, names)
        columns = list(zip(*(row.values() for row in rows), strict=True))
        self.connection.execute(text, [list(column) for column in columns])

    def _insert(self, table: str, names: tuple[str, ...]) -> str:
        arrays = ", ".join(f"%s::{self.types[table, n]}[]" for n in names)
        text = (
            f"INSERT INTO {table} ({', '.join(names)})"
            f" SELECT * FROM unnest({arrays})"
        )
        return self._texts.setdefault((table, names), text)

    def each(self, text: str, values: Iterable[tuple[Any, ...]]) -> None:
        """
        One statement for many values.
        """
        with self.connection.cursor() as cursor:
            cursor.executemany(self._marked(text), values)

    def among(self, column: str) -> str:
        """
        That it is one of a list.
        """
        return f"{column} = ANY (?)"

    def several(self, values: Sequence[Any]) -> Any:
        """
        A list, as one value.
        """
        return list(values)

    def lock(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """
        Hold rows until the end.
        """
        for text, values in statements:
            self.rows(text, *values)

    def _marked(self, text: str) -> str:
        found = self._texts.get(text)
        return found or self._texts.setdefault(text, text.replace("?", "%s"))


def moment(database: str, value: dt.datetime) -> Any:
    """
    As the database keeps it.
    """
    if database == "postgresql":
        return value
    return f"{value.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

"""
Statements as one database takes them, each compiled once and then sent by its
driver: a family that books 36 days does not wait for a compiler.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

import sqlalchemy as sa
from attrs import define, field, frozen
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from ._tables import MARK
from .columns import Change, Several, reader_of, writer_of

Statement: TypeAlias = sa.Select[Any] | UpdateBase | sa.CompoundSelect[Any]


@frozen(eq=False)
class Compiled:
    """
    A statement in the words of one database.

    Attributes:
        parameters: In the order of the text: a name, how its value is
            written, and the value that it has unless one is given.

        readers: For the columns of the result that are not left as they are,
            by their positions.
    """

    text: str
    parameters: tuple[tuple[str, Change | None, Any], ...]
    readers: tuple[tuple[int, Change], ...]

    def written(self, given: Mapping[str, Any]) -> list[Any]:
        """
        The parameters for the driver, from values of the domain.
        """
        return [
            value if write is None or value is None else write(value)
            for name, write, constant in self.parameters
            for value in (given.get(name, constant),)
        ]

    def written_each(
        self, rows: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[Any, ...]]:
        """
        The same for many *rows*, which have a value for every parameter.
        """
        return zip(
            *(
                [
                    value if write is None or value is None else write(value)
                    for value in map(itemgetter(name), rows)
                ]
                for name, write, _ in self.parameters
            ),
            strict=True,
        )

    def read(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        """
        Values of the domain, from the driver's *rows*.
        """
        readers = self.readers
        if not readers:
            return rows
        found = []
        for row in rows:
            values = list(row)
            for position, read in readers:
                value = values[position]
                if value is not None:
                    values[position] = read(value)
            found.append(tuple(values))
        return found


@define(eq=False)
class Compiler:
    """
    Compiles for one database, under one prefix of its tables' names.
    """

    dialect: sa.Dialect
    prefix: str
    _compiled: dict[tuple[Any, ...], Compiled] = field(
        factory=dict, init=False, repr=False
    )

    def statement(
        self, statement: Statement, names: Iterable[str] = ()
    ) -> Compiled:
        """
        A *statement*; one that writes also for the *names* of its values.
        """
        writes = isinstance(statement, UpdateBase)
        key = (statement, tuple(names)) if writes else (statement,)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._made(
                statement, list(names) if writes else None
            )
        return found

    def _made(self, statement: Any, names: list[str] | None) -> Compiled:
        compiled = statement.compile(
            dialect=self.dialect,
            column_keys=self._columns(statement, names),
        )
        return Compiled(
            text=self.named(str(compiled)),
            parameters=tuple(
                (
                    name,
                    writer_of(compiled.binds[name].type, self.dialect),
                    compiled.params[name],
                )
                for name in compiled.positiontup
            ),
            readers=self._readers(statement),
        )

    @staticmethod
    def _columns(statement: Any, names: list[str] | None) -> list[str] | None:
        if names is None:
            return None
        keys = set(statement.table.c.keys())
        return [name for name in names if name in keys]

    def _readers(self, statement: Any) -> tuple[tuple[int, Change], ...]:
        if isinstance(statement, UpdateBase):
            columns = statement.returning_column_descriptions
            kinds = [column["type"] for column in columns]
        else:
            kinds = [column.type for column in statement.selected_columns]
        readers = (reader_of(kind, self.dialect) for kind in kinds)
        return tuple((at, read) for at, read in enumerate(readers) if read)

    def named(self, text: str) -> str:
        """
        Put the prefix where the schema left a mark.
        """
        return text.replace(MARK, self.prefix)


class _Among(FunctionElement[bool]):
    """
    That a column is one of several values, however many: one statement.
    """

    type: TypeEngine[bool] = sa.Boolean()
    inherit_cache: bool | None = True
    name = "among"


def among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """
    That *column* is one of the values of the parameter *name*.
    """
    values: sa.BindParameter[Any] = sa.bindparam(
        name, type_=Several(column.type)
    )
    return _Among(column, values)


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: Any, **more: Any) -> str:
    column, values = (compiler.process(c, **more) for c in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: Any, **more: Any) -> str:
    column, values = (compiler.process(c, **more) for c in element.clauses)
    return f"{column} = ANY ({values})"

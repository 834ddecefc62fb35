"""
How values of the domain are written in columns that an analyst can read.

PostgreSQL has types of its own for days, moments, hours, figures and JSON;
SQLite keeps them as text that sorts as they do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from portail_core import wire
from portail_core.domain.money import Money, UnitPrice

POSTGRESQL = "postgresql"

# SQLite counts in 64 bits under the one name that STRICT tables know.
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Ordered by code point, as SQLite and Python do, whatever the server's locale.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), POSTGRESQL)

Change: TypeAlias = Callable[[Any], Any]
"""From a value of the domain to one of the driver, or back; never of NULL."""


class Written(TypeDecorator[Any]):
    """
    A value that a column holds as something plainer; NULL is `None`.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = sa.Text
    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = None
    """What PostgreSQL has for it, if it has anything."""

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """
        The column's type in this database.
        """
        if dialect.name == POSTGRESQL:
            return dialect.type_descriptor(self.own or sa.Text(collation="C"))
        return dialect.type_descriptor(sa.types.to_instance(self.impl))

    def writer(self, dialect: sa.Dialect) -> Change | None:
        """
        How a value is handed to the driver; `None` if as it is.
        """
        if not self._is_own(dialect):
            return self.write
        same = type(self).write_own is Written.write_own
        return None if same else self.write_own

    def reader(self, dialect: sa.Dialect) -> Change | None:
        """
        What is made of the driver's value; `None` if it is left as it is.
        """
        if not self._is_own(dialect):
            return self.read
        same = type(self).read_own is Written.read_own
        return None if same else self.read_own

    def _is_own(self, dialect: sa.Dialect) -> bool:
        return dialect.name == POSTGRESQL and self.own is not None

    def write(self, value: Any) -> Any:
        """
        What a plain column holds.
        """
        raise NotImplementedError

    def read(self, value: Any) -> Any:
        """
        The value that a plain column stands for.
        """
        raise NotImplementedError

    def write_own(self, value: Any) -> Any:
        """
        What a column of PostgreSQL's own type holds: the same.
        """
        return value

    def read_own(self, value: Any) -> Any:
        """
        The value that a column of PostgreSQL's own type stands for: the same.
        """
        return value


class Moment(Written):
    """
    A moment, UTC; as text « 2026-05-13T09:12:56.000000Z », of one width.
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.TIMESTAMP(timezone=True)

    def write(self, value: dt.datetime) -> str:
        """
        Raises:
            TypeError: For another zone than UTC, or none.
        """
        return _moment_text(self.write_own(value))

    def read(self, value: str) -> dt.datetime:
        """
        The same moment.
        """
        return dt.datetime.fromisoformat(value)

    def write_own(self, value: dt.datetime) -> dt.datetime:
        """
        Raises:
            TypeError: For another zone than UTC, or none.
        """
        if value.tzinfo is not dt.UTC:
            msg = f"{value!r} is not a moment in UTC"
            raise TypeError(msg)
        return value

    def read_own(self, value: dt.datetime) -> dt.datetime:
        """
        The same moment, though the session has another zone.
        """
        return value.astimezone(dt.UTC)


@lru_cache(maxsize=100)
def _moment_text(value: dt.datetime) -> str:
    # One commit writes few moments, into many rows.
    text = value.replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text}Z"


class Day(Written):
    """
    « 2026-05-27 ».
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.Date()

    def write(self, value: dt.date) -> str:
        """
        In the order of the calendar, also as text.
        """
        return value.isoformat()

    def read(self, value: str) -> dt.date:
        """
        The same day.
        """
        return dt.date.fromisoformat(value)


class Clock(Written):
    """
    « 17:30 »: hours of the clock in Paris; seconds only if there are some.
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.Time()

    def write(self, value: dt.time) -> str:
        """
        In the order of the day, also as text.
        """
        short = not (value.second or value.microsecond)
        return value.isoformat(timespec="minutes" if short else "auto")

    def read(self, value: str) -> dt.time:
        """
        The same hour.
        """
        return dt.time.fromisoformat(value)


class Cents(Written):
    """
    An amount: 1250 for 12.50.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = WHOLE
    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.BigInteger()

    def write(self, value: Money) -> int:
        """
        Whole cents.
        """
        return value.cents

    def read(self, value: int) -> Money:
        """
        The same amount.
        """
        return Money(value)

    def write_own(self, value: Money) -> int:
        """
        Whole cents.
        """
        return value.cents

    def read_own(self, value: int) -> Money:
        """
        The same amount.
        """
        return Money(value)


class Figure(Written):
    """
    A decimal number as it was written: « 650.10 » keeps its zero.
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.Numeric()

    def write(self, value: Decimal) -> str:
        """
        No float on the way.
        """
        return str(value)

    def read(self, value: str) -> Decimal:
        """
        The same number.
        """
        return Decimal(value)


class Euros(Written):
    """
    The price of one, exact: « 0.225 ».
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.Numeric()

    def write(self, value: UnitPrice) -> str:
        """
        No float on the way.
        """
        return str(value.euros)

    def read(self, value: str) -> UnitPrice:
        """
        The same price.
        """
        return UnitPrice(Decimal(value))

    def write_own(self, value: UnitPrice) -> Decimal:
        """
        The number itself.
        """
        return value.euros

    def read_own(self, value: Decimal) -> UnitPrice:
        """
        The same price.
        """
        return UnitPrice(value)


class Member(Written):
    """
    A state, by its value: « confirmed ».
    """

    cache_ok: bool | None = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind
        self._texts = {member: str(member.value) for member in kind}
        self._members = {text: member for member, text in self._texts.items()}

    def write(self, value: Enum) -> str:
        """
        The state's own value.
        """
        return self._texts[value]

    def read(self, value: str) -> Enum:
        """
        Raises:
            ValueError: If there is no such state.
        """
        return self._members.get(value) or self.kind(value)


class Wire(Written):
    """
    A value that no analyst reads, as wire text.
    """

    cache_ok: bool | None = True
    own: TypeEngine[Any] | None = sa.JSON()

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def write(self, value: Any) -> str:
        """
        One line of JSON.
        """
        return "[]" if value == () else wire.dump(value, self.kind)

    def read(self, value: str) -> Any:
        """
        The same value.
        """
        return wire.load(self.kind, value)

    def write_own(self, value: Any) -> str:
        """
        The same line.
        """
        return self.write(value)

    def read_own(self, value: str) -> Any:
        """
        The same value.
        """
        return self.read(value)


class Reread(Wire):
    """
    The same, for what is read again soon and nobody's name is in: the last
    few are remembered, *size* at most.
    """

    cache_ok: bool | None = True

    def __init__(self, kind: Any, size: int = 500) -> None:
        super().__init__(kind)
        self.size = size
        self._load = lru_cache(maxsize=size)(super().read)

    def read(self, value: str) -> Any:
        """
        The same value.
        """
        return self._load(value)


class Repeated(Reread):
    """
    The same, for what many rows share; it holds no figures: two that are
    equal may be written in two ways.
    """

    cache_ok: bool | None = True

    def __init__(self, kind: Any, size: int = 500) -> None:
        super().__init__(kind, size)
        self._dump = lru_cache(maxsize=size)(super().write)

    def write(self, value: Any) -> str:
        """
        One line of JSON.
        """
        return self._dump(value)


class Several(Written):
    """
    Values of one column, as a parameter: JSON in SQLite, an array elsewhere.
    """

    cache_ok: bool | None = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """
        The parameter's type in this database.
        """
        if dialect.name != POSTGRESQL:
            return sa.Text()
        return dialect.type_descriptor(
            sa.ARRAY(array_item(self.kind, dialect))
        )

    def writer(self, dialect: sa.Dialect) -> Change:
        """
        How the values are handed to the driver.
        """
        each = writer_of(self.kind, dialect)

        def write(values: Any) -> Any:
            plain = list(map(each, values)) if each else list(values)
            return plain if dialect.name == POSTGRESQL else json.dumps(plain)

        return write


def writer_of(kind: TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    """
    How a value of a column of this *kind* is handed to the driver.
    """
    return kind.writer(dialect) if isinstance(kind, Written) else None


def reader_of(kind: TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    """
    What is made of the driver's value of a column of this *kind*.
    """
    return kind.reader(dialect) if isinstance(kind, Written) else None


def array_item(kind: TypeEngine[Any], dialect: sa.Dialect) -> TypeEngine[Any]:
    """
    The type of an array's items, for a column of this *kind*.
    """
    item = kind.dialect_impl(dialect)
    if isinstance(item, TypeDecorator):
        item = item.load_dialect_impl(dialect)
    # Only columns have a collation.
    return sa.Text() if isinstance(item, sa.String) else item

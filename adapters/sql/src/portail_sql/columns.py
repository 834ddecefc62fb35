"""
How values of the domain are written in columns that an analyst can read.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from portail_core import wire
from portail_core.domain.money import Money, UnitPrice

# SQLite counts in 64 bits under the one name that STRICT tables know.
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


_Impl: TypeAlias = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]


class _Written(TypeDecorator[Any]):
    """
    A value that a column holds as something plainer; NULL is `None`.
    """

    impl: _Impl = sa.Text
    cache_ok: bool | None = True

    def write(self, value: Any) -> Any:
        """
        What the column holds: the value itself, unless a kind says otherwise.
        """
        return value

    def read(self, value: Any) -> Any:
        """
        The value that the column stands for.
        """
        return value

    def process_bind_param(self, value: Any, _: sa.Dialect) -> Any:
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, _: sa.Dialect) -> Any:
        return None if value is None else self.read(value)


class Moment(_Written):
    """
    « 2026-05-13T09:12:56.000000Z »: UTC, of one width, sorted as text.
    """

    cache_ok: bool | None = True

    def write(self, value: dt.datetime) -> str:
        """
        Raises:
            TypeError: For another zone than UTC, or none.
        """
        if value.tzinfo is not dt.UTC:
            msg = f"{value!r} is not a moment in UTC"
            raise TypeError(msg)
        text = value.replace(tzinfo=None).isoformat(timespec="microseconds")
        return f"{text}Z"

    def read(self, value: str) -> dt.datetime:
        """
        The same moment.
        """
        return dt.datetime.fromisoformat(value)


class Day(_Written):
    """
    « 2026-05-27 ».
    """

    cache_ok: bool | None = True

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


class Clock(_Written):
    """
    « 17:30 »: hours of the clock in Paris; seconds only if there are some.
    """

    cache_ok: bool | None = True

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


class Cents(_Written):
    """
    An amount: 1250 for 12.50.
    """

    impl: _Impl = WHOLE
    cache_ok: bool | None = True

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


class Figure(_Written):
    """
    A decimal number as it was written: « 650.10 » keeps its zero.
    """

    cache_ok: bool | None = True

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


class Euros(_Written):
    """
    The price of one, exact: « 0.225 ».
    """

    cache_ok: bool | None = True

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


class Member(_Written):
    """
    A state, by its value: « confirmed ».
    """

    cache_ok: bool | None = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def write(self, value: Enum) -> str:
        """
        The state's own value.
        """
        return str(value.value)

    def read(self, value: str) -> Enum:
        """
        The same state.
        """
        return self.kind(value)


class Wire(_Written):
    """
    A value that no analyst reads, as wire text.
    """

    cache_ok: bool | None = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def write(self, value: Any) -> str:
        """
        One line of JSON.
        """
        return wire.dump(value, self.kind)

    def read(self, value: str) -> Any:
        """
        The same value.
        """
        return wire.load(self.kind, value)

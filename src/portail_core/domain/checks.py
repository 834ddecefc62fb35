"""
Validators shared by the values of the domain, one line of meaning each.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

LONGEST_REASON = 500
"""Characters that staff may say no with."""

if TYPE_CHECKING:
    from attrs import Attribute

    from .money import Money


def whole_number(_: object, attribute: Attribute[Any], value: object) -> None:
    """
    An `int`, and not a truth value in disguise.
    """
    if type(value) is not int:
        msg = f"{attribute.name} is {value!r}, expected a whole number"
        raise TypeError(msg)


def not_negative(_: object, attribute: Attribute[Any], value: Any) -> None:
    """
    Zero or more.
    """
    if value < 0:
        msg = f"{attribute.name} is {value}, expected zero or more"
        raise ValueError(msg)


def not_negative_amount(
    _: object, attribute: Attribute[Any], value: Money
) -> None:
    """
    Zero cents or more.
    """
    if value.cents < 0:
        msg = f"{attribute.name} is below zero"
        raise ValueError(msg)


def positive(_: object, attribute: Attribute[Any], value: Any) -> None:
    """
    More than zero.
    """
    if value <= 0:
        msg = f"{attribute.name} is {value}, expected more than zero"
        raise ValueError(msg)


def not_empty(_: object, attribute: Attribute[Any], value: Any) -> None:
    """
    At least one element, or one character that is not a space.
    """
    if not value or (isinstance(value, str) and not value.strip()):
        msg = f"{attribute.name} is empty"
        raise ValueError(msg)


def civil_day(_: object, attribute: Attribute[Any], value: object) -> None:
    """
    A `date` that is not a `datetime`.
    """
    if type(value) is not dt.date:
        msg = f"{attribute.name} is {value!r}, expected a day"
        raise TypeError(msg)


def moment(_: object, attribute: Attribute[Any], value: object) -> None:
    """
    An instant in UTC.

    Another zone is refused: Python compares two datetimes of one zone by wall
    clock, and 02:30 comes twice in the night of the October change.
    """
    if not isinstance(value, dt.datetime) or value.tzinfo is not dt.UTC:
        msg = f"{attribute.name} is {value!r}, expected a moment in UTC"
        raise TypeError(msg)


def share(_: object, attribute: Attribute[Any], value: Decimal) -> None:
    """
    A part of a whole, from 0 to 1, both included.
    """
    if not Decimal(0) <= value <= Decimal(1):
        msg = f"{attribute.name} is {value}, expected a share from 0 to 1"
        raise ValueError(msg)


def printed(_: object, attribute: Attribute[Any], value: str) -> None:
    """
    A line of at most 200 characters, all of which can be printed.
    """
    if not is_line(value, longest=200):
        msg = (
            f"{attribute.name} is not a line of at most 200 characters, all "
            "of which can be printed"
        )
        raise ValueError(msg)


def is_line(text: str, *, longest: int) -> bool:
    """
    Whether *text* is a line of at most *longest* characters, all of which can
    be printed.
    """
    return len(text) <= longest and not any(map(is_control, text))


def is_control(character: str) -> bool:
    """
    Cc, Cf, Cs, Co, Cn, what Unicode calls « other »; Zl and Zp break lines.
    """
    category = unicodedata.category(character)
    return category.startswith("C") or category in {"Zl", "Zp"}

"""
From what someone typed to what it means, or what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import Enum
from typing import TypeAlias

from portail_core.domain.accounts import read_email
from portail_core.domain.checks import is_line
from portail_core.domain.ids import FieldName
from portail_core.domain.refusals import Refused

from ._refusals import (
    BornLater,
    CountMalformed,
    DayMalformed,
    EmailFieldMalformed,
    FieldRefusal,
    NoSuchChoice,
    PhoneMalformed,
    PostcodeMalformed,
    TextMalformed,
)
from ._values import Value

Reader: TypeAlias = Callable[[str, FieldName, dt.date], Value | FieldRefusal]
"""Trimmed text, its field, today in Paris → a value, or what is wrong."""

LONGEST = 100
"""Characters of a field."""

FIRST_DAY = dt.date(1900, 1, 1)
MOST_COUNTED = 30

_POSTCODE = re.compile(r"(?!00)[0-9]{5}")
_LOOSE = re.compile(r"[\s.\-]|\(0\)")
_FRENCH = re.compile(r"(?:\+33|0033|0)([1-9][0-9]{8})")
_FOREIGN = re.compile(r"\+(?!33)[1-9][0-9]{6,14}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FRENCH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def text(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
    """
    A line of at most 100 characters, all of which can be printed.
    """
    if not is_line(typed, longest=LONGEST):
        return TextMalformed(field)
    return typed


def email(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
    """
    An address as accounts have it.
    """
    try:
        return read_email(typed)
    except Refused:
        return EmailFieldMalformed(field)


def phone(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
    """
    « 06 12 34 56 78 », « +33 6 12 34 56 78 », or another country's number.

    A French one is kept as ten digits, another with its « + ».
    """
    dialled = _LOOSE.sub("", typed)
    if french := _FRENCH.fullmatch(dialled):
        return f"0{french[1]}"
    if _FOREIGN.fullmatch(dialled):
        return dialled
    return PhoneMalformed(field)


def postcode(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
    """
    Five digits, of those that a keyboard has.
    """
    if not _POSTCODE.fullmatch(typed):
        return PostcodeMalformed(field)
    return typed


def birth_date(
    typed: str, field: FieldName, today: dt.date
) -> Value | FieldRefusal:
    """
    « 02/03/2019 » or « 2019-03-02 », from 1900 to today, both included.
    """
    day = _day(typed)
    if day is None or day < FIRST_DAY:
        return DayMalformed(field)
    if day > today:
        return BornLater(field)
    return day


def _day(typed: str) -> dt.date | None:
    if found := _DAY.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _FRENCH_DAY.fullmatch(typed):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def count(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
    """
    A whole number from 0 to 30.
    """
    if not re.fullmatch(r"[0-9]{1,2}", typed) or int(typed) > MOST_COUNTED:
        return CountMalformed(field, MOST_COUNTED)
    return int(typed)


def choice(kind: type[Enum]) -> Reader:
    """
    One of the values of *kind*.
    """

    def read(typed: str, field: FieldName, _: dt.date) -> Value | FieldRefusal:
        try:
            return kind(typed)
        except ValueError:
            return NoSuchChoice(field)

    return read

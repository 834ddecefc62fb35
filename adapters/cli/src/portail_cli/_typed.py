"""
What is typed after an option, read or told to be none; for argparse.
"""

from __future__ import annotations

import argparse
import datetime as dt

from ._local import read_moment


def day(text: str) -> dt.date:
    """
    A day, as 2026-09-01.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a day such as 2026-09-01"
        raise argparse.ArgumentTypeError(msg) from None


def month(text: str) -> dt.date:
    """
    The first day of a month, as 2026-09.
    """
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        msg = f"{text!r} is not a month such as 2026-09"
        raise argparse.ArgumentTypeError(msg) from None


def moment(text: str) -> dt.datetime:
    """
    A moment in UTC; one without an offset is of Paris.
    """
    try:
        return read_moment(text)
    except ValueError:
        msg = f"{text!r} is not a moment such as 2026-05-25T12:00"
        raise argparse.ArgumentTypeError(msg) from None


def fact(text: str) -> tuple[str, str]:
    """
    The name and the value of a fact, as residency=commune.
    """
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        msg = f"{text!r} is not a fact such as residency=commune"
        raise argparse.ArgumentTypeError(msg)
    return name, value


def rank(text: str) -> int:
    """
    The number of an entry, from 1.
    """
    if not (text.isdecimal() and text.isascii() and int(text) > 0):
        msg = f"{text!r} is not the number of an entry, such as 120"
        raise argparse.ArgumentTypeError(msg)
    return int(text)

"""
What is kept of kinds that plugins add: their answers are held to a promise.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from .refusals import Refused

T = TypeVar("T")


class KindBroken(Exception):
    """
    A kind that a plugin adds failed, or answered what no kind may.

    Nothing is kept of what was asked: it is not for us to guess the figure.
    """

    def __init__(self, kind: object, told: str) -> None:
        of = type(kind)
        super().__init__(
            f"{of.__module__}.{of.__qualname__}, a kind of the package "
            f"{package_of(of)}, {told}"
        )


def package_of(shape: type) -> str:
    """
    The package that a class comes from.

    >>> package_of(Decimal)
    'decimal'
    """
    return shape.__module__.partition(".")[0]


def answer_of(kind: object, ask: Callable[[], T]) -> T:
    """
    What *kind* answers when it is asked.

    Raises:
        Refused: As it says.
        KindBroken: If it fails.
    """
    try:
        return ask()
    except Refused:
        raise
    except Exception as error:
        raise KindBroken(kind, f"failed: {error!r}") from error


def price_of(kind: object, ask: Callable[[], object]) -> Decimal:
    """
    The price that *kind* answers, euros.

    Raises:
        Refused: As it says.
        KindBroken: If it fails, or answers no finite figure from 0 on.
    """
    price = answer_of(kind, ask)
    if type(price) is Decimal and price.is_finite() and price >= 0:
        return price
    told = f"answers {price!r}, where a price is a Decimal, finite, from 0 on"
    raise KindBroken(kind, told)

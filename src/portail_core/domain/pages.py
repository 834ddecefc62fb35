"""
Long lists, a page at a time.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from attrs import Attribute, evolve, field, frozen

from .checks import not_negative, positive, whole_number

T = TypeVar("T")

MOST = 100
"""Items on a page."""

_LIMITS = range(1, 1_001)


def _no_more(_: object, attribute: Attribute[Any], value: int) -> None:
    if value > MOST:
        msg = f"{attribute.name} is {value}, expected {MOST} at the most"
        raise ValueError(msg)


def check_limit(limit: int) -> None:
    """
    Accept how many of a list are wished for: 1 to 1,000.

    Raises:
        ValueError: If it is none of these.
    """
    if limit not in _LIMITS:
        msg = f"{limit} of a list cannot be shown, only 1 to {_LIMITS[-1]}"
        raise ValueError(msg)


@frozen(kw_only=True)
class Paging:
    """
    Which page is wished for.

    Attributes:
        number: From 1.

        size: « Éléments par page », 1 to 100.
    """

    number: int = field(default=1, validator=[whole_number, positive])
    size: int = field(default=10, validator=[whole_number, positive, _no_more])

    @property
    def skip(self) -> int:
        """
        How many items come before the page.
        """
        return (self.number - 1) * self.size

    def within(self, total: int) -> Paging:
        """
        The same page, or the last one of *total* items.
        """
        return evolve(self, number=min(self.number, pages(total, self.size)))


def pages(total: int, size: int) -> int:
    """
    How many pages *total* items fill; one if there is none.

    >>> pages(20, 10), pages(21, 10), pages(0, 10)
    (2, 3, 1)
    """
    return max(1, -(-total // size))


@frozen(kw_only=True)
class Page(Generic[T]):
    """
    Some items of a longer list.

    Attributes:
        items: Of this page, in the order of the list.

        number: From 1.

        size: Items on a full page.

        total: Items in all.
    """

    items: tuple[T, ...]
    number: int = field(validator=[whole_number, positive])
    size: int = field(validator=[whole_number, positive])
    total: int = field(validator=[whole_number, not_negative])

    @property
    def pages(self) -> int:
        """
        How many there are, at least one.
        """
        return pages(self.total, self.size)

    @property
    def first(self) -> int:
        """
        Rank of its first item, from 1; 0 if the list is empty.
        """
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """
        Rank of its last item; 0 if the list is empty.
        """
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def has_previous(self) -> bool:
        """
        Whether « < » leads anywhere.
        """
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """
        Whether « > » leads anywhere.
        """
        return self.number < self.pages


def page(items: tuple[T, ...], asked: Paging, total: int) -> Page[T]:
    """
    The page that was *asked* for, when its *items* are known.
    """
    return Page(items=items, number=asked.number, size=asked.size, total=total)

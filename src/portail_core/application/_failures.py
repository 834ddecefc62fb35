"""
What goes wrong with one of many, told once the others are done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Failures:
    """
    Keeps what went wrong, and lets the others go on.
    """

    def __init__(self) -> None:
        self._kept: list[Exception] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """
        Keep what goes wrong inside.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - raised by `tell`
            self._kept.append(error)

    def tell(self) -> None:
        """
        Raise what went wrong first, if anything did.
        """
        if self._kept:
            first, *others = self._kept
            for other in others:
                first.add_note(f"and then: {other!r}")
            raise first

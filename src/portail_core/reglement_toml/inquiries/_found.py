"""
What is found on the way, to be told at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from portail_core.domain.refusals import Refusal
from portail_core.wire import Fault

from ._inquiry import Note


@frozen
class Found:
    """
    Faults of the document, reasons why not, and what is worth knowing.
    """

    faults: list[Fault] = field(factory=list)
    refusals: list[Refusal] = field(factory=list)
    notes: list[Note] = field(factory=list)

    def wrong(self, path: str, message: str) -> None:
        """
        Add a fault.
        """
        self.faults.append(Fault(path, message))

    def refused(self, refusals: Iterable[Refusal]) -> None:
        """
        Add reasons why not.
        """
        self.refusals.extend(refusals)

    def note(self, path: str, message: str) -> None:
        """
        Add what is worth knowing.
        """
        self.notes.append(Note(path, message))


def at(path: str, key: str) -> str:
    """
    The path of a key.
    """
    return f"{path}.{key}" if path else key


def listed(codes: Iterable[str]) -> str:
    """
    Those that there are.
    """
    return ", ".join(sorted(codes)) or "none"

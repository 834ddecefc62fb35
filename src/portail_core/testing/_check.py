"""
One thing that was counted twice.
"""

from __future__ import annotations

from attrs import field, frozen


@frozen
class Check:
    """
    One thing that a promise of DESIGN says; it holds if both are equal.

    Attributes:
        promise: Its number.

        what: What was counted, and of what.
    """

    promise: int
    what: str
    expected: object = field(kw_only=True)
    actual: object = field(kw_only=True)

    def __str__(self) -> str:
        return (
            f"promise {self.promise}: {self.what}: "
            f"expected {self.expected}, found {self.actual}"
        )

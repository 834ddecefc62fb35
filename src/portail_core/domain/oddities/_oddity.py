"""
One thing that is odd.
"""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Oddity:
    """
    Something legal that is rarely meant.

    Attributes:
        rule: Its label in docs/spec/reglement.md.

        path: Where it stands in the file: « pools.moins-de-6-ans ».

        sentence: What is odd, and what to write if it was not meant.
    """

    rule: str
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"

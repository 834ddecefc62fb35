"""
Passwords are derived, never kept.
"""

from __future__ import annotations

from typing import Protocol


class Passwords(Protocol):
    """
    A slow, salted derivation.
    """

    def derive(self, password: str) -> str:
        """
        What to keep of *password*; other at each call.
        """
        ...

    def matches(self, password: str, derived: str) -> bool:
        """
        Whether *derived* was derived from *password*.
        """
        ...

    def waste(self, password: str) -> None:
        """
        Take as long as `matches` would: an unknown address must not answer
        faster than a wrong password.
        """
        ...

"""
How much is too much.
"""

from __future__ import annotations


def at_most(most: int, **counted: int) -> None:
    for name, number in counted.items():
        if number > most:
            msg = f"{name} is {number}, expected {most} at the most"
            raise ValueError(msg)

"""
Siblings: which children count, and in what order.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Counted(Enum):
    """
    The children among whom a child has its rank.
    """

    ENROLLED = "enrolled"  # all that the household booked or pre-registered
    PRESENT = "present"  # those who come that day
    SAME_HOUR = "same-hour"  # those who are there at the same time


class Order(Enum):
    """
    Who is the first child.
    """

    ELDEST_FIRST = "eldest-first"
    YOUNGEST_FIRST = "youngest-first"


@frozen(kw_only=True)
class Siblings:
    """
    How a règlement counts « le deuxième enfant ».
    """

    counted: Counted
    order: Order = Order.ELDEST_FIRST

"""
What a règlement may ask for before booking.
"""

from __future__ import annotations

from enum import Enum


class Gate(Enum):
    """
    A gate that a règlement may put before every booking.

    Confirming the e-mail address is not among them: it is always asked.
    Documents and pre-registrations are asked by accueil.
    """

    HOUSEHOLD_DESCRIBED = "household-described"  # an adult and an address
    QUOTIENT_RECORDED = "quotient-recorded"
    HOUSE_RULES_ACCEPTED = "house-rules-accepted"  # those in force


class Admission(Enum):
    """
    How a child comes to an accueil.
    """

    OPEN = "open"  # by booking
    PRE_REGISTRATION = "pre-registration"  # once the operator accepted it

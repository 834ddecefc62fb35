"""
What a règlement may ask for before booking.
"""

from __future__ import annotations

from enum import Enum


class Gate(Enum):
    """
    A gate that a règlement may put before every booking.

    The others are asked unless a `Waiver` says otherwise: confirming the
    e-mail address; documents and pre-registrations, by accueil; arrears.
    """

    HOUSEHOLD_DESCRIBED = "household-described"  # an adult and an address
    QUOTIENT_RECORDED = "quotient-recorded"
    HOUSE_RULES_ACCEPTED = "house-rules-accepted"  # those in force


class Waiver(Enum):
    """
    What an accueil or a period may do without: a school meal is a right (Code
    de l'éducation, article L131-13).
    """

    EMAIL_CONFIRMED = "email-confirmed"
    DOCUMENTS = "documents"
    PRE_REGISTRATION = "pre-registration"
    ARREARS = "arrears"


class Admission(Enum):
    """
    How a child comes to an accueil.
    """

    OPEN = "open"  # by booking
    PRE_REGISTRATION = "pre-registration"  # once the operator accepted it

"""
Amplitudes: the shapes a booked day may have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, TypeAlias

from attrs import Attribute, field, frozen

from .bounds import Bounds
from .checks import not_empty
from .ids import AmplitudeCode, PartCode, PrestationCode
from .refusals import Refusal, Refused


def _none_twice(
    _: object, attribute: Attribute[Any], values: tuple[str, ...]
) -> None:
    if len(set(values)) != len(values):
        msg = f"{attribute.name} names one twice: {', '.join(values)}"
        raise ValueError(msg)


def _quantities(
    _: object, __: object, prestations: Mapping[str, Decimal]
) -> None:
    for code, quantity in prestations.items():
        if quantity <= 0:
            msg = f"{code} is counted {quantity} times, expected more than 0"
            raise ValueError(msg)


class Meal(Enum):
    """
    What becomes of the meal.
    """

    INCLUDED = "included"  # « avec repas »
    NONE = "none"  # « sans repas »
    SUPPLIED = "supplied"  # the family brings it: « panier-repas », « PAI »


class Presence(Enum):
    """
    How long a child is there.
    """

    WHOLE = "whole"  # as long as the amplitude
    HOURLY = "hourly"  # from and to hours that the family chooses


@frozen(kw_only=True)
class Hours:
    """
    Hours of the clock, Paris, to the minute.

    Attributes:
        arrives: Included.

        leaves: The child is there until then.
    """

    arrives: dt.time
    leaves: dt.time

    def are_in_order(self) -> bool:
        """
        Whether the child arrives before it leaves.
        """
        return self.arrives < self.leaves

    def hold(self, others: Hours) -> bool:
        """
        Whether *others* are within these, both ends included.
        """
        return self.arrives <= others.arrives and others.leaves <= self.leaves


@frozen(kw_only=True)
class ByTheHour:
    """
    An amplitude and the hours that the family chooses within it.
    """

    amplitude: AmplitudeCode
    hours: Hours


Chosen: TypeAlias = AmplitudeCode | ByTheHour
"""What a family chooses for a day: the hours where presence is hourly."""


def amplitude_of(chosen: Chosen) -> AmplitudeCode:
    """
    The amplitude that was chosen.
    """
    return chosen.amplitude if isinstance(chosen, ByTheHour) else chosen


def hours_of(chosen: Chosen) -> Hours | None:
    """
    The hours that were chosen, if any were.
    """
    return chosen.hours if isinstance(chosen, ByTheHour) else None


@frozen
class HoursMissing(Refusal):
    """
    The amplitude is booked with an hour of arrival and one of departure.
    """

    rule: ClassVar[str] = "offer.hours.missing"
    day: dt.date
    opens: dt.time
    closes: dt.time


@frozen
class HoursNotAsked(Refusal):
    """
    The amplitude is booked as a whole: its hours are not chosen.
    """

    rule: ClassVar[str] = "offer.hours.not-asked"
    day: dt.date
    amplitude: str


@frozen
class HoursReversed(Refusal):
    """
    The child would leave before it arrives, or as it does.
    """

    rule: ClassVar[str] = "offer.hours.order"
    day: dt.date


@frozen
class HoursOutside(Refusal):
    """
    The child would arrive before the amplitude opens, or leave after.
    """

    rule: ClassVar[str] = "offer.hours.outside"
    day: dt.date
    opens: dt.time
    closes: dt.time


@frozen(kw_only=True)
class Amplitude:
    """
    « JOURNEE AVEC REPAS », « MATIN »: what a family chooses for a day.

    Attributes:
        parts: Parts of the day that it occupies; two amplitudes of one child
            and day may not share one.

        prestations: What is billed, each with its quantity (times, or hours).

        timed: What is billed by the time between arrival and departure.

        hours: From when to when; `None` if the règlement does not say.

        meal: Whether there is one; `None` if the règlement does not say.

        excludes: Amplitudes that the child may not have the same day, though
            they share no part: either of the two may say so.

        requires: Amplitudes of which the child needs one the same day; none
            are needed if none are named.

        ages: Whole years on the day; `None` for any age.
    """

    code: AmplitudeCode
    label: str = field(validator=not_empty)
    parts: tuple[PartCode, ...] = field(validator=[not_empty, _none_twice])
    prestations: Mapping[PrestationCode, Decimal] = field(
        validator=_quantities
    )
    timed: tuple[PrestationCode, ...] = ()
    hours: Hours | None = None
    presence: Presence = Presence.WHOLE
    meal: Meal | None = None
    excludes: tuple[AmplitudeCode, ...] = field(
        default=(), validator=_none_twice
    )
    requires: tuple[AmplitudeCode, ...] = field(
        default=(), validator=_none_twice
    )
    ages: Bounds | None = None

    def __attrs_post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise ValueError(*faults)

    def _faults(self) -> list[str]:
        faults = []
        if not self.prestations and not self.timed:
            faults.append(f"« {self.label} » bills nothing: no prestations")
        if self.timed and self.hours is None:
            faults.append(
                f"« {self.label} » bills the time of presence, and has no "
                "hours: write hours = { from_hour = 07:30:00, to_hour = "
                "18:30:00 }"
            )
        if self.hours is not None and not self.hours.are_in_order():
            faults.append(
                f"« {self.label} » ends at {self.hours.leaves}, not after it "
                f"begins at {self.hours.arrives}"
            )
        if self.presence is Presence.HOURLY and self.hours is None:
            faults.append(
                f"« {self.label} » is booked by the hour, and has no hours "
                "to choose within"
            )
        named = (("excludes", self.excludes), ("requires", self.requires))
        faults.extend(
            f"« {self.label} » {how} itself"
            for how, codes in named
            if self.code in codes
        )
        faults.extend(
            f"« {self.label} » both excludes and requires {code!r}"
            for code in self.excludes
            if code in self.requires
        )
        return faults

    def check(self, hours: Hours | None, day: dt.date) -> None:
        """
        Accept the *hours* that a family chose, or did not.

        Raises:
            Refused: `HoursMissing`, `HoursNotAsked`, `HoursReversed`,
                `HoursOutside`.
        """
        if self.presence is Presence.WHOLE:
            if hours is not None:
                raise Refused(HoursNotAsked(day, self.label))
            return
        bounds = self.hours
        assert bounds is not None, "it was checked"
        if hours is None:
            raise Refused(HoursMissing(day, bounds.arrives, bounds.leaves))
        if not hours.are_in_order():
            raise Refused(HoursReversed(day))
        if not bounds.hold(hours):
            raise Refused(HoursOutside(day, bounds.arrives, bounds.leaves))

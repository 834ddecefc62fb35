"""
What happened to a request.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import frozen

from portail_core.domain.amplitudes import Hours
from portail_core.domain.ids import (
    AmplitudeCode,
    AttemptReference,
    CreditNoteNumber,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.places import Place

from ._state import (
    Asked,
    Line,
    Pin,
)


@frozen(kw_only=True)
class RequestHeld:
    """
    Places were taken.
    """

    number: RequestNumber
    asked: Asked
    lines: tuple[Line, ...]
    at: dt.datetime
    until: dt.datetime


@frozen(kw_only=True)
class RequestChanged:
    """
    The family chose other days or amplitudes before paying.
    """

    lines: tuple[Line, ...]


@frozen(kw_only=True)
class PlacesPinned:
    """
    An attempt to pay keeps the places.
    """

    pin: Pin


@frozen(kw_only=True)
class PlacesUnpinned:
    """
    The attempt ended unpaid; the hold alone keeps the places.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class RequestDiscarded:
    """
    The family threw the request away.
    """


@frozen(kw_only=True)
class RequestExpired:
    """
    Nobody paid in time.
    """


@frozen(kw_only=True)
class RequestConfirmed:
    """
    The days are the child's.
    """

    attempt: AttemptReference
    amounts: tuple[tuple[dt.date, Money], ...]


@frozen(kw_only=True)
class RequestCredited:
    """
    The money came too late; it is an avoir now.
    """

    attempt: AttemptReference
    credit_note: CreditNoteNumber


@frozen(kw_only=True)
class DayCancelled:
    """
    A paid day was given back.

    Attributes:
        credit_note: Holds what was credited; `None` if nothing was.
    """

    day: dt.date
    kept: Money
    credited: Money
    credit_note: CreditNoteNumber | None


@frozen(kw_only=True)
class DayExcused:
    """
    More of a cancelled day was given back: its document came in time.

    Attributes:
        kept: What the operator still keeps.

        credited: Beyond what was credited before.
    """

    day: dt.date
    kept: Money
    credited: Money
    credit_note: CreditNoteNumber


@frozen(kw_only=True)
class DaysRepriced:
    """
    Days were cancelled that others were priced with: what stays paid is for
    those that remain.
    """

    amounts: tuple[tuple[dt.date, Money], ...]


@frozen(kw_only=True)
class DaySuperseded:
    """
    A paid change stands in the place of a booked day.

    Attributes:
        by: The request that is the change.
    """

    day: dt.date
    by: RequestNumber


@frozen(kw_only=True)
class DayAltered:
    """
    A booked day has another amplitude, which cost no more.

    Attributes:
        paid: What stays paid for it.

        kept: Of what was paid beyond it, the operator's part.

        credited: The family's.

        credit_note: Holds what was credited; `None` if nothing was.
    """

    day: dt.date
    amplitude: AmplitudeCode
    places: tuple[Place, ...]
    paid: Money
    kept: Money
    credited: Money
    credit_note: CreditNoteNumber | None
    hours: Hours | None = None


OfDays: TypeAlias = (
    DayCancelled | DaysRepriced | DayExcused | DaySuperseded | DayAltered
)
"""What happens to days that were paid."""

Event: TypeAlias = (
    RequestHeld
    | RequestChanged
    | PlacesPinned
    | PlacesUnpinned
    | RequestDiscarded
    | RequestExpired
    | RequestConfirmed
    | RequestCredited
    | DayCancelled
    | DaysRepriced
    | DayExcused
    | DaySuperseded
    | DayAltered
)

"""
What may be asked of a request.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from portail_core.domain.amplitudes import Hours
from portail_core.domain.cancellation import Settlement
from portail_core.domain.checks import moment, not_empty
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
class Hold:
    """
    Take the places of these days, for *span* from *at*.
    """

    number: RequestNumber
    asked: Asked
    lines: tuple[Line, ...] = field(validator=not_empty)
    at: dt.datetime = field(validator=moment)
    span: dt.timedelta


@frozen(kw_only=True)
class PinPlaces:
    """
    Keep the places while *attempt* may still pay them.
    """

    pin: Pin
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Unpin:
    """
    *attempt* ended unpaid.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class Discard:
    """
    « Cliquer sur la poubelle », before paying.
    """

    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Change:
    """
    Other days or amplitudes, before paying; whether their places may be taken
    was judged before.
    """

    lines: tuple[Line, ...] = field(validator=not_empty)
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Expire:
    """
    Release the places if their time is over.
    """

    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Confirm:
    """
    It is paid: a fact, never refused.  Once: what a second payment brings is
    not the request's, and is answered by no event.

    Attributes:
        amounts: What was paid for each day.
    """

    attempt: AttemptReference
    amounts: tuple[tuple[dt.date, Money], ...]


@frozen(kw_only=True)
class Credit:
    """
    It is paid, too late, and a place is gone: the money became an avoir.
    """

    attempt: AttemptReference
    credit_note: CreditNoteNumber


def _each_day_once(
    _: object,
    attribute: Attribute[Any],
    settlements: tuple[tuple[dt.date, Settlement], ...],
) -> None:
    days: set[dt.date] = set()
    for day, _settlement in settlements:
        if day in days:
            msg = f"{attribute.name}: {day} is there twice"
            raise ValueError(msg)
        days.add(day)


@frozen(kw_only=True)
class Cancel:
    """
    Give back paid days, each once, with where its money goes.

    Attributes:
        left: What is paid from now on for days that remain, where it is not
            as before.
    """

    settlements: tuple[tuple[dt.date, Settlement], ...] = field(
        validator=[not_empty, _each_day_once]
    )
    left: tuple[tuple[dt.date, Money], ...] = ()
    credit_note: CreditNoteNumber | None


@frozen(kw_only=True)
class Excuse:
    """
    A document came in time for days that were cancelled: more is credited.

    Attributes:
        settlements: For each day, once, what is credited beyond what was,
            and what is still kept.
    """

    settlements: tuple[tuple[dt.date, Settlement], ...] = field(
        validator=[not_empty, _each_day_once]
    )
    credit_note: CreditNoteNumber


@frozen(kw_only=True)
class Supersede:
    """
    A change of this booked day is paid, and stands in its place.
    """

    day: dt.date
    by: RequestNumber


@frozen(kw_only=True)
class Alter:
    """
    Another amplitude for a booked day, which costs no more than was paid.

    Attributes:
        places: All that the amplitude takes.

        paid: Its price, which stays paid.

        settlement: Where the rest of what was paid goes.

        hours: Where the family chooses them.
    """

    day: dt.date
    amplitude: AmplitudeCode
    places: tuple[Place, ...]
    paid: Money
    settlement: Settlement
    credit_note: CreditNoteNumber | None
    hours: Hours | None = None


AboutWaiting: TypeAlias = Change | PinPlaces | Unpin | Discard | Expire
"""What may be asked of a request before it is paid."""

AboutMoney: TypeAlias = Confirm | Credit | Cancel | Excuse | Supersede | Alter
"""What comes with its payment, and after."""

Command: TypeAlias = Hold | AboutWaiting | AboutMoney

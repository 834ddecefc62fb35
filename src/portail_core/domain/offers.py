"""
What may be booked: establishments, accueils, periods.
"""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen, validators

from .admission import Admission
from .bounds import Bounds
from .calendars import Calendar
from .checks import moment, not_empty
from .ids import (
    AccueilCode,
    AmplitudeCode,
    EstablishmentCode,
    PeriodCode,
    RegieCode,
)
from .terms import NOTHING_DECIDED, Terms
from .windows import Window


@frozen(kw_only=True)
class Establishment:
    """
    A site: « ALSH - LES PTITES BOUILLES - AUBIGNOSC ».
    """

    code: EstablishmentCode
    label: str = field(validator=not_empty)


@frozen(kw_only=True)
class Accueil:
    """
    An activity offered at a site: « PERISCOLAIRE MERCREDIS ».

    Attributes:
        regie: The cash office that collects for it.

        amplitudes: Those that may be booked here.

        admission: Whether a child is pre-registered before it is booked.

        ages: Of the children that come here, whole years on the day; `None`
            for any age.

        terms: In place of the operator's.
    """

    code: AccueilCode
    label: str = field(validator=not_empty)
    establishment: EstablishmentCode
    regie: RegieCode
    amplitudes: tuple[AmplitudeCode, ...] = field(validator=not_empty)
    admission: Admission = Admission.OPEN
    ages: Bounds | None = None
    terms: Terms = NOTHING_DECIDED


@frozen(kw_only=True)
class Period:
    """
    The days of an accueil that are booked together.

    Attributes:
        opens_at: First moment to book, UTC; `None` if always open, or if
            its terms have windows.

        closes_at: First moment when it is too late, UTC; `None` for never,
            or if its terms have windows.

        terms: In place of the accueil's and the operator's.
    """

    code: PeriodCode
    label: str = field(validator=not_empty)
    accueil: AccueilCode
    calendar: Calendar
    opens_at: dt.datetime | None = field(validator=validators.optional(moment))
    closes_at: dt.datetime | None = field(
        validator=validators.optional(moment)
    )
    terms: Terms = NOTHING_DECIDED

    def __attrs_post_init__(self) -> None:
        if (
            self.opens_at
            and self.closes_at
            and (self.opens_at >= self.closes_at)
        ):
            msg = f"booking of « {self.label} » closes before it opens"
            raise ValueError(msg)
        if self.terms.windows and self.window:
            msg = (
                f"« {self.label} » has windows: write its opens_at and "
                "closes_at in them"
            )
            raise ValueError(msg)

    @property
    def window(self) -> Window | None:
        """
        The one that it has for everybody; `None` if it says neither end.
        """
        if self.opens_at is None and self.closes_at is None:
            return None
        return Window(opens_at=self.opens_at, closes_at=self.closes_at)

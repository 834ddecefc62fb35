"""
Words that fit a square of the planning.
"""

import datetime as dt

import pytest
from attrs import frozen

from portail_core import Refusal, french
from portail_core.domain import bookings, gates
from portail_core.domain.bookings import (
    AlreadyBooked,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    NoDayWished,
    TooFewDaysInWeek,
    TooManyDays,
    WindowNotOpen,
)
from portail_core.domain.children import NotYetInCustody
from portail_core.domain.dated import NothingInForce
from portail_core.domain.deadlines import NoDeadline
from portail_core.domain.facts import FactMissing
from portail_core.domain.tariffs import QuotientMissing

DAY = dt.date(2026, 5, 27)
NOON = dt.datetime(2026, 5, 25, 10, tzinfo=dt.UTC)

OF_A_WISH = {NoDayWished.rule, TooFewDaysInWeek.rule, TooManyDays.rule}
OF_A_DAY = {
    NotYetInCustody.rule,
    NothingInForce.rule,
    NoDeadline.rule,
    FactMissing.rule,
    QuotientMissing.rule,
    *(
        kind.rule
        for module in (bookings, gates)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, Refusal)
        and kind is not Refusal
    ),
} - OF_A_WISH


@frozen
class Raining(Refusal):
    """
    A reason that a plugin has.
    """

    rule = "plugin.raining"


class TestShortReason:
    @pytest.mark.parametrize(
        ("refusal", "words"),
        [
            (DayIsPublicHoliday(DAY), "Férié"),
            (DayClosed(DAY), "Fermé"),
            (DayFull(DAY), "Complet"),
            (DeadlinePassed(DAY, NOON), "Délai dépassé"),
            (DayOutsidePeriod(DAY, DAY, DAY), "Hors période"),
            (WindowNotOpen(NOON), "Pas encore ouvert"),
            (AlreadyBooked(DAY), "Réservé"),
            (DayTakenElsewhere(DAY), "Réservé par ailleurs"),
        ],
    )
    def test_words(self, refusal, words):
        """
        « Férié » is the guide's word; the others are as short.
        """
        assert words == french.short_reason(refusal)

    def test_every_reason_of_a_day(self):
        """
        Whatever stands in the way of a day has its words, and no rule has
        words that nothing says.
        """
        assert OF_A_DAY == set(french.SHORT)

    def test_short(self):
        """
        They fit: thirty characters at the most, and no stop.
        """
        assert [] == [
            words
            for words in french.SHORT.values()
            if len(words) > 30 or not words[0].isupper() or words[-1] == "."
        ]

    def test_overridden(self):
        """
        A host may say it its own way.
        """
        assert "Plein" == french.short_reason(
            DayFull(DAY), overrides={"request.day.full": "Plein"}
        )

    def test_unknown(self):
        """
        A reason that nobody worded still fits.
        """
        assert "Indisponible" == french.short_reason(Raining())

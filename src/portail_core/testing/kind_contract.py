"""
What every kind that a plugin adds to the règlement must do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any, assert_never

import pytest
from attrs import evolve

from portail_core.domain import cancellation, deadlines, tariffs
from portail_core.domain.calendars import Calendar, Days
from portail_core.domain.cancellation import (
    Absence,
    Outcome,
    Policy,
    ReleasedDay,
)
from portail_core.domain.dated import Decision, History
from portail_core.domain.facts import Booked, Facts, Scheme, Season
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    ChildId,
    PeriodCode,
)
from portail_core.domain.kinds import Extends, Kind
from portail_core.domain.money import ZERO, Money
from portail_core.domain.refusals import Refused
from portail_core.reglement_toml import read_kind, taken_keys, untold_keys
from portail_core.wire import Unreadable, dump, know, load

FIRST_DAY, LAST_DAY = dt.date(2025, 9, 1), dt.date(2026, 7, 3)
A_DAY = dt.timedelta(days=1)
DAYS = tuple(
    FIRST_DAY + number * A_DAY
    for number in range((LAST_DAY - FIRST_DAY).days + 1)
)
CALENDAR = Calendar(
    first_day=FIRST_DAY,
    last_day=LAST_DAY,
    open_days=tuple(day for day in DAYS if day.weekday() in {0, 2, 4}),
    public_holidays=(dt.date(2025, 11, 11), dt.date(2026, 5, 1)),
    school_holidays=(
        Days(first_day=dt.date(2025, 10, 18), last_day=dt.date(2025, 11, 2)),
    ),
)
CLOSED = evolve(CALENDAR, open_days=(), school_holidays=None)

FACTS = Facts(
    day=dt.date(2026, 5, 27),
    accueil=AccueilCode("mercredis"),
    amplitude=AmplitudeCode("JOURNEE"),
    season=Season.SCHOOL_TERM,
    age=7,
    quotient=Decimal(600),
    income=Decimal(1800),
    cost=Decimal(30),
    dependants=2,
    rank=1,
    siblings=2,
    nth=1,
    residency="commune",
    scheme=Scheme.CAF,
)
PRICES = tuple(map(Decimal, ("0", "0.01", "1.005", "12.50", "999999")))
AMOUNTS = tuple(map(Money, (0, 1, 2, 333, 1250, 99999)))

UNIONS: dict[Extends, Any] = {
    Extends.FORMULA: tariffs.Formula,
    Extends.ADJUSTMENT: tariffs.Step,
    Extends.DEADLINE: deadlines.Deadline,
    Extends.GIFT: cancellation.Gift,
}


class KindContract:
    """
    The checks; an author gives the kind, tables that are read, and tables
    that are not, as they are written in TOML.

        class TestByKilometre(KindContract):
            @pytest.fixture
            def kind(self):
                return BY_KILOMETRE

            @pytest.fixture
            def written(self):
                return ('{ euros_per_km = "0.12" }',)

            @pytest.fixture
            def refused(self):
                return ('{ euros_per_km = "-1" }',)
    """

    @pytest.fixture(name="facts")
    def _facts(self) -> tuple[Facts, ...]:
        """
        Child-days that it is asked about; of one's own where it asks for
        facts that a règlement names.
        """
        return (FACTS, evolve(FACTS, booked=Booked.LATE, quotient=Decimal(0)))

    def test_name(self, kind: Kind) -> None:
        """
        No key is one of ours already.
        """
        assert () == taken_keys(kind)

    def test_told(self, kind: Kind) -> None:
        """
        Every key says what it is, with an example; unless it has the name of
        a key that is told already.
        """
        assert () == untold_keys(kind)

    def test_read(self, kind: Kind, written: tuple[str, ...]) -> None:
        """
        What is written is read as the class of the kind, equal twice.
        """
        assert written
        for text in written:
            one, other = read_kind(kind, text), read_kind(kind, text)

            assert kind.shape is type(one)
            assert one == other
            assert hash(one) == hash(other)

    def test_refused(self, kind: Kind, refused: tuple[str, ...]) -> None:
        """
        What cannot be meant is refused when it is read.
        """
        assert refused
        for text in refused:
            with pytest.raises(Unreadable):
                read_kind(kind, text)

    def test_stored(self, kind: Kind, written: tuple[str, ...]) -> None:
        """
        What is stored is read back equal, and stored again the same.
        """
        know((kind,))
        union = UNIONS[kind.extends]
        for text in written:
            value = read_kind(kind, text)
            stored = dump(value, union)

            assert value == load(union, stored)
            assert stored == dump(load(union, stored), union)

    def test_promise(
        self, kind: Kind, written: tuple[str, ...], facts: tuple[Facts, ...]
    ) -> None:
        """
        Every answer is one that the kind may give, and the same twice.
        """
        for text in written:
            for ask in _questions(kind, read_kind(kind, text), facts):
                assert _answer(ask) == _answer(ask)


def _answer(ask: Callable[[], object]) -> object:
    # A fact that nobody stated is an answer, too.
    try:
        return ask()
    except Refused as refused:
        return refused.refusals


def _questions(
    kind: Kind, value: Any, facts: tuple[Facts, ...]
) -> Iterator[Callable[[], object]]:
    match kind.extends:
        case Extends.FORMULA:
            return (partial(tariffs.priced_by, value, one) for one in facts)
        case Extends.ADJUSTMENT:
            return (
                partial(tariffs.adjusted_by, value, price, one)
                for price, one in product(PRICES, facts)
            )
        case Extends.DEADLINE:
            shapes = [
                evolve(value, counted_from=counted_from)
                for counted_from in deadlines.CountedFrom
            ]
            return (
                partial(deadlines.moment_of, shape, day, calendar)
                for shape, day, calendar in product(
                    shapes, DAYS, (CALENDAR, CLOSED)
                )
            )
        case Extends.GIFT:
            return (
                partial(_credited, value, one, released, at)
                for one, released in product(facts, AMOUNTS)
                for at in _moments(one.day)
            )
        case _:
            assert_never(kind.extends)


def _moments(day: dt.date) -> Iterator[dt.datetime]:
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    for before in (0, 1, 30, 300):
        yield noon - before * A_DAY


def _credited(
    gift: cancellation.Gift, facts: Facts, released: Money, at: dt.datetime
) -> Money:
    policies = History(
        (
            Decision(
                since=FIRST_DAY,
                source="the contract",
                value=Policy(outcomes=(Outcome(label="all", gift=gift),)),
            ),
        )
    )
    absence = Absence(
        child=ChildId("lou"),
        period=PeriodCode("2025"),
        calendar=CALENDAR,
        days=(ReleasedDay(facts=facts, released=released),),
        booked=(facts.day,),
        at=at,
    )
    (found,) = cancellation.split_days(policies, absence)
    assert released == found.kept + found.credited
    assert min(found.kept, found.credited) >= ZERO
    return found.credited

"""
The kinds of the commune keep their promises, and the contract sees who does
not.
"""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

import pytest
from attrs import evolve, field, frozen

from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import DeadlineKind
from portail_core.domain.extended import KindBroken
from portail_core.domain.ids import FactName
from portail_core.domain.tariffs import FormulaKind, StepKind
from portail_core.plugins import Extends, Kind
from portail_core.reglement_toml import says
from portail_core.testing import KindContract
from portail_core.testing.kind_contract import FACTS
from tests.plugins.commune import (
    BUSINESS_DAY,
    BY_KILOMETRE,
    DISTANCE,
    FIRST_YEAR,
    LOYALTY,
    WEEKS_LEFT,
)


def stating(name: FactName, *words: str):
    """
    The same child-day, and nothing, one word or another stated of it.
    """
    return (FACTS, *(evolve(FACTS, named={name: word}) for word in words))


WITH_OPTIONS = (
    '{ business_day_of_month_before = 15, at = "end-of-day", '
    'last_instant = "out", if_closed = "previous-opening-day" }'
)


class TestByKilometre(KindContract):
    @pytest.fixture
    def kind(self):
        return BY_KILOMETRE

    @pytest.fixture
    def written(self):
        return (
            '{ euros_per_km = "0.25" }',
            '{ euros_per_km = "0.25", free_km = 3, floor = "2.00" }',
        )

    @pytest.fixture
    def refused(self):
        return (
            '{ euros_per_km = "-1" }',
            "{ euros_per_km = 0.25 }",
            '{ free_km = 3, floor = "2.00" }',
            '{ euros_per_km = "0.25", rate = "2", of = "quotient" }',
            '{ euros_per_km = "0.25", share_of = "repas" }',
        )

    @pytest.fixture
    def facts(self):
        return stating(DISTANCE, "0", "15")


class TestLoyalty(KindContract):
    @pytest.fixture
    def kind(self):
        return LOYALTY

    @pytest.fixture
    def written(self):
        return ('{ off_each_year = "0.02", off_at_most = "0.10" }',)

    @pytest.fixture
    def refused(self):
        return (
            '{ off_each_year = "0.02" }',
            '{ off_each_year = "1.02", off_at_most = "0.10" }',
            '{ off_each_year = "0.02", off_at_most = "0.10", factor = "2" }',
        )

    @pytest.fixture
    def facts(self):
        return stating(FIRST_YEAR, "2030", "2022", "1990")


class TestBusinessDay(KindContract):
    @pytest.fixture
    def kind(self):
        return BUSINESS_DAY

    @pytest.fixture
    def written(self):
        return (
            "{ business_day_of_month_before = 5, at = 12:00:00 }",
            WITH_OPTIONS,
        )

    @pytest.fixture
    def refused(self):
        return (
            "{ business_day_of_month_before = 5 }",
            "{ business_day_of_month_before = 16, at = 12:00:00 }",
            "{ business_day_of_month_before = 5, at = 12:00:00, weeks = 2 }",
        )


class TestWeeksLeft(KindContract):
    @pytest.fixture
    def kind(self):
        return WEEKS_LEFT

    @pytest.fixture
    def written(self):
        return ("{ credited_by_weeks_left_of = 36 }",)

    @pytest.fixture
    def refused(self):
        return (
            "{ credited_by_weeks_left_of = 0 }",
            '{ credited_by_weeks_left_of = 36, credited_share = "1" }',
            '{ credited_by_weeks_left_of = 36, per = "day" }',
        )


# Kinds that the contract must not let through -------------------------------

TOLD = says("Anything.", example="1")


@frozen
class TooLate(DeadlineKind):
    days_after: int = field(kw_only=True, metadata=TOLD)

    def moment(self, day, calendar):
        after = day + dt.timedelta(days=self.days_after)
        return at_paris(after, dt.time(0))


@frozen
class InDebt(FormulaKind):
    debt: int = field(metadata=TOLD)

    def euros(self, facts):
        return Decimal(-self.debt)


@frozen
class Wavers(StepKind):
    waver: int = field(metadata=TOLD)
    seen: ClassVar[list[Decimal]] = []

    def adjusted(self, unit_price, facts):
        self.seen.append(unit_price)
        return Decimal(len(self.seen))


@frozen
class Silent(StepKind):
    silent: int
    too: int = 2

    def adjusted(self, unit_price, facts):
        return unit_price


@frozen
class Loose(StepKind):
    loose: int = field(metadata=TOLD, eq=lambda _: object())

    def adjusted(self, unit_price, facts):
        return unit_price


def kind_of(extends, shape, key):
    return Kind(extends=extends, key=key, shape=shape)


class TestMutants:
    contract = KindContract()

    def test_too_late(self):
        """
        A deadline after its day is caught.
        """
        kind = kind_of(Extends.DEADLINE, TooLate, "days_after")

        with pytest.raises(KindBroken, match="never after"):
            self.contract.test_promise(kind, ("{ days_after = 1 }",), (FACTS,))

    def test_in_debt(self):
        """
        So is a price below zero.
        """
        kind = kind_of(Extends.FORMULA, InDebt, "debt")

        with pytest.raises(KindBroken, match="from 0 on"):
            self.contract.test_promise(kind, ("{ debt = 1 }",), (FACTS,))

    def test_wavers(self):
        """
        So is one that answers otherwise the second time.
        """
        kind = kind_of(Extends.ADJUSTMENT, Wavers, "waver")

        with pytest.raises(AssertionError):
            self.contract.test_promise(kind, ("{ waver = 1 }",), (FACTS,))

    def test_silent(self):
        """
        So are keys that nobody explains.
        """
        kind = kind_of(Extends.ADJUSTMENT, Silent, "silent")

        with pytest.raises(AssertionError, match=r"silent.*too"):
            self.contract.test_told(kind)

    def test_loose(self):
        """
        So are values that are not equal to themselves.
        """
        kind = kind_of(Extends.ADJUSTMENT, Loose, "loose")

        with pytest.raises(AssertionError):
            self.contract.test_read(kind, ("{ loose = 1 }",))

    def test_refuses_nothing(self):
        """
        So is a kind that takes what its author says it refuses.
        """
        with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
            self.contract.test_refused(
                WEEKS_LEFT, ("{ credited_by_weeks_left_of = 1 }",)
            )

    def test_missing_fact(self):
        """
        A fact that nobody stated is an answer, and the same twice.
        """
        self.contract.test_promise(
            BY_KILOMETRE, ('{ euros_per_km = "1" }',), (FACTS,)
        )

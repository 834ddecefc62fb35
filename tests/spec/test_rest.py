"""
docs/spec/quote.md: what a cancelled day sets free.
"""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from portail_core.domain.ids import ChildId, PrestationCode
from portail_core.domain.money import ZERO, Money, UnitPrice, eur, total
from portail_core.domain.quotes import Aided, PricedLine, Why, by_day, freed
from portail_core.domain.tariffs import Nature

MONDAY = dt.date(2026, 7, 6)
WEEK = tuple(MONDAY + dt.timedelta(days=n) for n in range(5))
CARE = PrestationCode("journee")
PACKAGE = PrestationCode("forfait")
WHY = Why(rule="tariff.fixed", path="tariffs[0]", label="", source="vote")


def line(day, amount, prestation=CARE, *, aid=ZERO):
    return PricedLine(
        child=ChildId("lou"),
        day=day,
        prestation=prestation,
        designation="Journée",
        nature=Nature.CARE,
        quantity=Decimal(1),
        unit_price=UnitPrice(Decimal(amount.cents) / 100),
        amount=amount,
        why=WHY,
        aids=(Aided("CAF", aid),) if aid != ZERO else (),
    )


A_DAY = eur("15.00")


def by_the_day(days, price=A_DAY):
    return tuple(line(day, price) for day in days)


def by_the_week(days):
    """
    Five days 60 €, else 15 € a day.
    """
    if len(days) < 5:
        return by_the_day(days)
    return tuple(line(day, eur("12.00"), PACKAGE) for day in days)


def without(priced):
    return lambda gone: priced([day for day in WEEK if day not in gone])


class TestFreed:
    @pytest.mark.rule("quote.rest")
    def test_own_price(self):
        """
        A day that is priced alone sets its price free, and the others keep
        theirs.
        """
        (one,) = freed(
            [WEEK[1]],
            paid=eur("75.00"),
            before=by_the_day(WEEK),
            rest=without(by_the_day),
        )

        assert eur("15.00") == one.released
        assert {CARE: eur("15.00")} == one.parts
        assert {day: eur("15.00") for day in (WEEK[0], *WEEK[2:])} == one.left

    @pytest.mark.rule("quote.rest", "quote.rest.one-by-one")
    def test_package(self):
        """
        The first day of a broken package sets nothing free, as four days cost
        what five did; each of the others sets its own price free.
        """
        found = freed(
            WEEK,
            paid=eur("60.00"),
            before=by_the_week(WEEK),
            rest=without(by_the_week),
        )

        assert [ZERO, *[eur("15.00")] * 4] == [one.released for one in found]
        assert {PACKAGE: eur("60.00")} == found[0].parts
        assert {} == found[-1].left

    @pytest.mark.rule("quote.rest")
    def test_never_below_zero(self):
        """
        Nothing is asked where what remains costs more than was paid; those
        days carry what was.
        """
        (one,) = freed(
            [WEEK[0]],
            paid=eur("50.00"),
            before=by_the_week(WEEK),
            rest=without(by_the_week),
        )

        assert ZERO == one.released
        assert eur("50.00") == total(one.left.values())

    @pytest.mark.rule("quote.rest")
    def test_aid(self):
        """
        The aid of the day is told beside what was paid.
        """
        lines = tuple(line(day, eur("10.00"), aid=eur("5.00")) for day in WEEK)

        (one,) = freed(
            [WEEK[4]],
            paid=eur("50.00"),
            before=lines,
            rest=lambda _: lines[:4],
        )

        assert (eur("10.00"), eur("5.00")) == (one.released, one.aid)

    @pytest.mark.rule("quote.rest.one-by-one")
    @given(
        prices=st.lists(st.integers(0, 5_000), min_size=6, max_size=6),
        missing=st.integers(0, 2_000),
        count=st.integers(0, 5),
    )
    def test_conserved(self, prices, missing, count):
        """
        Whatever a day less costs or spares, no cent is made or lost.
        """

        def rest(gone):
            left = [day for day in WEEK if day not in gone]
            return by_the_day(left, Money(prices[len(left)]))

        before = rest(frozenset())
        paid = max(ZERO, total(by_day(before).values()) - Money(missing))

        found = freed(WEEK[:count], paid=paid, before=before, rest=rest)

        released = total(one.released for one in found)
        left = total(found[-1].left.values()) if found else paid
        assert paid == released + left
        assert all(one.released >= ZERO for one in found)
        assert all(
            amount >= ZERO for one in found for amount in one.left.values()
        )

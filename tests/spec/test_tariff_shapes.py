"""
docs/spec/tariff.md: shapes of price that communes have, put together.
"""

import datetime as dt

import pytest

from portail_core.domain.money import eur, total
from tests.spec.tariffs import (
    BOOKED_ON,
    LOU,
    MONDAY,
    NOA,
    WEDNESDAY,
    ask,
    costs,
    family,
    rules,
    together,
    visit,
    visits,
)

A_DAY = dt.timedelta(days=1)


@pytest.mark.rule("tariff.rate.by-dependants", "tariff.rounding.mode")
@pytest.mark.parametrize(
    ("paid", "income", "dependants"),
    [
        ("3.09", "2000", 2),  # 0.0516 % of 2000 is 1.032, truncated 1.03
        ("1.41", "300", 1),  # « plancher » 765.77: 0.474, truncated 0.47
        ("11.13", "9000", 1),  # « plafond » 6000: 3.714, truncated 3.71
    ],
)
def test_creche(paid, income, dependants):
    """
    « barème PSU »: an hourly rate of the income, by children, truncated
    before it is multiplied by three hours.
    """
    of = rules(
        """
[[tariffs]]
rounding = { toward = "down", point = "unit" }

[tariffs.prices.journee]
rates_by_dependants = ["0.000619", "0.000516", "0.000413", "0.00031"]
of = "income"
of_floor = "765.77"
of_ceiling = "6000"
""",
        bills={"JOUR": '{ journee = "3" }'},
    )

    assert paid == costs(
        of, household=family(income=income, dependants=dependants)
    )


@pytest.mark.rule("tariff.rate")
@pytest.mark.parametrize(
    ("paid", "quotient"),
    [
        ("2.00", "300"),
        ("2.00", "0"),
        ("5.00", "800"),
        ("8.00", "1300"),
        ("8.00", "1301"),
    ],
)
def test_linear(paid, quotient):
    """
    A line between two flat ends: 2 € up to 300, 8 € from 1300.
    """
    of = rules(
        """
[[tariffs]]
without_quotient = "highest"
[tariffs.prices.journee]
rate = "0.006"
of = "quotient"
plus = "0.20"
floor = "2.00"
ceiling = "8.00"
"""
    )

    assert paid == costs(of, household=family(quotient))
    assert "8.00" == costs(of)


@pytest.mark.rule("tariff.first")
@pytest.mark.parametrize(
    ("paid", "residency"),
    [("5.00", "commune"), ("7.00", "intercommunalite"), ("10.00", "ailleurs")],
)
def test_three_zones(paid, residency):
    """
    The commune, the communauté de communes, and everybody else.
    """
    of = rules(
        """
[[tariffs]]
code = "commune"
when = { residency = ["commune"] }
prices = { journee = "5.00" }
[[tariffs]]
code = "intercommunalite"
when = { residency = ["intercommunalite"] }
prices = { journee = "7.00" }
[[tariffs]]
code = "autres"
prices = { journee = "10.00" }
"""
    )

    assert paid == costs(of, household=family(residency=residency))


@pytest.mark.rule("tariff.once")
def test_instalments():
    """
    An annual price in ten instalments: one a month, whatever the days.
    """
    of = rules(
        '[[tariffs]]\nprices = { mensualite = "31.50" }',
        bills={"JOUR": '{ mensualite = "1" }'},
        prestations={"mensualite": 'once_per = "child-month"'},
    )
    days = (dt.date(2026, month, day) for month in (3, 4, 5) for day in (5, 6))

    assert "94.50" == costs(of, *(visit(of, day) for day in days))


@pytest.mark.rule("tariff.package", "tariff.package.size")
@pytest.mark.parametrize(
    ("paid", "count"),
    [("5.00", 1), ("45.00", 9), ("40.00", 10), ("45.00", 11), ("80.00", 20)],
)
def test_book_of_tickets(paid, count):
    """
    Ten tickets for 40 €, one for 5 €.
    """
    of = rules(
        """
[[tariffs]]
prices = { journee = "5.00", carnet = "40.00" }
[[tariffs.packages]]
of = ["journee"]
within = "period"
sizes = { 10 = "carnet" }
other_sizes = "largest-then-single"
""",
        prestations={"carnet": ""},
    )

    assert paid == costs(
        of, *(visit(of, MONDAY + rank * A_DAY) for rank in range(count))
    )


@pytest.mark.rule("tariff.first", "fact.when.named")
@pytest.mark.parametrize(
    ("paid", "rythme"), [("3.20", "regulier"), ("4.10", "occasionnel")]
)
def test_regular(paid, rythme):
    """
    Regular attendance is cheaper than occasional.
    """
    of = rules(
        """
[[tariffs]]
code = "regulier"
when = { named = { rythme = ["regulier"] } }
prices = { journee = "3.20" }
[[tariffs]]
code = "occasionnel"
when = { named = { rythme = ["occasionnel"] } }
prices = { journee = "4.10" }
"""
    )

    assert paid == costs(of, named={"rythme": rythme})


@pytest.mark.rule("tariff.once")
def test_family_day():
    """
    One indivisible price a family and day, however many children.
    """
    of = rules(
        '[[tariffs]]\nprices = { foyer = "2.50" }',
        bills={"JOUR": '{ foyer = "1" }'},
        prestations={"foyer": 'once_per = "household-day"'},
    )
    next_day = visit(of, WEDNESDAY + A_DAY)

    found = together(
        of,
        visits(of, visit(of), next_day, child=LOU),
        visits(of, visit(of), next_day, child=NOA),
    )

    assert eur("5.00") == total(line.amount for line in found)


@pytest.mark.rule("tariff.adjusted.factor", "quote.nth")
@pytest.mark.parametrize(("paid", "count"), [("30.00", 10), ("30.00", 11)])
def test_cap(paid, count):
    """
    Nothing is billed from the eleventh day of the month.
    """
    of = rules(
        """
[[tariffs]]
prices = { journee = "3.00" }
[[tariffs.adjustments]]
label = "plafond de dix jours par mois"
when = { nth = { at_least = 11 } }
factor = "0"
"""
    )
    days = (dt.date(2026, 5, 1) + rank * A_DAY for rank in range(count))

    assert paid == costs(of, *(visit(of, day) for day in days))


@pytest.mark.rule("tariff.bracket", "tariff.rate")
@pytest.mark.parametrize(
    ("paid", "quotient"), [("6.00", "600"), ("8.99", "899"), ("12.00", "900")]
)
def test_rate_below(paid, quotient):
    """
    A rate below a threshold, a flat price above, in one grid.
    """
    of = rules(
        """
[[tariffs]]
without_quotient = "highest"
[[tariffs.brackets]]
label = "moins de 900"
less_than = 900
prices = { journee = { rate = "0.01", of = "quotient" } }
[[tariffs.brackets]]
label = "900 et plus"
at_least = 900
prices = { journee = "12.00" }
"""
    )

    assert paid == costs(of, household=family(quotient))


@pytest.mark.rule("tariff.aid")
def test_home_commune():
    """
    The commune where a family lives pays a share of the outsider's price.
    """
    of = rules(
        """
[[tariffs]]
prices = { journee = "20.00" }
[[tariffs.adjustments]]
label = "participation de la commune de Villevoisine"
when = { residency = ["villevoisine"] }
aid_share = "0.25"
payer = "commune de Villevoisine"
"""
    )
    (line,) = ask(of, household=family(residency="villevoisine"))

    assert (eur("15.00"), eur("20.00")) == (line.amount, line.full)


@pytest.mark.rule("tariff.day-of-booking", "tariff.until")
def test_early_price():
    """
    A price for who books before a day, another after.
    """
    of = rules(
        """
[[tariffs]]
code = "avant"
grid_of = "day-of-booking"
until = 2026-05-03
prices = { journee = "10.00" }
[[tariffs]]
code = "ensuite"
prices = { journee = "12.00" }
"""
    )

    assert ["10.00", "12.00"] == [
        costs(of, booked_on=day) for day in (BOOKED_ON - A_DAY, BOOKED_ON)
    ]

"""
docs/spec/tariff.md: grids, their brackets, and no quotient.
"""

from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    FactName,
    PrestationCode,
)
from portail_core.domain.tariffs import (
    Bracket,
    Grid,
    fixed_prices,
)
from portail_core.testing.reglements import fixed_at
from tests.spec.tariffs import (
    WEDNESDAY,
    ask,
    costs,
    family,
    refusals,
    rules,
    told,
    visit,
)

HALVES = ((True, True), (True, False), (False, True), (False, False))


def bracket(above, up_to, *, included=(True, False), euros="1.00"):
    """
    From *above* to *up_to*, one price.
    """
    return Bracket(
        label=f"de {above} à {up_to}",
        bounds=Bounds(
            above=None if above is None else Decimal(above),
            above_included=included[0],
            up_to=None if up_to is None else Decimal(up_to),
            up_to_included=included[1],
        ),
        prices=fixed_at({PrestationCode("journee"): euros}),
    )


def chosen(grid, quotient):
    return grid.choose(
        Facts(
            day=WEDNESDAY,
            accueil=AccueilCode("accueil"),
            amplitude=AmplitudeCode("JOUR"),
            quotient=Decimal(quotient),
        )
    )


def refused(*rows, between=None):
    with pytest.raises(ValueError, match=r".") as error:
        Grid(brackets=rows, between=between)
    return list(error.value.args)


class TestFixed:
    @pytest.mark.rule("tariff.fixed")
    @pytest.mark.parametrize("price", ["0.00", "0.01", "4.80", "12.5"])
    def test_price(self, price):
        """
        A price as voted asks for nothing; it may be 0.
        """
        of = rules(f'[[tariffs]]\nprices = {{ journee = "{price}" }}')
        (line,) = ask(of)

        assert f"{Decimal(price):.2f}" == costs(of)
        assert ("tariff.fixed", "tariffs[0].prices") == (
            line.why.rule,
            line.why.path,
        )

    @pytest.mark.rule("tariff.fixed")
    def test_figures(self):
        """
        Of prices, those that are figures may be listed.
        """
        (decision,) = rules(
            '[[tariffs]]\nprices = { journee = "2.00", '
            'repas = { share_of = "journee", share = "0.5" } }',
            prestations={"repas": ""},
        ).terms.tariffs.decisions

        (only,) = decision.value.grid.brackets

        assert {"journee": Decimal("2.00")} == fixed_prices(only.prices)


class TestBracket:
    GRID = """
[[tariffs]]
without_quotient = "refused"
brackets = [
    { label = "QF de 0 à 800", at_most = 800, prices = { journee = "9" } },
    { label = "QF de plus de 800", more_than = 800, prices.journee = "12" },
]
"""

    @pytest.mark.rule("tariff.bracket")
    @pytest.mark.parametrize(
        ("price", "position", "quotient"),
        [
            ("9.00", 0, "0"),
            ("9.00", 0, "799.99"),
            ("9.00", 0, "800"),
            ("12.00", 1, "800.01"),
            ("12.00", 1, "100000"),
        ],
    )
    def test_price(self, price, position, quotient):
        """
        A price comes with the bracket that gives it.
        """
        of = rules(self.GRID)
        (line,) = ask(of, household=family(quotient))

        assert price == f"{line.unit_price.euros:.2f}"
        assert (
            "tariff.bracket",
            f"tariffs[0].brackets[{position}]",
            ("QF de 0 à 800", "QF de plus de 800")[position],
        ) == (line.why.rule, line.why.path, line.why.label)

    @pytest.mark.rule("tariff.bracket.bounds")
    @pytest.mark.parametrize(
        ("held", "included"),
        [
            ([False, True, True, True, False], (True, True)),
            ([False, True, True, False, False], (True, False)),
            ([False, False, True, True, False], (False, True)),
            ([False, False, True, False, False], (False, False)),
        ],
        ids=["[451, 550]", "[451, 550[", "]451, 550]", "]451, 550["],
    )
    def test_bounds(self, held, included):
        """
        Each bound is in or out, as the bracket says, to the cent.
        """
        printed = bracket(451, 550, included=included).bounds

        assert held == [
            printed.hold(Decimal(quotient))
            for quotient in ("450.99", "451", "549.99", "550", "550.01")
        ]

    @pytest.mark.rule("tariff.bracket.bounds")
    def test_ends(self):
        """
        « et plus » has no end, « moins de » no beginning.
        """
        assert bracket(1200, None).bounds.hold(Decimal(10**9))
        assert bracket(None, 1).bounds.hold(Decimal(0))

    @pytest.mark.rule("tariff.bracket.of")
    @pytest.mark.parametrize(
        ("fact", "low", "high"),
        [
            ("income", {"income": "1499.99"}, {"income": "1500"}),
            ("dependants", {"dependants": 2}, {"dependants": 3}),
        ],
    )
    def test_of_household(self, fact, low, high):
        """
        Brackets may be of another fact of the household.
        """
        limit = {"income": "1500", "dependants": "3"}[fact]
        of = rules(self.of(fact, limit))

        assert ["1.00", "2.00"] == [
            costs(of, household=family(**known)) for known in (low, high)
        ]
        assert (FactMissing(FactName(fact)),) == refusals(of)

    @pytest.mark.rule("tariff.bracket.of")
    @pytest.mark.parametrize("fact", ["age", "rank", "siblings"])
    def test_of_child(self, fact):
        """
        Or of the child.
        """
        of = rules(self.of(fact, "6"))

        assert ["1.00", "2.00"] == [
            costs(of, visit(of, **{fact: number})) for number in (5, 6)
        ]

    @pytest.mark.rule("tariff.bracket.of")
    def test_of_cost(self):
        """
        Or of what the activity itself costs, or of the day's number.
        """
        of = rules(self.of("cost", "60"))
        nth = rules(self.of("nth", "2"))

        assert ["1.00", "2.00"] == [
            costs(of, cost=cost) for cost in ("59.99", "60")
        ]
        assert "3.00" == costs(
            nth, visit(nth), visit(nth, WEDNESDAY.replace(day=26))
        )

    @pytest.mark.rule("tariff.bracket.of", "tariff.bracket.open-points")
    @pytest.mark.parametrize(
        ("rows", "is_open"),
        [
            (("exactly = 1", "exactly = 2", "at_least = 3"), False),
            (
                (
                    "less_than = 2",
                    "more_than = 1, at_most = 2",
                    "more_than = 2",
                ),
                False,
            ),
            (("exactly = 1", "exactly = 2", "at_least = 4"), True),
            (("at_most = 1", "exactly = 2", "at_least = 2"), True),
            (("exactly = 2", "exactly = 3", "at_least = 4"), True),
            (
                ("at_most = 1", "at_least = 1, at_most = 2", "at_least = 3"),
                True,
            ),
        ],
    )
    def test_of_whole_numbers(self, rows, is_open):
        """
        Between one child and two there is none; children begin at one.
        """
        grid = "[[tariffs]]\nbrackets_of = 'rank'\nbrackets = [\n" + "".join(
            f'{{ label = "{rank}", {row}, prices.journee = "{rank}" }},\n'
            for rank, row in enumerate(rows, 1)
        )

        if is_open:
            assert told(grid + "]")
        else:
            of = rules(grid + "]")

            assert ["1.00", "2.00", "3.00", "3.00"] == [
                costs(of, visit(of, rank=rank)) for rank in (1, 2, 3, 4)
            ]

    @pytest.mark.rule("tariff.bracket.of")
    def test_of_nothing_known(self):
        """
        What is no figure makes no brackets.
        """
        (fault,) = told(self.of("residency", "6"))

        assert (
            "brackets_of is 'residency', expected one of age, cost," in fault
        )

    @staticmethod
    def of(fact, limit):
        return f"""
[[tariffs]]
brackets_of = "{fact}"
brackets = [
    {{ label = "moins", less_than = {limit}, prices.journee = "1.00" }},
    {{ label = "plus", at_least = {limit}, prices.journee = "2.00" }},
]
"""

    @pytest.mark.parametrize("keys", ["", 'prices = { journee = "1" }'])
    def test_prices_or_brackets(self, keys):
        """
        A tariff has prices or brackets, not both, not none.
        """
        rows = "" if not keys else self.GRID
        (fault,) = told(f"{rows or '[[tariffs]]'}\n{keys}")

        assert "prices and brackets, or neither" in fault

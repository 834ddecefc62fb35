"""
docs/spec/tariff.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.dated import Decision, History
from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import Money, eur
from portail_core.domain.quotes import price
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    BracketPrice,
    Grid,
    QuotientMissing,
    WithoutQuotient,
    open_points,
)
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    DAY_CARE,
    GRID,
    HIGH,
    LOU,
    LOW,
    MEAL,
    PERIOD,
    REGLEMENT,
    SOURCE,
)
from tests.spec.published import GRIDS, as_voted, brackets, grid

EVERY_CASE = [
    pytest.param(printed, case, id=f"{printed['id']}-{number}")
    for printed in GRIDS
    for number, case in enumerate(printed["cases"])
]
OPEN = [
    pytest.param(printed, point, id=f"{printed['id']}-{point['quotient']}")
    for printed in GRIDS
    for point in {p["quotient"]: p for p in printed.get("open", ())}.values()
]


def bracket(above, up_to, *, included=(True, False), cents=100, label=""):
    """
    From *above* to *up_to*, one price.
    """
    return Bracket(
        label=label or f"de {above} à {up_to}",
        above=Decimal(above),
        above_included=included[0],
        up_to=None if up_to is None else Decimal(up_to),
        up_to_included=included[1],
        prices={MEAL: Money(cents)},
    )


def refused(*rows, between=None):
    with pytest.raises(ValueError, match=r".") as error:
        Grid(
            brackets=rows,
            between=between,
            without_quotient=WithoutQuotient.LAST_BRACKET,
        )
    return list(error.value.args)


class TestBracket:
    @pytest.mark.rule("tariff.bracket")
    @pytest.mark.parametrize(
        ("position", "quotient"),
        [
            (0, "0"),
            (0, "799.99"),
            (0, "800"),
            (1, "800.01"),
            (1, "100000"),
        ],
    )
    def test_price(self, position, quotient):
        """
        A price comes with the bracket that gives it.
        """
        expected = (LOW, HIGH)[position]

        assert BracketPrice(
            rule="tariff.bracket",
            price=expected.prices[MEAL],
            position=position,
            bracket=expected,
        ) == GRID.price(MEAL, Decimal(quotient))

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
        printed = bracket(451, 550, included=included)

        assert held == [
            printed.holds(Decimal(quotient))
            for quotient in ("450.99", "451", "549.99", "550", "550.01")
        ]

    @pytest.mark.rule("tariff.bracket.bounds")
    def test_and_more(self):
        """
        « et plus » has no end.
        """
        assert bracket(1200, None).holds(Decimal(10**9))

    @pytest.mark.rule("tariff.bracket.bounds")
    def test_of_one_quotient(self):
        """
        A bracket may hold a single quotient.
        """
        single = bracket(800, 800, included=(True, True))

        assert [False, True, False] == [
            single.holds(Decimal(quotient))
            for quotient in ("799.99", "800", "800.01")
        ]


class TestOpenPoints:
    @pytest.mark.rule("tariff.bracket.open-points")
    @pytest.mark.parametrize(
        ("lower", "upper", "told"),
        [
            (
                bracket(0, 450),
                bracket(451, None),
                (
                    "hole between « de 0 à 450 » and « de 451 à None »: "
                    "none holds 450 to 451"
                ),
            ),
            (
                bracket(0, 450),
                bracket(450, None, included=(False, False)),
                (
                    "hole between « de 0 à 450 » and « de 450 à None »: "
                    "none holds 450"
                ),
            ),
            (
                bracket(0, 450, included=(True, True)),
                bracket(450, None),
                (
                    "overlap between « de 0 à 450 » and « de 450 à None »: "
                    "both hold 450"
                ),
            ),
            (
                bracket(0, 460),
                bracket(450, None),
                (
                    "overlap between « de 0 à 460 » and « de 450 à None »: "
                    "both hold 450 and more"
                ),
            ),
        ],
        ids=["hole", "hole of one", "overlap of one", "overlap"],
    )
    def test_told(self, lower, upper, told):
        """
        A hole or an overlap is told with its bounds, and refuses the grid.
        """
        assert [told] == refused(lower, upper)

    @pytest.mark.rule("tariff.bracket.open-points")
    @pytest.mark.parametrize(
        ("lower", "upper"),
        [
            (bracket(0, 450), bracket(450, None)),
            (
                bracket(0, 450, included=(True, True)),
                bracket(450, None, included=(False, False)),
            ),
        ],
        ids=["[0, 450[ [450", "[0, 450] ]450"],
    )
    def test_touching(self, lower, upper):
        """
        Brackets of which exactly one holds the bound leave nothing open.
        """
        assert () == open_points((lower, upper))

    @pytest.mark.rule("tariff.bracket.open-points")
    def test_all_are_told(self):
        """
        Every one is told, not the first.
        """
        told = refused(bracket(0, 450), bracket(451, 550), bracket(551, None))

        assert ["hole", "hole"] == [fault[:4] for fault in told]


class TestBetween:
    HOLE = (
        bracket(0, 450, cents=100),
        bracket(451, 550, included=(True, True), cents=200),
        bracket(550, None, included=(False, False), cents=300),
    )
    OVERLAP = (
        bracket(0, 1200, included=(True, True), cents=100),
        bracket(1000, None, cents=200),
    )

    @pytest.mark.rule("tariff.bracket.between")
    @pytest.mark.parametrize(
        ("lower", "upper", "quotient"),
        [
            (100, 100, "449.99"),
            (100, 200, "450"),
            (100, 200, "450.50"),
            (200, 200, "451"),
            (200, 200, "550"),
            (300, 300, "550.01"),
        ],
    )
    def test_hole(self, lower, upper, quotient):
        """
        In a hole the règlement's choice answers; beside it, the print.
        """
        assert [Money(lower), Money(upper)] == [
            Grid(
                brackets=self.HOLE,
                between=between,
                without_quotient=WithoutQuotient.LAST_BRACKET,
            )
            .price(MEAL, Decimal(quotient))
            .price
            for between in (Between.LOWER, Between.UPPER)
        ]

    @pytest.mark.rule("tariff.bracket.between")
    @pytest.mark.parametrize(
        ("lower", "upper", "quotient"),
        [
            (100, 100, "999.99"),
            (100, 200, "1000"),
            (100, 200, "1200"),
            (200, 200, "1200.01"),
        ],
    )
    def test_overlap(self, lower, upper, quotient):
        """
        And where two brackets hold the quotient.
        """
        assert [Money(lower), Money(upper)] == [
            Grid(
                brackets=self.OVERLAP,
                between=between,
                without_quotient=WithoutQuotient.LAST_BRACKET,
            )
            .price(MEAL, Decimal(quotient))
            .price
            for between in (Between.LOWER, Between.UPPER)
        ]


class TestShape:
    @pytest.mark.rule("tariff.bracket.ends")
    @pytest.mark.parametrize(
        "first",
        [
            bracket(1, None),
            bracket(0, None, included=(False, False)),
        ],
        ids=["from 1", "above 0"],
    )
    def test_zero(self, first):
        """
        A quotient of 0 has an answer.
        """
        assert [f"« {first.label} » must hold a quotient of 0"] == refused(
            first
        )

    @pytest.mark.rule("tariff.bracket.ends")
    def test_upper_bound(self):
        """
        So has the highest one.
        """
        assert ["« de 0 à 9999 » must have no upper bound"] == refused(
            bracket(0, 9999)
        )

    @pytest.mark.rule("tariff.bracket.ends")
    def test_none(self):
        """
        A grid has a bracket.
        """
        assert ["brackets is empty"] == refused()

    @pytest.mark.rule("tariff.bracket.ascending")
    @pytest.mark.parametrize("between", [None, *Between])
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (bracket(0, 450), bracket(0, 500)),
            (bracket(0, 500), bracket(200, 450)),
            (bracket(0, 450), bracket(200, 450)),
            (bracket(0, None), bracket(450, 800)),
        ],
        ids=["same start", "inside", "same end", "after « et plus »"],
    )
    def test_order(self, first, second, between):
        """
        A bracket that begins or ends no later than the one before is a
        mistake, which no policy covers: it might never answer.
        """
        told = refused(first, second, bracket(800, None), between=between)

        assert (
            f"« {second.label} » does not come after « {first.label} »" in told
        )

    @pytest.mark.rule("tariff.bracket.ascending")
    def test_of_one_quotient(self):
        """
        A bracket of one quotient may stand between two.
        """
        rows = (
            bracket(0, 800),
            bracket(800, 800, included=(True, True), cents=200),
            bracket(800, None, included=(False, False), cents=300),
        )
        single = Grid(
            brackets=rows,
            between=None,
            without_quotient=WithoutQuotient.LAST_BRACKET,
        )

        assert [0, 1, 2] == [
            single.price(MEAL, Decimal(quotient)).position
            for quotient in ("799.99", "800", "800.01")
        ]

    @pytest.mark.rule("tariff.bracket.ascending")
    @pytest.mark.parametrize(
        ("above", "up_to", "included"),
        [
            (450, 449, (True, True)),
            (450, 450, (True, False)),
            (450, 450, (False, True)),
            (450, 450, (False, False)),
        ],
    )
    def test_empty(self, above, up_to, included):
        """
        A bracket that holds nothing is a mistake.
        """
        with pytest.raises(ValueError, match="before it begins"):
            bracket(above, up_to, included=included)

    @pytest.mark.rule("tariff.bracket.ascending")
    def test_below_zero(self):
        """
        No quotient is below zero.
        """
        with pytest.raises(ValueError, match="above is -1"):
            bracket(-1, None)

    @pytest.mark.rule("tariff.bracket.complete")
    @pytest.mark.parametrize(
        "prices", [{}, {DAY_CARE: eur("9.00"), MEAL: eur("3.50")}]
    )
    def test_complete(self, prices):
        """
        A bracket with a price less, or more, than the first is told.
        """
        told = refused(
            bracket(0, 450), evolve(bracket(450, None), prices=prices)
        )

        assert [
            (
                "« de 450 à None » does not price the same prestations "
                "as « de 0 à 450 »"
            )
        ] == told


class TestQuotient:
    @pytest.mark.rule("tariff.quotient.missing")
    def test_missing(self):
        """
        Without a quotient, a grid may refuse.
        """
        strict = evolve(GRID, without_quotient=WithoutQuotient.REFUSED)

        with pytest.raises(Refused) as no:
            strict.price(MEAL, None)

        assert (QuotientMissing(),) == no.value.refusals

    @pytest.mark.rule("tariff.quotient.missing")
    def test_zero(self):
        """
        A quotient of 0 is not a missing one.
        """
        strict = evolve(GRID, without_quotient=WithoutQuotient.REFUSED)

        assert LOW is strict.price(MEAL, Decimal(0)).bracket

    @pytest.mark.rule("tariff.quotient.highest")
    def test_highest(self):
        """
        Or answer by its last bracket.
        """
        assert BracketPrice(
            rule="tariff.quotient.highest",
            price=HIGH.prices[MEAL],
            position=1,
            bracket=HIGH,
        ) == GRID.price(MEAL, None)


class TestDayBooked:
    CHANGE = dt.date(2026, 6, 1)
    NEW = evolve(LOW, label="nouvelle tranche", up_to=None)
    RULES = changed(
        REGLEMENT,
        tariffs=History(
            (
                Decision(
                    since=dt.date(2025, 9, 1),
                    source=SOURCE,
                    value=GRID,
                    path="tariffs[0]",
                ),
                Decision(
                    since=CHANGE,
                    source="délibération n° 2026-12",
                    value=evolve(GRID, brackets=(NEW,)),
                    path="tariffs[1]",
                ),
            )
        ),
    )

    @pytest.mark.rule("tariff.day-booked")
    @pytest.mark.parametrize(
        ("label", "path", "day"),
        [
            ("QF de plus de 800", "tariffs[0].brackets[1]", CHANGE - A_DAY),
            ("nouvelle tranche", "tariffs[1].brackets[0]", CHANGE),
        ],
        ids=["the eve", "the day"],
    )
    def test_grid_of_the_day(self, label, path, day):
        """
        Two days of one request may be priced by two grids.
        """
        amplitude = self.RULES.amplitudes[1]

        (priced,) = price(
            [(day, amplitude)],
            child=LOU,
            period=PERIOD,
            quotient=Decimal(900),
            reglement=self.RULES,
        )

        assert (label, path) == (priced.why.label, priced.why.path)


class TestRounding:
    @pytest.mark.rule("tariff.rounding.half-up")
    @pytest.mark.parametrize(
        ("amount", "price", "quantity"),
        [
            ("3.33", "0.95", "3.5"),
            ("5.01", "1.43", "3.5"),
            ("1.63", "3.25", "0.5"),
            ("0.23", "0.90", "0.25"),
            ("0.01", "0.01", "0.5"),
            ("0.00", "0.01", "0.49"),
            ("-0.01", "-0.01", "0.5"),
        ],
    )
    def test_half_up(self, amount, price, quantity):
        """
        Half a cent goes away from zero, as bills print it.
        """
        assert eur(amount) == eur(price).times(Decimal(quantity))


class TestPublished:
    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(("printed", "case"), EVERY_CASE)
    def test_price(self, printed, case):
        """
        A printed price is the computed one.
        """
        found = as_voted(printed).price(
            PrestationCode(case["prestation"]), Decimal(case["quotient"])
        )

        assert eur(case["price"]) == found.price.times(
            Decimal(case.get("quantity", 1))
        )

    @pytest.mark.rule("tariff.published", "tariff.bracket.bounds")
    @pytest.mark.parametrize("printed", GRIDS, ids=[g["id"] for g in GRIDS])
    def test_bounds(self, printed):
        """
        A bound that is printed as included is priced by its own bracket.
        """
        voted = as_voted(printed)
        open_at = {Decimal(p["quotient"]) for p in printed.get("open", ())}
        bounds = {
            bound: position
            for position, row in enumerate(voted.brackets)
            for bound, included in (
                (row.above, row.above_included),
                (row.up_to, row.up_to_included),
            )
            if included and bound is not None and bound not in open_at
        }
        prestation = next(iter(voted.brackets[0].prices))

        assert bounds == {
            bound: voted.price(prestation, bound).position for bound in bounds
        }

    @pytest.mark.rule("tariff.published", "tariff.bracket.open-points")
    @pytest.mark.parametrize(("printed", "point"), OPEN)
    def test_left_open(self, printed, point):
        """
        A grid whose print leaves a quotient open is refused without a policy.
        """
        told = refused(*brackets(printed))

        assert told == list(open_points(brackets(printed)))
        assert any(
            fault.startswith(("hole between", "overlap between"))
            for fault in told
        )

    @pytest.mark.rule("tariff.published", "tariff.bracket.between")
    @pytest.mark.parametrize(("printed", "point"), OPEN)
    def test_with_policy(self, printed, point):
        """
        With one, it is priced as the policy says.
        """
        assert [eur(point["lower"]), eur(point["upper"])] == [
            grid(printed, between)
            .price(
                PrestationCode(point["prestation"]), Decimal(point["quotient"])
            )
            .price
            for between in (Between.LOWER, Between.UPPER)
        ]

    @pytest.mark.rule("tariff.published", "dated.in-force")
    @pytest.mark.parametrize(
        ("cents", "prestation", "quotient", "day"),
        [
            (540, "repas", 780, dt.date(2024, 6, 3)),
            (425, "repas", 780, dt.date(2024, 9, 3)),
            (190, "heure", 1900, dt.date(2024, 6, 3)),
            (205, "heure", 1900, dt.date(2024, 9, 3)),
            (540, "repas", 780, dt.date(2024, 9, 1)),
            (425, "repas", 780, dt.date(2024, 9, 2)),
        ],
    )
    def test_two_versions(self, cents, prestation, quotient, day):
        """
        Same family, same quotient, two grids: brackets and prices change.
        """
        old, new = (g for g in GRIDS if g["id"].startswith("chemaudin"))
        history = History(
            (
                # The page prints no first day for the older one.
                Decision(
                    since=dt.date(2023, 9, 4),
                    source=old["source"],
                    value=as_voted(old),
                ),
                Decision(
                    since=new["since"],
                    source=new["source"],
                    value=as_voted(new),
                ),
            )
        )

        assert Money(cents) == (
            history.on(day)
            .value.price(PrestationCode(prestation), Decimal(quotient))
            .price
        )

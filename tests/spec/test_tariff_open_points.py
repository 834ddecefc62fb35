"""
docs/spec/tariff.md: what printed grids leave open.
"""

from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.bounds import Bounds
from portail_core.domain.facts import Facts
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    FactName,
    PrestationCode,
)
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import (
    Between,
    BetweenBrackets,
    Bracket,
    Chosen,
    Grid,
    harmless,
    open_points,
)
from portail_core.testing.reglements import fixed_at
from tests.spec.tariffs import (
    WEDNESDAY,
)

ANSWERS = 'say which answers, between = "lower", "upper" or "refused"'
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


class TestOpenPoints:
    @pytest.mark.rule("tariff.bracket.open-points")
    @pytest.mark.parametrize(
        ("lower", "upper", "told"),
        [
            (
                bracket(0, 450),
                bracket(451, None),
                "hole|none holds 450 to 451",
            ),
            (
                bracket(0, 450),
                bracket(450, None, included=(False, False)),
                "hole|none holds 450",
            ),
            (
                bracket(0, 450, included=(True, True)),
                bracket(450, None),
                "overlap|both hold 450",
            ),
            (
                bracket(0, 460),
                bracket(450, None),
                "overlap|both hold 450 and more",
            ),
        ],
        ids=["hole", "hole of one", "overlap of one", "overlap"],
    )
    def test_told(self, lower, upper, told):
        """
        A hole or an overlap is told with its bounds, and refuses the grid.
        """
        kind, bounds = told.split("|")

        assert [
            (
                f"{kind} between « {lower.label} » and « {upper.label} »: "
                f"{bounds}: {ANSWERS}"
            )
        ] == refused(lower, upper)

    @pytest.mark.rule("tariff.bracket.open-points")
    @pytest.mark.parametrize(
        ("fault", "row"),
        [
            ("hole below « de 1 à None »: none holds 0", bracket(1, None)),
            (
                "hole below « de 0 à None »: none holds 0",
                bracket(0, None, included=(False, False)),
            ),
            ("hole above « de 0 à 9 »: none holds 9", bracket(0, 9)),
            (
                "hole above « de 0 à 9 »: none holds more than 9",
                bracket(0, 9, included=(True, True)),
            ),
        ],
    )
    def test_ends(self, fault, row):
        """
        So is what is below the first bracket, or above the last.
        """
        assert [f"{fault}: {ANSWERS}"] == refused(row)

    @pytest.mark.rule("tariff.bracket.open-points")
    @pytest.mark.parametrize("first", [bracket(0, 450), bracket(None, 450)])
    def test_touching(self, first):
        """
        Brackets of which exactly one holds the bound leave nothing open.
        """
        second = bracket(450, None)
        apart = (
            evolve(first, bounds=evolve(first.bounds, up_to_included=True)),
            bracket(450, None, included=(False, False)),
        )

        assert () == open_points((first, second)) == open_points(apart)

    @pytest.mark.rule("tariff.bracket.open-points")
    def test_endless(self):
        """
        Of whole figures too, two brackets without an end between them are
        not next to each other.
        """
        rows = (bracket(1, None), bracket(None, 3))

        assert open_points(rows, by=FactName("rank"))

    @pytest.mark.rule("tariff.bracket.open-points")
    def test_all_are_told(self):
        """
        Every one is told, not the first; those whose neighbours ask the same
        are harmless.
        """
        rows = (
            bracket(0, 450),
            bracket(451, 550, euros="2.00"),
            bracket(551, None, euros="2.00"),
        )

        assert ["hole", "hole"] == [fault[:4] for fault in refused(*rows)]
        assert ["hole between « de 451"] == [f[:21] for f in harmless(rows)]

    @pytest.mark.rule("tariff.bracket.ascending")
    @pytest.mark.parametrize("between", [None, *Between])
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (bracket(0, 450), bracket(0, 500)),
            (bracket(0, 500), bracket(200, 450)),
            (bracket(0, 450), bracket(200, 450)),
            (bracket(0, None), bracket(450, 800)),
            (bracket(0, 450), bracket(None, 500)),
        ],
        ids=["same start", "inside", "same end", "after « et plus »", "below"],
    )
    def test_order(self, first, second, between):
        """
        A bracket that begins or ends no later than the one before is a
        mistake, which no policy covers: it might never answer.
        """
        found = refused(first, second, bracket(800, None), between=between)

        assert (
            f"« {second.label} » does not come after « {first.label} »"
            in found
        )

    @pytest.mark.rule("tariff.bracket.ascending")
    @pytest.mark.parametrize(
        ("above", "up_to", "included"),
        [
            (450, 449, (True, True)),
            *((450, 450, included) for included in HALVES[1:]),
        ],
    )
    def test_empty(self, above, up_to, included):
        """
        A bracket that holds nothing is a mistake.
        """
        with pytest.raises(ValueError, match="before it begins"):
            bracket(above, up_to, included=included)

    @pytest.mark.rule("tariff.bracket.ascending")
    def test_of_one(self):
        """
        One that holds a single figure may stand between two.
        """
        grid = Grid(
            brackets=(
                bracket(0, 800),
                bracket(800, 800, included=(True, True)),
                bracket(800, None, included=(False, False)),
            )
        )

        assert [0, 1, 2] == [
            chosen(grid, quotient).position
            for quotient in ("799.99", "800", "800.01")
        ]

    @pytest.mark.rule("tariff.bracket.complete")
    @pytest.mark.parametrize(
        ("prices", "told"),
        [
            (
                {"repas": "1"},
                (
                    "« de 450 à None » has no journee; "
                    "« de 0 à 450 » has no repas"
                ),
            ),
            (
                {"journee": "9.00", "repas": "3.50"},
                "« de 0 à 450 » has no repas",
            ),
        ],
    )
    def test_complete(self, prices, told):
        """
        A bracket with a price less, or more, than the first is told, with
        the prices that one of them has not.
        """
        assert [
            (
                "« de 450 à None » does not price the same prestations "
                f"as « de 0 à 450 »: {told}"
            )
        ] == refused(
            bracket(0, 450),
            evolve(bracket(450, None), prices=fixed_at(prices)),
        )

    @pytest.mark.rule("tariff.bracket.complete")
    def test_none(self):
        """
        A grid has a bracket.
        """
        assert ["brackets is empty"] == refused()


class TestBetween:
    HOLE = (
        bracket(1, 450),
        bracket(451, 550, included=(True, True)),
        bracket(550, 900, included=(False, False)),
    )
    OVERLAP = (
        bracket(0, 1200, included=(True, True)),
        bracket(1000, None),
    )

    @pytest.mark.rule("tariff.bracket.between")
    @pytest.mark.parametrize(
        ("rows", "quotient", "lower", "upper"),
        [
            (HOLE, "0.99", 0, 0),
            (HOLE, "449.99", 0, 0),
            (HOLE, "450", 0, 1),
            (HOLE, "450.50", 0, 1),
            (HOLE, "451", 1, 1),
            (HOLE, "550", 1, 1),
            (HOLE, "550.01", 2, 2),
            (HOLE, "900", 2, 2),
            (OVERLAP, "999.99", 0, 0),
            (OVERLAP, "1000", 0, 1),
            (OVERLAP, "1200", 0, 1),
            (OVERLAP, "1200.01", 1, 1),
        ],
    )
    def test_policy(self, rows, quotient, lower, upper):
        """
        In a hole or an overlap the règlement's choice answers; beside it, the
        print; beyond an end, the one neighbour.
        """
        assert [lower, upper] == [
            chosen(Grid(brackets=rows, between=between), quotient).position
            for between in (Between.LOWER, Between.UPPER)
        ]

    @pytest.mark.rule("tariff.bracket.between")
    def test_rule(self):
        """
        A price says that it was the règlement's choice.
        """
        grid = Grid(brackets=self.HOLE, between=Between.UPPER)

        assert Chosen("tariff.bracket.between", 1) == chosen(grid, "450")

    @pytest.mark.rule("tariff.bracket.undecided")
    @pytest.mark.parametrize(
        ("rows", "quotient", "neighbours"),
        [
            (HOLE, "0.99", ("de 1 à 450",)),
            (HOLE, "450", ("de 1 à 450", "de 451 à 550")),
            (HOLE, "900", ("de 550 à 900",)),
            (OVERLAP, "1200", ("de 0 à 1200", "de 1000 à None")),
        ],
    )
    def test_undecided(self, rows, quotient, neighbours):
        """
        Or nobody decides, and there is no price.
        """
        grid = Grid(brackets=rows, between=Between.REFUSED)

        with pytest.raises(Refused) as no:
            chosen(grid, quotient)

        assert (
            BetweenBrackets(Decimal(quotient), neighbours),
        ) == no.value.refusals
        assert (
            1
            == chosen(
                Grid(brackets=self.OVERLAP, between=Between.REFUSED), "1300"
            ).position
        )

"""
docs/spec/tariff.md: what communes printed is what is asked.
"""

from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.facts import Facts
from portail_core.domain.ids import AccueilCode, AmplitudeCode
from portail_core.domain.money import eur, total
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import Between, Fixed, Grid, open_points
from portail_core.wire import dump, load
from tests.spec.published import IDS, PRICES, lines, reglement
from tests.spec.tariffs import WEDNESDAY

PRICED, REFUSED = (
    [
        pytest.param(of["id"], case, id=f"{of['id']}-{number}")
        for of in PRICES["reglements"]
        for number, case in enumerate(of["cases"])
        if key in case
    ]
    for key in ("price", "refused")
)
OPEN = [
    pytest.param(of["reglement"], point, id=f"{of['reglement']}-{number}")
    for of in PRICES["open"]
    for number, point in enumerate(of["cases"])
]


def grids(name):
    """
    Every grid of brackets of a règlement.
    """
    of = reglement(name)
    return [
        decision.value.grid
        for decision in of.tariffs_of(of.periods[0]).decisions
        if len(decision.value.grid.brackets) > 1
    ]


def day_with(quotient):
    return Facts(
        day=WEDNESDAY,
        accueil=AccueilCode("accueil"),
        amplitude=AmplitudeCode("JOUR"),
        quotient=Decimal(quotient),
    )


class TestPublished:
    @pytest.mark.rule("tariff.published")
    def test_every_reglement(self):
        """
        Every règlement that is kept has its cases, and a day.
        """
        assert IDS == sorted(of["id"] for of in PRICES["reglements"])
        assert IDS == sorted(PRICES["days"])

    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(("name", "case"), PRICED)
    def test_price(self, name, case):
        """
        A printed price, and one that follows from it, is the computed one.
        """
        found = [
            line
            for line in lines(name, case)
            if case.get("of", line.prestation) == line.prestation
        ]

        assert eur(case["price"]) == total(line.amount for line in found)
        if "full" in case:
            assert eur(case["full"]) == total(line.full for line in found)

    @pytest.mark.rule("tariff.published", "tariff.bracket.undecided")
    @pytest.mark.parametrize(("name", "case"), REFUSED)
    def test_refused(self, name, case):
        """
        What a page leaves open has no price, and says why.
        """
        with pytest.raises(Refused) as no:
            lines(name, case)

        assert [case["refused"]] == [one.rule for one in no.value.refusals]

    @pytest.mark.rule("reglement.version.kept")
    @pytest.mark.parametrize("name", IDS)
    def test_wire(self, name):
        """
        A règlement goes through the wire and comes back equal.
        """
        assert reglement(name) == load(Reglement, dump(reglement(name)))


class TestLeftOpen:
    @pytest.mark.rule("tariff.published", "tariff.bracket.open-points")
    @pytest.mark.parametrize(
        "name", [of["reglement"] for of in PRICES["open"]]
    )
    def test_without_policy(self, name):
        """
        A grid whose print leaves a quotient open is refused without a policy.
        """
        first = grids(name)[0]

        with pytest.raises(
            ValueError, match=r"^\('?(hole|overlap)|^hole|^over"
        ):
            evolve(first, between=None)

        assert open_points(first.brackets)

    @pytest.mark.rule("tariff.published", "tariff.bracket.between")
    @pytest.mark.parametrize(("name", "point"), OPEN)
    def test_with_policy(self, name, point):
        """
        With one, it is priced as the policy says.
        """
        first = grids(name)[0]
        found = []
        for between in (Between.LOWER, Between.UPPER):
            grid = evolve(first, between=between)
            chosen = grid.choose(day_with(point["quotient"]))
            found.append(
                grid.brackets[chosen.position].prices[point["prestation"]]
            )

        assert [
            Fixed(Decimal(point["lower"])),
            Fixed(Decimal(point["upper"])),
        ] == found

    @pytest.mark.rule("tariff.published", "tariff.bracket.bounds")
    @pytest.mark.parametrize("name", IDS)
    def test_bounds(self, name):
        """
        A bound that is printed as included is priced by its own bracket,
        unless two of them hold it.
        """
        for grid in grids(name):
            for quotient, positions in included(grid).items():
                if len(positions) == 1:
                    chosen = grid.choose(day_with(quotient))

                    assert ("tariff.bracket", positions[0]) == (
                        chosen.rule,
                        chosen.position,
                    )


def included(grid: Grid) -> dict[Decimal, list[int]]:
    """
    Each bound that some bracket holds → those that do.
    """
    bounds = {
        bound
        for bracket in grid.brackets
        for bound in (bracket.bounds.above, bracket.bounds.up_to)
        if bound is not None
    }
    found = {
        bound: [
            position
            for position, bracket in enumerate(grid.brackets)
            if bracket.bounds.hold(bound)
        ]
        for bound in sorted(bounds)
    }
    return {
        bound: positions for bound, positions in found.items() if positions
    }

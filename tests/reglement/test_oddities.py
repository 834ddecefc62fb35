"""
Warnings: what is legal but odd, each beside what is just not.
"""

from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.oddities import grid_reports, warnings
from portail_core.reglement_toml import read_reglement, reference
from tests.reglement.odd import (
    HOLIDAYS,
    NOT_ODD,
    ODD,
    POOL,
    UNUSED,
    book_until,
)
from tests.reglement.written import (
    CHEMAUDIN,
    PETITES_BOUILLES,
    with_changes,
)


def told(text):
    return [(one.rule, one.path) for one in warnings(read_reglement(text))]


def cited(label):
    return pytest.mark.rule(f"reglement.odd.{label}")


class TestWarnings:
    @pytest.mark.rule("reglement.odd")
    @pytest.mark.parametrize(
        "text",
        [PETITES_BOUILLES, CHEMAUDIN, reference.start()],
        ids=["petites", "chemaudin", "start"],
    )
    def test_none(self, text):
        """
        Nothing is odd about the examples.
        """
        assert () == warnings(read_reglement(text))

    @pytest.mark.parametrize(
        ("label", "changes", "path"),
        [
            pytest.param(label, *given, marks=cited(label), id=label)
            for label, given in ODD.items()
        ],
    )
    def test_odd(self, label, changes, path):
        """
        What is odd is told where it stands, and nothing else is.
        """
        text = with_changes(*changes)

        assert {(f"reglement.odd.{label}", path)} == set(told(text))

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param(changes, marks=cited(label), id=label)
            for label, changes in NOT_ODD.items()
        ],
    )
    def test_not_odd(self, changes):
        """
        One step before it, nothing is.
        """
        assert [] == told(with_changes(*changes))

    @pytest.mark.rule("reglement.odd.unused")
    @pytest.mark.parametrize(
        ("kind", "rest"), UNUSED.items(), ids=UNUSED.keys()
    )
    def test_unused(self, kind, rest):
        """
        What has a code, and is named nowhere.
        """
        table = f'[[{kind}]]\ncode = "jamais"\n{rest}\n[[{kind}]]\n'

        assert [("reglement.odd.unused", f"{kind}.jamais")] == told(
            with_changes((f"[[{kind}]]\n", table))
        )

    @pytest.mark.rule("reglement.odd.undecided-days")
    def test_every_subject(self):
        """
        Days that nothing decides are told subject by subject, each once.
        """
        text = with_changes(
            ("[[book_until]]\nsince = 2025", "[[book_until]]\nsince = 2026"),
            (
                "[[cancellations]]\nsince = 2025-09-01",
                "[[cancellations]]\nsince = 2025-09-11",
            ),
        )

        assert [
            ("reglement.odd.undecided-days", "book_until[0].since"),
            ("reglement.odd.undecided-days", "cancellations[0].since"),
        ] == told(text)

    @pytest.mark.rule("reglement.odd.overridden")
    def test_of_accueil(self):
        """
        An accueil's decision may be overridden, too: by all of its periods.
        """
        text = with_changes(
            *HOLIDAYS,
            ("[[pools]]\n", POOL),
            ("[[periods]]\n", f"{book_until('accueils')}\n[[periods]]\n"),
            (
                "[[prestations]]\n",
                f"{book_until('periods')}\n[[prestations]]\n",
            ),
        )

        assert [
            ("reglement.odd.overridden", "accueils.vacances.book_until")
        ] == told(text)

    @pytest.mark.rule("reglement.odd.age-left-out")
    @pytest.mark.parametrize(
        ("ages", "missing"),
        [
            ("last_age = 3", "4, 5"),
            ("last_age = 4", "5"),
            ("last_age = 9", None),
            ("", None),
            ("first_age = 6", None),
        ],
    )
    def test_ages(self, ages, missing):
        """
        Every age left out is named; ranges may overlap, or have no end.
        """
        text = with_changes(("last_age = 5", ages))

        sentences = [one.sentence for one in warnings(read_reglement(text))]

        assert all(f"of {missing} years" in one for one in sentences)
        assert (missing is None) == (not sentences)

    def test_sentence(self):
        """
        A warning says where, what, and what to write.
        """
        changes, _ = ODD["pool-closed"]

        (one,) = warnings(read_reglement(with_changes(*changes)))

        assert str(one).startswith("pools.moins-de-6-ans.capacity: « Moins")
        assert str(one).endswith('no limit is written "unlimited"')


class TestGrids:
    @pytest.mark.rule("reglement.odd.harmless-hole")
    def test_reports(self):
        """
        Each grid is told with its brackets, and with each hole and overlap
        of theirs: its bounds, and which bracket answers there.
        """
        old, new = grid_reports(read_reglement(CHEMAUDIN))

        assert ("tariffs[0]", "tariffs[1]") == (old.path, new.path)
        assert (5, 7) == (len(old.brackets), len(new.brackets))
        assert Bounds(above=Decimal(776), up_to=Decimal(1000)) == (
            old.brackets[1].bounds
        )
        assert [
            ("775 to 776", "lower", False),
            ("1000 to 1001", "lower", False),
            ("1200 to 1201", "lower", False),
            ("1400 to 1401", "lower", False),
        ] == [
            (point.says.split("holds ")[1], point.settled, point.harmless)
            for point in old.open_points
        ]

    def test_of_levels(self):
        """
        Grids of accueils and of periods are told, too; a grid that leaves
        nothing open has nothing to settle.
        """
        grid = PETITES_BOUILLES[PETITES_BOUILLES.index("[[tariffs]]") :]
        own = grid.replace("[[tariffs", "[[periods.tariffs")
        text = with_changes(("[[prestations]]", f"{own}\n[[prestations]]"))

        reports = grid_reports(read_reglement(text))

        assert ["tariffs[0]", "periods[0].tariffs[0]"] == [
            report.path for report in reports
        ]
        assert [(), ()] == [report.open_points for report in reports]

"""
Warnings: what is legal but odd, each beside what is just not.
"""

from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.oddities import grid_reports, warnings
from portail_core.reglement_toml import read_reglement, reference
from tests.reglement.broken import BOOK_UNTIL as DEADLINE
from tests.reglement.odd import (
    HOLD,
    HOLIDAYS,
    NOON,
    NOT_ODD,
    ODD,
    POOL,
    UNUSED,
    book_until,
    outcome,
)
from tests.reglement.written import (
    CHEMAUDIN,
    PETITES_BOUILLES,
    RESIDENCIES,
    with_changes,
)

GRID = PETITES_BOUILLES[PETITES_BOUILLES.index("\nwithout_quotient") :]
DAYS = 'journee = "7.10", demi-journee = "3.55"'
OUTCOME = "cancellations[0].outcomes[1]"


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

    @pytest.mark.rule("reglement.odd.undecided-days")
    @pytest.mark.parametrize(
        ("added", "expected"),
        [
            ("until = 2026-06-24", [("undecided-days", "tariffs[0].since")]),
            ("until = 2026-07-01", []),
            ('until = 2026-06-24\ngrid_of = "day-of-booking"', []),
        ],
    )
    def test_over(self, added, expected):
        """
        So are days once the last tariff is over, but where the day of
        booking chooses it.
        """
        text = with_changes(("without_quotient", f"{added}\nwithout_quotient"))

        assert expected == [
            (rule.removeprefix("reglement.odd."), path)
            for rule, path in told(text)
        ]

    @pytest.mark.rule("reglement.odd.held-too-late")
    @pytest.mark.parametrize(
        ("table", "expected"),
        [
            (
                "{ tuesday = { days_before = 2, at = 12:00:00 } }",
                [
                    (
                        "reglement.odd.weekday-left-out",
                        "book_until[0].deadline",
                    )
                ],
            ),
            (
                "{ wednesday = { days_before = 2, at = 12:00:00 } }",
                [("reglement.odd.held-too-late", "hold[0].since")],
            ),
        ],
    )
    def test_tables(self, table, expected):
        """
        A weekday that a table of deadlines leaves out has no deadline to be
        past.
        """
        text = with_changes(
            (HOLD, HOLD.replace("09-01", "09-02")),
            (DEADLINE, f"deadline = {{ by_weekday = {table} }}"),
        )

        assert expected == told(text)

    @pytest.mark.rule("reglement.odd.window-late")
    @pytest.mark.parametrize(
        ("first", "expected"),
        [
            ("opens_at = 2025-10-01T08:00:00", True),
            ("opens_at = 2025-08-01T08:00:00", False),
            ("closes_at = 2026-10-01T08:00:00", False),
        ],
    )
    def test_windows(self, first, expected):
        """
        Where booking opens by category, who comes first decides.
        """
        window = (
            "[[windows]]\nwhen = { age = { less_than = 6 } }\n"
            f"{first}\n\n[[windows]]\n"
            "opens_at = 2025-11-01T08:00:00\n\n[[book_until]]\n"
        )

        assert expected == bool(
            told(with_changes(("[[book_until]]\n", window)))
        )

    @pytest.mark.rule("reglement.odd.never-reached")
    @pytest.mark.parametrize(
        ("added", "expected"),
        [
            (f'{NOON}, reasons = ["maladie"]', True),
            (f"{NOON}, when = {{ age = {{ less_than = 6 }} }}", True),
            ("until = { days_before = 1, at = 12:00:00 }", False),
            (
                (
                    "until = { by_weekday = { tuesday = { days_before = 9, "
                    "at = 12:00:00 } } }"
                ),
                False,
            ),
        ],
    )
    def test_outcomes(self, added, expected):
        """
        What asks for more than an outcome above it, and for no less time,
        never answers.
        """
        reason = '[[reasons]]\ncode = "maladie"\nlabel = "Maladie"\n\n[[hold]]'
        text = with_changes(("[[hold]]", reason), *outcome(added))

        paths = [("reglement.odd.never-reached", OUTCOME)] * expected
        assert paths == [
            one
            for one in told(text)
            if one[0] != "reglement.odd.weekday-left-out"
        ]

    @pytest.mark.rule("reglement.odd.never-reached")
    def test_first_asks_more(self):
        """
        What is above may ask for something that is not given.
        """
        text = with_changes(
            (NOON, f"{NOON}, when = {{ age = {{ less_than = 6 }} }}"),
            *outcome(NOON),
        )

        assert [] == told(text)

    @pytest.mark.rule("reglement.odd.unused")
    @pytest.mark.parametrize(
        "named",
        [
            (
                'packages = [{ of = ["journee"], within = "week", sizes = '
                '{ 3 = "jamais" }, other_sizes = "largest-then-single" }]'
            ),
            "",
        ],
    )
    def test_billed_by_tariffs(self, named):
        """
        A prestation that a package bills, or that another is a share of, is
        of use.
        """
        table = (
            '[[prestations]]\ncode = "jamais"\nlabel = "Forfait"\n'
            'nature = "care"\n\n[[prestations]]\n'
        )
        meal = (
            'repas = "4.10"'
            if named
            else 'repas = { share_of = "jamais", share = "0.5" }'
        )
        priced = f'jamais = "9.99", {meal}'
        text = with_changes(
            ("[[prestations]]\n", table),
            (GRID, f"\n{named}\nprices = {{ {DAYS}, {priced} }}\n"),
        )

        assert [] == told(text)

    @pytest.mark.rule("reglement.odd.falling-price")
    def test_of_ages(self):
        """
        Prices by age may go down.
        """
        text = with_changes(
            ("without_quotient", 'brackets_of = "age"\nwithout_quotient'),
            ('journee = "3.83"', 'journee = "2.83"'),
        )

        assert [] == told(text)

    @pytest.mark.rule("reglement.odd.pool-unused")
    @pytest.mark.parametrize("site", ["aubignosc", "ailleurs"])
    def test_of_site(self, site):
        """
        A pool may count the accueils of a site, and every part of a day.
        """
        other = (
            '[[establishments]]\ncode = "ailleurs"\nlabel = "Ailleurs"\n\n'
            "[[establishments]]\n"
        )
        pool = (
            '[[pools]]\ncode = "site"\nlabel = "Site"\ncapacity = 9\n'
            f'establishment = "{site}"\n\n[[pools]]\n'
        )
        text = with_changes(
            ("[[establishments]]\n", other), ("[[pools]]\n", pool)
        )

        unused = ("reglement.odd.pool-unused", "pools.site")
        assert (site == "ailleurs") == (unused in told(text))

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
        grid = PETITES_BOUILLES.removesuffix(RESIDENCIES)
        grid = grid[grid.index("[[tariffs]]") :]
        own = grid.replace("[[tariffs", "[[periods.tariffs")
        text = with_changes(("[[prestations]]", f"{own}\n[[prestations]]"))

        reports = grid_reports(read_reglement(text))

        assert ["tariffs[0]", "periods[0].tariffs[0]"] == [
            report.path for report in reports
        ]
        assert [(), ()] == [report.open_points for report in reports]

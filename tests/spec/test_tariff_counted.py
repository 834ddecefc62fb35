"""
docs/spec/tariff.md: time of presence, and what is billed once.
"""

import datetime as dt

import pytest

from tests.spec.tariffs import (
    MONDAY,
    NOA,
    WEDNESDAY,
    ask,
    costs,
    euros,
    rules,
    together,
    told,
    visit,
    visits,
)

A_DAY = dt.timedelta(days=1)
DAY = '[[tariffs]]\nprices = { journee = "1.00" }\n'


class TestTimed:
    @staticmethod
    def of(timed):
        return rules(
            DAY,
            bills={"JOUR": '{ journee = "presence" }'},
            prestations={
                "journee": f"timed = {{ unit_minutes = 60, {timed} }}"
            },
            hours={
                "JOUR": 'presence = "hourly"\n'
                "hours = { from_hour = 07:00:00, to_hour = 19:00:00 }"
            },
        )

    @pytest.mark.rule("tariff.timed")
    @pytest.mark.parametrize(
        ("paid", "leaves"),
        [
            ("0.25", "16:31"),
            ("0.25", "16:45"),
            ("0.50", "16:46"),
            ("1.00", "17:30"),
        ],
    )
    def test_started(self, paid, leaves):
        """
        A quarter of an hour that began is billed.
        """
        assert paid == self.cost("step_minutes = 15", leaves)

    @pytest.mark.rule("tariff.timed.grace")
    @pytest.mark.parametrize(
        ("paid", "leaves"),
        [
            ("0.00", "16:35"),
            ("0.25", "16:36"),
            ("0.25", "16:50"),
            ("0.50", "16:51"),
        ],
    )
    def test_grace(self, paid, leaves):
        """
        Five minutes beyond a step are forgiven.
        """
        assert paid == self.cost(
            "step_minutes = 15, grace_minutes = 5", leaves
        )

    @pytest.mark.rule("tariff.timed.least")
    @pytest.mark.parametrize(
        ("paid", "leaves"),
        [("0.50", "16:31"), ("0.50", "17:00"), ("0.75", "17:01")],
    )
    def test_least(self, paid, leaves):
        """
        Half an hour is billed even for a minute.
        """
        assert paid == self.cost(
            "step_minutes = 15, least_minutes = 30", leaves
        )

    def cost(self, timed, leaves):
        of = self.of(timed)
        return costs(
            of,
            visit(
                of,
                arrives=dt.time(16, 30),
                leaves=dt.time.fromisoformat(leaves),
            ),
        )

    @pytest.mark.rule("tariff.timed")
    def test_whole(self):
        """
        Where nobody chose hours, those of the amplitude count.
        """
        assert "12.00" == costs(self.of("step_minutes = 60"))

    @pytest.mark.rule("tariff.timed")
    @pytest.mark.parametrize(
        ("timed", "fault"),
        [
            (
                "timed = { unit_minutes = 60, step_minutes = 1441 }",
                "step_minutes is 1441, expected 1440 at the most",
            ),
            (
                "timed = { unit_minutes = 0, step_minutes = 15 }",
                "unit_minutes is 0",
            ),
            ("", "its prestation needs timed"),
        ],
    )
    def test_known(self, timed, fault):
        """
        What is billed by presence says how.
        """
        found = told(
            DAY,
            bills={"JOUR": '{ journee = "presence" }'},
            prestations={"journee": timed},
            hours={
                "JOUR": "hours = { from_hour = 07:00:00, to_hour = 19:00:00 }"
            },
        )

        assert any(fault in line for line in found)

    @pytest.mark.rule("tariff.known")
    def test_unknown(self):
        """
        And is a prestation of the règlement.
        """
        found = told(
            '[[tariffs]]\nprices = { garderie = "1.00" }',
            bills={"JOUR": '{ garderie = "presence" }'},
            hours={
                "JOUR": "hours = { from_hour = 07:00:00, to_hour = 19:00:00 }"
            },
        )

        assert any("'garderie' is not among journee" in line for line in found)


class TestOnce:
    @staticmethod
    def of(every, keys=""):
        return rules(
            f"[[tariffs]]\n{keys}\n"
            'prices = { adhesion = "10.00", journee = "1.00" }\n',
            bills={"JOUR": '{ adhesion = "1", journee = "1" }'},
            prestations={"adhesion": f'once_per = "{every}"'},
        )

    @pytest.mark.rule("tariff.once")
    @pytest.mark.parametrize(
        ("every", "second", "again"),
        [
            ("child-week", dt.date(2026, 5, 22), dt.date(2026, 5, 25)),
            ("child-month", dt.date(2026, 5, 29), dt.date(2026, 6, 1)),
            ("child-period", dt.date(2025, 9, 1), None),
            ("child-year", dt.date(2026, 8, 31), dt.date(2026, 9, 1)),
            ("household-day", MONDAY, MONDAY + A_DAY),
            ("household-month", dt.date(2026, 5, 29), dt.date(2026, 6, 1)),
            ("household-year", dt.date(2025, 9, 1), dt.date(2026, 9, 1)),
        ],
    )
    def test_span(self, every, second, again):
        """
        Once for all days of the span, again on the first day beyond it.
        """
        of = self.of(every)
        within = {MONDAY, second}
        days = [*within, again] if again else [*within]
        found = ask(of, *(visit(of, day) for day in days))
        once = [line for line in found if line.prestation == "adhesion"]

        assert len(days) - len(within) + 1 == len(once)
        assert all(line.together for line in once)

    @pytest.mark.rule("tariff.once")
    @pytest.mark.parametrize(
        ("count", "every"), [(2, "child-year"), (1, "household-year")]
    )
    def test_household(self, count, every):
        """
        Once per household is once for all of its children.
        """
        of = self.of(every)
        found = together(
            of, visits(of, visit(of)), visits(of, visit(of), child=NOA)
        )

        assert f"{2 + 10 * count}.00" == euros(found)

    @pytest.mark.rule("tariff.once", "tariff.adjusted.per-day")
    def test_surcharge(self):
        """
        What is billed no more takes no surcharge of the day with it.
        """
        of = rules(
            "[[tariffs]]\n"
            'prices = { adhesion = "10.00", journee = "1.00" }\n'
            '[[tariffs.adjustments]]\nlabel = "x"\nadd = "2"\nper = "day"',
            bills={"JOUR": '{ adhesion = "1", journee = "1" }'},
            prestations={"adhesion": 'once_per = "child-year"'},
        )

        assert "16.00" == costs(of, visit(of), visit(of, WEDNESDAY + A_DAY))

    @pytest.mark.rule("tariff.once", "tariff.rounding.point")
    def test_total(self):
        """
        Nor is it billed again where totals are rounded.
        """
        of = self.of("household-year", 'rounding = { point = "total" }')
        found = together(
            of, visits(of, visit(of)), visits(of, visit(of), child=NOA)
        )

        assert "12.00" == euros(found)

"""
docs/spec/tariff.md: amplitudes of a day that are priced as a larger one.
"""

import datetime as dt

import pytest

from tests.spec.tariffs import (
    WEDNESDAY,
    costs,
    rules,
    told,
    visit,
)

A_DAY = dt.timedelta(days=1)

COMBINED = """
[[combinations]]
amplitudes = ["MATIN", "SOIR"]
priced_as = "JOUR"

[[combinations]]
amplitudes = ["MATIN", "MIDI", "SOIR"]
priced_as = "TOUT"

[[tariffs]]
[tariffs.prices]
demi = "6.00"
repas = "4.00"
journee = "9.00"
tout = "11.00"
heure = "1.00"

[[tariffs.adjustments]]
label = "sans réservation"
when = { booked = ["unbooked"] }
add = "5"
per = "day"
"""
SHAPES = {
    "bills": {
        "MATIN": '{ demi = "1" }',
        "MIDI": '{ repas = "1" }',
        "SOIR": '{ demi = "1" }',
        "JOUR": '{ journee = "1" }',
    },
    "prestations": {"demi": "", "repas": "", "tout": "", "heure": ""},
}


class TestCombination:
    @staticmethod
    def of(tariffs=COMBINED):
        bills = dict(SHAPES["bills"])
        extra = (
            '\n[[amplitudes]]\ncode = "TOUT"\nlabel = "TOUT"\n'
            'parts = ["matin"]\nprestations = { tout = "1" }\n'
        )
        return rules(
            tariffs + extra, bills=bills, prestations=SHAPES["prestations"]
        )

    @pytest.mark.rule("tariff.combination")
    @pytest.mark.parametrize(
        ("paid", "booked"),
        [
            ("6.00", ["MATIN"]),
            ("10.00", ["MATIN", "MIDI"]),
            ("9.00", ["SOIR", "MATIN"]),
            ("11.00", ["SOIR", "MIDI", "MATIN"]),
        ],
    )
    def test_day(self, paid, booked):
        """
        The combination of the most amplitudes is what a day costs.
        """
        of = self.of()

        assert paid == costs(
            of, *(visit(of, amplitude=code) for code in booked)
        )

    @pytest.mark.rule("tariff.combination")
    def test_of_one_day(self):
        """
        Of two days there is none.
        """
        of = self.of()

        assert "12.00" == costs(
            of,
            visit(of, amplitude="MATIN"),
            visit(of, WEDNESDAY + A_DAY, amplitude="SOIR"),
        )

    @pytest.mark.rule("tariff.combination")
    @pytest.mark.parametrize("late", ["MATIN", "SOIR"])
    def test_booked(self, late):
        """
        A day that was in part not booked was not.
        """
        of = self.of()
        known: dict[str, dict[str, str]] = {
            code: {} for code in ("MATIN", "SOIR")
        }
        known[late] = {"booked": "unbooked"}

        assert "14.00" == costs(
            of,
            *(
                visit(of, amplitude=code, **more)
                for code, more in known.items()
            ),
        )

    @pytest.mark.rule("tariff.combination", "tariff.timed")
    @pytest.mark.parametrize(
        ("paid", "chosen"),
        [
            ("10.00", {}),
            ("9.00", {"MATIN": (dt.time(9), dt.time(12))}),
            (
                "8.00",
                {
                    "MATIN": (dt.time(9), dt.time(12)),
                    "SOIR": (dt.time(14), dt.time(17)),
                },
            ),
        ],
    )
    def test_hours(self, paid, chosen):
        """
        It is from the first arrival to the last departure.
        """
        of = rules(
            """
[[combinations]]
amplitudes = ["MATIN", "SOIR"]
priced_as = "JOUR"
[[tariffs]]
prices = { heure = "1.00" }
""",
            bills=dict.fromkeys(
                ("MATIN", "SOIR", "JOUR"), '{ heure = "presence" }'
            ),
            prestations={
                "heure": "timed = { unit_minutes = 60, step_minutes = 60 }"
            },
            hours={
                code: 'presence = "hourly"\n'
                f"hours = {{ from_hour = {start}, to_hour = {end} }}"
                for code, start, end in (
                    ("MATIN", "08:00:00", "12:00:00"),
                    ("SOIR", "14:00:00", "18:00:00"),
                    ("JOUR", "08:00:00", "18:00:00"),
                )
            },
        )
        hours = {
            code: dict(zip(("arrives", "leaves"), both, strict=True))
            for code, both in chosen.items()
        }

        assert paid == costs(
            of,
            *(
                visit(of, amplitude=code, **hours.get(code, {}))
                for code in ("MATIN", "SOIR")
            ),
        )

    @pytest.mark.rule("tariff.combination", "tariff.known")
    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            (('"TOUT"', '"NUIT"'), "combinations: 'NUIT' is not among"),
            (('["MATIN", "SOIR"]', '["MATIN"]'), "write two or more"),
            (('["MATIN", "SOIR"]', '["SOIR", "SOIR"]'), "write two or more"),
            (("tout =", "reste ="), "no price for 'tout'"),
        ],
    )
    def test_known(self, changes, fault):
        """
        A combination is of several amplitudes, and one that has a price.
        """
        found = told(
            COMBINED.replace(*changes)
            + '\n[[amplitudes]]\ncode = "TOUT"\nlabel = "TOUT"\n'
            'parts = ["matin"]\nprestations = { tout = "1" }\n',
            bills=SHAPES["bills"],
            prestations=SHAPES["prestations"],
        )

        assert any(fault in line for line in found)

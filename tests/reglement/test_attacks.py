"""
Règlements and requests that are written to break something: each is told
what is wrong, or answered.
"""

import pytest

from portail_core.domain.money import eur, total
from portail_core.domain.oddities import warnings
from portail_core.reglement_toml import read_reglement, reference
from portail_core.reglement_toml.inquiries import (
    cancel,
    quote,
    read_inquiry,
)
from portail_core.wire import Unreadable, parse_toml
from tests.reglement.written import faults, with_changes

START = reference.start()
PRICES = 'without_quotient = "highest"\n'
PACKAGE = (
    '{ of = ["journee"], within = "%s", sizes = { 4 = "matinee" }, '
    'other_sizes = "refused" }'
)
MORNING = 'parts = ["matin"]\n'
DAY = 'parts = ["matin", "midi", "apres-midi"]\nprestations'


def start(*changes):
    return with_changes(*changes, text=START)


def combination(amplitudes, priced_as):
    listed = ", ".join(f'"{code}"' for code in amplitudes)
    return (
        f"\n[[combinations]]\namplitudes = [{listed}]\n"
        f'priced_as = "{priced_as}"\n'
    )


FAULTS = {
    "a price of nothing": (
        start(
            ('repas = "3.50" }', 'repas = "3.50", gouter = "1" }'),
            ('repas = "4.50" }', 'repas = "4.50", gouter = "1" }'),
        ),
        "tariffs[0]: 'gouter' is not among journee, matinee, repas",
    ),
    "hours of nothing": (
        start(
            (
                f"{DAY} = {{ journee",
                (
                    "hours = { from_hour = 08:00:00, to_hour = 18:00:00 }\n"
                    f'{DAY} = {{ heure = "presence", journee'
                ),
            )
        ),
        (
            "amplitudes.JOURNEE.prestations: 'heure' is not among journee, "
            "matinee, repas\n"
            "tariffs: no price for 'heure', which the amplitude 'JOURNEE' "
            "bills"
        ),
    ),
    "two packages of the same days": (
        start(
            (
                PRICES,
                (
                    f"{PRICES}packages = [{PACKAGE % 'week'}, "
                    f"{PACKAGE % 'month'}]\n"
                ),
            )
        ),
        "tariffs[0]: packages: 'journee' is in 2 of them: keep one",
    ),
    "two prices of the same combination": (
        START
        + combination(["MATIN", "JOURNEE"], "MATIN")
        + combination(["JOURNEE", "MATIN"], "JOURNEE"),
        (
            "combinations: JOURNEE, MATIN are together in 2 of them, and cost "
            "one price: keep one"
        ),
    ),
    "a condition on no word": (
        start((PRICES, f"{PRICES}when = {{ weekdays = [] }}\n")),
        (
            "tariffs[0].when: weekdays is empty: write one word at least, or "
            "leave it out"
        ),
    ),
    "a condition on hours that end first": (
        start(
            (
                PRICES,
                (
                    f"{PRICES}when = {{ arrives = {{ from_hour = 10:00:00, "
                    "to_hour = 09:00:00 } }\n"
                ),
            )
        ),
        "tariffs[0].when: ends at 09:00:00, before it begins at 10:00:00",
    ),
    "a number that Python would not read": (
        start(("minutes = 120", f"minutes = {'9' * 5000}")),
        "the document: not TOML: a number has too many digits",
    ),
}


@pytest.mark.rule("reglement.faults.all")
@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS)
def test_fault(text, told):
    """
    What could never have an answer, or has two, is a fault of the file.
    """
    assert told.split("\n") == faults(text)


@pytest.mark.rule("reglement.faults.located")
def test_line_of_a_huge_number():
    """
    A number too long to be read is told with its line.
    """
    with pytest.raises(Unreadable) as caught:
        read_reglement(f"schema = 1\nminutes = {'9' * 5000}\n")

    assert [2] == [fault.line for fault in caught.value.faults]


class TestOdd:
    @pytest.mark.rule("reglement.odd.never-together")
    @pytest.mark.parametrize(
        ("text", "paths"),
        [
            (START, []),
            (
                start((MORNING, f'{MORNING}requires = ["JOURNEE"]\n')),
                ["amplitudes.MATIN.requires"],
            ),
            (
                start(
                    (MORNING, 'parts = ["soir"]\nrequires = ["JOURNEE"]\n'),
                    (DAY, f'excludes = ["MATIN"]\n{DAY}'),
                ),
                ["amplitudes.MATIN.requires"],
            ),
            (
                start((MORNING, 'parts = ["soir"]\nrequires = ["JOURNEE"]\n')),
                [],
            ),
            (
                START + combination(["MATIN", "JOURNEE"], "JOURNEE"),
                ["combinations"],
            ),
            (
                start((MORNING, 'parts = ["soir"]\n'))
                + combination(["MATIN", "JOURNEE"], "JOURNEE"),
                [],
            ),
        ],
    )
    def test_together(self, text, paths):
        """
        Amplitudes that are asked for together, and that no child may have
        together.
        """
        found = warnings(read_reglement(text))

        assert paths == [
            one.path
            for one in found
            if one.rule == "reglement.odd.never-together"
        ]

    @pytest.mark.rule("reglement.odd.unranked")
    @pytest.mark.parametrize(
        ("siblings", "count"),
        [("", 1), ('\n[siblings]\ncounted = "present"\n', 0)],
    )
    def test_unranked(self, siblings, count):
        """
        A price by rank where nothing says which children count.
        """
        less = (
            'adjustments = [{ factor = "0.80", label = "Le 2e.", '
            "when = { rank = { at_least = 2 } } }]\n"
        )
        text = start((PRICES, PRICES + less)) + siblings

        found = warnings(read_reglement(text))

        assert count == sum(
            one.rule == "reglement.odd.unranked" for one in found
        )

    @pytest.mark.rule("reglement.odd.unused")
    def test_timed(self):
        """
        A prestation that is billed by the time of presence is used.
        """
        text = start(
            (
                f"{DAY} = {{ journee",
                (
                    "hours = { from_hour = 08:00:00, to_hour = 18:00:00 }\n"
                    f'{DAY} = {{ repas = "presence", journee'
                ),
            ),
            (', repas = "1" }', " }"),
            (
                'nature = "meal"\n',
                (
                    'nature = "meal"\n'
                    "timed = { unit_minutes = 60, step_minutes = 30 }\n"
                ),
            ),
        )

        assert () == warnings(read_reglement(text))

    @pytest.mark.rule("reglement.odd.nothing-between")
    def test_whole_numbers(self):
        """
        Brackets of ranks leave nothing open between 1 and 2, whatever is
        written of it.
        """
        text = start(
            (PRICES, 'brackets_of = "rank"\nbetween = "lower"\n'),
            ('at_least = "0"\nat_most = "800"', "exactly = 1"),
            ('more_than = "800"', "at_least = 2"),
        )

        found = warnings(read_reglement(text))

        assert "reglement.odd.nothing-between" in {one.rule for one in found}


SHAPES = """
[[amplitudes]]
code = "MIDI"
label = "Midi"
parts = ["repas"]
prestations = { repas = "1" }

[[amplitudes]]
code = "SOIR"
label = "Soir"
parts = ["soir"]
prestations = { matinee = "1" }

[[amplitudes]]
code = "LONGUE"
label = "Matin et soir"
parts = ["matin", "soir"]
prestations = { journee = "1" }
"""


@pytest.mark.rule("tariff.combination")
@pytest.mark.parametrize("backwards", [1, -1])
def test_combined_in_turn(backwards):
    """
    What a combination makes is combined in its turn, wherever it stands.
    """
    written = [
        combination(["MATIN", "SOIR"], "LONGUE"),
        combination(["LONGUE", "MIDI"], "JOURNEE"),
    ]
    text = start(
        ('"JOURNEE", "MATIN"]', '"JOURNEE", "MATIN", "MIDI", "SOIR"]')
    )
    reglement = read_reglement(text + SHAPES + "".join(written[::backwards]))
    asked = (
        "days = ["
        + ", ".join(
            f'{{ day = 2026-09-09, amplitude = "{code}" }}'
            for code in ("MATIN", "MIDI", "SOIR")
        )
        + ']\n[household]\nquotient = "800"\n'
    )

    found = quote(read_inquiry(parse_toml(asked), reglement), reglement)

    assert eur("10.70") == total(line.amount for line in found.lines)


@pytest.mark.rule("inquiry.hours")
def test_seconds():
    """
    Hours of presence with seconds are refused: whether they begin a quarter
    of an hour is not guessed.
    """
    asked = (
        'days = [{ day = 2026-09-09, amplitude = "JOURNEE", '
        "arrives = 08:00:00, leaves = 17:30:01 }]"
    )

    with pytest.raises(Unreadable) as caught:
        read_inquiry(parse_toml(asked), read_reglement(START))

    assert ["days[0].leaves: has seconds: write it to the minute"] == [
        str(fault) for fault in caught.value.faults
    ]


WEEKLY = start(
    ('weekdays = ["wednesday"]', 'weekdays = ["monday", "tuesday"]'),
    (
        PRICES,
        (
            f'{PRICES}packages = [{{ of = ["journee"], within = "week", '
            'sizes = { 2 = "matinee" }, other_sizes = "refused" }]\n'
        ),
    ),
)


@pytest.mark.rule("quote.rest.one-by-one")
@pytest.mark.parametrize(
    ("at", "credited"),
    [
        ("2026-09-05T12:00:00", ["5.30", "5.30"]),
        ("2026-09-05T12:00:01", ["0.00", "5.30"]),
        ("2026-09-06T12:00:01", ["0.00", "0.00"]),
    ],
)
def test_whole_package(at, credited):
    """
    A package without which fewer days have no price is given back whole; each
    of its days has its own deadline.
    """
    reglement = read_reglement(WEEKLY)
    asked = (
        "days = [{ first_day = 2026-09-07, last_day = 2026-09-08, "
        'amplitude = "JOURNEE" }]\n[household]\nquotient = "800"\n'
        f"[cancel]\nat = {at}\n"
    )

    found = cancel(read_inquiry(parse_toml(asked), reglement), reglement)

    assert eur("10.60") == found.released
    assert [eur(one) for one in credited] == [
        one.settlement.credited for one in found.days
    ]

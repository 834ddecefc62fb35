"""
docs/how-to/write-your-tariffs.md: every example loads, and asks what it says.
"""

import re
from pathlib import Path

import pytest

from tests.spec.tariffs import MONDAY, costs, family, rules, visit

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-your-tariffs.md"
STEPS = {
    step.split(".")[0]: "\n".join(
        line[4:] for line in step.split("\n") if line.startswith("    ")
    )
    for step in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
}
del STEPS[next(iter(STEPS))]


def reglement(step):
    return rules(
        STEPS[step]
        .replace("since = 2026-09-01", "since = 2025-09-01")
        .replace("[[tariffs]]\n", "[[ tariffs ]]\n"),
        bills={"JOUR": '{ journee = "1", repas = "1" }'},
        prestations={"repas": "", "semaine": ""},
    )


def test_all():
    """
    There are eight steps.
    """
    assert [str(number) for number in range(1, 9)] == list(STEPS)


@pytest.mark.parametrize(
    ("step", "paid", "known"),
    [
        ("1", "16.25", {}),
        ("2", "10.60", {"quotient": "775.50"}),
        ("2", "16.25", {}),
        ("3", "15.60", {"quotient": "1000"}),
        ("4", "16.25", {"residency": "commune"}),
        ("4", "26.50", {"residency": "hors-canton"}),
        ("7", "16.25", {}),
        ("8", "13.25", {"quotient": "399.99"}),
        ("8", "16.25", {"quotient": "400"}),
    ],
)
def test_example(step, paid, known):
    """
    It asks what the page says.
    """
    of = reglement(step)

    assert paid == costs(of, household=family(**known))


@pytest.mark.parametrize(("paid", "rank"), [("16.25", 1), ("13.85", 2)])
def test_siblings(paid, rank):
    """
    The second child pays a fifth less of the day, and its meal in full.
    """
    of = reglement("5")

    assert paid == costs(of, visit(of, rank=rank, siblings=2))


@pytest.mark.parametrize(("paid", "count"), [("65.00", 4), ("71.25", 5)])
def test_package(paid, count):
    """
    Five days of a week cost 50 €, four cost four days; meals are beside.
    """
    of = reglement("6")

    assert paid == costs(
        of,
        *(visit(of, MONDAY.replace(day=18 + rank)) for rank in range(count)),
    )

"""
Deadlines that are legal but odd, each beside what is just not.
"""

import pytest

from portail_core.domain.oddities._deadlines import midnight, unanswered
from portail_core.reglement_toml import read_reglement
from tests.reglement.broken import BOOK_UNTIL
from tests.reglement.written import with_changes

OUTCOME = "until = { days_before = 2, at = 12:00:00 }"
CORSICA = ('department = "04"', 'department = "2B"')
TABLE = "{ by_weekday = { %s = { days_before = 2, at = %s } } }"
FROM_HOLIDAYS = (
    '{ days_before = 2, counted_from = "school-holidays", at = 12:00:00 }'
)


def told(check, *changes):
    return [
        (one.rule.removeprefix("reglement.odd."), one.path)
        for one in check(read_reglement(with_changes(*changes)))
    ]


@pytest.mark.rule("reglement.odd.weekday-left-out")
@pytest.mark.parametrize(
    ("paths", "weekday"),
    [(["book_until[0].deadline"], "monday"), ([], "wednesday")],
)
def test_left_out(paths, weekday):
    """
    A table that leaves out the only weekday that is open, once.
    """
    table = TABLE % (weekday, "12:00:00")

    assert [("weekday-left-out", path) for path in paths] == told(
        unanswered, (BOOK_UNTIL, f"deadline = {table}")
    )


@pytest.mark.rule("reglement.odd.weekday-left-out")
def test_everywhere():
    """
    Tables to change and to cancel are looked at, too, and those of a case;
    days before the decision are not.
    """
    table = TABLE % ("monday", "12:00:00")
    case = f'{{ when = {{ amplitudes = ["MATIN"] }}, {table[2:]}'
    change = (
        '[[change_until]]\nsince = %s\nsource = "article 5"\n'
        f"deadline = {table}\n\n"
    )

    def found(since):
        return told(
            unanswered,
            (
                BOOK_UNTIL,
                f"deadlines = [{case}, {{ days_before = 2, at = 12:00:00 }}]",
            ),
            ("[[cancellations]]", f"{change % since}[[cancellations]]"),
            (OUTCOME, f"until = {table}"),
        )

    assert [
        ("weekday-left-out", "book_until[0].deadlines[0]"),
        ("weekday-left-out", "change_until[0].deadline"),
        ("weekday-left-out", "cancellations[0].outcomes[0].until"),
    ] == found("2025-09-01")
    assert 2 == len(found("2026-07-02"))


@pytest.mark.rule("reglement.odd.holidays-unknown")
@pytest.mark.parametrize(
    ("labels", "changes"), [(["holidays-unknown"], [CORSICA]), ([], [])]
)
def test_unknown(labels, changes):
    """
    Counted from school holidays, where nobody knows them.
    """
    found = told(
        unanswered, *changes, (BOOK_UNTIL, f"deadline = {FROM_HOLIDAYS}")
    )

    assert labels == [label for label, _ in found]


@pytest.mark.rule("reglement.odd.midnight")
@pytest.mark.parametrize(
    ("count", "written"),
    [
        (1, "{ days_before = 2, at = 00:00:00 }"),
        (0, '{ days_before = 2, at = 00:00:00, last_instant = "out" }'),
        (0, '{ days_before = 2, at = "end-of-day" }'),
        (0, "{ days_before = 2, at = 00:00:01 }"),
        (0, "{ hours_before = 2, starts_at = 00:00:00 }"),
        (1, TABLE % ("wednesday", "00:00:00")),
        (0, TABLE % ("wednesday", "12:00:00")),
        (
            1,
            (
                "{ earliest = [{ moment = 2026-01-01T00:00:00 }, "
                "{ days_before = 2, at = 00:00:00 }] }"
            ),
        ),
        (
            1,
            (
                "{ days_before = 2, at = 12:00:00, "
                "in_weeks_with_public_holiday "
                "= { days_before = 2, at = 00:00:00 } }"
            ),
        ),
    ],
)
def test_midnight(count, written):
    """
    The first instant of a day, wherever in the deadline, unless the
    règlement says that it is out.
    """
    assert [("midnight", "book_until[0].deadline")] * count == told(
        midnight, (BOOK_UNTIL, f"deadline = {written}")
    )

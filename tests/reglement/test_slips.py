"""
What people write who do not write TOML every day, and what they are told.
"""

import pytest

from tests.reglement.written import faults, with_changes

FULL_DAY = 'prestations = { journee = "1", repas = "1" }'


@pytest.mark.rule("reglement.faults.all")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "first_day = 2025-09-03",
            "first_day = 03/09/2025",
            "write a day as 2026-05-27",
        ),
        (
            FULL_DAY,
            (
                f'{FULL_DAY}\nhours = {{ from_hour = "07:30", to_hour = '
                "18:30:00 }"
            ),
            (
                "amplitudes[0].hours.from_hour: '07:30' is not an hour, "
                "write it without quotes: 12:00:00"
            ),
        ),
        (
            FULL_DAY,
            'prestations = { journee = "0", repas = "1" }',
            (
                "amplitudes[0].prestations.journee: is counted 0 times, "
                "expected more than 0"
            ),
        ),
    ],
    ids=["French day", "hour in quotes", "nothing of it"],
)
def test_told(before, after, told):
    """
    The slip is told with what to write instead.
    """
    assert any(
        told in fault for fault in faults(with_changes((before, after)))
    )

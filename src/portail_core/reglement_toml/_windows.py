"""
When booking opens and closes, as written.
"""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.deadlines import Deadline
from portail_core.domain.windows import Confirmed, Window, Windows
from portail_core.wire import Shape

from ._says import says


@frozen(kw_only=True)
class WindowFile:
    """
    When the days of some families are booked; always, unless it says.
    """

    when: When = field(
        default=ALWAYS,
        metadata=says(
            "The child-days that it is for; all that are left unless written.",
            example='{ residency = ["commune"] }',
        ),
    )
    opens_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "First moment to book, Paris.", example="2026-03-01T08:00:00"
        ),
    )
    closes_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "First moment when it is too late, Paris: for all of the 24th, "
            "the 25th at 00:00:00.",
            example="2026-03-25T00:00:00",
        ),
    )
    opens_before: Deadline | None = field(
        default=None,
        metadata=says(
            "Each day opens at this moment before it, written as a deadline "
            "is; the moment is in.",
            example='{ weekday_of_week_before = "monday", weeks = 3, '
            "at = 09:00:00 }",
        ),
    )
    confirmed: Confirmed = field(
        default=Confirmed.BY_PAYMENT,
        metadata=says(
            '"by-payment", or "by-staff" for a pre-booking that staff confirm '
            "or refuse later.",
            example='"by-staff"',
        ),
    )


def _window(file: WindowFile) -> Window:
    return Window(
        when=file.when,
        opens_at=file.opens_at,
        closes_at=file.closes_at,
        opens_before=file.opens_before,
        confirmed=file.confirmed,
    )


SHAPES = (
    Shape(Window, WindowFile, _window),
    Shape(Windows, tuple[Window, ...], Windows),
)

"""
Why a day of a period is open or closed: the key that says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from portail_core.domain.ids import PeriodCode
from portail_core.domain.kinds import Kind

from ._calendar import PeriodFile
from ._opening import Around, why_closed, why_open
from ._reading import arounds, load_file


@frozen
class OpeningReasons:
    """
    What the file says of the days of each period.
    """

    _periods: Mapping[PeriodCode, tuple[PeriodFile, Around]]

    def why(self, period: PeriodCode, day: dt.date) -> str:
        """
        Why *day* is open, closed, or outside, in a few words.
        """
        file, around = self._periods[period]
        if day not in file:
            return f"not within {file.first_day} to {file.last_day}"
        if day in file.opened:
            return "opened"
        closed = why_closed(day, file, around)
        if closed is not None:
            return closed
        return why_open(day, file, around)


def load_opening_reasons(
    path: Path | str, *, kinds: Iterable[Kind] = ()
) -> OpeningReasons:
    """
    The reasons of a règlement that `load_reglement` reads with these kinds.

    Raises:
        OSError: If there is no such file.
        Unreadable: With every fault and its path.
    """
    file = load_file(path, kinds=kinds)
    return OpeningReasons(
        {
            period.code: (period, around)
            for period, around in zip(file.periods, arounds(file), strict=True)
        }
    )

"""
Reading the file: every fault at once, calendars expanded to dates.
"""

from __future__ import annotations

from pathlib import Path

from portail_core.calendars_fr import public_holidays, weekly
from portail_core.domain.calendars import Calendar
from portail_core.domain.offers import Period
from portail_core.domain.reglement import Reglement
from portail_core.wire import Fault, Unreadable, load_toml

from ._file import OnPublicHolidays, PeriodFile, ReglementFile
from ._shapes import SHAPES

SCHEMA = 1
"""The version of the file's shape that this library reads."""


def load_reglement(path: Path | str) -> Reglement:
    """
    Read a règlement from a file.

    Raises:
        OSError: If there is no such file.
        Unreadable: With every fault and its path.
    """
    return read_reglement(Path(path).read_text(encoding="utf-8"))


def read_reglement(text: str) -> Reglement:
    """
    Read a règlement from TOML text.

    Raises:
        Unreadable: With every fault and its path.
    """
    file = load_toml(ReglementFile, text, SHAPES)
    faults: list[Fault] = []
    if file.schema != SCHEMA:
        faults.append(
            Fault("schema", f"is {file.schema}, this library reads {SCHEMA}")
        )
    periods: list[Period] = []
    for rank, period in enumerate(file.periods):
        try:
            periods.append(_period(period, file.operator.department))
        except ValueError as error:
            faults.append(Fault(f"periods[{rank}]", str(error)))
    if faults:
        raise Unreadable(*faults)
    try:
        return _reglement(file, tuple(periods))
    except ValueError as error:
        raise Unreadable(
            *(Fault("", fault) for fault in error.args)
        ) from error


def _reglement(file: ReglementFile, periods: tuple[Period, ...]) -> Reglement:
    return Reglement(
        operator=file.operator,
        regies=file.regies,
        establishments=file.establishments,
        accueils=file.accueils,
        periods=periods,
        prestations=file.prestations,
        amplitudes=file.amplitudes,
        pools=file.pools,
        gates=file.gates,
        hold=file.hold,
        book_until=file.book_until,
        cancellations=file.cancellations,
        tariffs=file.tariffs,
    )


def _period(period: PeriodFile, department: str) -> Period:
    first_day, last_day = period.first_day, period.last_day
    if first_day > last_day:
        msg = f"ends on {last_day}, before it begins on {first_day}"
        raise ValueError(msg)
    holidays = public_holidays(department, first_day, last_day)
    shut = [
        day
        for days in period.closed
        for day in weekly(days.first_day, days.last_day, range(7))
    ]
    if period.public_holidays is OnPublicHolidays.CLOSED:
        shut.extend(holidays)
    weekdays = (weekday.number for weekday in period.weekdays)
    return Period(
        code=period.code,
        label=period.label,
        accueil=period.accueil,
        calendar=Calendar(
            first_day=first_day,
            last_day=last_day,
            open_days=tuple(
                day
                for day in weekly(first_day, last_day, weekdays)
                if day not in set(shut)
            ),
            public_holidays=holidays,
        ),
        opens_at=period.opens_at,
        closes_at=period.closes_at,
    )

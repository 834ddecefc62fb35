"""
Reading the file: every fault at once, calendars expanded to dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, assert_never, cast

from attrs import evolve, fields_dict

from portail_core.calendars_fr import (
    SchoolCalendar,
    SchoolHolidays,
    public_holidays,
)
from portail_core.domain.calendars import Calendar, Days
from portail_core.domain.cancellation import Outcome
from portail_core.domain.deadlines import Deadline
from portail_core.domain.kinds import Extends, Kind
from portail_core.domain.offers import Accueil, Period
from portail_core.domain.planning import shown_days
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import Adjustment, Formula
from portail_core.domain.terms import Terms
from portail_core.wire import (
    EXAMPLE,
    NO_SUCH_KEY,
    Fault,
    Shape,
    Unreadable,
    is_header,
    know,
    load_toml,
    parse_toml,
)

from ._calendar import PeriodFile
from ._file import ReglementFile, shapes
from ._lines import Lines
from ._names import KINDS, MAY_BE_EMPTY, name_faults
from ._opening import Around, open_days
from ._people import AccueilFile
from ._terms import terms

A_YEAR_AND_A_WEEK = dt.timedelta(days=366 + 7)


def load_reglement(
    path: Path | str, *, kinds: Iterable[Kind] = ()
) -> Reglement:
    """
    Read a règlement from a file, in UTF-8.

    Args:
        path: Of the file.

        kinds: Those that plugins add, beside the built-in ones.

    Raises:
        OSError: If there is no such file.
        Unreadable: With every fault and its path.
        ValueError: If two kinds have one name.
    """
    return read_reglement(text_of(path), kinds=kinds)


def load_file(
    path: Path | str, *, kinds: Iterable[Kind] = ()
) -> ReglementFile:
    """
    The same, as it is written.

    Raises:
        OSError: If there is no such file.
        Unreadable: With the faults of its keys.
        ValueError: If two kinds have one name.
    """
    data = parse_toml(text_of(path))
    return load_toml(ReglementFile, data, shapes(frozenset(kinds)))


def text_of(path: Path | str) -> str:
    """
    What the file holds.

    Raises:
        OSError: If there is no such file.
        Unreadable: If it is not in UTF-8.
    """
    try:
        # Some editors begin a file with a mark of their own.
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"not UTF-8 at byte {error.start}: save the file as UTF-8"
        raise Unreadable(Fault("", msg)) from error


def read_reglement(text: str, *, kinds: Iterable[Kind] = ()) -> Reglement:
    """
    Read a règlement from TOML text.

    Args:
        text: What the file holds.

        kinds: Those that plugins add, beside the built-in ones.  What is
            read may be stored: they are known to `wire` from then on.

    Raises:
        Unreadable: With every fault, its path and its line.
        ValueError: If two kinds have one name.
    """
    kinds = frozenset(kinds)
    read_as = shapes(kinds)
    know(kinds)
    data = parse_toml(text)
    try:
        return _read(data, read_as)
    except Unreadable as error:
        lines = Lines(text)
        located = (
            evolve(fault, line=lines.line_of(fault.path, data))
            for fault in error.faults
        )
        raise Unreadable(*located) from error


def read_kind(kind: Kind, text: str) -> Any:
    """
    What a table means where a règlement takes *kind*: for who writes one.

    Args:
        kind: That a plugin adds.

        text: The table between braces, without a label.

    Raises:
        Unreadable: With every fault.
        ValueError: If the kind has a name of ours.
    """
    read_as = shapes(frozenset({kind}))
    table = parse_toml(f"it = {text}")["it"]
    labelled = {"label": kind.key, **table}
    match kind.extends:
        case Extends.FORMULA:
            return load_toml(cast("Any", Formula), table, read_as)
        case Extends.DEADLINE:
            return load_toml(cast("Any", Deadline), table, read_as)
        case Extends.ADJUSTMENT:
            return load_toml(Adjustment, labelled, read_as).step
        case Extends.GIFT:
            return load_toml(Outcome, labelled, read_as).gift
        case _:
            assert_never(kind.extends)


def _read(
    data: Mapping[str, Any], read_as: tuple[Shape, ...] | None = None
) -> Reglement:
    read_as = read_as or shapes(frozenset())
    try:
        file = load_toml(ReglementFile, data, read_as)
        periods = _periods(file)
    except Unreadable as error:
        faults = map(_misplaced, error.faults)
        raise Unreadable(*faults, *name_faults(data)) from error
    try:
        return _reglement(file, periods)
    except ValueError as error:
        raise Unreadable(*map(_between_parts, error.args)) from error


def _misplaced(fault: Fault) -> Fault:
    """
    The same, or where the key belongs if it is one of the whole file: TOML
    gives to the table above it whatever stands below its name.
    """
    above, _, key = fault.path.rpartition(".")
    whole = fields_dict(ReglementFile)
    if not (above and key in whole and fault.message.startswith(NO_SUCH_KEY)):
        return fault
    example = whole[key].metadata[EXAMPLE]
    where = (
        f"write {example}"
        if is_header(example)
        else "write it above the first [table]"
    )
    told = f"{NO_SUCH_KEY}, it is one of the whole file: {where}"
    return evolve(fault, message=told)


def _between_parts(fault: str) -> Fault:
    path, _, message = fault.partition(": ")
    return Fault(path, message)


def _periods(file: ReglementFile) -> tuple[Period, ...]:
    periods: list[Period] = []
    faults = [
        Fault(kind, "is empty, at least one is needed")
        for kind in KINDS
        if kind not in MAY_BE_EMPTY and not getattr(file, kind)
    ]
    faults.extend(_of_accueils(file))
    for rank, (period, around) in enumerate(
        zip(file.periods, arounds(file), strict=True)
    ):
        at = f"periods[{rank}]"
        try:
            periods.append(_period(period, around, terms(period, f"{at}.")))
        except Unreadable as error:
            faults.extend(_within(at, fault) for fault in error.faults)
        except ValueError as error:
            faults.append(Fault(at, str(error)))
    if faults:
        raise Unreadable(*faults)
    return tuple(periods)


def arounds(file: ReglementFile) -> tuple[Around, ...]:
    """
    What holds around each period of *file*, in their order.
    """
    department = file.operator.operator.department
    school = _school(file)
    return tuple(
        Around(
            # Those of the year before too, which deadlines are counted over,
            # and of the last month's last week, which a planning shows.
            holidays=public_holidays(
                department,
                period.first_day - A_YEAR_AND_A_WEEK,
                shown_days(period.last_day.replace(day=1))[-1],
            ),
            school=school,
        )
        for period in file.periods
    )


def _of_accueils(file: ReglementFile) -> Iterator[Fault]:
    for rank, accueil in enumerate(file.accueils):
        try:
            _accueil(accueil, rank)
        except ValueError as error:
            yield Fault(f"accueils[{rank}]", str(error))


def _within(path: str, fault: Fault) -> Fault:
    inner = f".{fault.path}" if fault.path else ""
    return Fault(f"{path}{inner}", fault.message)


def _school(file: ReglementFile) -> SchoolCalendar:
    zone = file.operator.school_zone
    given = (
        SchoolHolidays(first_day=one.first_day, last_day=one.last_day)
        for one in file.school_holidays
        if one.zone in {None, zone}
    )
    return SchoolCalendar(zone=zone, given=tuple(given))


def _reglement(file: ReglementFile, periods: tuple[Period, ...]) -> Reglement:
    return Reglement(
        operator=file.operator.operator,
        regies=file.regies,
        establishments=file.establishments,
        accueils=tuple(
            _accueil(accueil, rank)
            for rank, accueil in enumerate(file.accueils)
        ),
        periods=periods,
        prestations=file.prestations,
        amplitudes=file.amplitudes,
        pools=file.pools,
        fields={
            f"{section}.{key}": use
            for section, uses in file.fields.items()
            for key, use in uses.items()
        },
        hold=file.hold,
        terms=terms(file),
        documents=file.documents,
        uploads=file.uploads,
        house_rules=file.house_rules,
        reasons=file.reasons,
        residencies=file.residencies,
        named_facts=file.facts,
    )


def _days_off(
    period: PeriodFile, school: SchoolCalendar
) -> tuple[Days, ...] | None:
    first_day, last_day = period.first_day, period.last_day
    if not (school.knows(first_day) and school.knows(last_day)):
        return None
    return tuple(
        Days(first_day=one.first_day, last_day=one.last_day)
        for one in school.days_off(first_day, last_day)
    )


def _accueil(file: AccueilFile, rank: int) -> Accueil:
    return Accueil(
        code=file.code,
        label=file.label,
        establishment=file.establishment,
        regie=file.regie,
        amplitudes=file.amplitudes,
        admission=file.admission,
        ages=file.ages,
        terms=terms(file, f"accueils[{rank}]."),
    )


def _period(period: PeriodFile, around: Around, decided: Terms) -> Period:
    return Period(
        code=period.code,
        label=period.label,
        accueil=period.accueil,
        calendar=Calendar(
            first_day=period.first_day,
            last_day=period.last_day,
            open_days=open_days(period, around),
            public_holidays=around.holidays,
            school_holidays=_days_off(period, around.school),
        ),
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        terms=decided,
    )

"""
What `portail check` says of a règlement, in words and for programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import asdict

from portail_core.domain.bounds import Bounds
from portail_core.domain.oddities import GridReport, grid_reports
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml import Checked, Warned
from portail_core.wire import Fault

COUNTED = {
    "establishments": "establishment",
    "accueils": "accueil",
    "periods": "period",
    "regies": "régie",
    "prestations": "prestation",
    "amplitudes": "amplitude",
    "pools": "pool",
    "documents": "document",
}


def told(file: Path, faults: Iterable[Fault]) -> Iterator[str]:
    """
    One line for each fault, which begins with the file, and with the line if
    it has one.
    """
    for fault in faults:
        yield f"{_place(file, fault.line)}: {fault}"


def as_text(file: Path, checked: Checked) -> Iterator[str]:
    """
    What was read, what is odd about it, and the brackets of its grids.
    """
    assert checked.reglement is not None, "there are no errors"
    odd = _count(len(checked.warnings), "warning")
    also = f", with {odd}" if checked.warnings else ""
    yield f"{file}: nothing is wrong{also}. {summary(checked.reglement)}"
    for warned in checked.warnings:
        place = _place(file, warned.line)
        yield f"{place}: warning: {warned.oddity} [{warned.oddity.rule}]"
    grids = grid_reports(checked.reglement)
    are_several = len({grid.code for grid in grids}) > 1
    for grid in grids:
        yield ""
        named = f" « {grid.code} »" if are_several else ""
        yield f"{grid.path}{named}, from {grid.since}: {grid.source}"
        yield from _grid(grid)


def as_json(file: Path, checked: Checked) -> str:
    """
    The same, and what is wrong, as one JSON object.
    """
    found = {
        "file": str(file),
        "errors": [asdict(fault) for fault in checked.errors],
        "warnings": [_warning(warned) for warned in checked.warnings],
        "read": checked.reglement and counts(checked.reglement),
        "grids": [
            asdict(grid)
            for grid in (
                grid_reports(checked.reglement) if checked.reglement else ()
            )
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2, default=str)


def counts(reglement: Reglement) -> dict[str, Any]:
    """
    How much of everything was read.
    """
    days = sum(len(p.calendar.open_days) for p in reglement.periods)
    return {
        "operator": reglement.operator.name,
        **{kind: len(getattr(reglement, kind)) for kind in COUNTED},
        "opening_days": days,
    }


def summary(reglement: Reglement) -> str:
    """
    « Les Petites Bouilles: 1 establishment, 1 accueil… »
    """
    found = counts(reglement)
    listed = [_count(found[kind], noun) for kind, noun in COUNTED.items()]
    listed.append(_count(found["opening_days"], "opening day"))
    return f"{found['operator']}: {', '.join(listed)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _place(file: Path, line: int | None) -> str:
    return f"{file}" if line is None else f"{file}:{line}"


def _warning(warned: Warned) -> dict[str, Any]:
    return {
        "path": warned.oddity.path,
        "message": warned.oddity.sentence,
        "line": warned.line,
        "rule": warned.oddity.rule,
    }


def _grid(grid: GridReport) -> Iterator[str]:
    figure = "QF" if grid.by == "quotient" else str(grid.by)
    ranges = [_range(figure, bracket.bounds) for bracket in grid.brackets]
    width = max(map(len, ranges))
    for bracket, quotients in zip(grid.brackets, ranges, strict=True):
        yield f"  {quotients:{width}}  {bracket.label}"
    for point in grid.open_points:
        yield f"  {point.says}: the {point.settled} bracket answers"
    if not grid.open_points:
        yield "  no hole and no overlap"
    if grid.without_quotient is not None:
        yield f"  without a quotient: {grid.without_quotient}"


def _range(figure: str, bounds: Bounds) -> str:
    lower = "" if bounds.above is None else f"{bounds.above} "
    upper = "" if bounds.up_to is None else f" {bounds.up_to}"
    begins = lower and f"{lower}{'≤' if bounds.above_included else '<'} "
    ends = upper and f" {'≤' if bounds.up_to_included else '<'}{upper}"
    return f"{begins}{figure}{ends}"

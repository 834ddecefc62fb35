"""
Requests in their tables, with the places they take.
"""

from __future__ import annotations

from portail_core.domain.amplitudes import Hours
from portail_core.domain.requests import (
    Asked,
    Line,
    LineState,
    Pin,
    Request,
)
from portail_sql import schema
from portail_sql._shapes import Row, Rows, Shape

_ASKED = (
    "household",
    "account",
    "child",
    "regie",
    "accueil",
    "period",
    "reglement",
    "facts",
    "booked_on",
)


def _spread_request(request: Request) -> tuple[Row, Rows]:
    pin = request.pin
    row = {
        "number": request.number,
        **{name: getattr(request.asked, name) for name in _ASKED},
        "created_at": request.created_at,
        "held_until": request.held_until,
        "pinned_by": pin and pin.attempt,
        "pinned_until": pin and pin.until,
        "taken_until": request.taken_until,
    }
    lines = tuple(_line_row(request, line) for line in request.lines)
    return row, {schema.REQUEST_LINES: lines, **_taken(request)}


def _line_row(request: Request, line: Line) -> Row:
    return {
        "request": request.number,
        "day": line.day,
        "child": request.asked.child,
        "amplitude": line.amplitude,
        "state": line.state,
        "paid": line.paid,
        "places": line.places,
        "replaces": line.replaces,
        "age": line.age,
        "rank": line.rank,
        "siblings": line.siblings,
        "arrives": line.hours.arrives if line.hours else None,
        "leaves": line.hours.leaves if line.hours else None,
    }


def _taken(request: Request) -> Rows:
    parts: list[Row] = []
    places: list[Row] = []
    number, child = request.number, request.asked.child
    held_until = request.taken_until
    for line in request.lines:
        if line.state is LineState.CONFIRMED:
            until = None
        elif line.state is LineState.HELD:
            until = held_until
        else:
            continue
        for place in line.places:
            row = {
                "request": number,
                "child": child,
                "day": line.day,
                "part": place.part,
                "taken_until": until,
            }
            parts.append(row)
            places.extend({**row, "pool": pool} for pool in place.pools)
    return {
        schema.TAKEN_PARTS: tuple(parts),
        schema.TAKEN_PLACES: tuple(places),
    }


def _gather_request(row: Row, rows: Rows) -> Request:
    pinned_by, pinned_until = row["pinned_by"], row["pinned_until"]
    return Request(
        number=row["number"],
        asked=Asked(**{name: row[name] for name in _ASKED}),
        created_at=row["created_at"],
        held_until=row["held_until"],
        lines=tuple(_line(line) for line in rows[schema.REQUEST_LINES]),
        pin=Pin(attempt=pinned_by, until=pinned_until) if pinned_by else None,
    )


def _line(row: Row) -> Line:
    return Line(
        day=row["day"],
        amplitude=row["amplitude"],
        places=row["places"],
        replaces=row["replaces"],
        state=row["state"],
        paid=row["paid"],
        age=row["age"],
        rank=row["rank"],
        siblings=row["siblings"],
        hours=_hours(row),
    )


def _hours(row: Row) -> Hours | None:
    arrives, leaves = row["arrives"], row["leaves"]
    if arrives is None:
        return None
    return Hours(arrives=arrives, leaves=leaves)


REQUEST = Shape(
    kind=Request,
    table=schema.REQUESTS,
    key=("number",),
    parts=(schema.REQUEST_LINES,),
    shadows=(schema.TAKEN_PARTS, schema.TAKEN_PLACES),
    spread=_spread_request,
    gather=_gather_request,
)

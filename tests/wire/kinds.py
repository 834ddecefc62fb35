"""
Values of every kind that the wire carries, made from their fields.
"""

import datetime as dt
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from portail_core.domain import ledger, notices, payments, requests
from portail_core.domain.money import Money
from portail_core.ports import store

NAIVE = dt.datetime  # the strategy below gives the zone

LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20
    ).filter(str.strip),
    int: st.integers(1, 10**6),
    bool: st.booleans(),
    Decimal: st.decimals(0, 10**6, places=2),
    Money: st.integers(-(10**9), 10**9).map(Money),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(
        dt.datetime(1, 1, 2),  # noqa: DTZ001 - the zone is added
        dt.datetime(9999, 12, 30),  # noqa: DTZ001 - same
        timezones=st.just(dt.UTC),
    ),
    dt.time: st.times(),
    dt.timedelta: st.timedeltas(),
    type(None): st.none(),
}

# What the domain holds to a line that can be printed.
LINES = {"evidence"}
A_LINE = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]),
    min_size=1,
    max_size=20,
).filter(str.strip)

NOT_EMPTY = {"lines", "dues", "days"}


def values(kind: Any, name: str = "") -> st.SearchStrategy[Any]:
    """
    Values of *kind*, which the field *name* holds.
    """
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    if kind is str and name in LINES:
        return A_LINE
    if kind in LEAVES:
        return LEAVES[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return st.one_of(*map(values, inside))
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple and inside[-1] is Ellipsis:
        return st.lists(
            values(inside[0]), min_size=name in NOT_EMPTY, max_size=3
        ).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inside))
    if origin is Mapping:
        return st.dictionaries(*map(values, inside), max_size=3)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    return st.builds(
        kind,
        **{
            field.name: values(hints[field.name], field.name)
            for field in attrs.fields(kind)
        },
    )


UNIONS: dict[str, Any] = {
    "request event": requests.Event,
    "payment event": payments.Event,
    "ledger event": ledger.Event,
    "event": store.Event,
    "notice": notices.Notice,
}
RECORDS = (*get_args(store.Record), store.JournalEntry)
# Read as, and one of the classes that may come.
CARRIED = [
    *((record, record) for record in RECORDS),
    *(
        (union, member)
        for union in UNIONS.values()
        for member in get_args(union)
    ),
]
IDS = [
    *(record.__name__ for record in RECORDS),
    *(
        f"{name} {member.__name__}"
        for name, union in UNIONS.items()
        for member in get_args(union)
    ),
]

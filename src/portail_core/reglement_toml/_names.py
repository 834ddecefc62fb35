"""
What a file that cannot be read says of its codes all the same.

The domain checks how the parts of a règlement fit; it needs all of them.
Whoever made a typing mistake in a price hears of a wrong code in the same
breath, from here, in the domain's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from portail_core.domain.forms import SETTINGS
from portail_core.wire import Fault

KINDS = (
    "regies",
    "establishments",
    "accueils",
    "periods",
    "prestations",
    "amplitudes",
    "pools",
    "documents",
    "reasons",
    "residencies",
)
MAY_BE_EMPTY = {"pools", "documents", "reasons", "residencies"}

# Which key of which table names codes of which other.
_NAMED = (
    ("accueils", "establishment", "establishments"),
    ("accueils", "regie", "regies"),
    ("accueils", "amplitudes", "amplitudes"),
    ("periods", "accueil", "accueils"),
    ("pools", "accueils", "accueils"),
    ("pools", "establishment", "establishments"),
    ("documents", "accueils", "accueils"),
    ("amplitudes", "prestations", "prestations"),
    ("amplitudes", "excludes", "amplitudes"),
    ("amplitudes", "requires", "amplitudes"),
    ("pools", "parts", "parts"),
)


def name_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """
    Codes that are there twice, or named but nowhere; the rest is passed over.
    """
    known = {kind: _codes(data, kind) for kind in KINDS}
    for kind, codes in known.items():
        for code, count in Counter(codes).items():
            if count > 1:
                message = f"the code {code!r} is there {count} times"
                yield Fault(kind, message)
    amplitudes = _tables(data, "amplitudes")
    known["parts"] = [p for a in amplitudes for p in _names(a, "parts")]
    for kind, key, target in _NAMED:
        if known[target]:
            yield from _dangling(data, kind, key, known[target])
    yield from _unknown_fields(data)
    yield from _undecided(data)


def _undecided(data: Mapping[str, Any]) -> Iterator[Fault]:
    levels = [data, *_tables(data, "accueils"), *_tables(data, "periods")]
    for subject in ("book_until", "cancellations", "tariffs"):
        if not any(subject in level for level in levels):
            yield Fault(subject, f"'{subject}' is missing")


def _unknown_fields(data: Mapping[str, Any]) -> Iterator[Fault]:
    sections = data.get("fields")
    for section, uses in sections.items() if _is_table(sections) else ():
        for key in uses if _is_table(uses) else ():
            name = f"{section}.{key}"
            if name not in SETTINGS:
                listed = ", ".join(sorted(SETTINGS))
                yield Fault(f"fields.{name}", f"is not among {listed}")


def _is_table(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, dict)


def _dangling(
    data: Mapping[str, Any], kind: str, key: str, known: Iterable[str]
) -> Iterator[Fault]:
    listed = ", ".join(sorted(set(known)))
    for table in _tables(data, kind):
        for name in _names(table, key):
            if name not in known:
                path = f"{kind}.{table.get('code')}.{key}"
                yield Fault(path, f"{name!r} is not among {listed}")


def _codes(data: Mapping[str, Any], kind: str) -> list[str]:
    return [c for table in _tables(data, kind) for c in _names(table, "code")]


def _tables(data: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    tables = data.get(kind)
    if not isinstance(tables, list):
        return []
    return [table for table in tables if isinstance(table, dict)]


def _names(table: Mapping[str, Any], key: str) -> list[str]:
    value = table.get(key)
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | dict):
        return [name for name in value if isinstance(name, str)]
    return []

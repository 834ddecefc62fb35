"""
What conditions name, and nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from portail_core.domain.conditions import OneOf, When
from portail_core.domain.dated import Decision
from portail_core.domain.facts import NUMBERS, WORDS

if TYPE_CHECKING:
    from ._reglement import Reglement

# Where the file has another key, or none.
_WRITTEN = {
    ("Reglement", "terms"): "",
    ("Accueil", "terms"): "",
    ("Period", "terms"): "",
    ("Decision", "value"): "",
    ("Windows", "cases"): "",
    ("Deadlines", "cases"): ".deadlines",
    ("Adjustment", "only"): ".prestations",
}
_DECLARED = {"residency": "[[residencies]]"}


def unknown_in_conditions(reglement: Reglement) -> Iterator[str]:
    """
    A fault for every word that a condition asks for and that no child-day can
    be: it would never hold, and nobody would know.
    """
    known: Mapping[str, AbstractSet[str]] = {
        "accueil": {one.code for one in reglement.accueils},
        "amplitude": {one.code for one in reglement.amplitudes},
        "residency": {one.code for one in reglement.residencies},
        **{name: set(words) for name, words in reglement.named_facts.items()},
    }
    built_in = sorted((WORDS | NUMBERS) & reglement.named_facts.keys())
    for name in built_in:
        yield f"facts.{name}: is a fact already, give yours another name"
    told: dict[str, None] = {}
    for where, when in _conditions(reglement, "", set()):
        for test in when.tests:
            if isinstance(test, OneOf):
                told |= dict.fromkeys(_unknown(where, test, known))
    yield from told


def _unknown(
    where: str, test: OneOf, known: Mapping[str, AbstractSet[str]]
) -> Iterator[str]:
    if test.fact not in known:
        if test.fact not in WORDS:
            yield (
                f"{where}: {test.fact!r} is no fact: declare it in [facts], "
                "with the words that it may be"
            )
        return
    listed = ", ".join(sorted(known[test.fact]))
    table = _DECLARED.get(test.fact, "[facts]")
    for word in test.words:
        if not listed:
            yield (
                f"{where}: asks for the {test.fact} {word!r}, and none is "
                f"declared: write {table}"
            )
        elif word not in known[test.fact]:
            yield (
                f"{where}: asks for the {test.fact} {word!r}, which is not "
                f"among {listed}"
            )


def _conditions(
    value: object, where: str, seen: set[int]
) -> Iterator[tuple[str, When]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, When):
        yield where, value
    elif isinstance(value, tuple):
        for rank, one in enumerate(value):
            if not _may_hold(one):
                return
            yield from _conditions(one, _at(where, one, rank), seen)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _conditions(one, where, seen)
    elif has(type(value)):
        yield from _inside(value, where, seen)


def _may_hold(value: object) -> bool:
    return isinstance(value, tuple | Mapping) or has(type(value))


def _at(where: str, value: object, rank: int) -> str:
    code = getattr(value, "code", None)
    return f"{where}.{code}" if code is not None else f"{where}[{rank}]"


def _inside(
    value: Any, where: str, seen: set[int]
) -> Iterator[tuple[str, When]]:
    if isinstance(value, Decision) and value.path:
        where = value.path
    for key in fields(type(value)):
        inner = getattr(value, key.name)
        name = _WRITTEN.get((type(value).__name__, key.name), f".{key.name}")
        yield from _conditions(inner, f"{where}{name}".lstrip("."), seen)

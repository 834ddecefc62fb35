"""
Which facts a règlement asks for, and which words of them it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import AttrsInstance, fields, has

from portail_core.domain.conditions import OneOf, When
from portail_core.domain.facts import NUMBERS, WORDS
from portail_core.domain.ids import FactName
from portail_core.domain.reglement import Reglement, every_terms


def named_words(reglement: Reglement) -> Mapping[FactName, frozenset[str]]:
    """
    The words that conditions of *reglement* name, fact by fact.
    """
    found: dict[FactName, frozenset[str]] = {}
    for terms in every_terms(reglement):
        for test in _tests(terms):
            before = found.get(test.fact, frozenset())
            found[test.fact] = before.union(test.words)
    return found


def own_facts(reglement: Reglement) -> frozenset[FactName]:
    """
    Facts that only this règlement knows.
    """
    by_prices = frozenset(
        fact
        for terms in every_terms(reglement)
        if terms.tariffs is not None
        for fact in terms.tariffs.facts
    )
    return by_prices.union(named_words(reglement)) - WORDS - NUMBERS


def _tests(value: object) -> Iterator[OneOf]:
    if isinstance(value, When):
        yield from (t for t in value.tests if isinstance(t, OneOf))
    elif isinstance(value, tuple):
        for one in value:
            yield from _tests(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _tests(one)
    elif has(type(value)):
        kind = cast("type[AttrsInstance]", type(value))
        for key in fields(kind):
            yield from _tests(getattr(value, key.name))

"""
Everything that may be refused or explained has its sentence.
"""

import ast
import datetime as dt
import importlib
import pkgutil
import re
import sys
from collections import Counter
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given, strategies as st

import portail_core
from portail_core import french
from portail_core.domain.money import Money
from portail_core.domain.refusals import Refusal

SOURCES = Path(str(portail_core.__file__)).parent
MOMENTS = st.datetimes(
    dt.datetime(2000, 1, 1),  # noqa: DTZ001 - the time zone is beside it
    dt.datetime(2099, 1, 1),  # noqa: DTZ001 - the time zone is beside it
    timezones=st.just(dt.UTC),
)
VALUES = {
    Money: st.builds(Money, st.integers(0, 10**7)),
    dt.date: st.dates(dt.date(2000, 1, 1)),
    dt.datetime: MOMENTS,
    str: st.text("ABC-09", min_size=1),
}


def subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def refusals():
    """
    Every class of refusal of the core, and none that a test made.

    A slotted class replaces the one that was written, which may linger.
    """
    for module in pkgutil.walk_packages([str(SOURCES)], "portail_core."):
        importlib.import_module(module.name)
    return sorted(
        {
            kind
            for kind in subclasses(Refusal)
            if hasattr(kind, "rule")
            and kind.__module__.startswith("portail_core.")
            and kind is vars(sys.modules[kind.__module__])[kind.__name__]
        },
        key=lambda kind: kind.rule,
    )


REFUSALS = refusals()


def values(kind):
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), min_size=1).map(tuple)
    return VALUES.get(kind, st.from_type(kind))


def instances(kind):
    hints = get_type_hints(kind)
    return st.builds(
        kind,
        **{
            field.name: values(hints[field.name])
            for field in attrs.fields(kind)
        },
    )


class TestRefusals:
    def test_sentences(self):
        """
        Every rule has a sentence, and every sentence a rule.
        """
        assert {kind.rule for kind in REFUSALS} == set(french.SENTENCES)

    def test_one_class_each(self):
        """
        No two refusals share a rule.
        """
        counted = Counter(kind.rule for kind in REFUSALS)

        assert {} == {rule: n for rule, n in counted.items() if n > 1}

    @pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.rule)
    @given(st.data())
    def test_rendered(self, kind, data):
        """
        Whatever the refusal holds, it makes a sentence.
        """
        sentence = french.refusal(data.draw(instances(kind)))

        assert re.fullmatch(r"[A-ZÀ-Ý].*\.", sentence)
        assert not re.search(r"[{}]| [:;!?»]|« |  ", sentence)
        assert not re.search(r"None|True|False|<|\w\(", sentence)

    @pytest.mark.parametrize("rule", sorted(french.SENTENCES))
    def test_manner(self, rule):
        """
        A sentence says what is wrong, then what to do, and is not an office.
        """
        sentence = french.SENTENCES[rule]

        assert " : " in sentence
        assert not re.search(
            r"veuillez|erreur|invalide|merci de|\(e\)|·e|'", sentence.lower()
        )


class TestReasons:
    def test_sentences(self):
        """
        Every `Why` that the core makes has a sentence.
        """
        rules = {
            keyword.value.value
            for source in SOURCES.rglob("*.py")
            for node in ast.walk(ast.parse(source.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Why"
            for keyword in node.keywords
            if keyword.arg == "rule"
            and isinstance(keyword.value, ast.Constant)
        }

        assert rules
        assert set() == rules - set(french.REASONS)

"""
The rules of docs/spec, the code and the tests speak of the same things.
"""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

import portail_core
from portail_core.domain.forms import BLOCKS
from portail_core.domain.refusals import Refusal

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "docs" / "spec"
PAGES = sorted(path for path in SPEC.glob("*.md") if path.stem != "README")
SOURCES = sorted((ROOT / "src" / "portail_core").rglob("*.py"))

LABEL = re.compile(r"^r\[(.*)\](.*)$", re.MULTILINE)
WELL_FORMED = re.compile(
    r"^r\[[a-z0-9-]+(?:\.[a-z0-9-]+)+\] (?:stated|inferred|assumed)\n"
    r": \S.*\n(?:  \S.*\n)*$"
)


def labels(page):
    return [label for label, _ in LABEL.findall(page.read_text("utf-8"))]


LABELS = [label for page in PAGES for label in labels(page)]


def refusals(kind=Refusal):
    for module in pkgutil.walk_packages(
        portail_core.__path__, "portail_core."
    ):
        importlib.import_module(module.name)
    for child in kind.__subclasses__():
        if child.__module__.startswith("portail_core.") and hasattr(
            child, "rule"
        ):
            yield child
        yield from refusals(child)


def constants(source):
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


class TestRefusals:
    def test_labelled(self):
        """
        The rule of every refusal is explained in docs/spec.
        """
        assert set() == {kind.rule for kind in refusals()} - set(LABELS)

    def test_found(self):
        """
        Refusals are found where they are, not only in the domain.
        """
        assert "gate.email.confirmed" in {kind.rule for kind in refusals()}

    def test_one_rule_each(self):
        """
        Two refusals do not share a rule.
        """
        # A slotted class replaces the one that was written, which may linger.
        kinds = {(k.__module__, k.__qualname__): k for k in refusals()}
        counted = Counter(kind.rule for kind in kinds.values())

        assert [] == [rule for rule, count in counted.items() if count > 1]


class TestCode:
    @pytest.mark.parametrize(
        "source", SOURCES, ids=[str(s.relative_to(ROOT)) for s in SOURCES]
    )
    def test_labels(self, source):
        """
        What the code writes like a label of a page is one, or names a
        field of a form.
        """
        pages = "|".join(page.stem for page in PAGES)
        like_a_label = re.compile(rf"(?:{pages})(?:\.[a-z0-9-]+)+")
        written = {
            text for text in constants(source) if like_a_label.fullmatch(text)
        }

        known = (f for block in BLOCKS.values() for f in block)
        fields = {name for f in known for name in (f.name, f.setting)}

        assert set() == written - set(LABELS) - fields

    def test_why(self):
        """
        The rule that a price cites is one.
        """
        cited = {
            keyword.value.value
            for source in SOURCES
            for node in ast.walk(ast.parse(source.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Why"
            for keyword in node.keywords
            if keyword.arg == "rule"
            and isinstance(keyword.value, ast.Constant)
        }

        assert "tariff.bracket" in cited
        assert set() == cited - set(LABELS)


class TestPages:
    @pytest.mark.parametrize("page", PAGES, ids=[p.stem for p in PAGES])
    def test_form(self, page):
        """
        A page is a title, then rules, each with its status and its words.
        """
        title, *rules = re.split(
            r"\n(?=r\[)", page.read_text("utf-8").replace("\n\nr[", "\nr[")
        )

        assert re.fullmatch(r"# .+\n?", title)
        assert rules
        assert [] == [
            rule
            for rule in rules
            if not WELL_FORMED.match(rule.rstrip("\n") + "\n")
        ]

    @pytest.mark.parametrize("page", PAGES, ids=[p.stem for p in PAGES])
    def test_name(self, page):
        """
        A rule is on the page that its first word names.
        """
        assert {page.stem} == {label.split(".")[0] for label in labels(page)}

    def test_once(self):
        """
        A rule is written once.
        """
        counted = Counter(LABELS)

        assert [] == [label for label, count in counted.items() if count > 1]

    @pytest.mark.parametrize("page", PAGES, ids=[p.stem for p in PAGES])
    def test_stated(self, page):
        """
        What is said to be stated has a quotation.
        """
        rules = re.split(r"\n(?=r\[)", page.read_text("utf-8"))

        assert [] == [
            rule
            for rule in rules
            if "] stated\n" in rule
            and "«" not in rule
            and "tariff.published" not in rule
        ]

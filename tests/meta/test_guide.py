"""
The table of docs/spec/README.md leads from the guide to rules and tests.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.meta.test_spec import LABELS, SPEC

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<says>.+) \| (?P<rules>.*) \| (?P<tests>.*) \|$")


def rows():
    text = (SPEC / "README.md").read_text("utf-8")
    found = [ROW.match(line) for line in text.splitlines()]
    cells = [match.groupdict() for match in found if match]
    return [cell for cell in cells if cell["says"] not in {"the guide", "---"}]


ROWS = rows()


def cited():
    """
    The modules of tests in which each rule is cited.
    """
    modules = defaultdict(set)
    folders = [ROOT / "tests", *ROOT.glob("adapters/*/tests")]
    for folder in folders:
        for path in folder.rglob("test_*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                for decorator in getattr(node, "decorator_list", ()):
                    for label in _labels(decorator):
                        modules[label].add(_name(path))
    return modules


def _labels(decorator):
    is_rule = (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "rule"
    )
    return [one.value for one in decorator.args] if is_rule else []


def _name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "/".join(part for part in parts if part != "tests")


CITED = cited()


def listed(cell):
    return re.findall(r"`([^`]+)`", cell)


class TestTable:
    def test_whole(self):
        """
        The table is there, from the first screen to the last sentence.
        """
        assert len(ROWS) > 60
        assert "simplifier les inscriptions" in ROWS[0]["says"]
        assert "vos avoirs" in ROWS[-1]["says"]

    @pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
    def test_row(self, row):
        """
        Each sentence and screen has its rules, which are rules, and the
        modules of tests that cite them, all of them; none is left empty.
        """
        rules = listed(row["rules"])
        tests = set().union(*(CITED[rule] for rule in rules))

        assert rules
        assert set() == set(rules) - set(LABELS)
        assert [] == [rule for rule in rules if not CITED[rule]]
        assert ", ".join(f"`{test}`" for test in sorted(tests)) == row["tests"]

"""
The tie between docs/spec and the tests: a rule is cited as it is written.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SPEC = Path(__file__).parent.parent / "docs" / "spec"
RULE = re.compile(
    r"^r\[([a-z0-9.-]+)\] (stated|inferred|assumed)$", re.MULTILINE
)

RULES = {
    rule: status
    for page in sorted(SPEC.glob("*.md"))
    for rule, status in RULE.findall(page.read_text(encoding="utf-8"))
}


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    cited: set[str] = set()
    for item in items:
        for mark in item.iter_markers("rule"):
            cited.update(mark.args)
            for rule in mark.args:
                item.user_properties.append(("rule", rule))

    if unknown := cited - RULES.keys():
        msg = f"tests cite rules that docs/spec does not have: {unknown}"
        raise pytest.UsageError(msg)

    if config.getoption("--every-rule") and (bare := RULES.keys() - cited):
        msg = f"rules without a test: {sorted(bare)}"
        raise pytest.UsageError(msg)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-rule", action="store_true")

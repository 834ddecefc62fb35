"""
docs/reference/request.md: made from the classes that read requests, and true.
"""

import re
from typing import Any

import pytest

from portail_core.reglement_toml import inquiries, read_reglement
from portail_core.reglement_toml.inquiries._page import _TITLES
from portail_core.reglement_toml.inquiries._reading import _SHAPES
from portail_core.reglement_toml.reference._tables import (
    every_table,
    keys_of,
    tables_in,
)
from portail_core.wire import is_header, load_document, parse_toml
from tests.reglement.inquiring import asked, given_back, quoted
from tests.reglement.written import PETITES_BOUILLES

PAGE = inquiries.page()
SHOWN = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
KEYS = {
    f"{file.__name__}.{key.name}": (file, key)
    for file in _TITLES
    for key in keys_of(file)
}
EXAMPLES = {
    name: (file, key)
    for name, (file, key) in KEYS.items()
    if not is_header(key.example)
}


class TestPage:
    def test_whole(self):
        """
        Every table that may stand in a document has its section.
        """
        inner = {
            table for _, key in KEYS.values() for table in tables_in(key.kind)
        }

        assert set() == inner - _TITLES.keys()
        assert [] == [
            f"`{key.name}`"
            for _, key in KEYS.values()
            if f"| `{key.name}` |" not in PAGE
        ]

    def test_anchors(self):
        """
        Every link of the page leads somewhere.
        """
        links = set(re.findall(r"\]\(#([\w-]+)\)", PAGE))

        assert set() == links - set(re.findall(r'<a id="([\w-]+)">', PAGE))

    @pytest.mark.parametrize("name", sorted(KEYS))
    def test_said(self, name):
        """
        Each key has a sentence, which ends as one, and an example.
        """
        _, key = KEYS[name]

        assert key.says[:1].isupper()
        assert key.says.endswith(".")
        assert key.example

    @pytest.mark.rule("inquiry.faults.all")
    @pytest.mark.parametrize("name", sorted(EXAMPLES))
    def test_example(self, name):
        """
        Each example is read at its place.
        """
        file, key = EXAMPLES[name]
        written = [f"{key.name} = {key.example}"]
        written.extend(
            f"{other.name} = {other.example}"
            for other in keys_of(file)
            if other.default is None and other.name != key.name
        )

        found: Any = load_document(
            file, parse_toml("\n".join(written)), _SHAPES
        )

        assert getattr(found, key.name) is not None


class TestExamples:
    REGLEMENT = read_reglement(PETITES_BOUILLES)

    @pytest.mark.rule("inquiry.stated")
    def test_shown(self):
        """
        The documents that the page shows are answered, without a note.
        """
        one, several = SHOWN

        assert 899 == quoted(one, self.REGLEMENT).total.cents
        assert () == asked(several, self.REGLEMENT).notes
        assert 1 == len(given_back(several, self.REGLEMENT).days)


class TestReglement:
    def test_apart(self):
        """
        Keys that a règlement's levels have too are keys here all the same.
        """
        names = {table.name for table in every_table()}

        assert "HouseholdFile.siblings" in KEYS
        assert "HouseholdFile.quotients" in KEYS
        assert "household" not in names

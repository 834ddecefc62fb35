"""
docs/reference: made from the classes that read the file, and true.
"""

import re
import tomllib
from pathlib import Path

import pytest

from portail_core.reglement_toml import read_reglement, reference
from portail_core.reglement_toml._calendar import DaysFile
from portail_core.reglement_toml._file import SHAPES, ReglementFile
from portail_core.reglement_toml._when import YearlyFile
from portail_core.reglement_toml.reference._kinds import (
    ANYTHING,
    Either,
    Keyed,
    Listed,
    kind_of,
)
from portail_core.reglement_toml.reference._page import ORDER, words
from portail_core.reglement_toml.reference._schema import schema_of
from portail_core.reglement_toml.reference._tables import (
    every_table,
    keys_of,
    tables_in,
)
from portail_core.wire import is_header, load_toml

COMMITTED = Path(__file__).parents[2] / "docs" / "reference"
PAGE = reference.page()
KEYS = {
    f"{table.name}.{key.name}": key
    for table in every_table()
    for key in table.keys
}
EXAMPLES = {name: key for name, key in KEYS.items() if key.example}


def inner(kind):
    """
    *kind* and every kind in it.
    """
    yield kind
    match kind:
        case Listed(of):
            yield from inner(of)
        case Keyed(keys, of):
            yield from (*inner(keys), *inner(of))
        case Either(kinds):
            for one in kinds:
                yield from inner(one)
        case _:
            pass


class TestCommitted:
    @pytest.mark.rule("reglement.reference")
    @pytest.mark.parametrize(
        ("file", "word", "made"),
        [
            ("reglement.md", "reference", PAGE),
            ("reglement.schema.json", "schema", reference.schema_text()),
        ],
        ids=["page", "schema"],
    )
    def test_as_made(self, file, word, made):
        """
        What is committed is what the code makes.
        """
        written = (COMMITTED / file).read_text(encoding="utf-8")

        assert made == written, (
            f"run ./portail reglement {word} > docs/reference/{file}"
        )


class TestPage:
    @pytest.mark.rule("reglement.reference")
    def test_start(self):
        """
        The règlement to start from is read as it stands, and stands on the
        page.
        """
        assert "04" == read_reglement(reference.start()).operator.department
        assert reference.start() in PAGE

    @pytest.mark.rule("reglement.reference")
    @pytest.mark.parametrize(
        "fence", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    )
    def test_fences(self, fence):
        """
        What the page shows is TOML.
        """
        tomllib.loads(fence)

    @pytest.mark.rule("reglement.reference")
    @pytest.mark.parametrize("key", EXAMPLES.values(), ids=EXAMPLES)
    def test_example(self, key):
        """
        Every example can be written where it stands.
        """
        if is_header(key.example):
            assert key.name == key.example.strip("[]").split(".")[-1]
            return
        written = tomllib.loads(f"x = {key.example}")["x"]

        load_toml(key.annotation, written, SHAPES)

    @pytest.mark.rule("reglement.reference")
    def test_links(self):
        """
        Every link within the page leads somewhere, once.
        """
        anchors = re.findall(r'<a id="(.*?)">', PAGE)

        assert len(anchors) == len(set(anchors))
        assert set() == set(re.findall(r"\]\(#(.*?)\)", PAGE)) - set(anchors)

    def test_order(self):
        """
        The order of the page names keys of the file, and nothing else.
        """
        assert set() == set(ORDER) - {k.name for k in keys_of(ReglementFile)}

    def test_known(self):
        """
        Nothing in the file is « a value » of some kind.
        """
        unknown = [
            name for name, key in KEYS.items() if ANYTHING in inner(key.kind)
        ]

        assert [] == unknown
        assert ANYTHING == kind_of(object)


class TestKinds:
    def test_either(self):
        """
        What is written in one of several ways is told as such, and each
        table of them is found.
        """
        kind = kind_of(tuple[DaysFile | YearlyFile | int, ...])

        assert (
            "list, each a table [days](#days), or table [yearly](#yearly), "
            "or whole number"
        ) == words(kind)
        assert [DaysFile, YearlyFile] == list(tables_in(kind))
        assert {
            "type": "array",
            "items": {
                "anyOf": [
                    {"$ref": "#/$defs/days"},
                    {"$ref": "#/$defs/yearly"},
                    {"type": "integer"},
                ]
            },
        } == schema_of(kind)

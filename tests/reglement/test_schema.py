"""
The JSON Schema: what is read conforms, and much of what is broken does not.
"""

import tomllib

import pytest

from portail_core.reglement_toml import reference
from portail_core.reglement_toml.reference._tables import every_table
from portail_core.wire import is_header
from tests.reglement.broken import ONE
from tests.reglement.conforming import as_json, faults
from tests.reglement.written import CHEMAUDIN, PETITES_BOUILLES, with_changes

SCHEMA = reference.schema()

# The rest is how figures, days and codes fit together: the loader's.
REFUSED = (
    "key mistyped",
    "key of nowhere",
    "table missing",
    "price without quotes",
    "price with a comma",
    "price with an exponent",
    "price that is a truth",
    "share without quotes",
    "code with a slash",
    "hour between quotes",
    "schema of tomorrow",
    "schema between quotes",
    "weekday in French",
    "one table where a list is",
    "text where a list is",
    "document about nobody",
    "files of another type",
)


def told(text):
    return list(faults(SCHEMA, as_json(tomllib.loads(text))))


class TestSchema:
    @pytest.mark.rule("reglement.schema")
    @pytest.mark.parametrize(
        "text",
        [PETITES_BOUILLES, CHEMAUDIN, reference.start()],
        ids=["petites", "chemaudin", "start"],
    )
    def test_conforms(self, text):
        """
        What the loader reads conforms.
        """
        assert [] == told(text)

    @pytest.mark.rule("reglement.schema")
    def test_examples(self):
        """
        So does every example of the reference page.
        """
        definitions = {"reglement": SCHEMA, "terms": SCHEMA, **SCHEMA["$defs"]}
        for table in every_table():
            for key in table.keys:
                if not key.example or is_header(key.example):
                    continue
                written = as_json(tomllib.loads(f"x = {key.example}")["x"])
                of_key = definitions[table.name]["properties"][key.name]

                assert [] == list(faults(of_key, written, SCHEMA, key.name))

    @pytest.mark.rule("reglement.schema")
    @pytest.mark.parametrize("name", REFUSED)
    def test_broken(self, name):
        """
        What is broken as anyone can see without knowing the rest does not.
        """
        before, after, _ = ONE[name]

        assert told(with_changes((before, after)))

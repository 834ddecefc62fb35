"""
Every key of the règlement file is told beside itself.
"""

import pytest

from portail_core.reglement_toml.reference._tables import every_table

TABLES = {table.name: table for table in every_table()}

# Being rewritten: to be emptied.
UNSAID = {
    "amplitude",
    "book-until",
    "bracket",
    "cancellation",
    "deadline",
    "outcome",
    "pool",
    "tariff",
}


class TestKeys:
    @pytest.mark.parametrize("name", sorted(TABLES.keys() - UNSAID))
    def test_said(self, name):
        """
        Each key has a sentence, which ends as one, and an example.
        """
        table = TABLES[name]

        assert table.says
        assert [] == [
            key.name
            for key in table.keys
            if not (key.says[:1].isupper() and key.says.endswith("."))
            or not key.example
        ]

    def test_once(self):
        """
        No two tables have one name.
        """
        assert len(TABLES) == len(every_table())

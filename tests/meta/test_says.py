"""
Every key of the règlement file is told beside itself.
"""

import re

import pytest

from portail_core.reglement_toml.reference._tables import every_table

TABLES = {table.name: table for table in every_table()}


class TestKeys:
    @pytest.mark.parametrize("name", sorted(TABLES))
    def test_said(self, name):
        """
        Each key has a sentence, which ends as one, and an example.
        """
        table = TABLES[name]

        assert table.says
        assert [] == [
            key.name
            for key in table.keys
            if not re.fullmatch(r"[A-Z«`\"].*\.", key.says) or not key.example
        ]

    def test_once(self):
        """
        No two tables have one name.
        """
        assert len(TABLES) == len(every_table())

"""
Forms, as a screen shows them.
"""

import pytest

from portail_core import french
from portail_core.domain.forms import BLOCKS, Block, FieldUse, ShownField
from portail_core.domain.households import FamilySituation

NBSP = "\u00a0"


def shown(key, text, use=FieldUse.EDITABLE):
    return ShownField(key=key, name=f"profile.{key}", use=use, text=text)


class TestLabels:
    def test_every_field(self):
        """
        Every field of every block has a label, and no label is of none.
        """
        keys = {field.key for block in BLOCKS.values() for field in block}

        assert keys == set(french.FIELDS)

    @pytest.mark.parametrize("block", Block)
    def test_every_block(self, block):
        """
        Every block has a title.
        """
        assert french.block(block)[0].isupper()

    @pytest.mark.rule("field.mandatory")
    def test_asterisk(self):
        """
        « Les champs suivis d'un astérisque (*) sont obligatoires. »
        """
        field = shown("last_name", None, FieldUse.MANDATORY)

        assert "Nom *" == french.field_label(field)
        assert "Employeur" == french.field_label(shown("employer", None))


class TestText:
    @pytest.mark.parametrize(
        ("words", "key", "text"),
        [
            ("02/03/2019", "birth_date", "2019-03-02"),
            (f"06{NBSP}12{NBSP}34{NBSP}56{NBSP}78", "phone", "0612345678"),
            ("+352621123456", "work_phone", "+352621123456"),
            ("pacs", "family_situation", "civil-union"),
            ("Mairie", "employer", "Mairie"),
            ("", "employer", None),
        ],
    )
    def test_as_read(self, words, key, text):
        """
        Days, numbers and answers are worded, the rest is as it was typed.
        """
        assert words == french.field_text(shown(key, text))

    @pytest.mark.parametrize("situation", FamilySituation)
    def test_every_situation(self, situation):
        """
        Every answer is worded so that it suits everyone.
        """
        assert french.family_situation(situation).islower()

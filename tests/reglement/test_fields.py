"""
[fields]: what an operator makes of the fields of forms.
"""

import pytest

from portail_core.domain.forms import SETTINGS, FieldUse
from portail_core.reglement_toml import read_reglement
from portail_core.wire import Unreadable
from tests.reglement.written import CHEMAUDIN, PETITES_BOUILLES

FIELDS = """
[fields.profile]
employer = "hidden"
birth_date = "mandatory"

[fields.household]
address = "editable"
"""


def faults(text):
    with pytest.raises(Unreadable) as unreadable:
        read_reglement(f"{CHEMAUDIN}\n{text}")
    return [str(fault) for fault in unreadable.value.faults]


class TestFields:
    @pytest.mark.rule("field.uses")
    def test_read(self):
        """
        A field is named by its section and its setting.
        """
        reglement = read_reglement(f"{CHEMAUDIN}\n{FIELDS}")

        assert {
            "profile.employer": FieldUse.HIDDEN,
            "profile.birth_date": FieldUse.MANDATORY,
            "household.address": FieldUse.EDITABLE,
        } == reglement.fields
        assert {"profile.occupation": FieldUse.HIDDEN} == read_reglement(
            PETITES_BOUILLES
        ).fields

    @pytest.mark.rule("field.uses")
    def test_unknown(self):
        """
        Fields that no form has, and those that no règlement changes, are told
        at once, with those that there are.
        """
        known = ", ".join(sorted(SETTINGS))

        assert [
            f"fields.child.first_name: is not among {known}",
            f"fields.profile.street: is not among {known}",
        ] == faults(
            '[fields.profile]\nstreet = "hidden"\n'
            '[fields.child]\nfirst_name = "hidden"\n'
        )

    @pytest.mark.rule("reglement.faults.all")
    def test_beside_others(self):
        """
        They are told beside what keeps the file from being read.
        """
        paths = [
            fault.split(":")[0]
            for fault in faults(
                '[fields.profile]\nstreet = "hidden"\nemployer = "?"\n'
                "[fields.household]\nphone = 3\n"
            )
        ]

        assert [
            "fields.profile.employer",
            "fields.household.phone",
            "fields.profile.street",
        ] == paths

    @pytest.mark.rule("field.uses")
    def test_no_table(self):
        """
        What is no table at all is told as such.
        """
        (fault, *_) = faults("[fields]\nprofile = 3\n")

        assert fault.startswith("fields.profile: ")

    @pytest.mark.rule("field.uses")
    def test_use(self):
        """
        A use that is none is told with its path.
        """
        fault = (
            "fields.profile.employer: 'optional' is not one of 'hidden', "
            "'shown', 'editable', 'mandatory'"
        )

        assert [fault] == faults('[fields.profile]\nemployer = "optional"\n')

"""
The household, its children, and what staff records.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core import HouseholdForm, Refused
from portail_core.application.dossiers import HouseholdUnknown
from portail_core.domain.children import BornLater
from portail_core.domain.households import FieldEmpty, PostcodeMalformed
from portail_core.domain.ids import AgentId

FORM = HouseholdForm(
    first_name="Camille",
    last_name="Martin",
    street="12 rue des Genêts",
    postcode="04200",
    town="Aubignosc",
    partner=("Alex", "Durand"),
)


class TestDescribe:
    def test_adults(self, family):
        """
        The member's own account stands with its name, the partner's not.
        """
        family.desk.household.describe(FORM)

        me, partner = family.desk.household.show().adults
        assert ("MARTIN Camille", family.member.account) == (
            me.name,
            me.account,
        )
        assert ("DURAND Alex", None) == (partner.name, partner.account)

    @pytest.mark.rule("household.field.mandatory")
    @pytest.mark.rule("household.postcode.malformed")
    def test_every_fault_at_once(self, family):
        """
        Six empty fields and a bad postcode are told together; nothing changes.
        """
        before = family.desk.household.show()
        form = HouseholdForm(
            first_name=" ",
            last_name="",
            street="",
            postcode="4200",
            town="\t",
            partner=("", ""),
        )

        with pytest.raises(Refused) as refused:
            family.desk.household.describe(form)

        assert (
            FieldEmpty("first_name"),
            FieldEmpty("last_name"),
            FieldEmpty("street"),
            FieldEmpty("town"),
            FieldEmpty("partner.first_name"),
            FieldEmpty("partner.last_name"),
            PostcodeMalformed("4200"),
        ) == refused.value.refusals
        assert before == family.desk.household.show()


class TestChildren:
    def test_oldest_first(self, family):
        """
        Children are listed by birth.
        """
        older = family.add_child("Noa", dt.date(2015, 1, 1))

        assert (older, family.child) == family.desk.children.all()

    @pytest.mark.rule("household.child.born-later")
    def test_born_today(self, family):
        """
        A child born today may be added, one born tomorrow may not.
        """
        family.add_child("Noa", dt.date(2026, 5, 13))

        with pytest.raises(Refused) as refused:
            family.desk.children.add(
                first_name="",
                last_name="Martin",
                birth_date=dt.date(2026, 5, 14),
            )
        assert (
            FieldEmpty("first_name"),
            BornLater(dt.date(2026, 5, 14)),
        ) == refused.value.refusals


class TestStaff:
    def test_quotient(self, world, family):
        """
        Staff finds a household by its address, and records its quotient.
        """
        staff = world.portal.trusted.staff(AgentId("accueil"))

        staff.record_quotient(
            staff.find_household(family.email.upper()),
            value=Decimal(0),
            month=dt.date(2026, 5, 4),
            evidence="attestation CAF du 04/05/2026",
        )

        quotient = family.desk.household.show().quotient
        assert (Decimal(0), dt.date(2026, 5, 1)) == (
            quotient.value,
            quotient.month,
        )

    @pytest.mark.rule("dossier.household.unknown")
    def test_nobody(self, world):
        """
        An address without an account is no household's.
        """
        staff = world.portal.trusted.staff(AgentId("accueil"))

        with pytest.raises(Refused) as refused:
            staff.find_household("nobody@example.org")
        assert (HouseholdUnknown(),) == refused.value.refusals

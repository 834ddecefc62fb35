"""
« Mon profil », « Mon foyer », « Mes enfants », and what staff records.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.application.dossiers import HouseholdUnknown
from portail_core.application.profiles import PartnerHasAccount
from portail_core.domain.changes import RecordChanged
from portail_core.domain.children import ChildUnknown
from portail_core.domain.forms import (
    BornLater,
    FieldClosed,
    FieldEmpty,
    FieldUse,
    PhoneMalformed,
    PostcodeMalformed,
)
from portail_core.domain.ids import AgentId
from tests.application.conftest import A_MINUTE, PETITES_BOUILLES, World

PARTNER = {
    "first_name": "Alex",
    "last_name": "Durand",
    "mobile_phone": "06 12 34 56 78",
}
ADDRESS = {
    "street": "3 chemin des Lavandes",
    "postcode": "04200",
    "town": "Sisteron",
}


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


def with_uses(**uses):
    named = {name.replace("__", "."): use for name, use in uses.items()}
    return evolve(PETITES_BOUILLES, fields=named)


class TestProfile:
    @pytest.mark.rule("household.profile")
    def test_every_block(self, family):
        """
        « Mon profil » holds what was filled in, and the address to sign in
        with.
        """
        desk = family.desk
        desk.profile.update_coordinates(
            {**ADDRESS, "home_phone": "0492000000"}
        )
        desk.profile.update_personal(
            {"birth_date": "07/11/1988", "family_situation": "civil-union"}
        )
        desk.profile.update_professional({"employer": "Mairie de Peipin"})

        profile = desk.profile.show()

        assert family.email == profile.email
        assert {
            "street": "3 chemin des Lavandes",
            "home_phone": "0492000000",
            "first_name": "Camille",
            "birth_date": "1988-11-07",
            "family_situation": "civil-union",
            "employer": "Mairie de Peipin",
            "occupation": None,
        } == {
            key: profile.text(key)
            for key in (
                "street",
                "home_phone",
                "first_name",
                "birth_date",
                "family_situation",
                "employer",
                "occupation",
            )
        }

    @pytest.mark.rule("field.kept")
    def test_untyped(self, family):
        """
        A field that is not typed keeps what it holds; one typed empty is
        emptied.
        """
        desk = family.desk
        desk.profile.update_professional(
            {"employer": "Mairie de Peipin", "work_phone": "0492000000"}
        )

        desk.profile.update_professional({"work_phone": " "})

        profile = desk.profile.show()
        assert ("Mairie de Peipin", None) == (
            profile.text("employer"),
            profile.text("work_phone"),
        )


class TestOperator:
    @pytest.mark.rule("field.uses")
    def test_uses(self, store):
        """
        The operator hides a field, keeps another to itself, asks for a third.
        """
        world = World(
            store,
            with_uses(
                profile__employer=FieldUse.HIDDEN,
                profile__occupation=FieldUse.SHOWN,
                profile__work_phone=FieldUse.MANDATORY,
            ),
        )
        (form,) = (
            form
            for form in world.family().desk.profile.show().forms
            if form.block.name == "PROFESSIONAL"
        )

        assert [
            ("occupation", FieldUse.SHOWN),
            ("work_phone", FieldUse.MANDATORY),
        ] == [(field.key, field.use) for field in form.fields]

    @pytest.mark.rule("field.closed")
    @pytest.mark.rule("field.mandatory")
    def test_refused(self, store):
        """
        Neither a hidden nor a shown field is the family's to fill in; an
        empty mandatory one is told beside them.
        """
        world = World(
            store,
            with_uses(
                profile__employer=FieldUse.HIDDEN,
                profile__occupation=FieldUse.SHOWN,
                profile__work_phone=FieldUse.MANDATORY,
            ),
        )
        desk = world.family().desk

        refusals = refusals_of(
            lambda: desk.profile.update_professional(
                {"employer": "Mairie", "occupation": "Boulanger"}
            )
        )

        assert {
            FieldClosed("profile.occupation"),
            FieldClosed("profile.employer"),
            FieldEmpty("profile.work_phone"),
        } == set(refusals)


class TestHousehold:
    @pytest.mark.rule("household.blocks")
    def test_shown(self, family):
        """
        « Mon foyer » shows me, my partner, the address and the children.
        """
        desk = family.desk
        desk.household.update_partner(PARTNER)
        desk.household.update_more({"children_count": "3"})

        shown = desk.household.show()

        assert family.email == shown.email
        assert "0612345678" == shown.partner.text("mobile_phone")
        assert "12 rue des Genêts" == shown.coordinates.text("street")
        assert ("3", 1) == (
            shown.more.text("children_count"),
            shown.children_known,
        )
        assert shown.me.text("street") is None

    @pytest.mark.rule("field.mandatory")
    @pytest.mark.rule("field.postcode")
    @pytest.mark.rule("field.phone")
    def test_every_fault_at_once(self, family):
        """
        Two empty fields, a bad postcode and a bad number are told together;
        nothing changes.
        """
        before = family.desk.household.show()

        refusals = refusals_of(
            lambda: family.desk.household.update(
                {
                    "street": "",
                    "postcode": "4200",
                    "town": "\t",
                    "phone": "06 12",
                }
            )
        )

        assert (
            FieldEmpty("household.street"),
            PostcodeMalformed("household.postcode"),
            FieldEmpty("household.town"),
            PhoneMalformed("household.phone"),
        ) == refusals
        assert before == family.desk.household.show()

    @pytest.mark.rule("household.partner")
    def test_partner_leaves(self, family):
        """
        A partner is added, changed and removed; removing nobody is nothing.
        """
        desk = family.desk
        desk.household.update_partner(PARTNER)
        desk.household.update_partner({"first_name": "Alexis"})
        with_partner = desk.household.show().partner

        desk.household.remove_partner()
        desk.household.remove_partner()

        assert "Alexis" == with_partner.text("first_name")
        assert "Durand" == with_partner.text("last_name")
        assert desk.household.show().partner.text("first_name") is None
        assert "Camille" == desk.profile.show().text("first_name")

    @pytest.mark.rule("household.partner.own-account")
    def test_partner_with_account(self, world, family):
        """
        Someone who signs in fills in their own profile.
        """
        family.desk.household.update_partner(PARTNER)
        with world.store.transaction() as tx:
            household = tx.of(family.member.household).household()
            me, partner = household.adults
            other = evolve(partner, account="alex")
            tx.put(evolve(household, adults=(me, other)))

        for act in (
            lambda: family.desk.household.update_partner(PARTNER),
            family.desk.household.remove_partner,
        ):
            assert (PartnerHasAccount(),) == refusals_of(act)


class TestChildren:
    def test_oldest_first(self, family):
        """
        Children are listed by birth.
        """
        older = family.add_child("Noa", dt.date(2015, 1, 1))

        assert (older, family.child) == family.desk.children.all()

    @pytest.mark.rule("field.born-later")
    def test_born_today(self, family):
        """
        A child born today may be added, one born tomorrow may not.
        """
        family.add_child("Noa", dt.date(2026, 5, 13))

        refusals = refusals_of(
            lambda: family.desk.children.add(
                {"last_name": "Martin", "birth_date": "14/05/2026"}
            )
        )

        assert (
            FieldEmpty("child.first_name"),
            BornLater("child.birth_date"),
        ) == refusals

    @pytest.mark.rule("household.child.changed")
    def test_changed(self, family):
        """
        « Ajouter, visualiser ou modifier »: a child's name is corrected.
        """
        desk = family.desk
        desk.children.update(family.child.id, {"first_name": "Louve"})

        (child,) = desk.children.all()

        assert "Louve" == child.first_name
        assert "Louve" == desk.children.form(child.id).text("first_name")
        assert desk.children.form().text("first_name") is None

    @pytest.mark.rule("household.child.unknown")
    def test_other_household(self, world, family):
        """
        Another household's child cannot be read nor changed.
        """
        other = world.family("petit").desk

        for act in (
            lambda: other.children.form(family.child.id),
            lambda: other.children.update(family.child.id, {}),
        ):
            assert (ChildUnknown(),) == refusals_of(act)


class TestHistory:
    @pytest.mark.rule("household.history")
    def test_changes(self, world, family):
        """
        Each field that changed is listed, newest first: what it held, what
        it holds, who and when; one typed again is not.
        """
        world.clock.move(A_MINUTE)
        family.desk.household.update({**ADDRESS, "postcode": "04200"})

        changes = family.desk.household.history(size=2).items

        assert [
            ("household.street", "12 rue des Genêts", "3 chemin des Lavandes"),
            ("household.town", "Aubignosc", "Sisteron"),
        ] == [
            (change.field_name, change.before, change.after)
            for change in changes
        ]
        assert {(f"account/{family.member.account}", world.clock.now())} == {
            (change.actor, change.at) for change in changes
        }

    @pytest.mark.rule("household.history.journal")
    def test_journal(self, world, family):
        """
        The journal says which fields changed, and nothing of what they hold.
        """
        stream = f"household/{family.member.household}"

        family.desk.profile.update_professional({"employer": "Mairie"})

        with world.store.reading() as reading:
            (*_, last) = reading.journal(stream)
        assert RecordChanged(fields=("profile.employer",)) == last.event


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

        with world.store.reading() as reading:
            household = reading.of(family.member.household).household()
        assert (Decimal(0), dt.date(2026, 5, 1)) == (
            household.quotient.value,
            household.quotient.month,
        )

    @pytest.mark.rule("dossier.household.unknown")
    def test_nobody(self, world):
        """
        An address without an account is no household's.
        """
        staff = world.portal.trusted.staff(AgentId("accueil"))

        assert (HouseholdUnknown(),) == refusals_of(
            lambda: staff.find_household("nobody@example.org")
        )

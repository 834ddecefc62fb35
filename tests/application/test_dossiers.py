"""
Dossiers that staff enters, lists and invites again.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.application.dossiers import (
    DossierState,
    DossierUnknown,
    NobodyInvited,
)
from portail_core.domain.accounts import AccountState
from portail_core.domain.dossiers import (
    AdultsCount,
    ChildTwice,
    DossierForm,
    EmailTaken,
)
from portail_core.domain.forms import (
    BornLater,
    DayMalformed,
    EmailFieldMalformed,
    FieldEmpty,
    FieldUnknown,
    FieldUse,
    PhoneMalformed,
    PostcodeMalformed,
)
from portail_core.domain.ids import AgentId, HouseholdId
from portail_core.domain.links import INVITATION_LIFE
from tests.application.conftest import (
    A_MINUTE,
    PASSWORD,
    PETITES_BOUILLES,
    World,
)

EMAIL = "noa.garcia@example.org"
NOA = {
    "first_name": "Noa",
    "last_name": "Garcia",
    "birth_date": "01/02/1990",
    "mobile_phone": "06 12 34 56 78",
    "employer": "Mairie de Peipin",
    "email": EMAIL,
}
ALEX = {"first_name": "Alex", "last_name": "Petit"}
HOME = {
    "street": "3 chemin des Lavandes",
    "postcode": "04200",
    "town": "Sisteron",
    "phone": "04 92 00 00 00",
    "children_count": "2",
}
ZOE = {
    "first_name": "Zoé",
    "last_name": "Garcia",
    "birth_date": "09/04/2018",
}


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


def form(*adults, household=HOME, children=(ZOE,)):
    return DossierForm(
        adults=adults or (NOA, ALEX), household=household, children=children
    )


@pytest.fixture(name="desk")
def _desk(world):
    return world.portal.trusted.staff(AgentId("accueil")).dossiers


class TestEnter:
    @pytest.mark.rule("dossier.entered")
    @pytest.mark.rule("dossier.invited")
    def test_found_again(self, world, desk):
        """
        Once activated, the family finds the dossier as it was entered.
        """
        desk.enter(form())
        world.portal.public.activate(world.secret(), PASSWORD)

        session = world.portal.public.sign_in(EMAIL, PASSWORD)
        family = world.portal.family(session.token)

        profile, household = family.profile.show(), family.household.show()
        (child,) = family.children.all()
        assert ("Noa", "0612345678", "Mairie de Peipin", None) == (
            profile.text("first_name"),
            profile.text("mobile_phone"),
            profile.text("employer"),
            profile.text("street"),
        )
        assert ("Petit", "Sisteron", "0492000000", "2") == (
            household.partner.text("last_name"),
            household.coordinates.text("town"),
            household.coordinates.text("phone"),
            household.more.text("children_count"),
        )
        assert "GARCIA Zoé" == child.name

    @pytest.mark.rule("dossier.entered")
    def test_history(self, world, desk):
        """
        The history and the journal name the agent.
        """
        household = desk.enter(form())

        family = world.portal.trusted.family(world.account(EMAIL).id)
        changes = family.household.history(size=50).items

        assert {"agent/accueil"} == {one.actor for one in changes}
        assert {
            ("adult/2", "profile.first_name", "Alex"),
            ("household", "household.town", "Sisteron"),
            ("household", "household.children_count", "2"),
        } <= {(one.subject, one.field_name, one.after) for one in changes}
        with world.store.reading() as reading:
            entries = reading.journal(f"household/{household}")
        assert {"agent/accueil"} == {entry.actor for entry in entries}

    @pytest.mark.rule("dossier.invited")
    def test_two_invited(self, world, desk):
        """
        Two adults with an address have an account each, of one household.
        """
        household = desk.enter(
            form(NOA, {**ALEX, "email": "alex@example.org"})
        )

        accounts = [world.account(one) for one in (EMAIL, "alex@example.org")]
        assert {(household, AccountState.INVITED)} == {
            (account.household, account.state) for account in accounts
        }
        assert 2 == len(world.letters())

    def test_no_address(self, world, desk):
        """
        Without an address nobody is written to.
        """
        household = desk.enter(form(ALEX, children=()))

        assert [] == world.letters()
        assert DossierState.NO_ACCOUNT is desk.show(household).row.state

    @pytest.mark.rule("dossier.fields")
    def test_uses(self, store):
        """
        Staff fills in what is hidden or shown, and leaves what families must
        fill in.
        """
        uses = {
            "profile.employer": FieldUse.HIDDEN,
            "profile.mobile_phone": FieldUse.SHOWN,
            "profile.occupation": FieldUse.MANDATORY,
        }
        world = World(store, evolve(PETITES_BOUILLES, fields=uses))
        desk = world.portal.trusted.staff(AgentId("accueil")).dossiers

        household = desk.enter(form(NOA, household={}))

        (noa,) = desk.show(household).household.adults
        assert ("Mairie de Peipin", "0612345678", None) == (
            noa.employer,
            noa.mobile_phone,
            noa.occupation,
        )

    @pytest.mark.rule("dossier.faults")
    @pytest.mark.rule("dossier.email.taken")
    def test_every_fault(self, world, desk, family):
        """
        Every fault is told at once, each with its path, an address that has
        an account among them; nothing is kept.
        """
        before = desk.list().total

        refusals = refusals_of(
            lambda: desk.enter(
                form(
                    {**NOA, "first_name": " ", "mobile_phone": "12"},
                    {**ALEX, "email": family.email.upper(), "size": "1"},
                    household={"postcode": "4200", "street": "1 rue"},
                    children=(
                        ZOE,
                        {**ZOE, "birth_date": "32/01/2018"},
                        {"birth_date": "2030-01-01"},
                    ),
                )
            )
        )

        assert {
            FieldEmpty("adults[0].first_name"),
            PhoneMalformed("adults[0].mobile_phone"),
            FieldUnknown("adults[1].size"),
            EmailTaken("adults[1].email"),
            PostcodeMalformed("household.postcode"),
            FieldEmpty("household.town"),
            DayMalformed("children[1].birth_date"),
            FieldEmpty("children[2].first_name"),
            FieldEmpty("children[2].last_name"),
            BornLater("children[2].birth_date"),
        } == set(refusals)
        assert before == desk.list().total
        assert world.account(EMAIL) is None

    @pytest.mark.rule("dossier.email.taken")
    def test_email(self, world, desk):
        """
        An address that is no address, one given twice and one invited are
        told; one that nobody confirmed is taken over.
        """
        world.portal.public.register(EMAIL, PASSWORD)
        taken_over = desk.enter(form(NOA))

        malformed = refusals_of(
            lambda: desk.enter(form({**NOA, "email": "x"}))
        )
        twice = refusals_of(
            lambda: desk.enter(form(NOA, {**ALEX, "email": EMAIL}))
        )

        assert (EmailFieldMalformed("adults[0].email"),) == malformed
        assert (
            EmailTaken("adults[1].email"),
            EmailTaken("adults[0].email"),
        ) == twice
        account = world.account(EMAIL)
        assert (taken_over, AccountState.INVITED) == (
            account.household,
            account.state,
        )

    @pytest.mark.rule("dossier.adults")
    @pytest.mark.parametrize("count", [0, 3])
    def test_adults(self, desk, count):
        """
        Nobody, or a third adult, is no dossier.
        """
        refusals = refusals_of(
            lambda: desk.enter(DossierForm(adults=[ALEX] * count))
        )

        assert (AdultsCount(2),) == refusals

    @pytest.mark.rule("dossier.child.twice")
    def test_child_twice(self, desk):
        """
        A child in other letters is the same child; a twin is another.
        """
        again = {**ZOE, "first_name": "ZOE", "birth_date": "2018-04-09"}
        twin = {**ZOE, "first_name": "Lou"}

        refusals = refusals_of(
            lambda: desk.enter(form(children=(ZOE, twin, again)))
        )

        assert (ChildTwice("children[2].first_name"),) == refusals


class TestList:
    @pytest.mark.rule("dossier.list")
    def test_states(self, world, desk):
        """
        The list says where each account stands, and since when.
        """
        invited = desk.enter(form())
        world.clock.move(A_MINUTE)
        nobody = desk.enter(form(ALEX))
        active = world.family("morel").member.household
        world.portal.public.register("new@example.org", PASSWORD)
        at = world.clock.now()

        rows = {row.household: row for row in desk.list().items}

        new = world.account("new@example.org").household
        assert {
            invited: (DossierState.INVITED, at - A_MINUTE, (EMAIL,)),
            nobody: (DossierState.NO_ACCOUNT, None, ()),
            active: (DossierState.ACTIVE, at, ("famille.morel@example.org",)),
            new: (DossierState.UNCONFIRMED, at, ("new@example.org",)),
        } == {
            name: (row.state, row.since, row.emails)
            for name, row in rows.items()
        }
        assert ("GARCIA Noa", "PETIT Alex") == rows[invited].adults

    @pytest.mark.rule("dossier.list")
    def test_taken_over(self, world, desk):
        """
        Of an account that was taken over, the invitation counts.
        """
        world.portal.public.register(EMAIL, PASSWORD)
        world.clock.move(A_MINUTE)

        household = desk.enter(form(NOA))

        assert world.clock.now() == desk.show(household).row.since

    @pytest.mark.rule("dossier.list")
    def test_pages(self, desk):
        """
        Dossiers are listed by name, a page at a time; a search finds a child.
        """
        for name in ("Petit", "garcia", "Éluard"):
            desk.enter(form({**ALEX, "last_name": name}))
        desk.enter(form(ALEX, children=({**ZOE, "first_name": "Lou"},)))

        second = desk.list(page=2, size=3)
        found = desk.list("LOU garcia")

        assert [("PETIT Alex",)] == [row.adults for row in second.items]
        assert (4, 2) == (second.total, second.pages)
        assert 1 == found.total

    @pytest.mark.rule("dossier.list")
    def test_show(self, desk):
        """
        A dossier is shown with its household, its addresses and its children.
        """
        household = desk.enter(form())

        shown = desk.show(household)

        assert "Sisteron" == shown.household.address.town
        assert [EMAIL] == list(shown.emails.values())
        assert ["GARCIA Zoé"] == [child.name for child in shown.children]

    @pytest.mark.rule("dossier.unknown")
    def test_unknown(self, desk):
        """
        A household that is not there is no dossier.
        """
        nobody = HouseholdId("nobody")

        for act in (desk.show, desk.invite_again):
            assert (DossierUnknown(),) == refusals_of(lambda a=act: a(nobody))


class TestInviteAgain:
    @pytest.mark.rule("dossier.invite.nobody")
    def test_again(self, world, desk):
        """
        The mail is sent again, for seven days more; to nobody, once the
        account is active.
        """
        household = desk.enter(form())
        world.letters()
        world.clock.move(INVITATION_LIFE)

        desk.invite_again(household)
        secret = world.secret()
        world.clock.move(INVITATION_LIFE - dt.timedelta(microseconds=1))
        world.portal.public.activate(secret, PASSWORD)

        assert (NobodyInvited(),) == refusals_of(
            lambda: desk.invite_again(household)
        )

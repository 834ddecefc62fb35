"""
Who signed up, and the dossier that they had already.
"""

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core import Refused
from portail_core.application.dossiers import DossierUnknown
from portail_core.application.joining import (
    AdultHasAccount,
    HouseholdInUse,
    NotRegistered,
)
from portail_core.domain.admission import Admission
from portail_core.domain.children import Custody
from portail_core.domain.dossiers import DossierForm
from portail_core.domain.ids import AgentId, HouseholdId
from portail_core.domain.matches import HouseholdJoined
from portail_core.testing import MemoryStore
from portail_core.testing.builders import PDF
from tests.application.conftest import (
    NEXT,
    PASSWORD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)
from tests.application.test_documents import HEALTH_FORM, PROOF_OF_HOME

MERCREDIS = PETITES_BOUILLES.accueils[0].code
REGLEMENT = evolve(
    PETITES_BOUILLES,
    documents=(HEALTH_FORM, PROOF_OF_HOME),
    accueils=tuple(
        evolve(accueil, admission=Admission.PRE_REGISTRATION)
        for accueil in PETITES_BOUILLES.accueils
    ),
)
LOU = {
    "first_name": "LOU",
    "last_name": "essai",
    "birth_date": "2018-04-09",
}
ZOE = {"first_name": "Zoé", "last_name": "Essai", "birth_date": "1/2/2020"}
CAMILLE = {
    "first_name": "Camille",
    "last_name": "MARTIN",
    "employer": "Mairie de Peipin",
}
HOME = {"street": "1 rue Haute", "postcode": "04200", "town": "Peipin"}


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


@pytest.fixture(name="desk")
def _desk(world):
    return world.portal.trusted.staff(AgentId("accueil")).dossiers


@pytest.fixture(name="dossier")
def _dossier(desk):
    return desk.enter(
        DossierForm(adults=[CAMILLE], household=HOME, children=[LOU, ZOE])
    )


@pytest.fixture(name="registered")
def _registered(family):
    return family.member.household


class TestMatches:
    @pytest.mark.rule("dossier.match")
    def test_child(self, desk, dossier, registered):
        """
        A child in both, in other letters, makes a match that says why.
        """
        (match,) = desk.matches()

        assert (registered, dossier) == (match.registered.id, match.dossier.id)
        ((one, other),) = match.alike.children
        assert ("Lou", "LOU") == (one.first_name, other.first_name)
        assert () == match.alike.adults

    @pytest.mark.rule("dossier.match")
    def test_adult(self, world, desk, family):
        """
        So does an adult, if both said the birth date.
        """
        born = {"birth_date": "01/02/1988"}
        desk.enter(DossierForm(adults=[CAMILLE]))
        desk.enter(DossierForm(adults=[{**CAMILLE, **born}]))
        nobody = desk.matches()

        family.desk.profile.update_personal(born)

        assert () == nobody
        (match,) = desk.matches()
        ((me, other),) = match.alike.adults
        assert ("Martin", "MARTIN") == (me.last_name, other.last_name)

    @pytest.mark.rule("dossier.match.dismissed")
    def test_dismissed(self, desk, dossier, registered):
        """
        Two that are two are not offered again; saying so twice is saying it.
        """
        desk.dismiss(registered, dossier)
        desk.dismiss(registered, dossier)

        assert () == desk.matches()
        assert (DossierUnknown(),) == refusals_of(
            lambda: desk.dismiss(registered, HouseholdId("nobody"))
        )


class TestJoin:
    @pytest.mark.rule("dossier.join")
    def test_family(self, world, desk, family, dossier, registered):
        """
        Whoever is signed in stays so, and finds the dossier: what it says
        stays, what it does not say is as the family described it.
        """
        family.desk.profile.update_coordinates(
            {**HOME, "mobile_phone": "0612345678"}
        )
        family.desk.profile.update_professional({"employer": "Elsewhere"})
        family.add_child("Sacha")
        session = world.portal.public.sign_in(family.email, PASSWORD)

        desk.join(registered, dossier)

        family = world.portal.family(session.token)
        profile, household = family.profile.show(), family.household.show()
        assert ("MARTIN", "Mairie de Peipin", "0612345678", "Peipin") == (
            profile.text("last_name"),
            profile.text("employer"),
            profile.text("mobile_phone"),
            profile.text("town"),
        )
        assert ("1 rue Haute", None) == (
            household.coordinates.text("street"),
            household.partner.text("last_name"),
        )
        assert ["ESSAI LOU", "ESSAI Sacha", "ESSAI Zoé"] == sorted(
            child.name for child in family.children.all()
        )
        subject = f"profile/{world.account(profile.email).id}"
        assert (subject, "agent/accueil", "0612345678") in {
            (one.subject, one.actor, one.after)
            for one in family.household.history(size=50).items
        }

    @pytest.mark.rule("dossier.join")
    def test_books(self, world, desk, family, dossier, registered):
        """
        The dossier books for its own child, and for the one that came.
        """
        sacha = family.add_child("Sacha")
        desk.join(registered, dossier)
        family.meet(world.portal)
        (lou, *_) = (c for c in family.desk.children.all() if c.id != sacha.id)

        for child, day in ((lou, WEDNESDAY), (sacha, NEXT)):
            request = family.ask(day, child=child)
            with world.store.reading() as reading:
                assert reading.of(dossier).request(request.number) is not None

    @pytest.mark.rule("dossier.join")
    def test_added(self, world, desk, registered, family):
        """
        Who is not in the dossier is added to it; who said no name brings
        their account alone.
        """
        alex = {"first_name": "Alex", "last_name": "Petit"}
        dossier = desk.enter(DossierForm(adults=[alex]))
        world.portal.public.register("new@example.org", PASSWORD)
        world.letters()
        new = world.account("new@example.org").household
        world.portal.public.activate(_activation(world), PASSWORD)
        new = world.account("new@example.org").household

        desk.join(registered, dossier)
        desk.join(new, dossier)

        shown = desk.show(dossier)
        assert ("PETIT Alex", "MARTIN Camille") == shown.row.adults
        assert [family.email, "new@example.org"] == list(shown.emails.values())

    @pytest.mark.rule("dossier.join.left-over")
    def test_left_over(self, world, desk, dossier, registered):
        """
        What is left over describes nobody, and is neither listed, offered
        nor joined again.
        """
        desk.join(registered, dossier)

        assert () == desk.matches()
        assert [dossier] == [row.household for row in desk.list().items]
        for act in (
            lambda: desk.show(registered),
            lambda: desk.join(registered, dossier),
            lambda: desk.join(dossier, registered),
            lambda: desk.dismiss(registered, dossier),
        ):
            assert (DossierUnknown(),) == refusals_of(act)
        with world.store.reading() as reading:
            left = reading.household(registered)
        assert ((), None, dossier) == (
            left.adults,
            left.address,
            left.joined_to,
        )

    @pytest.mark.rule("dossier.join.journal")
    def test_journal(self, world, desk, dossier, registered):
        """
        Both journals say which household was joined to which, and by whom.
        """
        desk.join(registered, dossier)

        with world.store.reading() as reading:
            last = [
                reading.journal(f"household/{household}")[-1]
                for household in (registered, dossier)
            ]
        assert {("agent/accueil", HouseholdJoined(dossier=dossier))} == {
            (entry.actor, entry.event) for entry in last
        }

    @pytest.mark.rule("dossier.join")
    def test_old_link(self, world, desk, family, dossier, registered):
        """
        A link to another password, sent before, does not lead back to what is
        left over.
        """
        world.letters()
        world.portal.public.forgot_password(family.email)
        secret = world.secret()

        desk.join(registered, dossier)
        world.portal.public.reset_password(secret, "Une-autre-phrase-2026")

        assert dossier == world.account(family.email).household


class TestRecords:
    """
    Documents and pre-registrations go where the family goes.
    """

    @pytest.fixture(name="world")
    def _world(self, store):
        return World(store, REGLEMENT)

    @pytest.mark.rule("dossier.join.records")
    def test_documents(self, world, desk, family, dossier, registered):
        """
        What was given about the household, about a child alike and about
        another one is the dossier's, and its child's.
        """
        sacha = family.add_child("Sacha")
        for kind, child in (
            (PROOF_OF_HOME, None),
            (HEALTH_FORM, family.child.id),
            (HEALTH_FORM, sacha.id),
        ):
            family.desk.documents.submit(
                kind.code, PDF, "scan.pdf", child=child
            )

        desk.join(registered, dossier)

        with world.store.reading() as reading:
            of = reading.of(dossier)
            lou = next(c for c in of.children() if c.first_name == "LOU")
            documents = of.documents()
        assert {(dossier, None), (dossier, lou.id), (dossier, sacha.id)} == {
            (one.household, one.child) for one in documents
        }

    @pytest.mark.rule("dossier.join.records")
    def test_shared(self, world, desk, family, dossier, registered):
        """
        What another household gave about a child of both stays its own, and a
        child that is of both already is booked for as before.
        """
        other = world.family("petit")
        given = other.desk.documents.submit(
            HEALTH_FORM.code, PDF, "scan.pdf", child=other.child.id
        )
        asked = other.desk.pre_registrations.ask(other.child.id, MERCREDIS)
        with world.store.transaction() as tx:
            for household in (registered, dossier):
                since = dt.date(2026, 1, 1)
                tx.put(
                    Custody(
                        child=other.child.id, household=household, since=since
                    )
                )

        desk.join(registered, dossier)

        with world.store.reading() as reading:
            of = reading.of(dossier)
            assert {other.member.household} == {
                of.document(given.id).household,
                of.pre_registration(asked.id).household,
            }
            assert of.custody(other.child.id) is not None

    @pytest.mark.rule("dossier.join.records")
    def test_pre_registrations(self, world, desk, family, dossier, registered):
        """
        A pre-registration is the dossier's child's, unless that one has one
        that stands: it then stays where it is.
        """
        mine = family.desk.pre_registrations.ask(family.child.id, MERCREDIS)
        with world.store.reading() as reading:
            lou, zoe = reading.of(dossier).children()
        second = desk.enter(DossierForm(adults=[CAMILLE], children=[LOU]))
        later = world.family("morel")
        theirs = later.desk.pre_registrations.ask(later.child.id, MERCREDIS)

        desk.join(registered, dossier)
        desk.join(later.member.household, dossier)

        with world.store.reading() as reading:
            (kept,) = reading.of(dossier).pre_registrations()
            (left,) = reading.of(later.member.household).pre_registrations()
            assert () == reading.of(second).pre_registrations()
        assert (mine.id, dossier, lou.id) == (
            kept.id,
            kept.household,
            kept.child,
        )
        assert (theirs.id, later.child.id) == (left.id, left.child)
        assert "Zoé" == zoe.first_name

    @pytest.mark.rule("dossier.join.records")
    def test_refused_before(self, world, desk, family, dossier, registered):
        """
        One that was refused follows as well, with its reason.
        """
        asked = family.desk.pre_registrations.ask(family.child.id, MERCREDIS)
        staff = world.portal.trusted.staff(AgentId("accueil"))
        staff.pre_registrations.refuse(asked.id, reason="hors commune")

        desk.join(registered, dossier)

        with world.store.reading() as reading:
            (kept,) = reading.of(dossier).pre_registrations()
        assert (asked.id, dossier, "hors commune") == (
            kept.id,
            kept.household,
            kept.reason,
        )


class TestRefused:
    @pytest.mark.rule("dossier.join.in-use")
    def test_in_use(self, world, desk, family, dossier, registered):
        """
        A household that made a request, even one thrown away, is not joined.
        """
        request = family.ask(WEDNESDAY)
        family.desk.basket.discard(request.number, command="away")

        assert (HouseholdInUse(),) == refusals_of(
            lambda: desk.join(registered, dossier)
        )
        assert registered == world.account(family.email).household

    @pytest.mark.rule("dossier.join.registered")
    def test_not_registered(self, world, desk, dossier, registered):
        """
        A dossier that staff entered, the same household twice and an address
        that nobody confirmed are not joined.
        """
        world.portal.public.register("new@example.org", PASSWORD)
        new = world.account("new@example.org").household

        for one, other in (
            (dossier, registered),
            (registered, registered),
            (new, dossier),
        ):
            assert NotRegistered() in refusals_of(
                lambda a=one, b=other: desk.join(a, b)
            )

    @pytest.mark.rule("dossier.join.own-account")
    def test_own_account(self, world, desk, family, registered):
        """
        The adult of the dossier who signs in already keeps their account; an
        invitation that was not followed gives way.
        """
        world.letters()
        invited = {**CAMILLE, "email": "camille@example.org"}
        dossier = desk.enter(DossierForm(adults=[invited]))
        other = desk.enter(
            DossierForm(adults=[{**CAMILLE, "email": "c@example.org"}])
        )
        world.portal.public.activate(
            _activation(world, "camille@example.org"), PASSWORD
        )

        assert (AdultHasAccount(),) == refusals_of(
            lambda: desk.join(registered, dossier)
        )
        desk.join(registered, other)

        (adult,) = desk.show(other).household.adults
        assert world.account(family.email).id == adult.account


def _activation(world, email=None):
    if email is None:
        world.portal.public.resend_link("new@example.org")
        return world.secret()
    return next(
        letter.url.rsplit("/", 1)[-1]
        for to, letter in world.mails()
        if to == email
    )


# Nobody else is told --------------------------------------------------------


def _told(entered, born):
    """
    All that someone who signs up, and gives a child's name, is told.
    """
    world = World(MemoryStore())
    desk = world.portal.trusted.staff(AgentId("accueil")).dossiers
    child = {**LOU, "birth_date": born.isoformat()}
    desk.enter(
        DossierForm(
            adults=[CAMILLE],
            household=HOME,
            children=[child if entered else {**child, "first_name": "Zoé"}],
        )
    )
    family = world.family()
    added = family.add_child("Lou", born)
    told = (
        family.desk.profile.show(),
        family.desk.household.show(),
        [one.name for one in family.desk.children.all()],
        family.desk.children.form(added.id),
        [
            (one.field_name, one.after, one.actor.partition("/")[0])
            for one in family.desk.household.history(size=50).items
        ],
        family.desk.home(),
        [type(letter) for letter in world.letters()],
    )
    return told, len(desk.matches())


@pytest.mark.rule("dossier.match")
@given(st.dates(dt.date(2015, 1, 1), dt.date(2026, 1, 1)))
def test_nobody_is_told(born):
    """
    Whoever signs up is told the same, whether or not there is a dossier of
    the child that they add.
    """
    with_dossier, offered = _told(True, born)
    without, not_offered = _told(False, born)

    assert (1, 0) == (offered, not_offered)
    assert with_dossier == without

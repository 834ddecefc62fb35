"""
« Mes pré-inscriptions »: asking, answering, booking.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.domain.admission import Admission
from portail_core.domain.children import ChildUnknown, Custody
from portail_core.domain.gates import (
    EmailUnconfirmed,
    PreRegistrationMissing,
    PreRegistrationRefused,
    PreRegistrationWaiting,
)
from portail_core.domain.ids import AccueilCode, AgentId, PreRegistrationId
from portail_core.domain.pre_registrations import (
    AccueilUnknown,
    AlreadyPreRegistered,
    PreRegistrationDecided,
    PreRegistrationNotNeeded,
    PreRegistrationState,
    PreRegistrationUnknown,
    RefusedWithoutReason,
)
from portail_core.ports.mail import (
    PreRegistrationAcceptance,
    PreRegistrationRefusal,
)
from tests.application.conftest import (
    PASSWORD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)

MERCREDIS = PETITES_BOUILLES.accueils[0].code
LABEL = "PERISCOLAIRE MERCREDIS"
SITE = "ALSH - LES PTITES BOUILLES - AUBIGNOSC"
REGLEMENT = evolve(
    PETITES_BOUILLES,
    accueils=tuple(
        evolve(accueil, admission=Admission.PRE_REGISTRATION)
        for accueil in PETITES_BOUILLES.accueils
    ),
)
A_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(name="world")
def _world(store):
    return World(store, REGLEMENT)


@pytest.fixture(name="staff")
def _staff(world):
    return world.portal.trusted.staff(AgentId("accueil")).pre_registrations


def ask(family, child=None, accueil=MERCREDIS):
    child = child or family.child
    return family.desk.pre_registrations.ask(child.id, accueil)


def refusals_of(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.refusals


class TestAsk:
    @pytest.mark.rule("pre-registration.ask")
    def test_asked(self, family, staff):
        """
        A family asks for a child, and staff sees it with its names.
        """
        asked = ask(family)

        (seen,) = staff.to_decide()
        assert (asked,) == family.desk.pre_registrations.all()
        assert (asked.id, LABEL, "ESSAI Lou") == (
            seen.pre_registration.id,
            seen.label,
            seen.child,
        )
        assert (LABEL, PreRegistrationState.ASKED) == (
            asked.label,
            asked.state,
        )

    @pytest.mark.rule("pre-registration.unconfirmed")
    def test_unconfirmed(self, world):
        """
        Nothing is asked by who has not confirmed its address.
        """
        world.portal.public.register("parent@example.org", PASSWORD)
        token = world.portal.public.sign_in(
            "parent@example.org", PASSWORD
        ).token
        desk = world.portal.family(token)
        child = desk.children.add(
            {
                "first_name": "Lou",
                "last_name": "Essai",
                "birth_date": "2018-04-09",
            }
        )

        assert (EmailUnconfirmed(),) == refusals_of(
            lambda: desk.pre_registrations.ask(child.id, MERCREDIS)
        )

    @pytest.mark.rule("pre-registration.accueil.unknown")
    def test_unknown_accueil(self, family):
        """
        The accueil is one of the règlement's.
        """
        nowhere = AccueilCode("ailleurs")

        assert (AccueilUnknown(nowhere),) == refusals_of(
            lambda: ask(family, accueil=nowhere)
        )

    @pytest.mark.rule("pre-registration.accueil.open")
    def test_open(self, world, family):
        """
        At an accueil that is open to all there is nothing to ask.
        """
        world.portal.activate(PETITES_BOUILLES, since=dt.date(2026, 5, 13))
        family.meet(world.open(PETITES_BOUILLES))

        assert (PreRegistrationNotNeeded(LABEL),) == refusals_of(
            lambda: ask(family)
        )

    @pytest.mark.rule("household.child.unknown")
    def test_other_child(self, world, family):
        """
        Another household's child is unknown.
        """
        other = world.family("durand")

        assert (ChildUnknown(),) == refusals_of(
            lambda: ask(family, child=other.child)
        )

    @pytest.mark.rule("pre-registration.once")
    def test_once(self, family, staff):
        """
        One that waits or was accepted is not asked again.
        """
        asked = ask(family)

        assert (AlreadyPreRegistered(LABEL),) == refusals_of(
            lambda: ask(family)
        )
        staff.accept(asked.id)
        assert (AlreadyPreRegistered(LABEL),) == refusals_of(
            lambda: ask(family)
        )
        assert ask(family, child=family.add_child("Noa"))

    @pytest.mark.rule("pre-registration.again")
    def test_again(self, world, family, staff):
        """
        One that was refused or withdrawn may be asked again.
        """
        staff.refuse(ask(family).id, reason="complet")
        world.clock.move(A_MINUTE)
        withdrawn = ask(family)
        family.desk.pre_registrations.withdraw(withdrawn.id)
        world.clock.move(A_MINUTE)
        ask(family)

        states = [one.state for one in family.desk.pre_registrations.all()]
        assert [
            PreRegistrationState.ASKED,
            PreRegistrationState.WITHDRAWN,
            PreRegistrationState.REFUSED,
        ] == states


class TestWithdraw:
    @pytest.mark.rule("pre-registration.decided")
    def test_decided(self, family, staff):
        """
        What was answered is not withdrawn.
        """
        asked = ask(family)
        staff.accept(asked.id)

        assert (PreRegistrationDecided(),) == refusals_of(
            lambda: family.desk.pre_registrations.withdraw(asked.id)
        )

    @pytest.mark.rule("pre-registration.unknown")
    def test_another_household(self, world, family):
        """
        Another household's is unknown, as one that is not there; so is that
        of the other household of a shared child, which it sees all the same.
        """
        asked = ask(family)
        other = world.family("durand")
        withdraw = other.desk.pre_registrations.withdraw

        for one in (asked.id, PreRegistrationId("none")):
            assert (PreRegistrationUnknown(),) == refusals_of(
                lambda i=one: withdraw(i)
            )
        assert () == other.desk.pre_registrations.all()
        with world.store.transaction() as tx:
            tx.put(
                Custody(
                    child=family.child.id,
                    household=other.member.household,
                    since=dt.date(2026, 5, 13),
                )
            )
        assert (asked,) == other.desk.pre_registrations.all()
        assert (PreRegistrationUnknown(),) == refusals_of(
            lambda: withdraw(asked.id)
        )


class TestAnswer:
    @pytest.mark.rule("pre-registration.told")
    def test_accepted(self, world, family, staff):
        """
        Whoever asked is told yes.
        """
        staff.accept(ask(family).id)

        assert [
            PreRegistrationAcceptance(
                child="ESSAI Lou", establishment=SITE, accueil=LABEL
            )
        ] == world.letters()
        assert () == staff.to_decide()

    @pytest.mark.rule("pre-registration.told")
    @pytest.mark.rule("pre-registration.reason.needed")
    def test_refused(self, world, family, staff):
        """
        Whoever asked is told no, and why.
        """
        asked = ask(family)

        assert (RefusedWithoutReason(),) == refusals_of(
            lambda: staff.refuse(asked.id, reason="")
        )
        staff.refuse(asked.id, reason=" complet ")

        assert [
            PreRegistrationRefusal(
                child="ESSAI Lou",
                establishment=SITE,
                accueil=LABEL,
                reason="complet",
            )
        ] == world.letters()

    @pytest.mark.rule("pre-registration.decided")
    def test_once(self, world, family, staff):
        """
        Decided once, told once; what was withdrawn is not decided.
        """
        asked = ask(family)
        staff.accept(asked.id)
        gone = ask(family, child=family.add_child("Noa"))
        family.desk.pre_registrations.withdraw(gone.id)

        assert (PreRegistrationDecided(),) == refusals_of(
            lambda: staff.accept(gone.id)
        )
        assert (PreRegistrationDecided(), RefusedWithoutReason()) == (
            refusals_of(lambda: staff.refuse(asked.id, reason=" "))
        )
        assert 1 == len(world.letters())

    @pytest.mark.rule("pre-registration.unknown")
    def test_unknown(self, staff):
        """
        Staff is told that there is none, too.
        """
        assert (PreRegistrationUnknown(),) == refusals_of(
            lambda: staff.accept(PreRegistrationId("none"))
        )

    def test_accueil_gone(self, world, family):
        """
        An answer about an accueil that is offered no longer names its code.
        """
        asked = ask(family)
        vacances = AccueilCode("vacances")
        other = evolve(
            REGLEMENT,
            accueils=(evolve(REGLEMENT.accueils[0], code=vacances),),
            periods=tuple(
                evolve(p, accueil=vacances) for p in REGLEMENT.periods
            ),
            pools=tuple(
                evolve(p, accueils=(vacances,)) for p in REGLEMENT.pools
            ),
            documents=(),
        )
        world.portal.activate(other, since=dt.date(2026, 5, 13))
        portal = world.open(other)
        family.meet(portal)

        portal.trusted.staff(AgentId("accueil")).pre_registrations.accept(
            asked.id
        )

        assert MERCREDIS == family.desk.pre_registrations.all()[0].label
        assert [
            PreRegistrationAcceptance(
                child="ESSAI Lou", establishment="", accueil=MERCREDIS
            )
        ] == world.letters()


class TestGate:
    @pytest.mark.rule("gate.pre-registration.missing")
    @pytest.mark.rule("gate.pre-registration.waiting")
    @pytest.mark.rule("gate.pre-registration.refused")
    def test_before_and_after(self, family, staff):
        """
        A family books once its child was accepted, and hears until then where
        it stands.
        """

        def told():
            return refusals_of(lambda: family.ask(WEDNESDAY))

        assert (PreRegistrationMissing(LABEL),) == told()
        asked = ask(family)
        assert (PreRegistrationWaiting(LABEL),) == told()
        staff.refuse(asked.id, reason="complet")
        assert (PreRegistrationRefused(LABEL, "complet"),) == told()
        staff.accept(ask(family).id)
        assert family.ask(WEDNESDAY).number

    @pytest.mark.rule("pre-registration.of-child")
    def test_shared_child(self, world, family, staff):
        """
        Accepted once, it serves both households of the child.
        """
        other = world.family("durand")
        staff.accept(ask(family).id)
        with world.store.transaction() as tx:
            tx.put(
                Custody(
                    child=family.child.id,
                    household=other.member.household,
                    since=dt.date(2026, 5, 13),
                )
            )

        assert other.ask(WEDNESDAY, child=family.child).number

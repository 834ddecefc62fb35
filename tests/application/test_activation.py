"""
Being invited, asking for a link again: ways into an account that nobody
opened yet.
"""

import datetime as dt
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from portail_core import Refused
from portail_core.domain.accounts import (
    AccountState,
    AddressTaken,
    CredentialsWrong,
    EmailMalformed,
    PasswordTooWeak,
    SessionEnded,
)
from portail_core.domain.links import (
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    Purpose,
)
from portail_core.ports.mail import (
    AccountActivation,
    AccountAlreadyThere,
    EmailConfirmation,
    Opening,
    PasswordReset,
)
from portail_core.testing._contract_tools import race
from tests.application.conftest import A_SECOND, PASSWORD, SIGN_IN_PAGE

EMAIL = "parent@example.org"
THEIRS = "Une-phrase-d-inconnu-2026"
ADDRESS = {
    "street": "12 rue des Genêts",
    "postcode": "04200",
    "town": "Aubignosc",
}


def refusals(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusals


def ask_again(public):
    """
    Every way to ask for what opens an account.
    """
    return {
        "sign up": partial(public.register, EMAIL, PASSWORD),
        "another link": partial(public.resend_link, EMAIL),
        "forgotten": partial(public.forgot_password, EMAIL),
    }


WAYS = ("sign up", "another link", "forgotten")


@pytest.fixture(name="public")
def _public(world):
    return world.portal.public


class TestInvited:
    @pytest.fixture(name="dossier")
    def _dossier(self, world):
        return world.invite(EMAIL).household

    @pytest.mark.rule("account.invited.opened")
    def test_letter(self, world, dossier):
        """
        A family whose dossier staff entered receives a link, and the account
        is there, without a password.
        """
        del dossier
        (letter,) = world.letters()

        assert isinstance(letter, AccountActivation)
        assert Opening.BY_STAFF is letter.opening
        assert SIGN_IN_PAGE == letter.sign_in_url
        account = world.account(EMAIL)
        assert AccountState.INVITED is account.state
        assert account.password is None

    @pytest.mark.rule("account.password.chosen")
    @pytest.mark.rule("account.invited.opened")
    def test_activated(self, world, public, dossier):
        """
        « Cliquez sur le lien d'activation et personnalisez votre mot de
        passe »: the family finds its dossier.
        """
        public.activate(world.secret(), PASSWORD)

        session = public.sign_in(EMAIL, PASSWORD)
        member = world.portal.family(session.token)._member
        assert dossier == member.household
        assert AccountState.ACTIVE is world.account(EMAIL).state
        assert [] == world.letters()

    @pytest.mark.rule("account.invited.opened")
    @pytest.mark.parametrize("password", ["", "None", PASSWORD])
    def test_no_password(self, public, dossier, world, password):
        """
        Before that nobody signs in, and it takes as long to be told.
        """
        del dossier

        assert (CredentialsWrong(),) == refusals(
            lambda: public.sign_in(EMAIL, password)
        )
        assert 1 == world.passwords.wasted

    @pytest.mark.rule("account.invited.week")
    def test_week(self, world, public, dossier):
        """
        An invitation works until the second before its seventh day ends.
        """
        del dossier
        secret = world.secret()
        world.clock.move(dt.timedelta(days=7) - A_SECOND)

        public.activate(secret, PASSWORD)

    @pytest.mark.rule("account.invited.week")
    @pytest.mark.rule("account.link.expires")
    def test_week_over(self, world, public, dossier):
        """
        On the second, it no longer works.
        """
        del dossier
        secret = world.secret()
        world.clock.move(dt.timedelta(days=7))

        assert (LinkExpired(),) == refusals(
            lambda: public.activate(secret, PASSWORD)
        )

    @pytest.mark.rule("account.link.single-use")
    def test_once(self, world, public, dossier):
        """
        An invitation works once.
        """
        del dossier
        secret = world.secret()
        public.activate(secret, PASSWORD)

        assert (LinkUsed(),) == refusals(
            lambda: public.activate(secret, THEIRS)
        )

    @pytest.mark.rule("account.password.chosen")
    def test_weak(self, world, public, dossier):
        """
        A weak password leaves the link as it was.
        """
        del dossier
        secret = world.secret()

        assert (PasswordTooWeak(),) == refusals(
            lambda: public.activate(secret, "weak")
        )
        public.activate(secret, PASSWORD)

    @pytest.mark.rule("account.password.chosen")
    def test_weak_and_unknown(self, public):
        """
        Of a link that does not work and a weak password, both are told.
        """
        assert (LinkUnknown(), PasswordTooWeak()) == refusals(
            lambda: public.activate("X" * 32, "weak")
        )

    @pytest.mark.rule("account.invited.taken")
    def test_taken(self, world, public, dossier):
        """
        Staff that invites the address twice is told so, and so once it is
        active.
        """
        del dossier
        assert (AddressTaken(),) == refusals(lambda: world.invite(EMAIL))
        public.activate(world.secret(), PASSWORD)

        assert (AddressTaken(),) == refusals(lambda: world.invite(EMAIL))

    @pytest.mark.rule("account.invited.signs-up")
    @pytest.mark.rule("account.password.forgotten")
    @pytest.mark.parametrize("way", WAYS)
    def test_asks_again(self, world, public, dossier, way):
        """
        Whichever way an invited family comes, it receives the activation link
        again, and finds its dossier; the first link is then too old.
        """
        first = world.secret()
        ask_again(public)[way]()
        (letter,) = world.letters()
        assert Opening.BY_STAFF is letter.opening
        assert world.clock.now() + dt.timedelta(days=1) == letter.expires_at

        public.activate(letter.url[-32:], PASSWORD)

        assert dossier == world.account(EMAIL).household
        assert (LinkExpired(),) == refusals(
            lambda: public.activate(first, THEIRS)
        )


class TestTakenOver:
    """
    A stranger signed up with the address before staff entered the dossier.
    """

    @pytest.mark.rule("account.invited.taken")
    @pytest.mark.rule("account.link.overtaken")
    @pytest.mark.rule("account.session.of-the-password")
    def test_stranger_is_out(self, world, public):
        """
        Neither the stranger's session nor any link of that time opens the
        dossier.
        """
        public.register(EMAIL, THEIRS)
        theirs = world.secret()
        public.resend_link(EMAIL)
        second = world.secret()
        session = public.sign_in(EMAIL, THEIRS)

        dossier = world.invite(EMAIL).household

        calls = (
            partial(world.portal.family, session.token),
            partial(public.sign_in, EMAIL, THEIRS),
            partial(public.confirm_email, theirs),
            partial(public.activate, second, THEIRS),
        )
        assert [
            (SessionEnded(),),
            (CredentialsWrong(),),
            (LinkExpired(),),
            (LinkExpired(),),
        ] == [refusals(call) for call in calls]
        public.activate(world.secret(), PASSWORD)
        public.confirm_email(theirs)
        assert dossier == world.account(EMAIL).household
        assert public.sign_in(EMAIL, PASSWORD)


class TestPending:
    @pytest.mark.rule("account.household.of-the-link")
    def test_same_password(self, world, public):
        """
        Who signs up again with the same password goes on with the household
        already described, signed in all along.
        """
        public.register(EMAIL, PASSWORD)
        session = public.sign_in(EMAIL, PASSWORD)
        desk = world.portal.family(session.token)
        desk.household.update(ADDRESS)
        described = desk.household.show()
        world.letters()
        public.register(EMAIL, PASSWORD)

        public.confirm_email(world.secret())

        desk = world.portal.family(session.token)
        assert described == desk.household.show()

    @pytest.mark.rule("account.household.of-the-link")
    @pytest.mark.parametrize("way", WAYS)
    def test_stranger_signed_up_first(self, world, public, way):
        """
        What a stranger described under the address never is its owner's, and
        the stranger is out.
        """
        public.register(EMAIL, THEIRS)
        session = public.sign_in(EMAIL, THEIRS)
        desk = world.portal.family(session.token)
        desk.household.update(ADDRESS)
        described = desk.household.show()
        world.letters()
        ask_again(public)[way]()
        (letter,) = world.letters()

        if isinstance(letter, EmailConfirmation):
            public.confirm_email(letter.url[-32:])
        else:
            assert Opening.BY_SIGNING_UP is letter.opening
            public.activate(letter.url[-32:], PASSWORD)

        desk = world.portal.family(public.sign_in(EMAIL, PASSWORD).token)
        assert "12 rue des Genêts" == described.coordinates.text("street")
        assert desk.household.show().coordinates.text("street") is None
        assert (SessionEnded(),) == refusals(
            lambda: world.portal.family(session.token)
        )
        assert (CredentialsWrong(),) == refusals(
            lambda: public.sign_in(EMAIL, THEIRS)
        )

    @pytest.mark.rule("account.household.of-the-link")
    def test_again_from_the_desk(self, world, public):
        """
        Who is signed in asks for the link again, and keeps what is described.
        """
        public.register(EMAIL, PASSWORD)
        session = public.sign_in(EMAIL, PASSWORD)
        desk = world.portal.family(session.token)
        desk.household.update(ADDRESS)
        described = desk.household.show()
        world.letters()
        desk.account.send_confirmation_again()

        public.confirm_email(world.secret())

        desk = world.portal.family(session.token)
        assert described == desk.household.show()
        desk.account.send_confirmation_again()
        assert [] == world.letters()

    @pytest.mark.rule("account.link.overtaken")
    def test_confirmed_meanwhile(self, world, public):
        """
        Once the address is confirmed, a link to activate is too old.
        """
        public.register(EMAIL, PASSWORD)
        confirm = world.secret()
        public.resend_link(EMAIL)
        activate = world.secret()

        public.confirm_email(confirm)

        assert (LinkExpired(),) == refusals(
            lambda: public.activate(activate, THEIRS)
        )
        assert public.sign_in(EMAIL, PASSWORD)


class TestSameAnswer:
    """
    Whatever there is, who asks hears the same.
    """

    @pytest.fixture(name="known", params=["nobody", *AccountState])
    def _known(self, request, world, public):
        match request.param:
            case AccountState.PENDING_EMAIL:
                public.register(EMAIL, PASSWORD)
            case AccountState.INVITED:
                world.invite(EMAIL)
            case AccountState.ACTIVE:
                world.invite(EMAIL)
                public.activate(world.secret(), PASSWORD)
            case _:
                pass
        world.letters()
        return request.param

    @pytest.mark.rule("account.email.taken-not-told")
    @pytest.mark.parametrize("way", WAYS)
    def test_same(self, public, known, way):
        """
        No answer, and no refusal.
        """
        del known

        assert ask_again(public)[way]() is None

    @pytest.mark.rule("account.email.taken-not-told")
    def test_same_time(self, world, public, known):
        """
        To sign up with another password derives once and compares once, also
        where there is nothing to compare with.
        """
        del known
        before = world.passwords.wasted + world.passwords.compared

        public.register(EMAIL, THEIRS)

        spent = world.passwords.wasted + world.passwords.compared
        assert 1 == spent - before

    @pytest.mark.rule("account.email.taken-not-told")
    @pytest.mark.rule("account.password.forgotten")
    def test_letters(self, world, public, known):
        """
        What differs is the letter, which only the owner of the address reads.
        """
        expected: dict[Any, dict[str, Any]] = {
            "nobody": {"sign up": EmailConfirmation},
            AccountState.PENDING_EMAIL: {
                "sign up": EmailConfirmation,
                "another link": AccountActivation,
                "forgotten": AccountActivation,
            },
            AccountState.INVITED: dict.fromkeys(WAYS, AccountActivation),
            AccountState.ACTIVE: {
                "sign up": AccountAlreadyThere,
                "another link": AccountAlreadyThere,
                "forgotten": PasswordReset,
            },
        }
        sent: dict[str, type] = {}
        for way in ("another link", "forgotten", "sign up"):
            ask_again(public)[way]()
            for letter in world.letters():
                sent[way] = type(letter)

        assert expected[known] == sent

    @pytest.mark.parametrize("way", ["resend_link", "forgot_password"])
    def test_malformed(self, world, public, way):
        """
        What is no address is told: that tells of nobody.
        """
        assert (EmailMalformed(),) == refusals(
            lambda: getattr(public, way)("nobody")
        )
        assert [] == world.letters()


class TestLookedAt:
    @pytest.mark.rule("account.link.looked-at")
    def test_purpose(self, world, public):
        """
        A link says what it is for, as often as it is asked, and still works.
        """
        public.register(EMAIL, PASSWORD)
        secret = world.secret()

        assert Purpose.CONFIRM_EMAIL is public.purpose_of_link(secret)
        assert Purpose.CONFIRM_EMAIL is public.purpose_of_link(secret)
        public.confirm_email(secret)
        assert (LinkUsed(),) == refusals(
            lambda: public.purpose_of_link(secret)
        )

    @pytest.mark.rule("account.link.unknown")
    def test_other_purpose(self, world, public):
        """
        Followed for another purpose, a link is unknown, and still works.
        """
        world.invite(EMAIL)
        secret = world.secret()
        calls = (
            partial(public.confirm_email, secret),
            partial(public.confirm_email_change, secret),
            partial(public.reset_password, secret, PASSWORD),
        )

        assert [(LinkUnknown(),)] * 3 == [refusals(call) for call in calls]
        assert (LinkUnknown(), PasswordTooWeak()) == refusals(
            lambda: public.reset_password(secret, "weak")
        )
        public.activate(secret, PASSWORD)


class TestAtOnce:
    @pytest.mark.rule("account.link.single-use")
    @pytest.mark.rule("account.link.overtaken")
    @pytest.mark.parametrize("links", [1, 2], ids=["one link", "two links"])
    def test_two_followers(self, world, public, links):
        """
        Of two people who follow one link, or two of one account, at the same
        time, one is in; the other is told why not.
        """
        world.invite(EMAIL)
        first = second = world.secret()
        if links == 2:
            public.resend_link(EMAIL)
            second = world.secret()
        both = Barrier(2)

        def follow(secret, password):
            both.wait()
            try:
                public.activate(secret, password)
            except Refused as refused:
                return refused.refusals
            return password

        answers = race(
            partial(follow, first, PASSWORD), partial(follow, second, THEIRS)
        )

        (password,) = set(answers) & {PASSWORD, THEIRS}
        assert set(answers) - {password} == {
            (LinkUsed(),) if links == 1 else (LinkExpired(),)
        }
        assert public.sign_in(EMAIL, password)

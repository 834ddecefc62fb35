"""
Signing up, confirming the address, signing in.
"""

import datetime as dt
import re

import pytest

from portail_core import Refused
from portail_core.domain.accounts import (
    CredentialsWrong,
    EmailMalformed,
    PasswordTooWeak,
    SessionEnded,
)
from portail_core.domain.ids import AccountId
from portail_core.domain.links import LinkExpired, LinkUnknown, LinkUsed
from portail_core.ports.mail import AccountAlreadyThere, EmailConfirmation
from tests.application.conftest import A_SECOND, PASSWORD, SIGN_IN_PAGE

EMAIL = "parent@example.org"


@pytest.fixture(name="letter")
def _letter(world):
    world.portal.public.register(EMAIL, PASSWORD)
    (letter,) = world.letters()
    return letter


@pytest.fixture(name="secret")
def _secret(letter):
    return letter.url.rsplit("/", 1)[-1]


class TestRegister:
    @pytest.mark.rule("account.link.form")
    @pytest.mark.rule("account.link.day")
    @pytest.mark.rule("account.registered.pending")
    def test_link_is_sent(self, world, letter):
        """
        Whoever signs up receives a link of the host's, good for a day.
        """
        start, secret = letter.url.rsplit("/", 1)
        assert "https://portail.example.org/go" == start
        assert re.fullmatch("[A-Z0-9]{32}", secret)
        assert world.clock.now() + dt.timedelta(hours=24) == letter.expires_at

    def test_both_faults_are_told(self, world):
        """
        A malformed address and a weak password are refused together, and
        nothing is sent.
        """
        with pytest.raises(Refused) as refused:
            world.portal.public.register("nobody", "weak")

        assert (EmailMalformed(), PasswordTooWeak()) == refused.value.refusals
        assert [] == world.letters()

    @pytest.mark.rule("account.email.taken-not-told")
    def test_known_address_is_told_by_mail(self, world, secret):
        """
        Signing up again answers the same; the owner of the address is told.
        """
        world.portal.public.confirm_email(secret)

        world.portal.public.register(EMAIL.upper(), "Une-autre-phrase-1")

        assert [AccountAlreadyThere(url=SIGN_IN_PAGE)] == world.letters()
        assert world.portal.public.sign_in(EMAIL, PASSWORD)

    def test_unconfirmed_address_gets_a_new_link(self, world, secret):
        """
        Someone whose link is lost signs up again; both links work.
        """
        world.portal.public.register(EMAIL, PASSWORD)
        (letter,) = world.letters()

        assert isinstance(letter, EmailConfirmation)
        assert secret != letter.url.rsplit("/", 1)[-1]
        world.portal.public.confirm_email(secret)


class TestConfirmEmail:
    @pytest.mark.rule("account.link.single-use")
    @pytest.mark.rule("account.link.confirms")
    def test_once(self, world, secret):
        """
        A link works once.
        """
        world.portal.public.confirm_email(secret)

        with pytest.raises(Refused) as refused:
            world.portal.public.confirm_email(secret)
        assert (LinkUsed(),) == refused.value.refusals

    @pytest.mark.rule("account.link.expires")
    def test_last_second(self, world, secret):
        """
        A link works until the second before it expires.
        """
        world.clock.move(dt.timedelta(hours=24) - A_SECOND)

        world.portal.public.confirm_email(secret)

    @pytest.mark.rule("account.link.expires")
    def test_expired(self, world, secret):
        """
        On the second, it no longer works.
        """
        world.clock.move(dt.timedelta(hours=24))

        with pytest.raises(Refused) as refused:
            world.portal.public.confirm_email(secret)
        assert (LinkExpired(),) == refused.value.refusals

    def test_unknown(self, world):
        """
        A link of nobody's is refused as such.
        """
        with pytest.raises(Refused) as refused:
            world.portal.public.confirm_email("X" * 32)
        assert (LinkUnknown(),) == refused.value.refusals


class TestSignIn:
    @pytest.mark.parametrize(
        ("email", "password"),
        [
            (EMAIL, "Une-autre-phrase-1"),
            ("nobody@example.org", PASSWORD),
            ("not an address", PASSWORD),
        ],
        ids=["wrong password", "unknown address", "malformed address"],
    )
    @pytest.mark.rule("account.credentials.wrong")
    def test_wrong(self, world, letter, email, password):
        """
        Whatever is wrong, the answer is the same, after the same work.
        """
        del letter
        before = world.passwords.wasted

        with pytest.raises(Refused) as refused:
            world.portal.public.sign_in(email, password)

        assert (CredentialsWrong(),) == refused.value.refusals
        assert world.passwords.wasted - before == (email != EMAIL)

    @pytest.mark.rule("account.session.ended")
    def test_session_ends(self, world, letter):
        """
        A session works twelve hours, to the second.
        """
        del letter
        session = world.portal.public.sign_in(EMAIL, PASSWORD)
        world.clock.move(dt.timedelta(hours=12) - A_SECOND)
        world.portal.family(session.token)
        world.clock.move(A_SECOND)

        with pytest.raises(Refused) as refused:
            world.portal.family(session.token)
        assert (SessionEnded(),) == refused.value.refusals


class TestSecrets:
    @pytest.mark.rule("account.secrets.not-kept")
    def test_not_kept(self, world, family):
        """
        Neither the session's token nor the password is kept.
        """
        session = world.portal.public.sign_in(family.email, PASSWORD)
        with world.store.reading() as reading:
            account = reading.account(family.member.account)
            found = reading.session(world.tokens.digest(session.token))

        assert PASSWORD != account.password
        assert session.token != found.digest
        assert PASSWORD not in repr(account)


class TestTrusted:
    def test_same_family(self, world, family):
        """
        A host that authenticates by itself gets the family's own desk.
        """
        desk = world.portal.trusted.family(family.member.account)

        assert family.desk.household.show() == desk.household.show()

    def test_nobody(self, world):
        """
        An account that does not exist has no desk.
        """
        with pytest.raises(Refused) as refused:
            world.portal.trusted.family(AccountId("nobody"))
        assert (SessionEnded(),) == refused.value.refusals

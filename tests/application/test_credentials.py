"""
« Informations de connexion : identifiant, mot de passe »: forgotten, changed,
left.
"""

import datetime as dt
from functools import partial
from threading import Barrier

import pytest

from portail_core import Refused, wire
from portail_core.domain.accounts import (
    CredentialsWrong,
    CurrentPasswordWrong,
    EmailMalformed,
    NotActiveYet,
    PasswordTooWeak,
    SessionEnded,
    Stay,
)
from portail_core.domain.links import LinkExpired, LinkUnknown, LinkUsed
from portail_core.ports.mail import (
    AccountAlreadyThere,
    EmailChange,
    EmailChangeAlert,
    MailDelayed,
    PasswordChange,
    PasswordReset,
)
from portail_core.standard import HmacTokens, ScryptPasswords
from portail_core.testing import CheapPasswords, KeptMail, RacingStore
from portail_core.testing._contract_tools import race
from tests.application.conftest import (
    A_MINUTE,
    A_SECOND,
    AN_HOUR,
    PASSWORD,
    SIGN_IN_PAGE,
    WEDNESDAY,
)

NEW = "Une-autre-phrase-2026"
NEW_EMAIL = "nouvelle@example.org"


def refusals(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusals


@pytest.fixture(name="public")
def _public(world):
    return world.portal.public


@pytest.fixture(name="account")
def _account(family):
    return family.desk.account


class TestForgotten:
    @pytest.fixture(name="secret")
    def _secret(self, world, public, family):
        public.forgot_password(family.email)
        return world.secret()

    @pytest.mark.rule("account.password.forgotten")
    @pytest.mark.rule("account.link.form")
    def test_letter(self, world, public, family):
        """
        « Mot de passe oublié ? » sends a link, good for a day.
        """
        public.forgot_password(family.email.upper())

        ((to, letter),) = world.mails()
        assert family.email == to
        assert isinstance(letter, PasswordReset)
        assert world.clock.now() + dt.timedelta(days=1) == letter.expires_at

    @pytest.mark.rule("account.password.forgotten")
    @pytest.mark.rule("account.password.told")
    @pytest.mark.rule("account.session.of-the-password")
    def test_reset(self, world, public, family, secret):
        """
        Another password is chosen; who was in is out, and the owner is told.
        """
        session = public.sign_in(family.email, PASSWORD)

        public.reset_password(secret, NEW)

        assert public.sign_in(family.email, NEW)
        assert (CredentialsWrong(),) == refusals(
            lambda: public.sign_in(family.email, PASSWORD)
        )
        assert (SessionEnded(),) == refusals(
            lambda: world.portal.family(session.token)
        )
        assert [(family.email, PasswordChange(url=SIGN_IN_PAGE))] == (
            world.mails()
        )

    @pytest.mark.rule("account.password.forgotten")
    def test_same_household(self, world, public, family, secret):
        """
        What the family has stays.
        """
        before = family.desk.household.show()

        public.reset_password(secret, NEW)

        session = public.sign_in(family.email, NEW)
        assert before == world.portal.family(session.token).household.show()

    @pytest.mark.rule("account.link.single-use")
    def test_once(self, public, secret):
        """
        A link resets once.
        """
        public.reset_password(secret, NEW)

        assert (LinkUsed(), PasswordTooWeak()) == refusals(
            lambda: public.reset_password(secret, "weak")
        )

    @pytest.mark.rule("account.link.day")
    @pytest.mark.rule("account.link.expires")
    def test_last_second(self, world, public, secret):
        """
        It works until the last second of its day.
        """
        world.clock.move(dt.timedelta(days=1) - A_SECOND)

        public.reset_password(secret, NEW)

    @pytest.mark.rule("account.link.day")
    @pytest.mark.rule("account.link.expires")
    def test_expired(self, world, public, secret):
        """
        On the second its day ends, it does not; a weak password is told too.
        """
        world.clock.move(dt.timedelta(days=1))

        assert (LinkExpired(), PasswordTooWeak()) == refusals(
            lambda: public.reset_password(secret, "weak")
        )

    @pytest.mark.rule("account.password.chosen")
    def test_weak(self, public, secret):
        """
        A weak password leaves the link as it was.
        """
        assert (PasswordTooWeak(),) == refusals(
            lambda: public.reset_password(secret, "weak")
        )
        public.reset_password(secret, NEW)

    @pytest.mark.rule("account.link.overtaken")
    def test_older_link(self, world, public, family, secret):
        """
        Whoever used one of two links made the other useless.
        """
        public.forgot_password(family.email)
        second = world.secret()

        public.reset_password(second, NEW)

        assert (LinkExpired(),) == refusals(
            lambda: public.reset_password(secret, PASSWORD)
        )

    @pytest.mark.rule("account.link.overtaken")
    def test_changed_meanwhile(self, public, account, secret):
        """
        A password that was changed meanwhile stays.
        """
        account.change_password(PASSWORD, NEW)

        assert (LinkExpired(),) == refusals(
            lambda: public.reset_password(secret, PASSWORD)
        )

    @pytest.mark.rule("account.link.overtaken")
    def test_address_changed_meanwhile(self, world, public, account, secret):
        """
        A link that lies in a mailbox which is no longer the account's is of
        no use.
        """
        account.ask_email_change(NEW_EMAIL, PASSWORD)
        _, letter = world.mails()[0]
        public.confirm_email_change(letter.url[-32:])

        assert (LinkExpired(),) == refusals(
            lambda: public.reset_password(secret, NEW)
        )

    @pytest.mark.rule("account.link.single-use")
    def test_at_once(self, public, family, secret):
        """
        Of two who follow it at the same time, one has chosen.
        """
        both = Barrier(2)

        def reset(password):
            both.wait()
            try:
                public.reset_password(secret, password)
            except Refused as refused:
                return refused.refusals
            return password

        answers = set(race(partial(reset, PASSWORD), partial(reset, NEW)))

        (password,) = answers & {PASSWORD, NEW}
        assert {(LinkUsed(),)} == answers - {password}
        assert public.sign_in(family.email, password)


class TestChangePassword:
    @pytest.mark.rule("account.password.told")
    def test_changed(self, world, public, family, account):
        """
        Who changes it stays in by a new session, every other ends, and the
        owner of the address is told.
        """
        other = public.sign_in(family.email, PASSWORD)

        mine = account.change_password(PASSWORD, NEW)

        assert world.clock.now() + 12 * AN_HOUR == mine.expires_at
        assert world.portal.family(mine.token) == family.desk
        assert (SessionEnded(),) == refusals(
            lambda: world.portal.family(other.token)
        )
        assert public.sign_in(family.email, NEW)
        assert [(family.email, PasswordChange(url=SIGN_IN_PAGE))] == (
            world.mails()
        )

    @pytest.mark.rule("account.session.length")
    def test_remembered(self, world, account):
        """
        Who was remembered asks to be so again.
        """
        mine = account.change_password(PASSWORD, NEW, stay=Stay.REMEMBERED)

        assert world.clock.now() + dt.timedelta(days=30) == mine.expires_at

    @pytest.mark.rule("account.password.current")
    @pytest.mark.parametrize(
        ("current", "new", "told"),
        [
            (NEW, NEW, (CurrentPasswordWrong(),)),
            (PASSWORD, "weak", (PasswordTooWeak(),)),
            (NEW, "weak", (CurrentPasswordWrong(), PasswordTooWeak())),
        ],
        ids=["wrong", "weak", "both"],
    )
    def test_refused(self, world, family, current, new, told):
        """
        A wrong password and a weak one are told at once, and nothing changes.
        """
        world.letters()

        assert told == refusals(
            lambda: family.desk.account.change_password(current, new)
        )
        assert world.portal.public.sign_in(family.email, PASSWORD)
        assert [] == world.letters()

    @pytest.mark.rule("account.password.current")
    @pytest.mark.parametrize("ask", ["change_password", "ask_email_change"])
    def test_changed_meanwhile(self, world, family, ask):
        """
        A password that was the right one when it was compared, and no longer
        is when it would be changed, changes nothing.
        """

        class Slow(CheapPasswords):
            def matches(self, password, derived):
                found = super().matches(password, derived)
                if password == PASSWORD and not raced:
                    raced.append(True)
                    family.desk.account.change_password(PASSWORD, NEW)
                return found

        raced: list[bool] = []
        world.passwords = Slow()
        portal = world.open(world.portal.reglement)
        slow = portal.trusted.family(family.member.account).account
        call = {
            "change_password": lambda: slow.change_password(
                PASSWORD, "Une-troisième-phrase-1"
            ),
            "ask_email_change": lambda: slow.ask_email_change(
                NEW_EMAIL, PASSWORD
            ),
        }[ask]

        assert (CurrentPasswordWrong(),) == refusals(call)
        assert [PasswordChange(url=SIGN_IN_PAGE)] == world.letters()

    @pytest.mark.rule("account.password.told")
    def test_runs_again(self, world, family):
        """
        Where another writer comes first, one session is opened, one mail
        sent.
        """
        store = RacingStore(world.store, races=2)
        portal = world.open(world.portal.reglement, store=store)
        desk = portal.trusted.family(family.member.account)

        mine = desk.account.change_password(PASSWORD, NEW)

        assert world.portal.family(mine.token)
        assert [PasswordChange(url=SIGN_IN_PAGE)] == world.letters()

    @pytest.mark.rule("account.change.confirmed-first")
    def test_unconfirmed(self, world, public):
        """
        Before the address is confirmed neither is changed; all the rest that
        is wrong is told with it.
        """
        public.register(NEW_EMAIL, PASSWORD)
        token = public.sign_in(NEW_EMAIL, PASSWORD).token
        account = world.portal.family(token).account

        assert (NotActiveYet(),) == refusals(
            lambda: account.change_password(PASSWORD, NEW)
        )
        assert (
            NotActiveYet(),
            CurrentPasswordWrong(),
            EmailMalformed(),
        ) == refusals(lambda: account.ask_email_change("nobody", NEW))

    @pytest.mark.rule("account.change.confirmed-first")
    def test_invited(self, world):
        """
        Nor for an account that has no password, if a host vouches for it.
        """
        invited = world.invite(NEW_EMAIL)
        account = world.portal.trusted.family(invited.id).account

        assert (NotActiveYet(), CurrentPasswordWrong()) == refusals(
            lambda: account.change_password(PASSWORD, NEW)
        )


class TestChangeEmail:
    @pytest.fixture(name="secret")
    def _secret(self, world, account):
        account.ask_email_change(NEW_EMAIL, PASSWORD)
        ((to, letter), _) = world.mails()
        assert NEW_EMAIL == to
        return letter.url.rsplit("/", 1)[-1]

    @pytest.mark.rule("account.email.change")
    @pytest.mark.rule("account.email.change-told")
    def test_letters(self, world, family, account):
        """
        A link goes to the new address, an alert to the old one; nothing has
        changed.
        """
        world.letters()
        account.ask_email_change(NEW_EMAIL.upper(), PASSWORD)

        (to, letter), (old, alert) = world.mails()
        tomorrow = world.clock.now() + dt.timedelta(days=1)
        assert (NEW_EMAIL, family.email) == (to, old)
        assert EmailChange(url=letter.url, expires_at=tomorrow) == letter
        assert EmailChangeAlert(url=SIGN_IN_PAGE, expires_at=tomorrow) == alert
        assert world.account(family.email)
        assert world.account(NEW_EMAIL) is None

    @pytest.mark.rule("account.email.change")
    def test_changed(self, world, public, family, secret):
        """
        Once the link is followed, the new address signs in and the old does
        not; who is in stays so.
        """
        session = public.sign_in(family.email, PASSWORD)

        public.confirm_email_change(secret)

        assert public.sign_in(NEW_EMAIL, PASSWORD)
        assert (CredentialsWrong(),) == refusals(
            lambda: public.sign_in(family.email, PASSWORD)
        )
        assert world.portal.family(session.token) == family.desk
        assert (LinkUsed(),) == refusals(
            lambda: public.confirm_email_change(secret)
        )

    @pytest.mark.rule("account.email.change")
    def test_invoices(self, public, family, secret):
        """
        What was issued before stays as it is.
        """
        family.book(WEDNESDAY)
        before = family.desk.invoices.all().items
        numbers = [listed.invoice.number for listed in before]
        parties = [family.desk.invoices.show(number) for number in numbers]

        public.confirm_email_change(secret)

        assert before == family.desk.invoices.all().items
        assert parties == [
            family.desk.invoices.show(i.invoice.number) for i in before
        ]

    @pytest.mark.rule("account.link.expires")
    @pytest.mark.parametrize(
        ("span", "told"),
        [
            (dt.timedelta(days=1) - A_SECOND, ()),
            (dt.timedelta(days=1), (LinkExpired(),)),
        ],
        ids=["last second", "on the second"],
    )
    def test_expires(self, world, public, secret, span, told):
        """
        The link works for a day.
        """
        world.clock.move(span)

        try:
            public.confirm_email_change(secret)
        except Refused as refused:
            said = refused.refusals
        else:
            said = ()

        assert told == said

    @pytest.mark.rule("account.password.current")
    @pytest.mark.parametrize(
        ("email", "password", "told"),
        [
            ("nobody", PASSWORD, (EmailMalformed(),)),
            (NEW_EMAIL, NEW, (CurrentPasswordWrong(),)),
            ("nobody", NEW, (CurrentPasswordWrong(), EmailMalformed())),
        ],
        ids=["malformed", "wrong", "both"],
    )
    def test_refused(self, world, account, email, password, told):
        """
        A malformed address and a wrong password are told at once, and
        nobody is written to.
        """
        world.letters()

        assert told == refusals(
            lambda: account.ask_email_change(email, password)
        )
        assert [] == world.letters()

    @pytest.mark.rule("account.email.taken-not-told")
    @pytest.mark.rule("account.email.change-told")
    @pytest.mark.parametrize("whose", ["another's", "one's own"])
    def test_taken(self, world, family, account, whose):
        """
        Of an address that has an account the answer is the same, and so is
        the alert; only its owner hears that it has one.
        """
        email = family.email
        if whose == "another's":
            email = world.family("petit").email
        world.letters()

        assert account.ask_email_change(email, PASSWORD) is None

        (to, letter), (old, alert) = world.mails()
        assert (email, AccountAlreadyThere(url=SIGN_IN_PAGE)) == (to, letter)
        assert family.email == old
        assert isinstance(alert, EmailChangeAlert)

    @pytest.mark.rule("account.email.change")
    def test_taken_meanwhile(self, world, public, family, secret):
        """
        If the address got an account meanwhile, the link is unknown, and
        nothing changes.
        """
        public.register(NEW_EMAIL, NEW)

        assert (LinkUnknown(),) == refusals(
            lambda: public.confirm_email_change(secret)
        )
        assert world.account(family.email)

    @pytest.mark.rule("account.email.change")
    def test_two_at_once(self, world, public, account, secret):
        """
        Of two accounts that confirm one address at the same time, one has it.
        """
        other = world.family("petit")
        other.desk.account.ask_email_change(NEW_EMAIL, PASSWORD)
        second = world.mails()[0][1].url.rsplit("/", 1)[-1]
        del account
        both = Barrier(2)

        def confirm(link):
            both.wait()
            try:
                public.confirm_email_change(link)
            except Refused as refused:
                return refused.refusals
            return ()

        answers = race(partial(confirm, secret), partial(confirm, second))

        assert {(), (LinkUnknown(),)} == set(answers)

    @pytest.mark.rule("account.email.change-told")
    def test_alert_after_the_fact(self, world, public, family, account):
        """
        The alert reaches the old address, though the change was confirmed
        while the mail server did not take it.
        """

        class DelaysAlerts(KeptMail):
            def send(self, envelope, letter):
                if isinstance(letter, EmailChangeAlert):
                    raise MailDelayed
                super().send(envelope, letter)

        world.letters()
        account.ask_email_change(NEW_EMAIL, PASSWORD)
        mail = DelaysAlerts()
        world.open(world.portal.reglement, mail=mail).jobs.relay()
        ((_, letter),) = mail.sent
        assert isinstance(letter, EmailChange)
        public.confirm_email_change(letter.url[-32:])
        world.clock.move(A_MINUTE)

        ((to, alert),) = world.mails()
        assert family.email == to
        assert isinstance(alert, EmailChangeAlert)

    @pytest.mark.rule("account.link.overtaken")
    @pytest.mark.parametrize(
        "stop", ["another password", "forgotten", "everywhere"]
    )
    def test_stopped(self, world, family, secret, stop):
        """
        Whoever did not ask for it stops it, by another password or by
        ending every session.
        """
        public = world.portal.public
        if stop == "another password":
            family.desk.account.change_password(PASSWORD, NEW)
        elif stop == "forgotten":
            public.forgot_password(family.email)
            public.reset_password(world.secret(), NEW)
        else:
            family.desk.account.sign_out_everywhere()

        assert (LinkExpired(),) == refusals(
            lambda: public.confirm_email_change(secret)
        )

    @pytest.mark.rule("account.link.overtaken")
    def test_two_changes(self, world, public, account, secret):
        """
        Of two addresses asked for, the one confirmed first is the account's.
        """
        account.ask_email_change("troisieme@example.org", PASSWORD)
        third = world.mails()[0][1].url.rsplit("/", 1)[-1]

        public.confirm_email_change(third)

        assert (LinkExpired(),) == refusals(
            lambda: public.confirm_email_change(secret)
        )


class TestSessions:
    @pytest.mark.rule("account.session.length")
    @pytest.mark.rule("account.session.ended")
    @pytest.mark.parametrize(
        ("stay", "length"),
        [
            (Stay.FOR_THE_DAY, 12 * AN_HOUR),
            (Stay.REMEMBERED, dt.timedelta(days=30)),
        ],
    )
    def test_length(self, world, public, family, stay, length):
        """
        « Se souvenir de moi »: a session lasts as long as it was asked for,
        to the second.
        """
        session = public.sign_in(family.email, PASSWORD, stay=stay)
        assert world.clock.now() + length == session.expires_at
        world.clock.move(length - A_SECOND)
        world.portal.family(session.token)
        world.clock.move(A_SECOND)

        assert (SessionEnded(),) == refusals(
            lambda: world.portal.family(session.token)
        )

    @pytest.mark.rule("account.session.left")
    def test_left(self, world, public, family):
        """
        Who signs out is out at once, and only there; again, or with a token
        of nobody's, changes nothing.
        """
        here, there = (public.sign_in(family.email, PASSWORD) for _ in "12")

        public.sign_out(here.token)
        public.sign_out(here.token)
        public.sign_out("nobody's")

        assert (SessionEnded(),) == refusals(
            lambda: world.portal.family(here.token)
        )
        assert world.portal.family(there.token)

    @pytest.mark.rule("account.session.left")
    def test_left_everywhere(self, world, public, family):
        """
        Who signs out everywhere is out here and there, and signs in again.
        """
        both = [public.sign_in(family.email, PASSWORD) for _ in "12"]

        family.desk.account.sign_out_everywhere()

        for session in both:
            assert (SessionEnded(),) == refusals(
                partial(world.portal.family, session.token)
            )
        assert public.sign_in(family.email, PASSWORD)


class TestSecrets:
    @pytest.mark.rule("account.secrets.not-kept")
    @pytest.mark.rule("mail.notice.no-personal-data")
    def test_nowhere(self, world):
        """
        After all that an account may go through, no password, no session's
        token and no link's secret is kept, in a notice or elsewhere.
        """
        world.tokens = HmacTokens("32 characters, or a little more.")
        world.passwords = ScryptPasswords(cost=2)
        world.portal = world.open(world.portal.reglement)
        public = world.portal.public
        family = world.family()
        secrets = [PASSWORD, NEW]
        public.forgot_password(family.email)
        secrets.append(world.secret())
        public.reset_password(secrets[-1], NEW)
        mine = family.desk.account.change_password(NEW, PASSWORD)
        family.desk.account.ask_email_change(NEW_EMAIL, PASSWORD)
        (asked,) = (x for x in world.letters() if isinstance(x, EmailChange))
        secrets += [mine.token, asked.url.rsplit("/", 1)[-1]]

        kept = [
            wire.dump(record, type(record))
            for records in world.store._now.records.values()
            for record in records.values()
        ]

        assert [] == [x for x in kept if any(one in x for one in secrets)]

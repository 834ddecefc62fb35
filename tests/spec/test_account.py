"""
docs/spec/account.md, rule by rule.
"""

import datetime as dt
from itertools import permutations

import pytest
from attrs import evolve, fields

from portail_core.domain.accounts import (
    SESSION_LIVES,
    AccountState,
    AddressTaken,
    CredentialsWrong,
    Email,
    EmailMalformed,
    NotActiveYet,
    PasswordTooWeak,
    Session,
    SessionEnded,
    Stay,
    check_active,
    check_password,
    check_session,
    ended,
    invited,
    next_epoch,
    read_email,
    with_password,
)
from portail_core.domain.ids import HouseholdId, LinkId, SecretDigest
from portail_core.domain.links import (
    Link,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    Purpose,
    address_changed,
    check_link,
    check_not_overtaken,
    check_purpose,
    confirmed,
    password_chosen,
)
from portail_core.domain.refusals import Refused
from tests.spec.guide import (
    A_DAY,
    ACCOUNT,
    AN_INSTANT,
    MARTIN_DURAND,
    REFERENT,
)

# « Envoyé : mar., mai 5, 2026 à 16:32 »
SENT_AT = dt.datetime(2026, 5, 5, 14, 32, tzinfo=dt.UTC)
ENDS_AT = SENT_AT + A_DAY

LINK = Link(
    id=LinkId("link"),
    digest=SecretDigest("digest"),
    account=REFERENT,
    purpose=Purpose.CONFIRM_EMAIL,
    email=ACCOUNT.email,
    password="derived",
    household=MARTIN_DURAND,
    replaces=None,
    epoch=1,
    expires_at=ENDS_AT,
    used_at=None,
)
SESSION = Session(
    digest=SecretDigest("digest"),
    account=REFERENT,
    epoch=1,
    expires_at=ENDS_AT,
)

LOCAL_OF_68 = "p" * 68  # with @example.org, 80 characters


class TestEmail:
    @pytest.mark.rule("account.email.malformed")
    @pytest.mark.parametrize(
        "text",
        [
            "a@b.fr",
            f"{LOCAL_OF_68}@example.org",
            "prenom.nom+portail@sous-domaine.example.org",
        ],
        ids=["6 characters", "80 characters", "dots, plus, hyphen"],
    )
    def test_address(self, text):
        """
        An address of 6 to 80 characters is accepted.
        """
        assert text == read_email(text)

    @pytest.mark.rule("account.email.malformed")
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "@b.fr",
            "a@bcde",
            "a@b.f",
            f"p{LOCAL_OF_68}@example.org",
            "a.@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@-b.org",
            "a@b-.org",
            "a@b..org",
            "a b@example.org",
            "a@b@example.org",
            "é@example.org",
            "a@example.org\nBcc: b@example.org",
        ],
    )
    def test_malformed(self, text):
        """
        Any other is refused, and so is all that could end a mail's header.
        """
        with pytest.raises(Refused) as refused:
            read_email(text)

        assert (EmailMalformed(),) == refused.value.refusals

    @pytest.mark.rule("account.email.one-spelling")
    def test_one_spelling(self):
        """
        Spaces around and capitals do not make another person.
        """
        assert read_email("parent@example.org") == read_email(
            "  Parent@EXAMPLE.org\n"
        )


class TestPassword:
    @pytest.mark.rule("account.password.weak")
    @pytest.mark.parametrize(
        "password",
        [
            "Abcdefghij12",
            "A1" + "b" * 126,
            "ABCDEFGHI12-",
            "abcdefghi12-",
            "ABCDEFabcde-",
            "Été à Sisteron",
        ],
        ids=[
            "12 characters",
            "128 characters",
            "no small letter",
            "no capital",
            "no digit",
            "accents",
        ],
    )
    def test_accepted(self, password):
        """
        12 to 128 characters of three kinds are enough.
        """
        check_password(password)

    @pytest.mark.rule("account.password.weak")
    @pytest.mark.parametrize(
        "password",
        [
            "Abcdefghi12",
            "A1" + "b" * 127,
            "abcdefghij12",
            "ABCDEFGHIJ12",
            "ABCDEFabcdef",
            "-----------1",
        ],
        ids=[
            "11 characters",
            "129 characters",
            "small letters and digits",
            "capitals and digits",
            "letters",
            "digits and others",
        ],
    )
    def test_weak(self, password):
        """
        One character less, one more, or one kind less is refused.
        """
        with pytest.raises(Refused) as refused:
            check_password(password)

        assert (PasswordTooWeak(),) == refused.value.refusals

    @pytest.mark.rule("account.credentials.wrong")
    def test_neither_is_named(self):
        """
        Whether the address or the password is wrong is not in the answer.
        """
        assert () == fields(CredentialsWrong)

    @pytest.mark.rule("account.credentials.wrong")
    def test_not_printed(self):
        """
        What was derived from a password is not printed with the account.
        """
        assert "password=" not in repr(ACCOUNT)


class TestLink:
    @pytest.mark.rule("account.link.expires")
    @pytest.mark.parametrize(
        "at", [SENT_AT, ENDS_AT - AN_INSTANT], ids=["first", "last instant"]
    )
    def test_in_time(self, at):
        """
        A link works until the last instant before its end.
        """
        assert LINK == check_link(LINK, at)

    @pytest.mark.rule("account.link.expires")
    @pytest.mark.parametrize(
        "at", [ENDS_AT, ENDS_AT + AN_INSTANT], ids=["end", "an instant after"]
    )
    def test_expired(self, at):
        """
        At its end it no longer does.
        """
        with pytest.raises(Refused) as refused:
            check_link(LINK, at)

        assert (LinkExpired(),) == refused.value.refusals

    @pytest.mark.rule("account.link.single-use")
    @pytest.mark.parametrize(
        "at", [SENT_AT, ENDS_AT], ids=["still young", "also expired"]
    )
    def test_used(self, at):
        """
        A used link is said to be used, whatever its age.
        """
        with pytest.raises(Refused) as refused:
            check_link(evolve(LINK, used_at=SENT_AT), at)

        assert (LinkUsed(),) == refused.value.refusals

    @pytest.mark.rule("account.link.unknown")
    def test_unknown(self):
        """
        A link that is not there is unknown.
        """
        with pytest.raises(Refused) as refused:
            check_link(None, SENT_AT)

        assert (LinkUnknown(),) == refused.value.refusals

    @pytest.mark.rule("account.link.unknown")
    @pytest.mark.parametrize(
        ("sent_for", "used_for"), list(permutations(Purpose, 2))
    )
    def test_other_purpose(self, sent_for, used_for):
        """
        A link is good for what it was sent for, and for nothing else.
        """
        link = evolve(LINK, purpose=sent_for)
        check_purpose(link, sent_for)

        with pytest.raises(Refused) as refused:
            check_purpose(link, used_for)

        assert (LinkUnknown(),) == refused.value.refusals

    @pytest.mark.rule("account.credentials.wrong")
    def test_not_printed(self):
        """
        What was derived from a password is not printed with the link either.
        """
        assert "password=" not in repr(LINK)


def accounts():
    """
    The account in every state, and after all that may happen to it.
    """
    for state in AccountState:
        account = evolve(ACCOUNT, state=state)
        yield f"{state.value}, as it was", account
        yield f"{state.value}, next epoch", next_epoch(account)
        yield (
            f"{state.value}, other address",
            evolve(account, email=Email("new@example.org")),
        )
        yield (
            f"{state.value}, other household",
            evolve(account, household=HouseholdId("petit")),
        )


ACCOUNTS = dict(accounts())
UNTOUCHED = {
    f"{state.value}, {change}"
    for state in AccountState
    for change in ("as it was", "other household")
}
GOOD_FOR = {
    Purpose.CONFIRM_EMAIL: {
        name for name in ACCOUNTS if not name.startswith("invited")
    },
    Purpose.ACTIVATE: {
        *(name for name in ACCOUNTS if name.startswith("pending-email")),
        "invited, as it was",
        "invited, next epoch",
        "invited, other address",
    },
    Purpose.RESET_PASSWORD: UNTOUCHED,
    Purpose.CHANGE_EMAIL: UNTOUCHED,
}


def said_of(link, account):
    try:
        check_not_overtaken(link, account)
    except Refused as refused:
        return refused.refusals
    return ()


class TestOvertaken:
    @pytest.mark.rule("account.link.overtaken")
    @pytest.mark.parametrize("purpose", GOOD_FOR)
    def test_every_change(self, purpose):
        """
        Each purpose has its own changes of the account that overtake a link;
        such a link is told to be too old.
        """
        link = evolve(LINK, purpose=purpose)
        if purpose is Purpose.CHANGE_EMAIL:
            link = evolve(
                link, email=Email("asked@example.org"), replaces=ACCOUNT.email
            )

        said = {
            name: said_of(link, account) for name, account in ACCOUNTS.items()
        }

        assert said == {
            name: () if name in GOOD_FOR[purpose] else (LinkExpired(),)
            for name in ACCOUNTS
        }


class TestFollowed:
    PENDING = evolve(
        ACCOUNT,
        state=AccountState.PENDING_EMAIL,
        password="a stranger's",
        household=HouseholdId("a stranger's"),
    )

    @pytest.mark.rule("account.password.of-the-link")
    @pytest.mark.rule("account.household.of-the-link")
    def test_confirmed(self):
        """
        Following the link gives the account what the link has, and ends what
        began under another password.
        """
        assert confirmed(self.PENDING, LINK) == evolve(ACCOUNT, epoch=2)

    @pytest.mark.rule("account.session.of-the-password")
    def test_same_password(self):
        """
        Where the password stays, sessions go on.
        """
        pending = evolve(self.PENDING, password="derived")

        assert ACCOUNT == confirmed(pending, LINK)

    @pytest.mark.rule("account.password.of-the-link")
    def test_active(self):
        """
        A link followed later changes nothing.
        """
        other = evolve(LINK, password="x", household=HouseholdId("x"))

        assert ACCOUNT == confirmed(ACCOUNT, other)

    @pytest.mark.rule("account.password.chosen")
    @pytest.mark.parametrize(
        "state", [AccountState.PENDING_EMAIL, AccountState.INVITED]
    )
    def test_chosen(self, state):
        """
        Whoever follows a link and chooses a password has an active account,
        and nobody else is in.
        """
        account = evolve(self.PENDING, state=state)

        assert evolve(ACCOUNT, password="mine", epoch=2) == password_chosen(
            account, LINK, "mine"
        )

    @pytest.mark.rule("dossier.join")
    def test_chosen_again(self):
        """
        An account that is active keeps its household, whichever it had when
        the link was sent.
        """
        account = evolve(ACCOUNT, household=HouseholdId("joined"))

        assert account.household == (
            password_chosen(account, LINK, "mine").household
        )

    @pytest.mark.rule("account.email.change")
    def test_address(self):
        """
        Another address changes nothing else.
        """
        link = evolve(LINK, email=Email("new@example.org"))

        assert evolve(ACCOUNT, email=link.email) == address_changed(
            ACCOUNT, link
        )


class TestInvited:
    @pytest.mark.rule("account.invited.taken")
    def test_taken_over(self):
        """
        Of who signed up nothing remains but the address.
        """
        pending = evolve(ACCOUNT, state=AccountState.PENDING_EMAIL)
        dossier = HouseholdId("dossier")

        assert (
            evolve(
                ACCOUNT,
                state=AccountState.INVITED,
                password=None,
                household=dossier,
                epoch=2,
            )
        ) == invited(pending, dossier)

    @pytest.mark.rule("account.invited.taken")
    @pytest.mark.parametrize(
        "state", [AccountState.INVITED, AccountState.ACTIVE]
    )
    def test_taken(self, state):
        """
        An account that staff or its owner opened is not.
        """
        with pytest.raises(Refused) as refused:
            invited(evolve(ACCOUNT, state=state), MARTIN_DURAND)

        assert (AddressTaken(),) == refused.value.refusals


class TestActive:
    @pytest.mark.rule("account.change.confirmed-first")
    @pytest.mark.parametrize(
        "state", [AccountState.PENDING_EMAIL, AccountState.INVITED]
    )
    def test_not_yet(self, state):
        """
        Nothing is changed before the address is confirmed.
        """
        check_active(ACCOUNT)

        with pytest.raises(Refused) as refused:
            check_active(evolve(ACCOUNT, state=state))

        assert (NotActiveYet(),) == refused.value.refusals


class TestSession:
    @pytest.mark.rule("account.session.ended")
    @pytest.mark.parametrize(
        "at", [SENT_AT, ENDS_AT - AN_INSTANT], ids=["first", "last instant"]
    )
    def test_in_time(self, at):
        """
        A session is good until the last instant before its end.
        """
        assert ACCOUNT == check_session(SESSION, ACCOUNT, at)

    @pytest.mark.rule("account.session.ended")
    @pytest.mark.parametrize(
        ("session", "at"),
        [(SESSION, ENDS_AT), (SESSION, ENDS_AT + AN_INSTANT), (None, SENT_AT)],
        ids=["end", "an instant after", "never began"],
    )
    def test_ended(self, session, at):
        """
        At its end it is over, and told like one that never was.
        """
        with pytest.raises(Refused) as refused:
            check_session(session, session and ACCOUNT, at)

        assert (SessionEnded(),) == refused.value.refusals

    @pytest.mark.rule("account.session.of-the-password")
    @pytest.mark.rule("account.session.left")
    @pytest.mark.parametrize(
        "change",
        [next_epoch, lambda account: with_password(account, "derived")],
        ids=["left everywhere", "password chosen again"],
    )
    def test_earlier_epoch(self, change):
        """
        A session of an earlier epoch has ended, even under the same password.
        """
        with pytest.raises(Refused) as refused:
            check_session(SESSION, change(ACCOUNT), SENT_AT)

        assert (SessionEnded(),) == refused.value.refusals

    @pytest.mark.rule("account.session.left")
    @pytest.mark.parametrize(
        ("at", "end"),
        [(SENT_AT, SENT_AT), (ENDS_AT + AN_INSTANT, ENDS_AT)],
        ids=["before its end", "after"],
    )
    def test_left(self, at, end):
        """
        A session that is left ends then; one that ended before stays so.
        """
        assert evolve(SESSION, expires_at=end) == ended(SESSION, at)

    @pytest.mark.rule("account.session.length")
    def test_lengths(self):
        """
        Twelve hours, or thirty days.
        """
        assert {
            Stay.FOR_THE_DAY: dt.timedelta(hours=12),
            Stay.REMEMBERED: dt.timedelta(days=30),
        } == SESSION_LIVES

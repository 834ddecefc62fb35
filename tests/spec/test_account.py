"""
docs/spec/account.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve, fields

from portail_core.domain.accounts import (
    CredentialsWrong,
    EmailMalformed,
    Link,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    PasswordTooWeak,
    Purpose,
    Session,
    SessionEnded,
    check_link,
    check_password,
    check_session,
    read_email,
)
from portail_core.domain.ids import LinkId, SecretDigest
from portail_core.domain.refusals import Refused
from tests.spec.guide import A_DAY, ACCOUNT, AN_INSTANT, REFERENT

# « Envoyé : mar., mai 5, 2026 à 16:32 »
SENT_AT = dt.datetime(2026, 5, 5, 14, 32, tzinfo=dt.UTC)
ENDS_AT = SENT_AT + A_DAY

LINK = Link(
    id=LinkId("link"),
    digest=SecretDigest("digest"),
    account=REFERENT,
    purpose=Purpose.CONFIRM_EMAIL,
    password="derived",
    expires_at=ENDS_AT,
    used_at=None,
)
SESSION = Session(
    digest=SecretDigest("digest"),
    account=REFERENT,
    password=SecretDigest("digest of derived"),
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
        assert ACCOUNT.password not in repr(ACCOUNT)


class TestLink:
    @pytest.mark.rule("account.link.expires")
    @pytest.mark.parametrize(
        "at", [SENT_AT, ENDS_AT - AN_INSTANT], ids=["first", "last instant"]
    )
    def test_in_time(self, at):
        """
        A link works until the last instant before its end.
        """
        assert LINK == check_link(LINK, Purpose.CONFIRM_EMAIL, at)

    @pytest.mark.rule("account.link.expires")
    @pytest.mark.parametrize(
        "at", [ENDS_AT, ENDS_AT + AN_INSTANT], ids=["end", "an instant after"]
    )
    def test_expired(self, at):
        """
        At its end it no longer does.
        """
        with pytest.raises(Refused) as refused:
            check_link(LINK, Purpose.CONFIRM_EMAIL, at)

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
            check_link(
                evolve(LINK, used_at=SENT_AT), Purpose.CONFIRM_EMAIL, at
            )

        assert (LinkUsed(),) == refused.value.refusals

    @pytest.mark.rule("account.link.unknown")
    def test_unknown(self):
        """
        A link that is not there is unknown.
        """
        with pytest.raises(Refused) as refused:
            check_link(None, Purpose.CONFIRM_EMAIL, SENT_AT)

        assert (LinkUnknown(),) == refused.value.refusals

    @pytest.mark.rule("account.link.unknown")
    def test_other_purpose(self):
        """
        A link is good for what it was sent for, and for nothing else.
        """
        with pytest.raises(Refused) as refused:
            check_link(LINK, another_purpose(), SENT_AT)

        assert (LinkUnknown(),) == refused.value.refusals


def another_purpose():
    # There is only one so far: anything that is not it will do.
    return object()


class TestSession:
    @pytest.mark.rule("account.session.ended")
    @pytest.mark.parametrize(
        "at", [SENT_AT, ENDS_AT - AN_INSTANT], ids=["first", "last instant"]
    )
    def test_in_time(self, at):
        """
        A session is good until the last instant before its end.
        """
        assert SESSION == check_session(SESSION, at)

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
            check_session(session, at)

        assert (SessionEnded(),) == refused.value.refusals

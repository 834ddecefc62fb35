"""
What a portal uses unless told otherwise.
"""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from portail_core.domain.ids import LinkId
from portail_core.standard import (
    SECRET_FILE,
    HmacTokens,
    ScryptPasswords,
    SystemClock,
    portal_secret,
)

SECRET = "32 characters, or a little more."
OTHER = "another secret of 32 characters."


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch):
    monkeypatch.delenv("PORTAIL_SECRET", raising=False)


class TestClock:
    def test_utc(self):
        """
        The system's clock tells the present in UTC.
        """
        before = dt.datetime.now(dt.UTC)

        now = SystemClock().now()

        assert before <= now <= dt.datetime.now(dt.UTC)
        assert dt.UTC is now.tzinfo


class TestTokens:
    @pytest.mark.rule("account.link.form")
    def test_link(self):
        """
        The secret of a link is 32 capital letters and digits, the same each
        time it is derived.
        """
        tokens = HmacTokens(SECRET)

        secret = tokens.link_secret(LinkId("one"))

        assert re.fullmatch("[A-Z0-9]{32}", secret)
        assert secret == HmacTokens(SECRET).link_secret(LinkId("one"))

    def test_links_differ(self):
        """
        Another link, or another portal's secret, has another.
        """
        found = {
            tokens.link_secret(LinkId(link))
            for tokens in (HmacTokens(SECRET), HmacTokens(OTHER))
            for link in ("one", "two")
        }

        assert 4 == len(found)

    def test_chance(self):
        """
        Ids and references are new each time, of the length they promise.
        """
        tokens = HmacTokens(SECRET)
        ids = {tokens.new_id() for _ in range(100)}
        references = {tokens.new_reference() for _ in range(100)}

        assert (100, 100) == (len(ids), len(references))
        assert all(re.fullmatch("[0-9a-f]{32}", new) for new in ids)
        assert all(re.fullmatch("[A-Z0-9]{20}", new) for new in references)

    @pytest.mark.rule("account.secrets.not-kept")
    def test_digest(self):
        """
        A digest recognises a secret, and does not hold it.
        """
        tokens = HmacTokens(SECRET)

        assert tokens.digest("a") == HmacTokens(OTHER).digest("a")
        assert tokens.digest("a") != tokens.digest("b")
        assert re.fullmatch("[0-9a-f]{64}", tokens.digest("a"))

    def test_half_a_character(self):
        """
        What no keyboard types is a secret of nobody's, and a password like
        another.
        """
        tokens = HmacTokens(SECRET)
        passwords = ScryptPasswords(cost=2)

        assert tokens.digest("\ud800") != tokens.digest("\ud801")
        assert not passwords.matches("\ud800", passwords.derive("\ud801"))

    def test_secret_length(self):
        """
        A secret has 32 characters: with 31, it says how to make one.
        """
        HmacTokens("x" * 32)

        with pytest.raises(ValueError, match=r"has 31 characters.*token_url"):
            HmacTokens("x" * 31)


class TestPasswords:
    @pytest.mark.rule("account.secrets.not-kept")
    def test_matches(self):
        """
        A password matches what was derived from it, and no other does.
        """
        passwords = ScryptPasswords(cost=2)
        derived = passwords.derive("Une-phrase-de-passe")

        assert passwords.matches("Une-phrase-de-passe", derived)
        assert not passwords.matches("une-phrase-de-passe", derived)
        assert "phrase" not in derived

    def test_salt(self):
        """
        The same password twice is derived twice.
        """
        passwords = ScryptPasswords(cost=2)

        assert passwords.derive("x") != passwords.derive("x")

    def test_cost(self):
        """
        What was derived at one cost is still recognised at another.
        """
        derived = ScryptPasswords(cost=2).derive("x")

        assert ScryptPasswords(cost=4).matches("x", derived)
        assert derived.startswith("scrypt$2$")

    def test_default(self):
        """
        The default takes sixteen mebibytes.
        """
        assert ScryptPasswords().derive("x").startswith("scrypt$16384$")

    def test_waste(self):
        """
        An address that has no account costs as much, and answers nothing.
        """
        ScryptPasswords(cost=2).waste("x")


class TestSecret:
    def test_variable(self, tmp_path, monkeypatch):
        """
        The environment's secret goes before any file.
        """
        monkeypatch.setenv("PORTAIL_SECRET", SECRET)

        assert SECRET == portal_secret(tmp_path)
        assert [] == list(tmp_path.iterdir())

    def test_file(self, tmp_path):
        """
        Else one is made beside the règlement, once, for its owner alone.
        """
        made = portal_secret(tmp_path)

        assert made == portal_secret(tmp_path)
        assert [tmp_path / SECRET_FILE] == list(tmp_path.iterdir())
        assert 0o600 == (tmp_path / SECRET_FILE).stat().st_mode & 0o777
        HmacTokens(made)

    def test_written_by_hand(self, tmp_path):
        """
        A secret that an operator wrote is read without its end of line.
        """
        (tmp_path / SECRET_FILE).write_text(f"{SECRET}\n")

        assert SECRET == portal_secret(tmp_path)

    def test_together(self, tmp_path):
        """
        Several workers that start at once have the same.
        """
        for number in range(20):
            folder = tmp_path / str(number)
            folder.mkdir()
            with ThreadPoolExecutor(8) as workers:
                found = set(workers.map(portal_secret, [folder] * 8))

            assert 1 == len(found)
            assert 1 == len(list(folder.iterdir()))
            HmacTokens(found.pop())

    def test_neither(self):
        """
        A règlement in memory has no folder: the secret must be given.
        """
        with pytest.raises(ValueError, match="set PORTAIL_SECRET"):
            portal_secret(None)

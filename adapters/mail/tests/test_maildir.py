"""
Letters kept in a folder.
"""

import datetime as dt
import mailbox
import stat

import pytest
from attrs import evolve

from adapters.mail.tests.mail_examples import (
    ALREADY_THERE,
    CONFIRMATION,
    ENVELOPE,
    LETTERS,
    SENT,
    URL,
)
from portail_core.domain.accounts import Email
from portail_core.ports.mail import MailDelayed, MailRejected
from portail_core.testing import Delivered, MailContract
from portail_mail import MaildirMailer

AGAIN = evolve(ENVELOPE, at=SENT + dt.timedelta(minutes=5))


@pytest.fixture(name="folder")
def _folder(tmp_path):
    return tmp_path / "var" / "mails"


@pytest.fixture(name="mailer")
def _mailer(folder):
    return MaildirMailer(folder)


def read(folder):
    return list(mailbox.Maildir(folder, create=False))


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestSend:
    def test_readable(self, mailer, folder):
        """
        Any program that reads a Maildir reads the letters.
        """
        for number, letter in enumerate(LETTERS):
            mailer.send(evolve(ENVELOPE, key=f"notice-{number}"), letter)

        letters = read(folder)

        assert len(LETTERS) == len(letters)
        assert {"parent@example.org"} == {x["To"] for x in letters}
        assert all(x.is_multipart() for x in letters)

    def test_link(self, mailer, folder):
        """
        The link of a letter kept is whole.
        """
        mailer.send(ENVELOPE, CONFIRMATION)

        (letter,) = read(folder)
        text, _ = letter.get_payload()

        assert URL.encode() in text.get_payload(decode=True).splitlines()

    def test_line_ends(self, mailer, folder):
        """
        Lines end as files of this system do.
        """
        mailer.send(ENVELOPE, CONFIRMATION)

        (file,) = (folder / "new").iterdir()

        assert b"\r" not in file.read_bytes()

    def test_private(self, mailer, folder):
        """
        Folders and letters are for this user alone: letters hold links.
        """
        mailer.send(ENVELOPE, CONFIRMATION)

        (file,) = (folder / "new").iterdir()

        assert 0o600 == mode(file)
        assert {0o700} == {mode(x) for x in (folder, *folder.iterdir())}

    def test_nothing_unfinished(self, mailer, folder):
        """
        Nothing is left in the folder of unfinished letters.
        """
        mailer.send(ENVELOPE, CONFIRMATION)

        assert [] == list((folder / "tmp").iterdir())


class TestSentAgain:
    def test_unread(self, mailer, folder):
        """
        The same letter twice is there once.
        """
        mailer.send(ENVELOPE, CONFIRMATION)
        mailer.send(AGAIN, CONFIRMATION)

        assert 1 == len(read(folder))

    def test_read(self, mailer, folder):
        """
        Nor does it come back once it was read.
        """
        mailer.send(ENVELOPE, CONFIRMATION)
        (file,) = (folder / "new").iterdir()
        file.rename(folder / "cur" / f"{file.name}:2,S")

        mailer.send(AGAIN, CONFIRMATION)

        assert [] == list((folder / "new").iterdir())

    def test_deleted(self, mailer, folder):
        """
        A letter deleted, then sent again, is there again.
        """
        mailer.send(ENVELOPE, CONFIRMATION)
        for file in (folder / "new").iterdir():
            file.unlink()

        mailer.send(AGAIN, CONFIRMATION)

        assert 1 == len(read(folder))

    def test_by_another(self, mailer, folder):
        """
        Another mailer on the same folder knows the letter too.
        """
        mailer.send(ENVELOPE, CONFIRMATION)
        MaildirMailer(folder).send(AGAIN, CONFIRMATION)

        assert 1 == len(read(folder))


class TestTrouble:
    def test_folder_gone(self, mailer, folder):
        """
        A disk that does not take the letter delays it.
        """
        (folder / "tmp").rmdir()

        with pytest.raises(MailDelayed, match="cannot be written"):
            mailer.send(ENVELOPE, ALREADY_THERE)

    def test_no_place(self, mailer, folder):
        """
        A letter that cannot be put in its place leaves nothing behind.
        """
        (folder / "new").rmdir()

        with pytest.raises(MailDelayed, match="cannot be written"):
            mailer.send(ENVELOPE, ALREADY_THERE)
        assert [] == list((folder / "tmp").iterdir())

    def test_unwritable_letter(self, mailer, folder):
        """
        A letter that cannot be written is rejected, and not kept.
        """
        with pytest.raises(MailRejected):
            mailer.send(evolve(ENVELOPE, to=Email("nobody")), ALREADY_THERE)
        assert [] == read(folder)


class TestFolder:
    def test_absolute(self, tmp_path, monkeypatch):
        """
        A relative path stays where it was when the mailer was made.
        """
        monkeypatch.chdir(tmp_path)
        mailer = MaildirMailer("mails")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")

        mailer.send(ENVELOPE, ALREADY_THERE)

        assert 1 == len(read(tmp_path / "mails"))


class Folder:
    """
    What is in a folder of letters.
    """

    def __init__(self, folder):
        self.folder = folder

    def delivered(self):
        if not self.folder.exists():
            return []
        return [
            Delivered(recipients=(letter["To"],), content=letter.as_bytes())
            for letter in read(self.folder)
        ]


def make_mailer(place):
    return MaildirMailer(place / "mails"), Folder(place / "mails")


class TestContract(MailContract):
    make_mailer = staticmethod(make_mailer)

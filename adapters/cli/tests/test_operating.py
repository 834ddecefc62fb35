"""
A storage, looked at and kept, as typed.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portail_cli.main import main
from portail_cli.operating import as_json, as_text
from portail_core import Portal
from portail_core.application.auditing import (
    QUESTIONS,
    Audit,
    Discrepancy,
)
from portail_core.plugins import Adapter, AdapterKind, Plugins, hookimpl
from portail_core.ports.maintenance import NotABackup, NotEmpty, Upgraded
from portail_core.ports.store import JournalEntry, StorageFailed
from portail_core.testing import builders, samples
from portail_core.wire import load
from portail_sql import SqlStore

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
SECRET = "a secret of this test, of 32 characters or more"


@pytest.fixture(name="storage")
def _storage(tmp_path):
    """
    A portal that was opened once, and two entries of its journal.
    """
    url = f"sqlite:///{tmp_path}/portail.db"
    store = SqlStore.open(url)
    Portal.open(
        EXAMPLES / "petites-bouilles.toml",
        storage=store,
        mail=f"maildir:{tmp_path}/mails",
        payment=f"sandbox:{tmp_path}/payments",
        links="https://portail.example.org",
        secret=SECRET,
    )
    with store.transaction() as tx:
        for _ in range(2):
            tx.append(samples.entry("elsewhere/1"))
    store.close()
    return url


def edit(storage, statement):
    """
    What somebody may do to the file.
    """
    path = storage.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as file:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in file.execute(guards).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute(statement)
        file.commit()


def errors(capsys):
    return capsys.readouterr().err.splitlines()


class TestCheck:
    def test_sound(self, storage, capsys):
        """
        Where nothing is wrong, one line says how much was looked at.
        """
        assert 0 == main(["db", "check", "--storage", storage])

        (line,) = capsys.readouterr().out.splitlines()
        assert line.endswith(
            "every promise holds; looked at 2 journal entries, 0 requests, "
            "0 attempts to pay"
        )

    @pytest.mark.rule("operations.audit")
    def test_wrong(self, storage, capsys):
        """
        What is wrong is told by promise, with what to do.
        """
        edit(storage, "DELETE FROM journal WHERE sequence = 1")

        assert 1 == main(["db", "check", "--storage", storage])

        first, *lines = capsys.readouterr().out.splitlines()
        assert "1 discrepancy; looked at 1 journal entry, " in first
        assert [
            "",
            "The journal, replayed, is what is kept. (promise 8)",
            "  the numbers of the journal's entries [entries]:",
            "    journal: expected 1 to 2, found 1 missing",
        ] == lines[:4]
        assert lines[4].startswith("    → Nothing is ever removed from the ")

    @pytest.mark.rule("operations.audit.unreadable")
    def test_unreadable(self, storage, capsys):
        """
        So is an entry that somebody spoilt.
        """
        edit(storage, """UPDATE journal SET event = '{"event": "Lost"}'""")

        assert 1 == main(["db", "check", "--storage", storage])

        lines = capsys.readouterr().out.splitlines()
        assert "What is kept can be read." in lines
        assert "    journal/2: expected yes, found no" in lines

    @pytest.mark.rule("operations.audit.capacity-lowered")
    def test_explained(self):
        """
        What has a reason is told apart.
        """
        (lowered,) = (q for q in QUESTIONS if q.code == "capacity-lowered")
        found = Audit(
            at=builders.ASKED,
            reglements=2,
            entries=4,
            requests=2,
            attempts=1,
            discrepancies=(),
            explained=(
                Discrepancy(
                    question=lowered,
                    where="pool/AUBIGNOSC, 2026-05-27, matin",
                    expected="1 at most",
                    found="2",
                ),
            ),
        )

        first, *lines = as_text(found)

        assert first == (
            "2026-05-13T11:12:56+02:00: every promise holds; looked at 4 "
            "journal entries, 2 requests, 1 attempt to pay"
        )
        assert [
            "",
            "Nothing is wrong with what follows; somebody may have to act.",
            "",
        ] == lines[:3]
        assert lines[5].startswith("    pool/AUBIGNOSC, 2026-05-27, matin: ")
        (told,) = json.loads(as_json(found))["explained"]
        assert "capacity-lowered" == told["code"]

    def test_json(self, storage, capsys):
        """
        A program is told the same.
        """
        edit(storage, "DELETE FROM journal WHERE sequence = 1")

        assert 1 == main(["db", "check", "--json", "--storage", storage])

        (told,) = json.loads(capsys.readouterr().out)["discrepancies"]
        assert {
            "promise": 8,
            "says": "The journal, replayed, is what is kept.",
            "code": "entries",
            "asks": "the numbers of the journal's entries",
            "where": "journal",
            "expected": "1 to 2",
            "found": "1 missing",
        } == {key: told[key] for key in told if key != "to_do"}
        assert told["to_do"].endswith(".")

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("nowhere:", "no storage adapter for 'nowhere'"),
            ("sqlite://", "name a file, as in sqlite:///portail.db"),
            ("sqlite:////dev/null/portail.db", "cannot be opened"),
        ],
    )
    def test_cannot_look(self, url, sentence, capsys):
        """
        Not to look is neither a good nor a bad answer.
        """
        assert 2 == main(["db", "check", "--storage", url])

        (line,) = errors(capsys)
        assert sentence in line

    def test_no_portal(self, tmp_path, capsys):
        """
        An empty storage is the wrong one, most likely.
        """
        url = f"sqlite:///{tmp_path}/typing-eror.db"

        assert 2 == main(["db", "check", "--json", "--storage", url])

        captured = capsys.readouterr()
        assert "no portal was ever opened on this storage" in captured.err
        assert 1 == len(json.loads(captured.out)["errors"])


class TestExport:
    @pytest.mark.rule("journal.export")
    def test_lines(self, storage, capsys):
        """
        Each entry is printed on a line of its own.
        """
        assert 0 == main(["journal", "export", "--storage", storage])

        lines = capsys.readouterr().out.splitlines()
        assert [1, 2] == [load(JournalEntry, line).sequence for line in lines]

    @pytest.mark.rule("journal.export.from")
    def test_from(self, storage, capsys):
        """
        From a number on, which is included.
        """
        word = ["journal", "export", "--storage", storage]

        assert 0 == main([*word, "--from", "2"])
        (line,) = capsys.readouterr().out.splitlines()
        assert 0 == main([*word, "--from", "3"])

        assert 2 == json.loads(line)["sequence"]
        assert "" == capsys.readouterr().out

    @pytest.mark.parametrize("number", ["0", "-1", "first", "²"])
    def test_no_number(self, storage, number, capsys):
        """
        What is no number of an entry is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            main(
                ["journal", "export", "--storage", storage, f"--from={number}"]
            )

        assert "is not the number of an entry" in capsys.readouterr().err

    def test_unreadable(self, storage, capsys):
        """
        An export has no gap: it fails where an entry cannot be read.
        """
        edit(storage, "UPDATE journal SET event = '{}' WHERE sequence = 2")

        assert 1 == main(["journal", "export", "--storage", storage])

        assert errors(capsys)


class Cupboard:
    """
    Keeps a SQLite file by copying it, and says that it was upgraded.
    """

    def __init__(self, path, before="1"):
        self.path = path
        self.before = before
        self.closed = 0

    def open(self, url):
        return SqlStore.open(f"sqlite:///{self.path}")

    def maintain(self, url):
        assert url == "cupboard:"
        return self

    def upgrade(self):
        return Upgraded(before=self.before, after="2")

    def backup(self, file):
        shutil.copy(self.path, file)

    def restore(self, file):
        if self.path.exists():
            msg = "the cupboard is not empty"
            raise NotEmpty(msg)
        if not file.read_bytes().startswith(b"SQLite"):
            msg = f"{file} holds no shelves"
            raise NotABackup(msg)
        shutil.copy(file, self.path)

    def close(self):
        self.closed += 1


class Offers:
    """
    A plugin with a storage, kept by itself or by others.
    """

    def __init__(self, cupboard, maintain=None):
        self.adapter = Adapter(
            kind=AdapterKind.STORAGE,
            scheme="cupboard",
            open=cupboard.open,
            maintain=maintain,
        )

    @hookimpl
    def portail_adapters(self):
        return (self.adapter,)


@pytest.fixture(name="cupboard")
def _cupboard(storage):
    return Cupboard(Path(storage.removeprefix("sqlite:///")))


@pytest.fixture(name="db")
def _db(cupboard):
    """
    Types `portail db`, with the cupboard installed.
    """
    plugins = Plugins(Offers(cupboard, cupboard.maintain), discover=())
    return lambda *words: main(
        ["db", *map(str, words), "--storage", "cupboard:"], plugins=plugins
    )


class TestMaintenance:
    @pytest.mark.parametrize(
        ("before", "told"),
        [
            (None, "made, in version 2\n"),
            ("1", "upgraded from version 1 to 2\n"),
            ("2", "in version 2 already: nothing to do\n"),
        ],
        ids=["new", "old", "same"],
    )
    def test_upgrade(self, cupboard, db, before, told, capsys):
        """
        An upgrade says from where to where.
        """
        cupboard.before = before

        assert 0 == db("upgrade")

        assert told == capsys.readouterr().out
        assert 1 == cupboard.closed

    def test_backup(self, db, tmp_path, capsys):
        """
        A backup says how large the file is.
        """
        file = tmp_path / "backup.db"

        assert 0 == db("backup", file)

        told = capsys.readouterr().out
        assert f"{file}: {file.stat().st_size} bytes; keep it " in told

    @pytest.mark.rule("operations.backup.new-file")
    def test_backup_there(self, db, tmp_path, capsys):
        """
        A file that is there is left as it is.
        """
        file = tmp_path / "precious.txt"
        file.write_text("precious", encoding="utf-8")

        assert 1 == db("backup", file)

        assert "precious" == file.read_text(encoding="utf-8")
        (line,) = errors(capsys)
        assert "is there already" in line

    @pytest.mark.rule("operations.restore.audited")
    @pytest.mark.hard_case(39)
    def test_restore(self, cupboard, db, tmp_path, capsys):
        """
        What was restored is looked at, and jobs are said to come next.
        """
        db("backup", tmp_path / "backup.db")
        cupboard.path = tmp_path / "new.db"
        capsys.readouterr()

        assert 0 == db("restore", tmp_path / "backup.db")

        first, second, last = capsys.readouterr().out.splitlines()
        assert first.endswith("backup.db: restored")
        assert "every promise holds" in second
        assert last.startswith("Next: `portail jobs run`, ")

    @pytest.mark.rule("operations.restore.audited")
    def test_restore_spoilt(self, storage, cupboard, db, tmp_path, capsys):
        """
        A backup of books that were wrong is restored, and told so.
        """
        edit(storage, "DELETE FROM journal WHERE sequence = 1")
        db("backup", tmp_path / "backup.db")
        cupboard.path = tmp_path / "new.db"

        assert 1 == db("restore", tmp_path / "backup.db")

        assert "1 discrepancy" in capsys.readouterr().out

    @pytest.mark.rule("operations.restore.empty")
    def test_restore_there(self, db, tmp_path, capsys):
        """
        Nothing is restored over what is kept.
        """
        db("backup", tmp_path / "backup.db")
        capsys.readouterr()

        assert 1 == db("restore", tmp_path / "backup.db")

        assert ["portail: the cupboard is not empty"] == errors(capsys)

    def test_restore_what(self, cupboard, db, tmp_path, capsys):
        """
        What is no backup, or not there, is told in a sentence.
        """
        cupboard.path = tmp_path / "new.db"
        (tmp_path / "diary.txt").write_text("Dear diary", encoding="utf-8")

        assert 1 == db("restore", tmp_path / "diary.txt")
        assert 1 == db("restore", tmp_path / "nothing.db")

        first, second = errors(capsys)
        assert "diary.txt holds no shelves" in first
        assert "nothing.db is no file" in second
        assert not cupboard.path.exists()

    def test_failed(self, cupboard, db, capsys):
        """
        A storage that fails says why, and is let go of.
        """

        def fail():
            msg = "the shelves are of a later version"
            raise StorageFailed(msg)

        cupboard.upgrade = fail

        assert 1 == db("upgrade")

        assert ["portail: the shelves are of a later version"] == errors(
            capsys
        )
        assert 1 == cupboard.closed

    @pytest.mark.rule("operations.maintenance.not-offered")
    @pytest.mark.parametrize(
        "words", [["upgrade"], ["backup", "new.db"], ["restore", __file__]]
    )
    def test_not_offered(self, cupboard, words, capsys):
        """
        A storage that others keep says so.
        """
        plugins = Plugins(Offers(cupboard), discover=())

        assert 1 == main(
            ["db", *words, "--storage", "cupboard:"], plugins=plugins
        )

        (line,) = errors(capsys)
        assert "use the tools of the database itself" in line

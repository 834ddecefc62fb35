"""
The command, as typed.
"""

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portail_cli.main import WORDS, main
from portail_core.application import reglements
from portail_core.plugins import AdapterKind, Plugins
from portail_core.reglement_toml import load_reglement

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
REFERENCE = EXAMPLES.parent / "reference"
PETITES_BOUILLES = EXAMPLES / "petites-bouilles.toml"
CHEMAUDIN = EXAMPLES / "chemaudin.toml"
SECRET = "a secret of this test, of 32 characters or more"


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    # Else a file would be made beside the examples.
    monkeypatch.setenv("PORTAIL_SECRET", SECRET)


@pytest.fixture(name="storage")
def _storage(tmp_path):
    return f"sqlite:///{tmp_path}/portail.db"


def errors(capsys):
    return capsys.readouterr().err.splitlines()


class TestMain:
    def test_no_word(self, capsys):
        """
        Without a word, the command says which there are.
        """
        assert 2 == main([])
        assert "usage: portail" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "arguments",
        [
            ["unheard-of"],
            ["check"],
            ["reglement"],
            ["reglement", "activate", "file.toml"],
            ["jobs"],
            ["jobs", "run"],
            ["sandbox", "unheard-of"],
        ],
        ids=" ".join,
    )
    def test_not_understood(self, arguments, capsys):
        """
        What it does not understand is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            main(arguments)

        assert "usage: portail" in capsys.readouterr().err

    def test_help(self, capsys):
        """
        The help lists every word, with one line for each.
        """
        with pytest.raises(SystemExit, match="0"):
            main(["--help"])

        lines = capsys.readouterr().out.splitlines()
        assert [f"  {word:20}{text}" for word, text in WORDS.items()] == lines[
            4 : 4 + len(WORDS)
        ]
        assert all(len(line) < 80 for line in lines)

    def test_installed(self):
        """
        The command is installed beside Python.
        """
        command = Path(sys.executable).with_name("portail")

        answer = subprocess.run(
            [command, "--help"], capture_output=True, check=False
        )

        assert 0 == answer.returncode

    def test_sandbox(self, tmp_path, capsys):
        """
        The sandbox's own words are passed on.
        """
        assert 0 == main(["sandbox", "list", str(tmp_path)])
        assert "no payment yet" in capsys.readouterr().err


class TestCheck:
    @pytest.mark.parametrize(
        ("file", "found"),
        [
            (
                PETITES_BOUILLES,
                "Les Petites Bouilles: 1 establishment, 1 accueil, 1 period",
            ),
            (CHEMAUDIN, "Les Francas - Chemaudin-et-Vaux: 1 establishment"),
        ],
        ids=["petites-bouilles", "chemaudin"],
    )
    def test_good(self, file, found, capsys):
        """
        Nothing is wrong with the examples, and it says what it read.
        """
        assert 0 == main(["check", str(file)])
        assert f"{file}: nothing is wrong. {found}" in capsys.readouterr().out

    def test_broken(self, tmp_path, capsys):
        """
        Every fault has its own line, with the file and the path.
        """
        broken = tmp_path / "broken.toml"
        broken.write_text(
            PETITES_BOUILLES.read_text(encoding="utf-8")
            .replace("minutes = 120", "minuts = 120")
            .replace('"6.66"', "6.66", 1)
            .replace("first_day = 2025-09-03", 'first_day = "2025-09-03"'),
            encoding="utf-8",
        )

        assert 1 == main(["check", str(broken)])

        lines = errors(capsys)
        assert all(
            re.match(rf"portail: {broken}:\d+: ", line) for line in lines
        )
        assert lines == sorted(lines, key=lambda one: int(one.split(":")[2]))
        assert 4 == len(lines)
        assert any("did you mean 'minutes'?" in line for line in lines)
        assert any("journee" in line and "6.66" in line for line in lines)
        assert any("periods[0].first_day" in line for line in lines)

    def test_odd(self, tmp_path, capsys):
        """
        What is odd is told on its line, and is no error.
        """
        odd = tmp_path / "odd.toml"
        odd.write_text(
            PETITES_BOUILLES.read_text(encoding="utf-8")
            .replace("minutes = 120", "minutes = 2880")
            .replace("capacity = 8", "capacity = 0"),
            encoding="utf-8",
        )

        assert 0 == main(["check", str(odd)])

        first, closed, held, *_ = capsys.readouterr().out.splitlines()
        assert f"{odd}: nothing is wrong, with 2 warnings. " in first
        assert re.match(
            rf"{odd}:\d+: warning: pools.moins-de-6-ans.capacity: .*"
            r"\[reglement.odd.pool-closed\]$",
            closed,
        )
        assert re.match(rf"{odd}:\d+: warning: hold\[0\].minutes: ", held)

    def test_brackets(self, capsys):
        """
        Each grid is told with its bounds, and what answers where none or two
        brackets do.
        """
        assert 0 == main(["check", str(CHEMAUDIN)])

        _, told = capsys.readouterr().out.split("\n\n", 1)
        assert (
            "tariffs[0], from 2023-09-04: tarifs publiés, en vigueur avant le "
            "2 septembre 2024 (première date non publiée)\n"
            "  0 ≤ QF ≤ 775      tranche 1 : QF de 0 à 775\n"
        ) == told[: told.index("  776 ≤")]
        assert "  1401 ≤ QF         tranche 5 : QF de 1401 et plus\n" in told
        assert ("none holds 775 to 776: the lower bracket answers\n") in told
        assert "  without a quotient: refused\n" in told

    def test_grids_side_by_side(self, capsys):
        """
        Grids side by side are told apart by the codes of their tariffs.
        """
        data = Path(__file__).parents[3] / "tests" / "data" / "reglements"

        assert 0 == main(["check", str(data / "wavrin-2025.toml")])

        out = capsys.readouterr().out
        assert "\ntariffs[0] « exterieurs », from 2025-09-01: grille" in out
        assert "\ntariffs[6] « enfant-2 », from 2025-09-01: grille" in out

    def test_whole(self, capsys):
        """
        A grid that leaves nothing open says so.
        """
        assert 0 == main(["check", str(PETITES_BOUILLES)])

        out = capsys.readouterr().out
        assert "  411 ≤ QF < 511    QF de 411 à moins de 511\n" in out
        assert "  no hole and no overlap\n" in out

    def test_json(self, tmp_path, capsys):
        """
        A program is told the same, errors or not.
        """
        broken = tmp_path / "broken.toml"
        broken.write_text("schema = 2\n", encoding="utf-8")

        assert 0 == main(["check", "--json", str(CHEMAUDIN)])
        good = json.loads(capsys.readouterr().out)
        assert 1 == main(["check", "--json", str(broken)])
        bad = json.loads(capsys.readouterr().out)

        assert ([], []) == (good["errors"], good["warnings"])
        assert 139 == good["read"]["opening_days"]
        assert ["tariffs[0]", "tariffs[1]"] == [
            grid["path"] for grid in good["grids"]
        ]
        assert {
            "path": "schema",
            "message": "is 2, this library reads 1",
            "line": 1,
        } in bad["errors"]
        assert (None, []) == (bad["read"], bad["grids"])

    def test_no_file(self, tmp_path, capsys):
        """
        A file that is not there is told in one line.
        """
        assert 1 == main(["check", str(tmp_path / "none.toml")])

        (line,) = errors(capsys)
        assert "none.toml" in line


class TestReference:
    @pytest.mark.parametrize(
        ("word", "file"),
        [
            ("reference", "reglement.md"),
            ("schema", "reglement.schema.json"),
        ],
    )
    def test_printed(self, word, file, capsys):
        """
        The reference page and the schema are printed as they are committed.
        """
        assert 0 == main(["reglement", word])

        written = (REFERENCE / file).read_text(encoding="utf-8")
        assert written == capsys.readouterr().out

    def test_start(self, tmp_path, capsys):
        """
        The règlement to start from is one in which nothing is wrong.
        """
        assert 0 == main(["reglement", "start"])

        file = tmp_path / "reglement.toml"
        file.write_text(capsys.readouterr().out, encoding="utf-8")
        assert 0 == main(["check", str(file)])


def activate(file, storage, day="2026-09-01"):
    return main(
        [
            *("reglement", "activate", str(file)),
            *("--from", day),
            *("--storage", storage),
        ]
    )


def versions(storage):
    store: Any = Plugins().adapter(AdapterKind.STORAGE, storage)
    with store.reading() as reading:
        found = reading.reglements()
    store.close()
    return found


class TestActivate:
    def test_from_a_day(self, storage, capsys):
        """
        A règlement is in force from the day that was given.
        """
        assert 0 == activate(PETITES_BOUILLES, storage)

        digest = reglements.digest_of(load_reglement(PETITES_BOUILLES))
        assert (
            f"{PETITES_BOUILLES}: in force from 2026-09-01, "
            f"as {digest[:12]}…\n"
        ) == capsys.readouterr().out
        assert [(digest, dt.date(2026, 9, 1))] == [
            (version.digest, version.since) for version in versions(storage)
        ]

    def test_again(self, storage):
        """
        Twice the same changes nothing.
        """
        assert 0 == activate(PETITES_BOUILLES, storage)
        assert 0 == activate(PETITES_BOUILLES, storage)

        assert 1 == len(versions(storage))

    def test_as_told(self, storage, tmp_path, capsys):
        """
        Whoever opens a portal under another règlement is told the words that
        put it right.
        """
        assert 0 == run_jobs(PETITES_BOUILLES, storage, tmp_path)
        capsys.readouterr()
        assert 1 == run_jobs(CHEMAUDIN, storage, tmp_path)
        (line,) = errors(capsys)
        told = re.search("`portail (.*) FILE (--from) DAY`", line)
        assert told

        words = [*told[1].split(), str(CHEMAUDIN), told[2], "2020-01-01"]
        assert 0 == main([*words, "--storage", storage])
        assert 0 == activate(CHEMAUDIN, storage, f"{dt.date.today()}")  # noqa: DTZ011 - as an operator would
        assert 0 == run_jobs(CHEMAUDIN, storage, tmp_path)

    def test_bad_day(self, storage, capsys):
        """
        A day that is none is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            activate(PETITES_BOUILLES, storage, "1er septembre")

        assert "is not a day such as 2026-09-01" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("nowhere:", "no storage adapter for 'nowhere'"),
            ("sqlite://", "name a file, as in sqlite:///portail.db"),
            ("sqlite:////dev/null/portail.db", "cannot be opened"),
        ],
    )
    def test_bad_storage(self, url, sentence, capsys):
        """
        A storage that cannot be used is told in one line.
        """
        assert 1 == activate(PETITES_BOUILLES, url)

        (line,) = errors(capsys)
        assert sentence in line

    def test_bad_file(self, storage, tmp_path, capsys):
        """
        A règlement with faults is not activated.
        """
        (tmp_path / "broken.toml").write_text("schema = 1\n")

        assert 1 == activate(tmp_path / "broken.toml", storage)

        assert len(errors(capsys)) > 1
        assert not (tmp_path / "portail.db").exists()


def run_jobs(file, storage, folder, **others):
    urls = {
        "storage": storage,
        "mail": f"maildir:{folder}/mails",
        "payment": f"sandbox:{folder}/payments",
        "links": "https://portail.example.org",
        **others,
    }
    return main(
        [
            *("jobs", "run", "--reglement", str(file)),
            *(
                word
                for name, url in urls.items()
                for word in (f"--{name}", url)
            ),
        ]
    )


class TestJobs:
    def test_run(self, storage, tmp_path, capsys):
        """
        Every job runs once, and says what it changed.
        """
        assert 0 == run_jobs(PETITES_BOUILLES, storage, tmp_path)

        assert (
            "requests expired: 0\n"
            "payments answered: 0\n"
            "mails sent: 0, delayed: 0, given up: 0\n"
        ) == capsys.readouterr().out

    def test_after_a_demonstration(self, tmp_path, capsys):
        """
        It works on a portal that lives, beside its own secret.
        """
        assert 0 == main(["demo", "--out", str(tmp_path / "demo")])
        guide = tmp_path / "demo" / "guide"
        capsys.readouterr()

        assert 0 == run_jobs(
            tmp_path / "demo" / "reglement.toml",
            f"sqlite:///{guide}/portail.db",
            guide,
        )

        assert "requests expired: 0\n" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("others", "sentence"),
        [
            ({"mail": "pigeon:"}, "no mail adapter for 'pigeon'"),
            ({"payment": "cash:"}, "no payment adapter for 'cash'"),
            ({"mail": "smtp://"}, "write smtp://user:password@host:587"),
        ],
        ids=["mail", "payment", "server"],
    )
    def test_bad_url(self, others, sentence, storage, tmp_path, capsys):
        """
        A URL that cannot be used is told in one line.
        """
        assert 1 == run_jobs(PETITES_BOUILLES, storage, tmp_path, **others)

        (line,) = errors(capsys)
        assert sentence in line

    def test_short_secret(self, storage, tmp_path, monkeypatch, capsys):
        """
        So is a secret that is too short.
        """
        monkeypatch.setenv("PORTAIL_SECRET", "short")

        assert 1 == run_jobs(PETITES_BOUILLES, storage, tmp_path)

        (line,) = errors(capsys)
        assert "has 5 characters" in line

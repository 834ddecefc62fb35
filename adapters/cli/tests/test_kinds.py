"""
The words of the command, where a distribution adds kinds.
"""

import json

import pytest

from portail_cli.main import main
from tests.plugins.kinds import TEXT
from tests.reglement.written import PETITES_BOUILLES

METADATA = "Metadata-Version: 2.1\nName: commune-kinds\nVersion: 1.0\n"
REQUEST = """
accueil = "mercredis"
booked_on = 2026-05-13
days = [{ day = 2026-05-27, amplitude = "JOURNEE-REPAS" }]

[household]
facts = { distance_km = "15", first_year = "2022" }

[cancel]
at = 2026-05-14T10:00:00
"""
BROKEN = """
from attrs import frozen
from portail_core.domain.tariffs import FormulaKind
from portail_core.plugins import Extends, Kind, hookimpl
from decimal import Decimal

@frozen
class Below(FormulaKind):
    {key}: int

    def euros(self, facts):
        return Decimal(-1)

@hookimpl
def portail_kinds():
    return [Kind(extends=Extends.FORMULA, key={key!r}, shape=Below)]
"""


@pytest.fixture(name="install")
def _install(tmp_path, monkeypatch):
    """
    A distribution, as pip leaves one, whose plugin is this module.
    """
    folder = tmp_path / "site"

    def install(module):
        info = folder / "commune_kinds-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(METADATA)
        (info / "entry_points.txt").write_text(
            f"[portail_core]\ncommune = {module}\n"
        )
        monkeypatch.syspath_prepend(folder)
        return folder

    return install


@pytest.fixture(name="file")
def _file(tmp_path):
    file = tmp_path / "reglement.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture(name="request_file")
def _request_file(tmp_path):
    file = tmp_path / "request.toml"
    file.write_text(REQUEST, encoding="utf-8")
    return file


class TestInstalled:
    @pytest.mark.rule("reglement.kinds.read")
    def test_check(self, install, file, capsys):
        """
        Without the distribution, the file has keys that nobody knows.
        """
        assert 1 == main(["check", str(file)])
        assert "euros_per_km" in capsys.readouterr().err

        install("tests.plugins.commune")

        assert 0 == main(["check", str(file)])

    @pytest.mark.rule("tariff.kind")
    def test_quote_and_cancel(self, install, file, request_file, capsys):
        """
        Days are priced, and given back, by what it adds.
        """
        install("tests.plugins.commune")

        assert 0 == main(["quote", str(file), str(request_file), "--json"])
        assert "6.66" == json.loads(capsys.readouterr().out)["total"]
        assert 0 == main(["cancel", str(file), str(request_file), "--json"])
        assert '"1.67"' in capsys.readouterr().out

    @pytest.mark.rule("deadline.kind")
    def test_days(self, install, file, capsys):
        """
        Deadlines are told, and what each outcome gives, as it is written.
        """
        install("tests.plugins.commune")
        asked = ["--accueil", "mercredis"]

        assert 0 == main(
            ["deadlines", str(file), *asked, "--day", "2026-05-27", "--json"]
        )
        outcomes = json.loads(capsys.readouterr().out)["cancelling"]
        assert "2026-04-08T12:00:00" in outcomes[0]["deadline"]
        assert {"credited_by_weeks_left_of": 20} == outcomes[2]["gives"]
        assert 0 == main(["calendar", str(file), *asked, "--month", "2026-05"])

    @pytest.mark.rule("reglement.kinds.told")
    def test_reference(self, install, capsys):
        """
        The page and the schema tell what is installed.
        """
        install("tests.plugins.commune")

        for word in ("reference", "schema"):
            assert 0 == main(["reglement", word])
            assert "off_each_year" in capsys.readouterr().out

    @pytest.mark.rule("reglement.kinds.stored")
    def test_activate(self, install, file, tmp_path, capsys):
        """
        A règlement is put in force with what it adds.
        """
        install("tests.plugins.commune")
        storage = f"sqlite:///{tmp_path}/portail.db"

        assert 0 == main(
            [
                *("reglement", "activate", str(file)),
                *("--from", "2026-09-01", "--storage", storage),
            ]
        )
        assert "in force from 2026-09-01" in capsys.readouterr().out


class TestTrouble:
    @pytest.mark.rule("reglement.kinds.named")
    def test_distribution(self, install, file, capsys):
        """
        A plugin that is wrong is named with its distribution.
        """
        folder = install("wrong_commune")
        (folder / "wrong_commune.py").write_text(BROKEN.format(key="rate"))

        assert 1 == main(["check", str(file)])
        assert (
            "portail: the formula 'rate' of commune (commune-kinds 1.0): "
            "'rate' is a key of formulas already\n"
        ) == capsys.readouterr().err

    @pytest.mark.rule("reglement.kinds.promise")
    def test_promise(self, install, file, request_file, capsys):
        """
        A kind that breaks its promise is named, and no figure is printed.
        """
        folder = install("rogue_commune")
        (folder / "rogue_commune.py").write_text(
            BROKEN.format(key="below_zero")
        )
        text = PETITES_BOUILLES.replace('"8.61"', "{ below_zero = 1 }")
        file.write_text(text.replace('"11.48"', "{ below_zero = 1 }"))
        request_file.write_text(REQUEST.partition("[household]")[0])
        capsys.readouterr()

        assert 1 == main(["quote", str(file), str(request_file)])
        assert (
            "portail: rogue_commune.Below, a kind of the package "
            "rogue_commune, answers Decimal('-1'), where a price is a "
            "Decimal, finite, from 0 on\n"
        ) == capsys.readouterr().err

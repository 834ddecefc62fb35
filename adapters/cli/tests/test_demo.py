"""
The demonstration, as someone who has just arrived would run it.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from portail_cli import demo, screens
from portail_cli.main import main
from portail_core.reglement_toml import load_reglement

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs" / "examples" / "petites-bouilles.toml"
PACKED = ROOT / "adapters" / "cli" / "src" / "portail_cli" / EXAMPLE.name
COMMAND = Path(sys.executable).with_name("portail")


def played(out):
    lines: list[str] = []
    demo.play(out, lines.append)
    return "\n".join(lines)


@pytest.fixture(name="out", scope="module")
def _out(tmp_path_factory):
    # A folder that any URL would have to quote.
    return tmp_path_factory.mktemp("run") / "démo n° 1 ? 100 %#"


@pytest.fixture(name="transcript", scope="module")
def _transcript(out):
    return played(out)


@pytest.fixture(name="mails", scope="module")
def _mails(out, transcript):
    assert transcript
    files = sorted(out.glob("guide/mails/new/*"))
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in files
    ]


class TestTranscript:
    @pytest.mark.parametrize(
        "sentence",
        [
            "avant le 13/05/2026 à 13:12",
            "Date de création : 13 mai 2026, 11:12:56",
            "Etat de la demande : En attente de paiement",
            "Facture(s) en attente de paiement : 1",
            "Objet : Création de votre compte",
            "Objet : Ticket de paiement",
            "Objet : Confirmation de paiement : facture n° ALSH-2026-000001",
            "Objet : État récapitulatif de vos réservations",
            "Facture n° ALSH-2026-000001 du 13/05/2026 à 11:47",
            "Avoir n° ALSH-AV-2026-000001 du 20/05/2026 à 20:15",
            "Sur la facture n° ALSH-2026-000002, ALSH-2026-000001",
            "Demi-journée, déjà payé",
            "Objet : Confirmation de modification : réservation n° 1",
            "Objet : Pré-inscription acceptée : PERISCOLAIRE MERCREDIS",
            "Objet : Document à remplacer : Fiche sanitaire de liaison",
            "Mon foyer : Accès aux informations de mon foyer",
            "1 - 2 sur 2",
            "Le dossier de votre enfant a été saisi par notre service",
            "[ 5 Validation ]",
            "Vérifiez dans les courriers indésirables",
            "Objet : Choisir un nouveau mot de passe",
            "Réglée par avoir : 10,46 €",
            "Etat de la réservation : Expirée",
            "Etat de la réservation : Payée trop tard : avoir",
            "- Il ne reste pas de place le mercredi 24 juin 2026",
        ],
    )
    def test_says(self, transcript, sentence):
        """
        The guide's own screens are there, and what goes wrong after them.
        """
        assert sentence in transcript.replace("\u00a0", " ")

    def test_width(self, transcript):
        """
        Every line stands on a screen of 76 columns, without idle spaces.
        """
        wide = [line for line in transcript.split("\n") if len(line) > 76]
        idle = [line for line in transcript.split("\n") if line[-1:] == " "]

        assert ([], []) == (wide, idle)

    def test_papers(self, out, transcript):
        """
        The invoices and avoirs that are shown are kept as files.
        """
        paper = out / "guide" / "factures" / "ALSH-2026-000001.txt"

        assert screens.indented(paper.read_text().strip()) in transcript
        assert f"guide/factures/{paper.name}" in transcript


class TestWrapped:
    def test_refusal(self):
        """
        A long line of a list goes on under its own text; a « is never left
        alone at the end of a line.
        """
        sentence = "- " + "mot " * 17 + "« suite et fin » de la phrase"

        lines = screens.indented(sentence).split("\n")

        assert "    «\u00a0suite et fin\u00a0» de la phrase" == lines[1]

    def test_link(self):
        """
        A link stays in one piece, however long.
        """
        link = "https://portail.example.org/" + "a-b" * 40

        assert f"  {link}" == screens.indented(link)


class TestFolder:
    def test_again(self, out, transcript, capsys):
        """
        A second demonstration in the same folder is refused, in a sentence,
        and changes nothing.
        """
        assert transcript
        before = content(out)

        assert 1 == main(["demo", "--out", str(out)])

        assert (
            "",
            (
                f"portail: {out} is not empty: name a new folder for the "
                "demonstration\n"
            ),
        ) == capsys.readouterr()
        assert before == content(out)

    def test_not_ours(self, tmp_path, capsys):
        """
        Nor does it touch a règlement that is there already.
        """
        mine = tmp_path / "reglement.toml"
        mine.write_text("# mine\n")

        assert 1 == main(["demo", "--out", str(tmp_path)])

        assert "is not empty" in capsys.readouterr().err
        assert {mine: b"# mine\n"} == content(tmp_path)

    def test_file(self, tmp_path, capsys):
        """
        A file is no folder.
        """
        (tmp_path / "file").touch()

        assert 1 == main(["demo", "--out", str(tmp_path / "file")])
        assert 1 == capsys.readouterr().err.count("\n")

    def test_temporary(self, tmp_path, monkeypatch, capsys):
        """
        Without a folder, it makes one, and says where.
        """
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        assert 0 == main(["demo"])

        (folder,) = tmp_path.iterdir()
        assert str(folder) in capsys.readouterr().out

    def test_process(self, tmp_path):
        """
        The installed command plays it, and ends well.
        """
        answer = subprocess.run(
            [COMMAND, "demo", "--out", tmp_path / "demo"],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

        assert (0, "") == (answer.returncode, answer.stderr)
        assert "avant le 13/05/2026 à 13:12" in answer.stdout


def content(folder):
    return {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


class TestMails:
    def test_valid(self, mails):
        """
        The Maildir holds messages in which a mail reader finds no defect.
        """
        defects = [
            *(defect for mail in mails for defect in mail.defects),
            *(
                defect
                for mail in mails
                for part in mail.walk()
                for header in part.values()
                for defect in header.defects
            ),
        ]

        assert 20 == len(mails)
        assert [] == defects

    def test_headers(self, mails):
        """
        Each says who, to whom, when and what; none has the name of another.
        """
        names = [mail["Message-ID"] for mail in mails]

        assert len(mails) == len(set(names))
        assert {
            "famille.martin-durand@example.org",
            "famille.garcia@example.org",
        } == {mail["To"] for mail in mails}
        assert all(mail["From"] and mail["Date"] for mail in mails)

    def test_three(self, mails):
        """
        A payment gives three mails: ticket, confirmation, état récapitulatif.
        """
        paid = [
            mail["Subject"]
            for mail in mails
            if mail["Date"].datetime.isoformat() == "2026-05-13T11:47:30+02:00"
        ]

        assert [
            "Confirmation de paiement : facture n° ALSH-2026-000001",
            "Ticket de paiement",
            "État récapitulatif de vos réservations",
        ] == sorted(subject.replace("\u00a0", " ") for subject in paid)


class TestDatabase:
    def test_child_days(self, out, transcript):
        """
        Plain SQLite shows one row per child-day, with its state.
        """
        assert transcript
        with closing(
            sqlite3.connect(out / "guide" / "portail.db")
        ) as database:
            rows = database.execute(
                "SELECT request_number, day, amplitude, state"
                " FROM request_lines ORDER BY request_number, day"
            ).fetchall()

        assert [
            (1, "2026-05-27", "MATIN", "confirmed"),
            (2, "2026-06-03", "JOURNEE-REPAS", "discarded"),
            (3, "2026-06-03", "MATIN", "superseded"),
            (3, "2026-06-10", "JOURNEE-REPAS", "cancelled"),
            (4, "2026-06-03", "JOURNEE-REPAS", "cancelled"),
            (5, "2026-06-24", "JOURNEE-REPAS", "confirmed"),
            (6, "2026-06-17", "JOURNEE-REPAS", "expired"),
        ] == rows


class TestReglement:
    def test_packed(self):
        """
        The demonstration's règlement is the example of the documentation.
        """
        assert EXAMPLE.read_bytes() == PACKED.read_bytes()

    def test_one_place(self, out, transcript):
        """
        The second differs by its places, and still reads.
        """
        assert transcript
        one = load_reglement(out / "reglement-une-place.toml")

        assert [8, 1] == [pool.capacity for pool in one.pools]

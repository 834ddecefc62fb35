"""
`portail quote` and `portail cancel`, as typed.
"""

import json
from pathlib import Path

import pytest

from portail_cli.main import main

ROOT = Path(__file__).parents[3]
PETITES_BOUILLES = ROOT / "docs" / "examples" / "petites-bouilles.toml"
VALMONT = ROOT / "tests" / "data" / "valmont.toml"
SIBLINGS = ROOT / "tests" / "data" / "requests" / "siblings.toml"
EVENING = ROOT / "tests" / "data" / "requests" / "evening.toml"

LOU = """
accueil = "mercredis"
name = "Lou"
days = [{ day = 2026-05-27, amplitude = "JOURNEE-REPAS" }]
household.quotient = "650"
cancel = { at = 2026-05-25T12:00:00 }
"""
SOURCE = (
    "prix de la grille « périscolaire loisirs » de Strasbourg au 1er janvier "
    "2023, à titre d'exemple"
)


@pytest.fixture(name="request_file")
def _request_file(tmp_path):
    def write(text, name="request.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def plain(text):
    """
    With the spaces of a keyboard.
    """
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def told(capsys):
    return plain(capsys.readouterr().out).splitlines()


class TestQuote:
    def test_people(self, request_file, capsys):
        """
        Désignation, Quantité, Tarif, Montant, then why.
        """
        asked = request_file(LOU)

        assert 0 == main(["quote", str(PETITES_BOUILLES), asked])

        why = (
            "      Tarif de la tranche « QF de 621 à moins de 721 » "
            f"({SOURCE}). [tariff.bracket, tariffs[0].brackets[3]]"
        )
        assert [
            "Lou: 27/05/2026",
            "  Désignation  Quantité   Tarif  Montant",
            "  Journée             1  5,74 €   5,74 €",
            why,
            "  Repas               1  3,25 €   3,25 €",
            why,
            "  Total                           8,99 €",
            "",
        ] == told(capsys)

    def test_programs(self, request_file, capsys):
        """
        A program is told the same, amounts as figures of a règlement.
        """
        asked = request_file(LOU)

        assert 0 == main(["quote", str(PETITES_BOUILLES), asked, "--json"])

        found = json.loads(capsys.readouterr().out)
        why = {
            "rule": "tariff.bracket",
            "path": "tariffs[0].brackets[3]",
            "label": "QF de 621 à moins de 721",
            "source": SOURCE,
            "adjusted": [],
        }
        day, meal = found.pop("lines")
        assert {
            "child": "Lou",
            "day": "2026-05-27",
            "prestation": "journee",
            "designation": "Journée",
            "nature": "care",
            "quantity": "1",
            "unit_price": "5.74",
            "full": "5.74",
            "aids": [],
            "amount": "5.74",
            "together": None,
            "why": why,
        } == day
        assert "3.25" == meal["amount"]
        assert {
            "total": "8.99",
            "children": [{"name": "Lou", "total": "8.99"}],
            "rows": [
                {
                    "designation": designation,
                    "quantity": "1",
                    "unit_price": price,
                    "full": price,
                    "aids": [],
                    "amount": price,
                    "why": why,
                }
                for designation, price in (
                    ("Journée", "5.74"),
                    ("Repas", "3.25"),
                )
            ],
            "notes": [],
        } == found

    def test_several_children(self, capsys):
        """
        Child by child, with each adjustment and who pays what, then in all.
        """
        assert 0 == main(["quote", str(VALMONT), str(SIBLINGS)])

        lines = told(capsys)
        assert (
            "Lou: 06/07/2026, 07/07/2026, 08/07/2026, 09/07/2026, "
            in (lines[0])
        )
        assert (
            "      « Deuxième enfant et suivants : -20 % » : 8,00 € "
            "[tariffs[0].adjustments[0]]"
        ) in lines
        assert (
            "      prix 16,00 €, aide : CAF 6,00 €, famille 10,00 €"
        ) in lines
        assert "Total : 50,00 €" == lines[-1]

    def test_many_days(self, request_file, capsys):
        """
        Many days are counted, and notes come last.
        """
        asked = request_file(
            "booked_on = 2026-05-20\n"
            "days = [{ first_day = 2026-05-11, last_day = 2026-05-22, "
            'amplitude = "SOIR" }]'
        )

        assert 0 == main(["quote", str(VALMONT), asked])

        lines = told(capsys)
        assert "1: 7 jours, du 11/05/2026 au 22/05/2026" == lines[0]
        assert lines[-1].startswith("note: days[0]: 2026-05-")

    def test_programs_aids(self, capsys):
        """
        Aids, adjustments and what is priced together are told line by line.
        """
        assert 0 == main(["quote", "--json", str(VALMONT), str(SIBLINGS)])

        found = json.loads(capsys.readouterr().out)
        week, day = found["lines"][0], found["lines"][5]
        assert ("Lou/semaine/2026-W28/0", "1", "8.00") == (
            week["together"],
            week["quantity"],
            week["amount"],
        )
        assert [{"payer": "CAF", "amount": "3.00"}] == day["aids"]
        assert ("8.00", "5.00") == (day["full"], day["amount"])
        assert {
            "path": "tariffs[0].adjustments[1]",
            "label": "Bon CAF",
            "unit_price": "5.00",
        } == day["why"]["adjusted"][-1]

    def test_json_request(self, request_file, capsys):
        """
        A request may be JSON.
        """
        asked = request_file(
            '{"days": [{"day": "2026-05-11", "amplitude": "SOIR"}]}', "a.json"
        )

        assert 0 == main(["quote", str(VALMONT), asked])
        assert "  Total                           4,00 €" in told(capsys)


class TestCancel:
    def test_people(self, request_file, capsys):
        """
        What is kept and credited, by which outcome, and its deadline.
        """
        asked = request_file(LOU)

        assert 0 == main(["cancel", str(PETITES_BOUILLES), asked])

        assert [
            "Lou, mercredi 27 mai 2026, payé 8,99 €",
            (
                "  8,99 € sont crédités en avoir : « Annulation au plus tard "
                "deux jours avant, à midi : un avoir du montant payé. »"
            ),
            (
                "      valeur d'exemple : le règlement intérieur n'est pas "
                "public [cancellations[0].outcomes[0]]"
            ),
            (
                "      délai respecté : 25/05/2026 à 12:00 "
                "[cancellations[0].outcomes[0]]"
            ),
            "",
            "Payé : 8,99 €",
            "Crédité en avoir : 8,99 €",
            "Conservé : 0,00 €",
            "Reste payé pour les jours maintenus : 0,00 €",
        ] == told(capsys)

    def test_programs(self, request_file, capsys):
        """
        A program is told the same; what is not met is told, too.
        """
        asked = request_file(LOU.replace("12:00:00", "12:00:01"))

        assert 0 == main(["cancel", str(PETITES_BOUILLES), asked, "--json"])

        found = json.loads(capsys.readouterr().out)
        (day,) = found.pop("days")
        assert {
            "paid": "8.99",
            "released": "8.99",
            "kept": "8.99",
            "credited": "0.00",
            "rebilled": "0.00",
            "stays_paid": "0.00",
            "rest": {"total": "0.00", "lines": []},
            "notes": [],
        } == found
        assert {
            "deadline": "2026-05-25T12:00:00+02:00",
            "is_late": True,
            "label": "Annulation au plus tard deux jours avant, à midi : un "
            "avoir du montant payé.",
            "path": "cancellations[0].outcomes[0]",
        } == day["why"]["deadlines"][0]
        assert ("cancellation.first-in-time", 0, None) == (
            day["why"]["rule"],
            day["why"]["waiting_days"],
            day["pending"],
        )

    def test_package_and_aid(self, capsys):
        """
        A broken week and an aid that the family owes are told in words.
        """
        assert 0 == main(["cancel", str(VALMONT), str(SIBLINGS)])

        lines = told(capsys)
        assert (
            "  Les jours restants changent de prix : 8,00 € payés, 12,00 € "
            "libérés."
        ) in lines
        assert "  L’aide reste à votre charge : 3,00 €." in lines
        assert "Aides à rembourser : 3,00 €" in lines

    WAITING = """
days = [{ first_day = 2026-05-11, last_day = 2026-05-15, amplitude = "SOIR" }]
cancel = { at = 2026-05-10T12:00:00, days = [2026-05-11], reason = "maladie" }
"""

    def test_pending(self, request_file, tmp_path, capsys):
        """
        What a document would add, and until when; and days that wait.
        """
        asked = request_file(self.WAITING)
        waiting = tmp_path / "waiting.toml"
        waiting.write_text(
            VALMONT.read_text(encoding="utf-8").replace(
                '{ reasons = ["maladie"], ',
                '{ reasons = ["maladie"], waiting = { days = 1, counted = '
                '"booked", first_day = "included" }, ',
            ),
            encoding="utf-8",
        )

        assert 0 == main(["cancel", str(VALMONT), asked])
        lines = told(capsys)
        assert 0 == main(["cancel", str(VALMONT), asked, "--json"])
        (day,) = json.loads(capsys.readouterr().out)["days"]
        proven = request_file(
            self.WAITING.replace(
                '"maladie"', '"maladie", document_at = 2026-05-11T09:00:00'
            )
        )
        assert 0 == main(["cancel", str(waiting), proven])

        assert (
            "  2,00 € de plus si vous remettez le document « certificat "
            "médical » avant le 13/05/2026 à 00:00 : « Maladie justifiée : "
            "tout est rendu. »"
        ) in lines
        assert {
            "document": "certificat médical",
            "until": "2026-05-13T00:00:00+02:00",
            "credited": "2.00",
            "label": "Maladie justifiée : tout est rendu.",
        } == day["pending"]
        assert "      jour de carence (le règlement en compte 1)" in told(
            capsys
        )


@pytest.mark.parametrize("word", ["quote", "cancel"])
class TestNo:
    def test_refused(self, word, request_file, capsys):
        """
        Each reason why not is one line, with its rule and what to write.
        """
        asked = request_file(
            'days = [{ day = 2026-05-13, amplitude = "SOIR" }, '
            '{ day = 2026-07-06, amplitude = "MATIN" }]\n'
            "cancel = { at = 2026-05-01T10:00:00 }"
        )

        assert 1 == main([word, str(VALMONT), asked])
        answer = capsys.readouterr()

        assert "" == answer.out
        assert (
            "portail: L’accueil est fermé le mercredi 13 mai 2026 : "
            "choisissez un autre jour. [request.day.closed]"
        ) in plain(answer.err).splitlines()
        assert any(
            "[tariff.quotient.missing, à écrire dans la demande : "
            "household.quotient]" in line
            for line in answer.err.splitlines()
        )

    def test_refused_json(self, word, request_file, capsys):
        """
        A program has the rule, the sentence, the key and the fields.
        """
        asked = request_file(
            'days = [{ day = 2026-05-13, amplitude = "SOIR" }, '
            '{ day = 2026-05-11, amplitude = "A-L-HEURE" }]\n'
            "cancel = { at = 2026-05-01T10:00:00 }"
        )

        assert 1 == main([word, str(VALMONT), asked, "--json"])

        closed, hours = sorted(
            json.loads(capsys.readouterr().out)["refusals"],
            key=lambda one: one["day"],
            reverse=True,
        )
        assert ("request.day.closed", "2026-05-13", None) == (
            closed["rule"],
            closed["day"],
            closed["key"],
        )
        assert "16:30:00" == hours["opens"]
        assert hours["sentence"]

    def test_unreadable(self, word, request_file, capsys):
        """
        Faults of either file are lines; for a program, they are also told as
        an answer.
        """
        asked = request_file('day = "x"\nrnak = 1')

        assert 1 == main([word, str(VALMONT), asked, "--json"])
        answer = capsys.readouterr()
        assert 1 == main([word, asked, asked])
        other = capsys.readouterr()

        assert [
            (
                f"portail: {asked}:1: day: there is no such key here, did you "
                "mean 'days'?"
            ),
            (
                f"portail: {asked}:2: rnak: there is no such key here, did "
                "you mean 'rank'?"
            ),
        ] == answer.err.splitlines()
        assert {
            "file": asked,
            "path": "rnak",
            "message": "there is no such key here, did you mean 'rank'?",
            "line": 2,
        } == json.loads(answer.out)["errors"][1]
        assert "" == other.out
        assert f"portail: {asked}:" in other.err

    def test_no_file(self, word, tmp_path, capsys):
        """
        A file that is not there is told in one line.
        """
        assert 1 == main([word, str(VALMONT), str(tmp_path / "none.toml")])
        assert 1 == len(capsys.readouterr().err.splitlines())


class TestAlike:
    @pytest.mark.parametrize(
        "asked",
        [
            ["quote", "none.toml"],
            ["cancel", "none.toml"],
            ["deadlines", "--accueil", "x", "--day", "2026-05-27"],
            ["calendar", "--accueil", "x", "--month", "2026-05"],
        ],
        ids=lambda asked: asked[0],
    )
    def test_failures(self, asked, capsys):
        """
        With --json, what goes wrong is an answer, too.
        """
        word, *others = asked

        assert 1 == main([word, str(VALMONT), *others, "--json"])

        answer = capsys.readouterr()
        (error,) = json.loads(answer.out)["errors"]
        assert [f"portail: {error['message']}"] == answer.err.splitlines()

    @pytest.mark.parametrize(
        "word", ["quote", "cancel", "deadlines", "calendar"]
    )
    def test_help(self, word, capsys):
        """
        The help of each has an example.
        """
        with pytest.raises(SystemExit, match="0"):
            main([word, "--help"])

        out = " ".join(capsys.readouterr().out.split())
        assert f"As in: portail {word} reglement.toml" in out


class TestNothingCancelled:
    def test_told(self, request_file, capsys):
        """
        A request for a quote says what is missing to cancel.
        """
        asked = request_file(LOU.partition("cancel")[0])

        assert 1 == main(["cancel", str(PETITES_BOUILLES), asked])
        assert "cancel: 'cancel' is missing" in capsys.readouterr().err

"""
`portail deadlines` and `portail calendar`, as typed.
"""

import json
from pathlib import Path

import pytest

from portail_cli.main import main

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
PETITES_BOUILLES = EXAMPLES / "petites-bouilles.toml"
DEADLINE = "deadline = { days_before = 2, at = 12:00:00 }"
EXAMPLE = "valeur d'exemple : le règlement intérieur n'est pas public"


@pytest.fixture(name="run")
def _run(capsys):
    def run(word, file, *arguments):
        code = main([word, str(file), "--accueil", "mercredis", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err.splitlines()

    return run


@pytest.fixture(name="told")
def _told(run):
    def told(*arguments, file=PETITES_BOUILLES, word="deadlines"):
        code, out, _ = run(word, file, *arguments, "--json")
        assert 0 == code
        return json.loads(out)

    return told


DECLARED = """
[[residencies]]
code = "commune"
label = "Habite la commune"

[facts]
frequentation = ["reguliere", "occasionnelle"]
"""


@pytest.fixture(name="written")
def _written(tmp_path):
    """
    The example with each first replaced by the second.
    """

    def written(*changes):
        text = PETITES_BOUILLES.read_text(encoding="utf-8") + DECLARED
        for before, after in changes:
            assert before in text
            text = text.replace(before, after, 1)
        file = tmp_path / "reglement.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return written


class TestDeadlines:
    def test_example(self, told):
        """
        Local time with its offset, the rule, where it stands, the source.
        """
        found = told("--day", "2026-05-27")

        assert {
            "deadline": "2026-05-25T12:00:00+02:00",
            "last_instant": "in",
            "rule": "deadline.days-before",
            "is_late": None,
            "path": "book_until[0].deadline",
            "source": EXAMPLE,
        } == found["booking"]
        assert found["changing"] is None
        assert ("open", "school-term", "mercredis-2025-2026") == (
            found["opening"],
            found["season"],
            found["period"],
        )
        assert {
            "opens_at": None,
            "closes_at": None,
            "confirmed": "by-payment",
            "is_open": None,
            "rule": "offer.window.case",
            "path": None,
        } == found["window"]

    @pytest.mark.parametrize(
        ("is_late", "answers", "at"),
        [
            (False, [True, False], "2026-05-25T12:00"),
            (False, [True, False], "2026-05-25T10:00:00Z"),
            (True, [False, True], "2026-05-25T12:00:01"),
        ],
    )
    def test_at(self, told, is_late, answers, at):
        """
        At a moment, each deadline is past or not, and one outcome answers.
        """
        found = told("--day", "2026-05-27", "--at", at)

        assert is_late is found["booking"]["is_late"]
        assert answers == [one["answers"] for one in found["cancelling"]]
        assert found["window"]["is_open"] is True

    def test_all_of_it(self, told, written):
        """
        Booking, changing, the window, each by its own rule and level.
        """
        file = written(
            (
                DEADLINE,
                (
                    'deadlines = [{ when = { amplitudes = ["MATIN"], '
                    "residency = "
                    '["commune"] }, days_before = 1, at = "end-of-day" }, '
                    "{ weekday_before = "
                    '"thursday", at = 12:00:00, last_instant = "out" }]'
                ),
            ),
            (
                "[[prestations]]",
                (
                    "[[periods.change_until]]\nsince = 2025-09-01\n"
                    'source = "article 4"\ndeadline = { hours_before = 48, '
                    "starts_at = 07:30:00 }\n\n[[prestations]]"
                ),
            ),
            (
                'admission = "pre-registration"',
                (
                    "windows = [{ opens_at = 2026-05-01T08:00:00, "
                    "closes_at = 2026-05-25T00:00:00, opens_before = "
                    "{ days_before = 20, at = 09:00:00 } }]\n"
                    'admission = "pre-registration"'
                ),
            ),
        )
        morning = ("--amplitude", "MATIN", "--fact", "residency=commune")

        found = told("--day", "2026-05-27", *morning, file=file)

        assert "2026-05-26T23:59:59+02:00" == found["booking"]["deadline"]
        assert "book_until[0].deadlines[0]" == found["booking"]["path"]
        assert "2026-05-25T07:30:00+02:00" == found["changing"]["deadline"]
        assert (
            "periods[0].change_until[0].deadline"
            == (found["changing"]["path"])
        )
        assert {
            "opens_at": "2026-05-07T09:00:00+02:00",
            "closes_at": "2026-05-25T00:00:00+02:00",
            "path": "accueils[0].windows[0]",
        }.items() <= found["window"].items()
        others = ("--amplitude", "JOURNEE")
        assert (
            "out"
            == told("--day", "2026-05-27", *others, file=file)["booking"][
                "last_instant"
            ]
        )

    @pytest.mark.parametrize(
        ("path", "before", "after"),
        [
            ("windows[0]", "schema = 1", "schema = 1\nwindows = [{}]"),
            (
                "periods[0].windows[0]",
                "closed = [",
                "windows = [{}]\nclosed = [",
            ),
            (
                "periods[0]",
                "closed = [",
                "opens_at = 2025-06-01T08:00:00\nclosed = [",
            ),
        ],
    )
    def test_where_windows_stand(self, told, written, path, before, after):
        """
        A window is the operator's, the period's, or two keys of the period.
        """
        file = written((before, after))

        assert path == told("--day", "2026-05-27", file=file)["window"]["path"]

    @pytest.mark.parametrize(
        ("is_open", "at"),
        [
            (False, "2025-06-01T07:59:59"),
            (True, "2025-06-01T08:00:00"),
            (True, "2026-05-24T23:59:59"),
            (False, "2026-05-25T00:00:00"),
        ],
    )
    def test_window(self, told, written, is_open, at):
        """
        Open from the first moment, closed from the last.
        """
        file = written(
            (
                "closed = [",
                (
                    "opens_at = 2025-06-01T08:00:00\n"
                    "closes_at = 2026-05-25T00:00:00\nclosed = ["
                ),
            )
        )

        found = told("--day", "2026-05-27", "--at", at, file=file)

        assert is_open is found["window"]["is_open"]

    def test_text(self, run, written):
        """
        The same for people, a line for each answer.
        """
        file = written(
            (DEADLINE, DEADLINE.replace(" }", ', last_instant = "out" }')),
            (
                "[[prestations]]",
                (
                    "[[periods.change_until]]\nsince = 2025-09-01\n"
                    'source = "article 4"\ndeadline = { days_before = 7, '
                    'at = "end-of-day" }\n\n[[prestations]]'
                ),
            ),
        )

        code, out, _ = run(
            "deadlines",
            file,
            "--day",
            "2026-05-27",
            "--at",
            "2026-05-25T12:00",
        )

        assert 0 == code
        assert [
            "mercredi 27 mai 2026: open, school-term",
            "accueil mercredis, period mercredis-2025-2026",
            (
                "window: from always to the deadline, confirmed by-payment, "
                "open  "
                "[offer.window.case]"
            ),
            (
                "book until 2026-05-25T12:00:00+02:00, that instant out, too "
                "late"
                f"  [deadline.days-before; book_until[0].deadline; {EXAMPLE}]"
            ),
            (
                "change until 2026-05-20T23:59:59+02:00, too late  "
                "[deadline.days-before; periods[0].change_until[0].deadline; "
                "article 4]"
            ),
            (
                "cancel until 2026-05-25T12:00:00+02:00: credited_share 1 <- "
                "now  "
                f"[deadline.days-before; cancellations[0].outcomes[0]; "
                f"{EXAMPLE}]"
            ),
            (
                "  « Annulation au plus tard deux jours avant, à midi : un "
                "avoir "
                "du montant payé. »"
            ),
            (
                "cancel after that: credited_share 0  "
                f"[cancellations[0].outcomes[1]; {EXAMPLE}]"
            ),
            "  « Annulation après ce délai : la journée reste due. »",
        ] == out.splitlines()

    def test_text_without_moment(self, run):
        """
        Without a moment, nothing is late.
        """
        _, out, _ = run("deadlines", PETITES_BOUILLES, "--day", "2026-05-27")

        assert "change: as booking" in out
        assert "late" not in out
        assert "<- now" not in out

    @pytest.mark.parametrize(
        ("words", "arguments"),
        [
            ("has no accueil 'soir': it has mercredis", ["--accueil", "soir"]),
            (
                (
                    "no period of « PERISCOLAIRE MERCREDIS » has 2027-05-26: "
                    "mercredis-2025-2026, 2025-09-03 to 2026-07-01"
                ),
                ["--day", "2027-05-26"],
            ),
            ("the accueil has no period 'été'", ["--period", "été"]),
            (
                (
                    "« PERISCOLAIRE MERCREDIS » has no amplitude 'NUIT': "
                    "JOURNEE-REPAS, JOURNEE"
                ),
                ["--amplitude", "NUIT"],
            ),
            ("age is 'six', which is no figure", ["--fact", "age=six"]),
            ("arrives is 'tôt'", ["--fact", "arrives=tôt"]),
            ("quotient is 'x'", ["--fact", "quotient=x"]),
            (
                "--fact scheme: 'x' is not among caf, msa, none",
                ["--fact", "scheme=x"],
            ),
            (
                "--fact residence: there is no such fact, only residency, ",
                ["--fact", "residence=commune"],
            ),
            ("L’accueil est fermé le jeudi 28", ["--day", "2026-05-28"]),
            ("est férié", ["--day", "2026-05-25"]),
            (
                "n’est pas dans la période choisie",
                ["--day", "2025-09-02", "--period", "mercredis-2025-2026"],
            ),
        ],
    )
    def test_refused(self, run, words, arguments):
        """
        What cannot be answered is told in a sentence, with what there is.
        """
        code, out, errors = run(
            "deadlines", PETITES_BOUILLES, "--day", "2026-05-27", *arguments
        )

        assert (1, "") == (code, out)
        assert words in errors[0].replace("\xa0", " ")

    def test_facts(self, told, run, written):
        """
        A fact that a condition asks for is told by its name, and may be
        stated.
        """
        file = written(
            (
                DEADLINE,
                (
                    "deadlines = [{ when = { residency = "
                    '["commune"], scheme = ["caf"], quotient = { at_most = '
                    "600 }, "
                    "age = { less_than = 6 }, arrives = { from_hour = "
                    "08:00:00 }, "
                    'named = { frequentation = ["reguliere"] } }, days_before '
                    "= 1, at = 12:00:00 }, { days_before = 5, at = 12:00:00 }]"
                ),
            )
        )
        code, _, errors = run("deadlines", file, "--day", "2026-05-27")
        assert 1 == code
        assert all(line.startswith("portail: ") for line in errors)

        stated = (
            "residency=commune",
            "scheme=caf",
            "quotient=599.99",
            "age=5",
            "arrives=08:00",
            "frequentation=reguliere",
        )
        found = told(
            "--day",
            "2026-05-27",
            *(part for one in stated for part in ("--fact", one)),
            file=file,
        )
        assert "2026-05-26T12:00:00+02:00" == found["booking"]["deadline"]

    @pytest.mark.parametrize(
        ("gives", "written_as"),
        [
            ({"credited_amount": "8.00"}, 'credited_amount = "8.00"'),
            (
                {"kept_amount": "5.50", "per": "day"},
                'kept_amount = "5.50", per = "day"',
            ),
        ],
    )
    def test_gives(self, told, written, gives, written_as):
        """
        What an outcome gives is told as it is written.
        """
        file = written(
            (
                '{ credited_share = "0", label',
                f"{{ {written_as}, label",
            )
        )

        found = told("--day", "2026-05-27", file=file)

        assert gives == found["cancelling"][1]["gives"]

    def test_asks_for(self, told, run, written):
        """
        An outcome that asks for more than a notice says for what.
        """
        file = written(
            (
                'label = "Annulation au plus tard',
                (
                    'in_a_row = { days = 4, counted = "booked" }, '
                    'label = "Annulation au plus tard'
                ),
            )
        )
        day = ("--day", "2026-05-27", "--at", "2026-05-01T12:00")

        first, rest = told(*day, file=file)["cancelling"]

        assert (["in_a_row"], False) == (first["asks_for"], first["answers"])
        assert rest["answers"]
        _, out, _ = run("deadlines", file, *day)
        assert "credited_share 1, if in_a_row allow" in out

    def test_reasons(self, told, run, written):
        """
        An outcome for a reason says for which, and at any moment unless it
        has a deadline; with nothing above it, so does the last one.
        """
        given = '{ reasons = ["maladie", "deces"], credited_share = "1", '
        reasons = "".join(
            f'[[reasons]]\ncode = "{code}"\nlabel = "{code}"\n\n'
            for code in ("maladie", "deces")
        )
        until = "until = { days_before = 2, at = 12:00:00 }, "
        file = written(
            (f'{{ {until}credited_share = "1", ', given),
            ("[[hold]]", f"{reasons}[[hold]]"),
        )
        day = ("--day", "2026-05-27")

        first, rest = told(*day, file=file)["cancelling"]

        assert ["maladie", "deces"] == first["reasons"]
        assert [] == rest["reasons"]
        _, out, _ = run("deadlines", file, *day)
        assert (
            "cancel at any moment: credited_share 1, for maladie or deces  "
        ) in out
        assert "cancel after that: credited_share 0  " in out

    def test_one_outcome(self, run, written):
        """
        Where nothing stands above it, the last outcome answers at any moment.
        """
        until = "until = { days_before = 2, at = 12:00:00 }, "
        text = PETITES_BOUILLES.read_text(encoding="utf-8")
        begin = text.index(f"    {{ {until}")
        first = text[begin : text.index("\n", begin) + 1]

        _, out, _ = run(
            "deadlines", written((first, "")), "--day", "2026-05-27"
        )

        assert "cancel at any moment: credited_share 0  " in out

    def test_facts_declared(self, told, run, written):
        """
        A fact that is missing is told with what to add; a word that the
        règlement does not declare is none.
        """
        declared = "".join(
            f'[[residencies]]\ncode = "{code}"\nlabel = "{code}"\n\n'
            for code in ("commune", "ailleurs")
        )
        file = written(
            (
                DEADLINE,
                (
                    'deadlines = [{ when = { residency = ["commune"] }, '
                    "days_before = 1, at = 12:00:00 }, "
                    "{ days_before = 5, at = 12:00:00 }]"
                ),
            ),
            ("[[regies]]", f"{declared}[[regies]]"),
        )
        day = ("--day", "2026-05-27")

        _, _, (missing,) = run("deadlines", file, *day)
        _, _, (unknown,) = run(
            "deadlines", file, *day, "--fact", "residency=Commune"
        )
        found = told(*day, "--fact", "residency=ailleurs", file=file)

        assert missing.endswith("[add --fact residency=commune|ailleurs]")
        assert (
            "portail: --fact residency: 'Commune' is not among commune, "
            "ailleurs"
        ) == unknown
        assert "2026-05-22T12:00:00+02:00" == found["booking"]["deadline"]

    def test_depends_on_the_amplitude(self, run, written):
        """
        Where amplitudes differ, one must be named.
        """
        file = written(
            (
                DEADLINE,
                (
                    'deadlines = [{ when = { amplitudes = ["MATIN"] }, '
                    "days_before = 1, at = 12:00:00 }, "
                    "{ days_before = 2, at = 12:00:00 }]"
                ),
            )
        )

        code, _, (error,) = run("deadlines", file, "--day", "2026-05-27")

        assert 1 == code
        assert "depend on the amplitude, add --amplitude: JOURNEE" in error

    def test_several_periods(self, run, told, written):
        """
        A day that two periods have is of the one that is open; if both are,
        one must be named.
        """
        text = PETITES_BOUILLES.read_text(encoding="utf-8") + DECLARED
        at, end = text.index("[[periods]]"), text.index("[[prestations]]")
        second = text[at:end].replace("mercredis-2025-2026", "bis")
        tuesdays = second.replace('"wednesday"', '"tuesday"')
        day = ("--day", "2026-05-27")

        file = written(("[[prestations]]", f"{tuesdays}[[prestations]]"))
        assert "mercredis-2025-2026" == told(*day, file=file)["period"]
        file = written(("[[prestations]]", f"{second}[[prestations]]"))
        code, _, (error,) = run("deadlines", file, *day)
        assert 1 == code
        assert "is in several periods, add --period: mercredis-2025" in error
        assert "bis" == told(*day, "--period", "bis", file=file)["period"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--day", "2026-05-27", "--at", "midi"],
            ["--day", "2026-05-27", "--fact", "age"],
            ["--day", "27 mai"],
            [],
        ],
        ids=" ".join,
    )
    def test_not_understood(self, run, arguments):
        """
        What it does not understand is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            run("deadlines", PETITES_BOUILLES, *arguments)


class TestCalendar:
    @pytest.mark.parametrize(
        ("opening", "season", "why", "day"),
        [
            ("open", "school-term", "one of its weekdays", 1),
            ("closed", "school-term", "none of its weekdays or dates", 2),
            ("public-holiday", "school-term", "a public holiday", 6),
            (
                "closed",
                "school-holidays",
                "closed from 2026-04-11 to 2026-04-26",
                15,
            ),
        ],
    )
    def test_why(self, told, opening, season, why, day):
        """
        Each day says what it is to the period, and which key says so.
        """
        month = told("--month", "2026-04", word="calendar")

        assert 30 == len(month["days"])
        assert [
            {
                "period": "mercredis-2025-2026",
                "opening": opening,
                "season": season,
                "why": why,
            }
        ] == month["days"][day - 1]["periods"]

    @pytest.mark.parametrize(
        ("why", "day", "line"),
        [
            ("opened", 14, "opened = [2026-05-14]"),
            ("a bridge day", 15, 'bridge_days = "closed"'),
            ("one of its dates", 16, "dates = [2026-05-16]"),
            ("by its rrule", 18, 'rrule = "FREQ=WEEKLY;BYDAY=MO"'),
            (
                "its weeks are those of school-holidays",
                27,
                'dates = [2026-05-16]\nweeks = "school-holidays"',
            ),
        ],
    )
    def test_keys(self, told, written, why, day, line):
        """
        Every key that opens or closes a day is named.
        """
        file = written(("closed = [", f"{line}\nclosed = ["))

        month = told("--month", "2026-05", file=file, word="calendar")

        (period,) = month["days"][day - 1]["periods"]
        assert why == period["why"]

    def test_text(self, run):
        """
        A line for each day, for people.
        """
        code, out, _ = run("calendar", PETITES_BOUILLES, "--month", "2026-07")
        title, *lines = out.splitlines()

        assert (0, "Juillet 2026", 31) == (code, title, len(lines))
        assert (
            "2026-07-01 wednesday open, school-term: one of its weekdays "
            "(mercredis-2025-2026)"
        ) == lines[0]
        assert "2026-07-02 thursday  outside every period" == lines[1]

    def test_public_holiday_outside(self, run):
        """
        A public holiday that no period has is one all the same.
        """
        _, out, _ = run("calendar", PETITES_BOUILLES, "--month", "2025-07")

        assert (
            "2025-07-14 monday    outside every period, a public holiday"
        ) in out

    def test_not_understood(self, run):
        """
        A month has a year and two digits.
        """
        with pytest.raises(SystemExit, match="2"):
            run("calendar", PETITES_BOUILLES, "--month", "mai")

    def test_nobody_knows(self, run, written):
        """
        Where nobody knows when there is school, it says so.
        """
        file = written(('department = "04"', 'department = "2B"'))

        _, out, _ = run("calendar", file, "--month", "2026-05")

        assert "open, season not known: one of its weekdays" in out

"""
What is wrong with a règlement file: everything, at once, each with its path.
"""

import pytest

from portail_core.reglement_toml import load_reglement, read_reglement
from portail_core.reglement_toml._reading import _read
from portail_core.wire import Unreadable, parse_toml
from tests.reglement.broken import BOOK_UNTIL, ONE
from tests.reglement.written import PETITES_BOUILLES, faults, with_changes


class TestOne:
    @pytest.mark.rule("reglement.faults.all")
    @pytest.mark.parametrize(
        ("before", "after", "told"), ONE.values(), ids=ONE
    )
    def test_told(self, before, after, told):
        """
        What is wrong is told where it stands, with what to write instead.
        """
        assert told == faults(with_changes((before, after)))


class TestAll:
    @pytest.mark.rule("reglement.faults.all")
    def test_all(self):
        """
        Nine faults of as many kinds are told together.
        """
        changes = (
            ("schema = 1", "schema = 3"),
            ('department = "04"', 'department = "99"'),
            ('"MATIN-REPAS", "APRES-MIDI"]', '"MATIN-REPAS", "SOIR"]'),
            ("last_day = 2026-07-01", "last_day = 2025-07-01"),
            ("last_day = 2025-11-02", "last_day = 2025-10-02"),
            ('code = "six-ans-et-plus"', 'code = "moins-de-6-ans"'),
            ("minutes = 120", "minuts = 120"),
            (BOOK_UNTIL, "deadline = { weeks = 1 }"),
            ('"6.66"', "6.66"),
        )

        paths = [
            line.partition(":")[0] for line in faults(with_changes(*changes))
        ]

        assert {
            "book_until[0].deadline",
            "tariffs[0].brackets[4].prices.journee",
            "schema",
            "operator.department",
            "periods[0].closed[0]",
            "hold[0].minutes",
            "hold[0].minuts",
            "pools",
            "accueils.mercredis.amplitudes",
        } == set(paths)

    @pytest.mark.rule("reglement.faults.located")
    def test_lines(self):
        """
        Each fault has the line on which it stands, if it stands on one.
        """
        text = with_changes(
            ("schema = 1\n", "\n"),
            ("minutes = 120", "minuts = 120"),
            ('"6.66"', "6.66"),
        )

        with pytest.raises(Unreadable) as caught:
            read_reglement(text)

        lines = text.splitlines()
        assert {
            "schema": None,
            "hold[0].minutes": "[[hold]]",
            "hold[0].minuts": "minuts = 120",
            "tariffs[0].brackets[4].prices.journee": (
                'prices = { journee = 6.66, demi-journee = "5.01", '
                'repas = "3.80" }'
            ),
        } == {
            fault.path: fault.line and lines[fault.line - 1]
            for fault in caught.value.faults
        }

    @pytest.mark.rule("reglement.codes.once", "reglement.codes.known")
    def test_codes_of_what_does_not_read(self):
        """
        The codes of a file that does not read are looked at all the same.
        """
        text = with_changes(
            ("minutes = 120", "minutes = 0"),
            ('establishment = "aubignosc"', 'establishment = "ailleurs"'),
            ('regie = "alsh"', 'regie = "autre"'),
            ('accueil = "mercredis"', 'accueil = "vacances"'),
            ('accueils = ["mercredis"]', 'accueils = ["vacances"]'),
            ('demi-journee = "1" }', 'gouter = "1" }'),
        )

        assert [
            "hold[0]: minutes is 0, expected more than zero",
            (
                "accueils.mercredis.establishment: 'ailleurs' is not among "
                "aubignosc"
            ),
            "accueils.mercredis.regie: 'autre' is not among alsh",
            (
                "periods.mercredis-2025-2026.accueil: 'vacances' is not "
                "among mercredis"
            ),
            (
                "pools.moins-de-6-ans.accueils: 'vacances' is not among "
                "mercredis"
            ),
            (
                "amplitudes.MATIN.prestations: 'gouter' is not among "
                "demi-journee, journee, repas"
            ),
        ] == faults(text)

    @pytest.mark.rule("reglement.faults.all")
    def test_nothing_there(self):
        """
        An empty file lacks every table that must be there, and is told no
        more.
        """
        told = faults("")

        assert [
            (key, f" {key!r} is missing")
            for key in (
                "schema",
                "operator",
                "regies",
                "establishments",
                "accueils",
                "periods",
                "prestations",
                "amplitudes",
                "hold",
                "book_until",
                "cancellations",
                "tariffs",
            )
        ] == [tuple(line.split(":")[:2]) for line in told]

    @pytest.mark.rule("reglement.faults.all")
    def test_empty(self):
        """
        Every list that must hold something says so.
        """
        kinds = ("regies", "establishments", "periods")
        data = dict(parse_toml(PETITES_BOUILLES))

        with pytest.raises(Unreadable) as caught:
            _read(data | {kind: [] for kind in kinds})

        assert [
            f"{kind}: is empty, at least one is needed" for kind in kinds
        ] == [str(fault) for fault in caught.value.faults]

    @pytest.mark.rule("reglement.faults.all")
    def test_shapes_of_nothing(self):
        """
        Tables that are none, and codes that are none, are passed over when
        codes are compared.
        """
        told = faults(
            with_changes(
                ("[[regies]]", "[regies]"),
                ('code = "aubignosc"', "code = 7"),
                ('establishment = "aubignosc"', "establishment = [7, 8]"),
                ("gates = [", "establishments = [3]\ngates = ["),
                ("[[establishments]]", "[[other]]"),
            )
        )

        assert {
            "establishments[0]",
            "accueils[0].establishment",
            "regies",
            "other",
        } == {line.partition(":")[0] for line in told}


class TestToml:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("schema = ", "the document: not TOML: Invalid value"),
            ("a = 1\na = 1", "the document: not TOML: Cannot overwrite"),
            ("day = 2026-02-30", "the document: not TOML: Invalid date"),
            ("a = " + "9" * 5000, "the document: not TOML: a number has"),
            (
                "a = " + "[" * 5000,
                "the document: not TOML of ours: brackets within brackets",
            ),
        ],
        ids=["value", "twice", "day", "number", "brackets"],
    )
    def test_not_toml(self, text, told):
        """
        A text that is not TOML is one fault.
        """
        (line,) = faults(text)

        assert line.startswith(told)

    @pytest.mark.rule("reglement.faults.located")
    @pytest.mark.parametrize(
        ("before", "after", "hint"),
        [
            ('label = "MATIN"', "label = “MATIN”", "straight quotes"),
            ('label = "MATIN"', "label = « MATIN »", "straight quotes"),
            ('label = "MATIN"', "label = Matin", "between quotes, as"),
            ('label = "MATIN"', "label = 7,10", 'with a dot, as "7.10"'),
            ('label = "MATIN"', "label = [Matin]", "between quotes, as"),
            ('label = "MATIN"', "label = 9:00", "as 09:00:00"),
            ('label = "MATIN"', "label = 09:00", "as 09:00:00"),
            ('label = "MATIN"', "label = 9h", "as 09:00:00"),
            ('label = "MATIN"', "label = 9 h 30", "as 09:00:00"),
            ('label = "MATIN"', "label = 24:00:00", '"end-of-day"'),
            ('label = "MATIN"', 'libellé = "MATIN"', 'as "libellé"'),
            (
                'label = "MATIN"',
                'label = { a = "MATIN",',
                "stands on one line",
            ),
        ],
    )
    def test_slips(self, before, after, hint):
        """
        What a word processor, or a habit, writes in the place of TOML is
        told with its line, and what to write.
        """
        text = with_changes((before, after))

        with pytest.raises(Unreadable) as caught:
            read_reglement(text)

        (fault,) = caught.value.faults
        assert hint in fault.message
        assert fault.line
        assert after == text.splitlines()[fault.line - 1]

    def test_ends_early(self):
        """
        A text that ends too early is told where it ends.
        """
        with pytest.raises(Unreadable) as caught:
            read_reglement('schema = 1\ngates = [\n"x",\n')

        (fault,) = caught.value.faults
        assert fault.message.startswith("not TOML: ")


class TestFile:
    def test_not_utf8(self, tmp_path):
        """
        A file in another encoding is told where, and how to save it.
        """
        file = tmp_path / "reglement.toml"
        file.write_bytes("# été".encode("latin-1"))

        with pytest.raises(
            Unreadable, match="not UTF-8 at byte 2: save the file as UTF-8"
        ):
            load_reglement(file)

    def test_mark(self, tmp_path):
        """
        The mark with which some editors begin a file is no fault.
        """
        file = tmp_path / "reglement.toml"
        file.write_text(PETITES_BOUILLES, encoding="utf-8-sig")

        assert "04" == load_reglement(str(file)).operator.department

    def test_missing(self, tmp_path):
        """
        A file that is not there is the system's own error.
        """
        with pytest.raises(FileNotFoundError):
            load_reglement(tmp_path / "none.toml")

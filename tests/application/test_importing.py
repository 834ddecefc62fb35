"""
A file of dossiers, entered whole or not at all.
"""

import csv
import io

import pytest
from hypothesis import example, given, strategies as st

from portail_core import Refused, french
from portail_core.domain.accounts import AccountState
from portail_core.domain.dossiers import (
    COLUMNS,
    MOST_BYTES,
    MOST_LINES,
    ChildTwice,
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    Contradicted,
    EmailTaken,
    FileEmpty,
    FileTooLarge,
    LineMalformed,
    NotText,
    TooManyLines,
)
from portail_core.domain.forms import (
    BornLater,
    DayMalformed,
    EmailFieldMalformed,
    FieldEmpty,
    PhoneMalformed,
    PostcodeMalformed,
    TextMalformed,
)
from portail_core.domain.ids import AgentId
from portail_core.testing import MemoryStore
from tests.application.conftest import PASSWORD, World

LABELS = tuple(column.label for column in COLUMNS)

HEADER = (
    "Nom;Prénom;E-mail;Téléphone;Adresse;Code postal;Commune;"
    "Nom enfant;Prénom enfant;Date de naissance enfant"
)
GARCIA = (
    "Garcia;Noa;noa@example.org;04 92 00 00 00;1 rue Haute;04200;Peipin;"
    "Garcia;{};{}"
)
ZOE = GARCIA.format("Zoé", "09/04/2018")
LOU = GARCIA.format("Lou", "2020-01-02")
PETIT = "Petit;Alex;;;2 rue Haute;04200;Peipin;Petit;Sacha;03/03/2019"
LINES = (HEADER, ZOE, LOU, PETIT)


def written(*lines, encoding="utf-8"):
    return "\r\n".join(lines).encode(encoding)


@pytest.fixture(name="desk")
def _desk(world):
    return world.portal.trusted.staff(AgentId("accueil")).dossiers


def refusals_of(desk, *lines):
    with pytest.raises(Refused) as refused:
        desk.import_csv(written(*lines))
    assert 0 == desk.list().total
    return refused.value.refusals


def counts(imported):
    return imported.dossiers, imported.children, imported.invited


class TestImported:
    @pytest.mark.rule("dossier.import")
    def test_dossiers(self, world, desk):
        """
        Lines with one address make one dossier, with a child each; who has no
        address is not written to.
        """
        imported = desk.import_csv(written(*LINES))

        assert (2, 3, 1) == counts(imported)
        garcia, petit = desk.list().items
        assert (("GARCIA Noa",), ("PETIT Alex",)) == (
            garcia.adults,
            petit.adults,
        )
        shown = desk.show(garcia.household)
        assert ["GARCIA Zoé", "GARCIA Lou"] == [c.name for c in shown.children]
        assert ("0492000000", "Peipin") == (
            shown.household.phone,
            shown.household.address.town,
        )
        world.portal.public.activate(world.secret(), PASSWORD)
        assert AccountState.ACTIVE is world.account("noa@example.org").state

    @pytest.mark.rule("dossier.import.text")
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=repr)
    def test_written(self, desk, encoding, delimiter, end):
        """
        Whatever a spreadsheet writes is read, accents included.
        """
        text = end.join(LINES).replace(";", delimiter)

        imported = desk.import_csv(text.encode(encoding))

        assert (2, 3, 1) == counts(imported)
        garcia, _ = desk.list().items
        assert "Zoé" == desk.show(garcia.household).children[0].first_name

    @pytest.mark.rule("dossier.import")
    def test_quoted(self, desk):
        """
        A cell between quotation marks holds semicolons, quotation marks and
        line breaks, which are spaces; empty lines do not count.
        """
        street = '"1; rue ""Haute""\nBâtiment B"'

        desk.import_csv(
            written(HEADER, "", ";;;", ZOE.replace("1 rue Haute", street), "")
        )

        (row,) = desk.list().items
        assert '1; rue "Haute" Bâtiment B' == (
            desk.show(row.household).household.address.street
        )

    @pytest.mark.rule("dossier.import.column.unknown")
    def test_titles(self, desk):
        """
        Titles are known in other words, whatever their case, accents and
        spaces; empty columns at the end are nobody's.
        """
        header = (
            "NOM de famille; PRENOM ;Courriel;Tél.;rue;CP;Ville;"
            "Nom de l'enfant;prenom  de l’enfant;Date naissance enfant;;"
        )

        assert (1, 1, 1) == counts(
            desk.import_csv(written(header, ZOE + ";;"))
        )

    @pytest.mark.rule("dossier.import.contradicted")
    def test_said_once(self, desk):
        """
        An empty cell says nothing, the same in other letters is the same:
        what another line says stands.
        """
        brief = (
            "GARCIA;noa;NOA@example.org;0492000000;;;;Garcia;Lou;02/01/2020"
        )

        imported = desk.import_csv(written(HEADER, brief, ZOE))

        (row,) = desk.list().items
        shown = desk.show(row.household)
        assert (1, 2, 1) == counts(imported)
        assert ("noa", "Peipin") == (
            shown.household.adults[0].first_name,
            shown.household.address.town,
        )

    @pytest.mark.rule("dossier.import")
    def test_partner(self, desk):
        """
        The other adult has columns of their own, and an account if they have
        an address; a line without a child is a dossier without children.
        """
        header = f"{HEADER};Nom conjoint;Prénom conjoint;E-mail conjoint"
        line = f"{ZOE};Petit;Alex;alex@example.org"
        alone = "Morel;Maud;;;;;;;;;;;"

        imported = desk.import_csv(written(header, line, alone))

        assert (2, 1, 2) == counts(imported)
        garcia, morel = desk.list().items
        assert (("GARCIA Noa", "PETIT Alex"), ("MOREL Maud",)) == (
            garcia.adults,
            morel.adults,
        )

    @pytest.mark.rule("dossier.import")
    def test_same_name_elsewhere(self, desk):
        """
        Without an address, two of one name at two places are two dossiers.
        """
        other = PETIT.replace("2 rue", "9 rue").replace("Sacha", "Camille")
        sister = PETIT.replace("Sacha", "Louison")

        assert (2, 3, 0) == counts(
            desk.import_csv(written(HEADER, PETIT, other, sister))
        )


class TestCells:
    @pytest.mark.rule("dossier.import.faults")
    def test_every_fault(self, desk):
        """
        Every wrong cell is told with its line and its column; nothing is
        kept.
        """
        refusals = refusals_of(
            desk,
            HEADER,
            ZOE.replace("04 92 00 00 00", "12").replace("04200", "4200"),
            "",
            LOU.replace("noa@", "noa").replace("2020-01-02", "2/13/2020"),
            PETIT.replace("Petit;Alex", "Petit;").replace(
                "03/03/2019", "03/03/2039"
            ),
            PETIT.replace("Sacha", "x" * 101),
        )

        assert {
            PhoneMalformed("lines[2].Téléphone"),
            PostcodeMalformed("lines[2].Code postal"),
            EmailFieldMalformed("lines[4].E-mail"),
            DayMalformed("lines[4].Date de naissance enfant"),
            FieldEmpty("lines[5].Prénom"),
            BornLater("lines[5].Date de naissance enfant"),
            TextMalformed("lines[6].Prénom enfant"),
        } == set(refusals)

    @pytest.mark.rule("dossier.import.faults")
    def test_missing_part(self, desk):
        """
        A part of an address that has no column is told by our name for it.
        """
        header = "Nom;Prénom;Adresse;Nom enfant;Prénom enfant;Naissance enfant"

        assert (
            FieldEmpty("lines[2].code postal"),
            FieldEmpty("lines[2].commune"),
        ) == refusals_of(desk, header, "Petit;Alex;1 rue;Petit;Sacha;1/2/2019")

    @pytest.mark.rule("dossier.import.contradicted")
    def test_contradicted(self, desk):
        """
        A line that says otherwise than an earlier one of its dossier is told,
        cell by cell, beside its other faults.
        """
        other = LOU.replace("Garcia;Noa", "Garcia;Nora").replace(
            "1 rue Haute", "9 rue Haute"
        )

        assert (
            DayMalformed("lines[3].Date de naissance enfant"),
            Contradicted("lines[3].Prénom", 2),
            Contradicted("lines[3].Adresse", 2),
        ) == refusals_of(desk, HEADER, ZOE, other.replace("2020-", "20-"))

    @pytest.mark.rule("dossier.child.twice")
    def test_child_twice(self, desk):
        """
        A child is written once in a file, whoever it is written for.
        """
        again = GARCIA.format("ZOE", "2018-04-09")
        elsewhere = PETIT.replace(
            "Petit;Sacha;03/03/2019", "GARCIA;Zoé;9/4/2018"
        )

        assert (
            ChildTwice("lines[3].Prénom enfant"),
            ChildTwice("lines[4].Prénom enfant"),
        ) == refusals_of(desk, HEADER, ZOE, again, elsewhere)

    @pytest.mark.rule("dossier.email.taken")
    def test_taken(self, world, desk):
        """
        An address that has an account is told once, with the first line that
        has it; so is one that two adults have.
        """
        header = f"{HEADER};Nom conjoint;Prénom conjoint;E-mail conjoint"
        world.invite("noa@example.org")
        lines = (
            f"{ZOE};;;",
            f"{LOU};;;",
            f"{PETIT};Morel;Maud;noa@example.org",
        )

        with pytest.raises(Refused) as refused:
            desk.import_csv(written(header, *lines))

        assert (
            EmailTaken("lines[4].E-mail conjoint"),
            EmailTaken("lines[2].E-mail"),
        ) == refused.value.refusals

    def test_worded(self):
        """
        A fault names its line and its column in a sentence.
        """
        refusal = PostcodeMalformed("lines[12].Code postal")

        assert "« Code postal, ligne 12 »" in french.refusal(refusal).replace(
            "\xa0", " "
        )


class TestFile:
    @pytest.mark.rule("dossier.import.column.unknown")
    @pytest.mark.rule("dossier.import.column.missing")
    @pytest.mark.rule("dossier.import.column.twice")
    def test_titles(self, desk):
        """
        Columns unknown, missing and twice are told at once, with those that
        are known; the lines cannot be judged.
        """
        assert (
            ColumnUnknown("Allergies", LABELS),
            ColumnTwice("Courriel"),
            ColumnMissing("nom enfant", LABELS),
            ColumnMissing("prénom enfant", LABELS),
            ColumnMissing("date de naissance enfant", LABELS),
        ) == refusals_of(
            desk, "Nom;Prénom;Allergies;E-mail;Courriel", "Petit;;;;"
        )

    @pytest.mark.rule("dossier.import.line")
    def test_lines(self, desk):
        """
        A line with more cells than titles is told; so is a quotation mark
        that is not closed.
        """
        assert (LineMalformed(3),) == refusals_of(
            desk, HEADER, ZOE, f"{LOU};surprise"
        )
        assert (LineMalformed(2),) == refusals_of(
            desk, HEADER, ZOE.replace("1 rue", '"1 rue')
        )

    @pytest.mark.rule("dossier.import.text")
    @pytest.mark.parametrize(
        "content",
        [b"PK\x03\x04\0\0", "Nom;Prénom".encode("utf-16"), b"Nom;\x81\xff"],
        ids=["workbook", "UTF-16", "neither"],
    )
    def test_not_text(self, desk, content):
        """
        What is not CSV is told to be none.
        """
        with pytest.raises(Refused) as refused:
            desk.import_csv(content)

        assert (NotText(),) == refused.value.refusals

    @pytest.mark.rule("dossier.import.empty")
    @pytest.mark.parametrize("lines", [(), ("",), (HEADER,), (HEADER, ";;")])
    def test_empty(self, desk, lines):
        """
        A header alone is no dossier.
        """
        assert (FileEmpty(),) == refusals_of(desk, *lines)

    @pytest.mark.rule("dossier.import.bytes")
    def test_bytes(self, desk):
        """
        The last byte is in, the next one is out.
        """
        content = written(HEADER, PETIT, "")
        content += b"\n" * (MOST_BYTES - len(content))

        with pytest.raises(Refused) as refused:
            desk.import_csv(content + b"\n")

        assert (FileTooLarge(1000),) == refused.value.refusals
        assert (1, 1, 0) == counts(desk.import_csv(content))

    @pytest.mark.rule("dossier.import.lines")
    def test_lines_limit(self, desk):
        """
        The last line is in, the next one is out.
        """
        lines = [
            f"Petit;Alex{number};;;;;;;;" for number in range(MOST_LINES + 1)
        ]

        assert (TooManyLines(MOST_LINES),) == refusals_of(desk, HEADER, *lines)
        assert (MOST_LINES, 0, 0) == counts(
            desk.import_csv(written(HEADER, *lines[:-1]))
        )


# Whatever comes -------------------------------------------------------------

WORLD = World(MemoryStore())
DESK = WORLD.portal.trusted.staff(AgentId("accueil")).dossiers

GOOD = {
    "Nom": "Garcia",
    "Prénom": "Noa",
    "E-mail": "fuzz@example.org",
    "Téléphone": "0492000000",
    "Adresse": "1 rue Haute",
    "Code postal": "04200",
    "Commune": "Peipin",
    "Nom enfant": "Garcia",
    "Prénom enfant": "Zoé",
    "Date de naissance enfant": "09/04/2018",
}
WRONG = {
    "Nom": st.sampled_from(["", "x" * 101, "a\u202eb"]),
    "Prénom": st.sampled_from(["", "x" * 101]),
    "E-mail": st.sampled_from(["noa", "a@b", "@example.org"]),
    "Téléphone": st.sampled_from(["12", "rouge", "+33"]),
    "Adresse": st.sampled_from(["x" * 101]),
    "Code postal": st.sampled_from(["4200", "00200", "B4200"]),
    "Commune": st.sampled_from(["x" * 101]),
    "Nom enfant": st.sampled_from(["x" * 101, "a\x07"]),
    "Prénom enfant": st.sampled_from(["", "x" * 101]),
    "Date de naissance enfant": st.sampled_from(
        ["", "31/02/2019", "2039-01-01", "mardi", "1/1/1899"]
    ),
}


def table(cells, delimiter=";"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(GOOD)
    writer.writerows([row.get(name, "") for name in GOOD] for row in cells)
    return text.getvalue()


@pytest.mark.rule("dossier.import.faults")
@given(
    st.lists(st.fixed_dictionaries({}, optional=WRONG), min_size=1, max_size=4)
)
def test_k_cells_k_faults(wrong):
    """
    As many faults as wrong cells, each with the line and column of its own,
    and nothing kept.
    """
    lines = [
        {
            **GOOD,
            "E-mail": f"fuzz{rank}@example.org",
            "Prénom enfant": f"Zoé{rank}",
            **row,
        }
        for rank, row in enumerate(wrong)
    ]
    expected = [
        f"lines[{rank + 2}].{name}"
        for rank, row in enumerate(wrong)
        for name in row
    ]
    world = World(MemoryStore())
    desk = world.portal.trusted.staff(AgentId("accueil")).dossiers

    if expected:
        with pytest.raises(Refused) as refused:
            desk.import_csv(table(lines).encode())

        assert sorted(expected) == sorted(
            getattr(one, "field", one) for one in refused.value.refusals
        )
        assert 0 == desk.list().total
    else:
        assert len(wrong) == desk.import_csv(table(lines).encode()).dossiers


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.lists(
            st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, st.text())),
            max_size=3,
        ).map(lambda rows: table(rows).encode("utf-8", "replace")),
        st.text('";,\t\r\nNomPré').map(lambda t: f"{HEADER}\n{t}".encode()),
    )
)
@example(b'"')
@example(b"\xef\xbb\xbf")
@example(f"{HEADER}\n{'x' * 200_000}".encode())
def test_any_bytes(content):
    """
    Any bytes are imported, or refused with sentences; nothing else happens.
    """
    before = DESK.list().total
    try:
        imported = DESK.import_csv(content)
    except Refused as refused:
        sentences = list(map(french.refusal, refused.refusals))
        entered = 0
    else:
        sentences, entered = ["imported"], imported.dossiers

    assert all(sentences)
    assert before + entered == DESK.list().total

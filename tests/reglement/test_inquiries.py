"""
docs/spec/inquiry.md: what a request document asks, and what its days cost.
"""

import datetime as dt
import json
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.amplitudes import Hours
from portail_core.domain.bookings import (
    DayClosed,
    DayIsPublicHoliday,
    DayOutsidePeriod,
)
from portail_core.domain.dated import History
from portail_core.domain.facts import Booked, FactMissing
from portail_core.domain.ids import FactName
from portail_core.domain.money import eur
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import QuotientMissing
from portail_core.reglement_toml import read_reglement
from portail_core.reglement_toml.inquiries import (
    Note,
    key_of,
    load_inquiry,
    read_inquiry,
)
from portail_core.testing.reglements import changed
from portail_core.wire import Unreadable, parse_json, parse_toml
from tests.reglement.inquiring import (
    VALMONT,
    asked,
    faults,
    notes,
    quoted,
)
from tests.reglement.written import PETITES_BOUILLES, RESIDENCIES

EVENING = 'days = [{ day = 2026-05-11, amplitude = "SOIR" }]\n'


def refusals(text, reglement=VALMONT):
    with pytest.raises(Refused) as caught:
        quoted(text, reglement)
    return caught.value.refusals


def days(text):
    (visits,) = asked(text).visits
    return [visit.day.isoformat() for visit in visits.days]


class TestDocument:
    TEXT = """
        booked_at = 2026-05-01T10:00:00
        name = "Lou"
        birth_date = 2018-04-02
        household.quotient = "650"
        [[days]]
        day = 2026-05-11
        amplitude = "A-L-HEURE"
        arrives = 16:30:00
        leaves = 18:00:00
        """

    @pytest.mark.rule("inquiry.one-document")
    def test_json(self):
        """
        JSON says the same in text.
        """
        data = parse_toml(self.TEXT)
        written = json.dumps(data, default=lambda value: value.isoformat())

        assert asked(self.TEXT) == read_inquiry(parse_json(written), VALMONT)

    @pytest.mark.rule("inquiry.one-document")
    def test_text_in_toml(self):
        """
        TOML may write days in quotes, too.
        """
        assert asked(EVENING) == asked(
            EVENING.replace("2026-05-11", '"2026-05-11"')
        )

    @pytest.mark.rule("inquiry.one-document")
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('{"days": [], "days": []}', "days: is written twice"),
            ("[]", "the document: is not an object: write keys between brace"),
            ("{", "the document: not JSON: Expecting property name"),
            ('{"name": "\\ud800"}', "the document: not JSON of ours: half a"),
            ("[" * 100_000, "the document: not JSON of ours: brackets within"),
        ],
        ids=["twice", "list", "cut", "surrogate", "deep"],
    )
    def test_not_json(self, text, told):
        """
        What is no JSON object is told in a sentence.
        """
        with pytest.raises(Unreadable) as caught:
            parse_json(text)

        assert told in str(caught.value)

    @pytest.mark.rule("inquiry.one-document")
    def test_files(self, tmp_path):
        """
        A file is JSON if its name says so; else TOML, and its faults have
        lines, in their order.
        """
        (tmp_path / "a.json").write_text(
            '{"days": [{"day": "2026-05-11", "amplitude": "SOIR"}]}',
            encoding="utf-8",
        )
        (tmp_path / "a.toml").write_text(EVENING, encoding="utf-8")
        (tmp_path / "b.toml").write_text(
            f'{EVENING}household.quotient = -1\nlate = "yes"\n',
            encoding="utf-8",
        )

        with pytest.raises(Unreadable) as caught:
            load_inquiry(tmp_path / "b.toml", VALMONT)

        assert load_inquiry(tmp_path / "a.json", VALMONT) == load_inquiry(
            tmp_path / "a.toml", VALMONT
        )
        assert [
            ("household.quotient", 2),
            ("late", 3),
        ] == [(fault.path, fault.line) for fault in caught.value.faults]


class TestFaults:
    @pytest.mark.rule("inquiry.faults.all")
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "days: there is no day: write days = [{ day = 2026-05-27"),
            (
                "booked_on = 2026-05-01\nbooked_at = 2026-05-01T10:00:00\n"
                + EVENING,
                "booked_on: booked_at says the day too: keep one",
            ),
            (
                (
                    f"{EVENING}household = {{ quotient = 1, quotients = [{{ "
                    "value = 1, month = 2026-05-01, received_on = 2026-05-01 "
                    "}] }"
                ),
                "household.quotient: is one good on every day",
            ),
            (
                f"{EVENING}household.siblings = 0",
                "household.siblings: is 0: the child itself counts",
            ),
            (f"{EVENING}household.dependants = 1001", "1001 is not from 0 to"),
            (f"{EVENING}household.income = -1", "-1 is not from 0 to 1000000"),
            (f'{EVENING}household.income = "x"', "'x' is not a figure"),
            (f"{EVENING}household.income = 1.5", 'quotes, as "1.5"'),
            (f"{EVENING}rank = 0", "rank: is 0: the first child is 1"),
            (
                f"{EVENING}age = 7\nbirth_date = 2018-01-01",
                "age: birth_date says it: keep one",
            ),
            (
                f"{EVENING}birth_date = 2026-05-12",
                "days[0]: 2026-05-11 is before the birth, on 2026-05-12",
            ),
            ("days = { }", "days: a table is not a list: write it between b"),
            (f'{EVENING}name = "a\\nb"', "name: write at most 60 characters"),
            (
                f"{EVENING}amounts = {{ journe = 1 }}",
                "amounts.journe: is not among the prestations: adhesion, demi",
            ),
            (
                f"{EVENING}[[children]]",
                "days: is a child's: write it in [[children]], or leave",
            ),
            (
                '[[children]]\nname = "A"\n[[children]]\nname = "A"',
                "children[0].name: 'A' is there twice",
            ),
        ],
    )
    def test_household(self, text, told):
        """
        What cannot be of a household or a child is told where it stands.
        """
        assert any(told in fault for fault in faults(text))

    @pytest.mark.rule("inquiry.faults.all")
    @pytest.mark.parametrize(
        ("day", "told"),
        [
            ('amplitude = "SOIR"', ": write day, or first_day with last_day"),
            (
                'day = 2026-05-11, last_day = 2026-05-12, amplitude = "SOIR"',
                ": write day, or first_day with last_day",
            ),
            (
                'first_day = 2026-05-11, amplitude = "SOIR"',
                ": first_day goes with last_day: write both",
            ),
            (
                (
                    "first_day = 2026-05-11, last_day = 2026-05-10, "
                    'amplitude = "SOIR"'
                ),
                ".last_day: is before first_day",
            ),
            (
                "day = 2026-05-11, weekdays = ['monday'], amplitude = 'SOIR'",
                ".weekdays: goes with first_day and last_day, not day",
            ),
            (
                "day = 2026-05-11",
                ": write amplitude, or prestations in its place",
            ),
            (
                (
                    "day = 2026-05-11, amplitude = 'SOIR', "
                    "prestations = { repas = 1 }"
                ),
                ": write amplitude, or prestations in its place",
            ),
            (
                (
                    "day = 2026-05-11, prestations = { repa = 1 }, "
                    "accueil = 'soir'"
                ),
                ".prestations.repa: is not among the prestations: adhesion",
            ),
            (
                (
                    "day = 2026-05-11, prestations = { repas = 0 }, "
                    "accueil = 'soir'"
                ),
                ".prestations.repas: is 0, expected more than 0",
            ),
            (
                "day = 2026-05-11, amplitude = 'SOIR', arrives = 16:30:00",
                ": arrives goes with leaves: write both",
            ),
            (
                (
                    "day = 2026-05-11, amplitude = 'SOIR', "
                    "arrives = 16:30:00, leaves = 16:30:00"
                ),
                ".leaves: is not after arrives",
            ),
            (
                "day = 2026-05-11, amplitude = 'NUIT'",
                ".amplitude: 'NUIT' is not offered, only A-L-HEURE, APRES-MI",
            ),
            (
                "day = 2026-05-11, amplitude = 'SOIR', accueil = 'soirs'",
                ".accueil: 'soirs' is not among cantine, soir, stages, vacan",
            ),
            (
                "day = 2026-05-11, amplitude = 'SOIR', accueil = 'stages'",
                ".accueil: 'stages' has no period",
            ),
            (
                "day = 2026-05-11, amplitude = 'SOIR', period = 'ete'",
                ".period: 'ete' is not among the periods: ete-2026, midis-20",
            ),
            (
                (
                    "day = 2026-05-11, amplitude = 'SOIR', "
                    "accueil = 'cantine', period = 'ete-2026'"
                ),
                ".period: 'ete-2026' is not among the periods of cantine: mi",
            ),
            ("day = 0026-05-11, amplitude = 'SOIR'", "is not of our time"),
            ("day = 2026-05-11T10:00:00, amplitude = 'SOIR'", "is not a day"),
            ("day = '2026-05-32', amplitude = 'SOIR'", "is not a day: write"),
            ("day = '11/05/2026', amplitude = 'SOIR'", "is not a day: write"),
            ("arrives = '7h30'", ".arrives: '7h30' is not an hour: write it"),
        ],
    )
    def test_day(self, day, told):
        """
        What cannot be a day is told, with what to write.
        """
        text = f"days = [{{ {day} }}]"

        assert any(
            told in fault and fault.startswith("days[0]")
            for fault in faults(text)
        )

    @pytest.mark.rule("inquiry.faults.all")
    @pytest.mark.parametrize(
        "moment", ['"2026-05-11"', '"now"', "2026-05-11T10:00:00Z", "3"]
    )
    def test_moment(self, moment):
        """
        A moment is a local one, day and hour.
        """
        (told,) = faults(f"{EVENING}booked_at = {moment}")

        assert "booked_at: " in told
        assert "is not a moment in Paris: write it without an offset" in told

    @pytest.mark.rule("inquiry.faults.all")
    def test_misplaced(self):
        """
        A key of the document that stands below a table is told so.
        """
        assert [
            (
                "household.booked_on: there is no such key here, it is one of "
                "the whole document: write it above the first [table]"
            )
        ] == faults(f"{EVENING}[household]\nbooked_on = 2026-05-01")

    @pytest.mark.rule("inquiry.faults.all")
    def test_together(self):
        """
        Faults of all parts are told together.
        """
        found = faults(
            'days = [{ day = 2026-05-11, amplitude = "NUIT" }, { }]\n'
            "rank = 0\nfacts = { x = 'y' }\n[cancel]\nat = 2026-05-11T10:00:00"
        )

        assert [
            "rank",
            "facts.x",
            "days[0].amplitude",
            "days[1]",
            "days[1]",
        ] == [fault.partition(": ")[0] for fault in found]


class TestFacts:
    @pytest.mark.rule("inquiry.stated")
    def test_missing(self):
        """
        What a rule asks for and nobody stated is refused, by the key where it
        would be written.
        """
        told = refusals(
            'days = [{ day = 2026-06-02, amplitude = "MIDI" }]\n'
            "booked_on = 2026-05-01\n"
            'facts = { frequentation = "occasionnelle" }'
        )

        assert (FactMissing(FactName("residency")),) == told
        assert ["household.residency"] == list(map(key_of, told))

    @pytest.mark.rule("inquiry.stated")
    @pytest.mark.parametrize(
        ("refusal", "key"),
        [
            (QuotientMissing(), "household.quotient"),
            (FactMissing(FactName("rank")), "children[].rank"),
            (FactMissing(FactName("sieste")), "household.facts.sieste"),
            (FactMissing(FactName("season")), None),
            (DayClosed(dt.date(2026, 5, 13)), None),
        ],
    )
    def test_key(self, refusal, key):
        """
        Each fact has its key, but for those that only the règlement knows.
        """
        assert key == key_of(refusal)

    @pytest.mark.rule("inquiry.facts.known")
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            (
                "household.facts = { frequence = 'x' }",
                (
                    "household.facts.frequence: is no fact of this règlement, "
                    "only frequentation"
                ),
            ),
            (
                "facts = { frequentation = 'rare' }",
                (
                    "facts.frequentation: 'rare' is not among occasionnelle, "
                    "reguliere"
                ),
            ),
            (
                "household.residency = 'comune'",
                "household.residency: 'comune' is not among canton, commune",
            ),
        ],
    )
    def test_unknown(self, said, told):
        """
        What the règlement does not declare is told, with what it does.
        """
        assert [told] == faults(f"{EVENING}{said}")

    @pytest.mark.rule("inquiry.facts.known")
    def test_nothing_declared(self):
        """
        A règlement that declares nothing takes anything, and notes it.
        """
        silent = read_reglement(PETITES_BOUILLES.removesuffix(RESIDENCIES))
        found = asked(
            "days = [{ day = 2026-05-27, amplitude = 'MATIN' }]\n"
            "facts = { sieste = 'oui' }\nhousehold.residency = 'commune'",
            silent,
        )

        assert [
            "household.residency: this règlement tells none apart",
            "facts.sieste: this règlement tells none apart",
        ] == list(map(str, found.notes))

    @pytest.mark.rule("inquiry.stated")
    def test_child_wins(self):
        """
        A fact of the child wins over the household's.
        """
        days = (
            'days = [{ day = 2026-06-02, amplitude = "MIDI" }]\n'
            "booked_on = 2026-05-01\n"
            "household.residency = 'commune'\n"
        )
        household = "household.facts = { frequentation = 'reguliere' }\n"

        assert eur("3.10") == quoted(days + household).total
        assert (
            eur("4.00")
            == quoted(
                "facts = { frequentation = 'occasionnelle' }\n"
                f"{days}{household}"
            ).total
        )


class TestPlaces:
    @pytest.mark.rule("inquiry.period")
    def test_by_amplitude(self):
        """
        The accueil that offers the amplitude is the one that is meant.
        """
        (visits,) = asked(EVENING).visits

        assert "soirs-2026" == visits.period.code

    @pytest.mark.rule("inquiry.period")
    @pytest.mark.parametrize(
        ("day", "period"),
        [("2026-07-06", "ete-2026"), ("2026-04-13", "printemps-2026")],
    )
    def test_by_day(self, day, period):
        """
        The day says which of the accueil's periods.
        """
        (visits,) = asked(
            f'days = [{{ day = {day}, amplitude = "JOURNEE" }}]'
        ).visits

        assert period == visits.period.code

    @pytest.mark.rule("inquiry.period")
    def test_several(self):
        """
        A day that two periods have is told with both.
        """
        text = 'days = [{ day = 2026-06-08, amplitude = "MIDI" }]'

        assert [
            (
                "days[0]: 2026-06-08 is in several periods: write period, or "
                "accueil; there are midis-2026, midis-juin-2026"
            )
        ] == faults(text)

    @pytest.mark.rule("inquiry.period")
    def test_none(self):
        """
        A day that none of several periods has is told with them.
        """
        (told,) = faults('days = [{ day = 2027-06-08, amplitude = "MIDI" }]')

        assert (
            "days[0]: 2027-06-08 is in no period: midis-2026 is from "
            "2026-05-04 to 2026-07-03, midis-juin-2026 is from"
        ) in told

    @pytest.mark.rule("inquiry.period")
    def test_nearest(self):
        """
        What a day says wins over its child's, and that over the document's.
        """
        inquiry = asked(
            """
            period = "midis-2026"
            [[children]]
            period = "midis-juin-2026"
            [[children.days]]
            day = 2026-06-08
            amplitude = "MIDI"
            [[children.days]]
            day = 2026-06-08
            amplitude = "MIDI"
            period = "midis-2026"
            [[children]]
            days = [{ day = 2026-06-08, amplitude = "MIDI" }]
            """
        )

        assert [
            ("1", "midis-juin-2026"),
            ("1", "midis-2026"),
            ("2", "midis-2026"),
        ] == [(one.child, one.period.code) for one in inquiry.visits]


class TestDays:
    @pytest.mark.rule("inquiry.days.open")
    def test_range(self):
        """
        The open days from one to another count, both included: not 14 May,
        nor the weekend.
        """
        assert [
            "2026-05-11",
            "2026-05-12",
            "2026-05-15",
            "2026-05-18",
        ] == days(
            "days = [{ first_day = 2026-05-11, last_day = 2026-05-18, "
            'amplitude = "SOIR" }]'
        )

    @pytest.mark.rule("inquiry.days.open")
    def test_weekdays(self):
        """
        Of these weekdays, if they are named.
        """
        assert ["2026-05-11", "2026-05-18"] == days(
            "days = [{ first_day = 2026-05-11, last_day = 2026-05-18, "
            'weekdays = ["monday"], amplitude = "SOIR" }]'
        )

    @pytest.mark.rule("inquiry.days.open")
    def test_several_periods(self):
        """
        From one period into another, each day is of its own.
        """
        inquiry = asked(
            "days = [{ first_day = 2026-04-24, last_day = 2026-07-06, "
            'amplitude = "JOURNEE" }]'
        )

        assert [
            ("printemps-2026", dt.date(2026, 4, 24)),
            ("ete-2026", dt.date(2026, 7, 6)),
        ] == [
            (one.period.code, visit.day)
            for one in inquiry.visits
            for visit in one.days
        ]

    @pytest.mark.rule("inquiry.days.open")
    def test_no_open_day(self):
        """
        A range without an open day is a fault.
        """
        (told,) = faults(
            "days = [{ first_day = 2026-05-16, last_day = 2026-05-17, "
            'amplitude = "SOIR" }]'
        )

        assert "days[0]: no day from 2026-05-16 to 2026-05-17 is open" in told

    @pytest.mark.rule("inquiry.days.open")
    def test_ambiguous_range(self):
        """
        So is one in which a day is of two periods.
        """
        (told,) = faults(
            "days = [{ first_day = 2026-06-08, last_day = 2026-06-09, "
            'amplitude = "MIDI" }]'
        )

        assert "days[0]: 2026-06-08 is in several periods" in told

    @pytest.mark.rule("inquiry.days.open")
    @pytest.mark.parametrize(
        ("day", "refusal"),
        [
            (dt.date(2026, 5, 13), DayClosed),
            (dt.date(2026, 5, 14), DayIsPublicHoliday),
            (dt.date(2026, 9, 14), DayOutsidePeriod),
        ],
        ids=["closed", "public holiday", "outside"],
    )
    def test_closed(self, day, refusal):
        """
        A day on which nobody may come has no price.
        """
        (told,) = refusals(f"days = [{{ day = {day}, amplitude = 'SOIR' }}]")

        assert (refusal, day) == (type(told), told.day)

    @pytest.mark.rule("inquiry.days.once")
    def test_twice(self):
        """
        An amplitude is there once a day.
        """
        day = "{ day = 2026-05-11, amplitude = 'SOIR' }"

        assert ["days[1]: 2026-05-11 has « Soir » twice"] == faults(
            f"days = [{day}, {day}]"
        )

    @pytest.mark.rule("inquiry.days.once")
    def test_clash(self):
        """
        Two that share a part of the day are noted: no family may book both.
        """
        morning = "{ day = 2026-07-06, amplitude = 'MATIN' }"
        whole = morning.replace("MATIN", "JOURNEE")
        other = whole.replace("07-06", "07-07")

        assert [
            (
                "days[1]: 2026-07-06 has « Matin » and « Journée », which "
                "share matin: nobody may book both"
            )
        ] == notes(f"days = [{morning}, {whole}, {other}]")

    @pytest.mark.rule("inquiry.days.once")
    def test_combined(self):
        """
        Two amplitudes of a day may make a larger one.
        """
        (row,) = quoted(
            """
            birth_date = 2018-04-02
            days = [
                { day = 2026-07-06, amplitude = "MATIN" },
                { day = 2026-07-06, amplitude = "APRES-MIDI" },
            ]
            household = { quotient = 0, scheme = "none" }
            """
        ).rows

        assert ("Journée", eur("10.00")) == (row.designation, row.amount)


class TestAlone:
    @pytest.mark.rule("inquiry.alone")
    def test_membership(self):
        """
        A membership is priced on a day that is closed, under the period that
        has the day.
        """
        found = quoted(
            "days = [{ day = 2026-05-16, accueil = 'soir', prestations = "
            "{ adhesion = 1, heure = '2.5' } }]\nbooked_on = 2026-05-16"
        )

        assert [
            ("Adhésion annuelle", Decimal(1), eur("15.00")),
            ("Heure", Decimal("2.5"), eur("5.00")),
        ] == [
            (row.designation, row.quantity, row.amount) for row in found.rows
        ]

    @pytest.mark.rule("inquiry.alone")
    def test_differing(self):
        """
        Two days of different prestations are priced apart.
        """
        found = quoted(
            "days = [{ day = 2026-05-16, prestations = { adhesion = 1 } }, "
            "{ day = 2026-05-17, prestations = { heure = 1 } }]\n"
            "accueil = 'soir'"
        )

        assert ["adhesion", "heure"] == [
            line.prestation for line in found.lines
        ]

    @pytest.mark.rule("inquiry.alone")
    def test_several_periods(self):
        """
        On a day of two periods that are closed, none is picked.
        """
        (told,) = faults(
            "days = [{ day = 2026-06-10, prestations = { repas = 1 } }]\n"
            "accueil = 'cantine'"
        )

        assert "is in several periods" in told


class TestHours:
    DAY = "days = [{ day = 2026-05-11, amplitude = 'A-L-HEURE'%s }]"

    @pytest.mark.rule("inquiry.hours")
    def test_needed(self):
        """
        Where families choose hours, they are needed.
        """
        (told,) = refusals(self.DAY % "")

        assert "offer.hours.missing" == told.rule

    @pytest.mark.rule("inquiry.hours")
    def test_given(self):
        """
        Hours within the amplitude's need no note.
        """
        text = self.DAY % ", arrives = 16:30:00, leaves = 18:30:00"
        (visits,) = asked(text).visits

        assert (
            Hours(arrives=dt.time(16, 30), leaves=dt.time(18, 30))
            == visits.days[0].hours
        )
        assert [] == notes(text)
        assert eur("4.00") == quoted(text).total

    @pytest.mark.rule("inquiry.hours")
    def test_beyond(self):
        """
        A child that is fetched late is priced as it was, with a note.
        """
        text = (
            "days = [{ day = 2026-05-11, amplitude = 'SOIR', arrives = "
            "16:30:00, leaves = 18:31:00 }]"
        )

        assert eur("9.00") == quoted(text).total
        assert [
            (
                "days[0]: « Soir » is from 16:30:00 to 18:30:00, and the "
                "child is there beyond: priced as it came"
            )
        ] == notes(text)

    @pytest.mark.rule("inquiry.hours")
    def test_no_bounds(self):
        """
        An amplitude without hours bounds nothing.
        """
        assert [] == notes(
            "days = [{ day = 2026-06-09, amplitude = 'MIDI', arrives = "
            "11:30:00, leaves = 18:31:00 }]"
        )


class TestBooked:
    @pytest.mark.rule("inquiry.booked")
    @pytest.mark.parametrize(
        ("said", "booked"),
        [
            ("", Booked.IN_TIME),
            ("booked_at = 2026-05-09T12:00:00", Booked.IN_TIME),
            ("booked_at = 2026-05-09T12:00:01", Booked.LATE),
            ("booked_on = 2026-05-08", Booked.IN_TIME),
            ("booked_on = 2026-05-09", Booked.IN_TIME),
            ("booked_on = 2026-05-10", Booked.LATE),
        ],
    )
    def test_deadline(self, said, booked):
        """
        A day is late after the deadline to book it.
        """
        (visits,) = asked(f"{EVENING}{said}").visits

        assert booked is visits.days[0].booked

    @pytest.mark.rule("inquiry.booked")
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("booked_on = 2026-05-08", None),
            (
                "booked_on = 2026-05-09",
                "counted as in time, write booked_at to be sure",
            ),
            ("booked_on = 2026-05-10", "priced as late"),
        ],
    )
    def test_told(self, said, told):
        """
        What was made of the deadline is noted.
        """
        begins = (
            "days[0]: 2026-05-11 was to be booked until "
            "2026-05-09T12:00:00+02:00: "
        )

        assert ([] if told is None else [f"{begins}{told}"]) == notes(
            f"{EVENING}{said}"
        )

    @pytest.mark.rule("inquiry.booked")
    def test_same_price(self):
        """
        It is told where it changes nothing, too.
        """
        told = notes(
            "days = [{ day = 2026-07-06, amplitude = 'JOURNEE' }]\n"
            "booked_on = 2026-07-06"
        )

        assert told[0].endswith(": the price is the same")

    @pytest.mark.rule("inquiry.booked")
    def test_stated(self):
        """
        What is stated wins, and needs no note.
        """
        text = (
            "days = [{ day = 2026-05-11, amplitude = 'SOIR', booked = "
            "'in-time' }, { day = 2026-05-12, amplitude = 'SOIR', booked = "
            "'unbooked' }]\nbooked_on = 2026-06-01"
        )

        assert eur("9.00") == quoted(text).total
        assert [] == notes(text)

    @pytest.mark.rule("inquiry.booked-on")
    def test_needed(self):
        """
        A grid of the day of booking asks when that is.
        """
        text = (
            'days = [{ day = 2026-06-02, amplitude = "MIDI" }]\n'
            "facts = { frequentation = 'reguliere' }\n"
        )

        assert (FactMissing(FactName("booked_on")),) == refusals(text)
        assert (
            eur("3.10")
            == quoted(f"{text}booked_at = 2026-05-01T00:00:00").total
        )


class TestQuotient:
    CAMP = (
        "days = [{ day = 2026-07-06, amplitude = 'MATIN' }]\n"
        "birth_date = 2018-04-02\nhousehold.scheme = 'none'\n"
    )

    @pytest.mark.rule("inquiry.quotient")
    @pytest.mark.parametrize(
        ("quotient", "total"),
        [("0", "6.00"), ('"800.00"', "6.00"), ('"800.01"', "12.00")],
    )
    def test_alone(self, quotient, total):
        """
        One alone is good on every day; nothing is a quotient, too.
        """
        found = quoted(f"{self.CAMP}household.quotient = {quotient}")

        assert eur(total) == found.total

    @pytest.mark.rule("inquiry.quotient", "inquiry.stated")
    def test_none(self):
        """
        Without one, the règlement says what happens.
        """
        assert (QuotientMissing(),) == refusals(self.CAMP)

    SEVERAL = """
        [[household.quotients]]
        value = 900
        month = 2026-05-01
        received_on = 2026-05-04
        [[household.quotients]]
        value = 100
        month = 2025-08-01
        received_on = 2026-02-04
        """

    @pytest.mark.rule("inquiry.quotient", "inquiry.booked-on")
    @pytest.mark.parametrize(
        ("asked_on", "total"),
        [("2026-05-03", "6.00"), ("2026-05-04", "12.00")],
    )
    def test_several(self, asked_on, total):
        """
        Of several, the one that was known when the family asked.
        """
        text = f"{self.CAMP}booked_on = {asked_on}{self.SEVERAL}"

        assert eur(total) == quoted(text).total

    @pytest.mark.rule("inquiry.booked-on")
    def test_when(self):
        """
        So that several ask when that was, where a price depends on them.
        """
        assert (FactMissing(FactName("booked_on")),) == refusals(
            f"{self.CAMP}{self.SEVERAL}"
        )
        assert eur("4.00") == quoted(f"{EVENING}{self.SEVERAL}").total


class TestSiblings:
    @pytest.mark.rule("inquiry.siblings")
    def test_without_days(self):
        """
        An elder child that does not come makes this one the second.
        """
        found = quoted(
            """
            household = { quotient = 0, scheme = "none" }
            [[children]]
            name = "Camille"
            birth_date = 2014-04-02
            [[children]]
            name = "Lou"
            birth_date = 2018-04-02
            days = [{ day = 2026-07-06, amplitude = "JOURNEE" }]
            """
        )

        assert eur("8.00") == found.total

    @pytest.mark.rule("inquiry.siblings", "inquiry.stated")
    def test_rank(self):
        """
        A rank that is stated stands, and asks for no birth date.
        """
        text = (
            "days = [{ day = 2026-07-06, amplitude = 'JOURNEE' }]\n"
            "household = { quotient = 0, scheme = 'caf', siblings = 3 }\n"
        )

        assert (FactMissing(FactName("rank")),) == refusals(text)
        assert eur("5.00") == quoted(f"{text}rank = 2").total
        (visits,) = asked(f"{text}rank = 2").visits
        assert 3 == visits.days[0].siblings

    @pytest.mark.rule("inquiry.stated")
    def test_age(self):
        """
        An age that is stated stands on every day; a birth date tells it.
        """
        day = "days = [{ day = 2026-07-06, amplitude = 'JOURNEE' }]\n"

        assert [7, 8, None] == [
            asked(f"{day}{said}").visits[0].days[0].age
            for said in ("age = 7", "birth_date = 2018-07-06", "")
        ]


class TestQuote:
    @pytest.mark.rule("inquiry.stated")
    def test_individual(self):
        """
        An amount that the operator set for the child is its price.
        """
        day = "days = [{ day = 2026-06-09, amplitude = 'ETUDE' }]\n"

        assert (
            eur("2.50") == quoted(f"{day}amounts = {{ etude = '2.50' }}").total
        )

    @pytest.mark.rule("inquiry.stated")
    def test_all_refusals(self):
        """
        Days that are closed and facts that are missing are told together.
        """
        told = refusals(
            "days = [{ day = 2026-05-13, amplitude = 'SOIR' }, "
            "{ day = 2026-07-06, amplitude = 'JOURNEE' }]"
        )

        assert DayClosed(dt.date(2026, 5, 13)) in told
        assert 1 < len(told)

    @pytest.mark.rule("inquiry.booked")
    def test_deadline_unknown(self):
        """
        A deadline that a missing fact hides is refused only where the price
        depends on it.
        """
        text = (
            "days = [{ day = 2026-05-11, amplitude = 'SOIR' }]\n"
            "booked_on = 2026-05-01"
        )
        decided = VALMONT.terms.book_until
        assert decided is not None
        (since,) = decided.decisions
        later = changed(
            VALMONT,
            book_until=History((evolve(since, since=dt.date(2026, 6, 1)),)),
        )

        (told,) = refusals(text, later)

        assert "dated.before-the-first" == told.rule
        assert [] == list(
            asked(
                "days = [{ day = 2026-05-11, amplitude = 'ETUDE' }]\n"
                "booked_on = 2026-05-01",
                later,
            ).notes
        )


class TestNotes:
    @pytest.mark.rule("inquiry.facts.known")
    def test_written(self):
        """
        A note says where, if it is about a place.
        """
        assert ["days[0]: late", "late"] == [
            str(Note("days[0]", "late")),
            str(Note("", "late")),
        ]

"""
What a règlement file says of amplitudes, places, rhythms and gates.
"""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from portail_core.domain.admission import Waiver
from portail_core.domain.amplitudes import Hours, Meal, Presence
from portail_core.domain.arrears import (
    OncePaid,
    OwedAtMonthEnd,
    OwesOver,
)
from portail_core.domain.bounds import Bounds
from portail_core.domain.conditions import OneOf, When, Yearly
from portail_core.domain.documents import (
    AfterItsEnd,
    FromFirstDay,
    PartOfYear,
)
from portail_core.domain.ids import AmplitudeCode, FactName
from portail_core.domain.money import eur
from portail_core.domain.rhythms import Rhythm
from portail_core.reglement_toml import read_reglement
from portail_core.reglement_toml._reading import _read
from portail_core.wire import parse_toml
from tests.reglement.broken_places import PLACES
from tests.reglement.written import (
    PETITES_BOUILLES,
    faults,
    with_changes,
)

DAY = dt.date(2025, 9, 3)
MATIN = 'parts = ["matin"]'
POOL = 'accueils = ["mercredis"]\nparts = ["matin", "midi", "apres-midi"]'


def read(*changes):
    return read_reglement(with_changes(*changes))


class TestFaults:
    @pytest.mark.rule("reglement.faults.all")
    @pytest.mark.parametrize(
        ("before", "after", "told"), PLACES.values(), ids=PLACES
    )
    def test_told(self, before, after, told):
        """
        What is wrong is told where it stands, with what to write instead.
        """
        assert told == faults(with_changes((before, after)))


class TestAmplitudes:
    @pytest.mark.rule("offer.amplitude.parts")
    def test_least(self):
        """
        What is not written is not decided.
        """
        matin = read().amplitudes[2]

        assert (None, Presence.WHOLE, None, (), (), None) == (
            matin.hours,
            matin.presence,
            matin.meal,
            matin.excludes,
            matin.requires,
            matin.ages,
        )

    @pytest.mark.rule("offer.hours.needed", "offer.amplitude.ages")
    def test_all(self):
        """
        Hours, presence, meal, companions and ages.
        """
        matin = read(
            (
                MATIN,
                f"""{MATIN}
hours = {{ from_hour = 07:30:00, to_hour = 12:00:00 }}
presence = "hourly"
meal = "supplied"
excludes = ["JOURNEE"]
requires = ["APRES-MIDI"]
ages = {{ at_least = 3, at_most = 11 }}""",
            )
        ).amplitudes[2]

        assert (
            Hours(arrives=dt.time(7, 30), leaves=dt.time(12)),
            Presence.HOURLY,
            Meal.SUPPLIED,
            ("JOURNEE",),
            ("APRES-MIDI",),
            Bounds(above=Decimal(3), up_to=Decimal(11)),
        ) == (
            matin.hours,
            matin.presence,
            matin.meal,
            matin.excludes,
            matin.requires,
            matin.ages,
        )

    @pytest.mark.rule("offer.amplitude.ages")
    def test_accueil(self):
        """
        An accueil may have ages of its own.
        """
        regie = 'regie = "alsh"'

        accueil = read(
            (regie, f"{regie}\nages = {{ less_than = 6 }}")
        ).accueils[0]

        assert Bounds(up_to=Decimal(6), up_to_included=False) == accueil.ages


class TestPools:
    @pytest.mark.rule("place.pool.zero")
    @pytest.mark.parametrize(
        ("written", "capacity"),
        [("0", 0), ('"unlimited"', "unlimited"), ("24", 24)],
    )
    def test_capacity(self, written, capacity):
        """
        Closed and without limit are spelled apart.
        """
        pool = read(("capacity = 8", f"capacity = {written}")).pools[0]

        assert capacity == pool.capacity

    @pytest.mark.rule("place.pool.site", "place.pool.when")
    def test_site(self):
        """
        All the accueils of a site, every part of the day, some days alone.
        """
        pool = read(
            (
                POOL,
                """establishment = "aubignosc"
when = { weekdays = ["wednesday"] }""",
            )
        ).pools[0]

        assert (
            None,
            "aubignosc",
            None,
            When((OneOf(FactName("weekday"), ("wednesday",)),)),
        ) == (pool.accueils, pool.establishment, pool.parts, pool.when)


class TestTerms:
    @pytest.mark.rule("request.week.least", "request.month.most")
    def test_rhythms(self):
        """
        « au minimum 3 jours par semaine (réduit à 2 jours s'il y a un férié
        dans la semaine.) »
        """
        found = read(
            (
                "[[hold]]",
                """[[rhythms]]
since = 2025-09-01
source = "règlement intérieur"
week = { at_least = 3, at_least_with_public_holiday = 2, at_most = 4 }
month = { at_most = 12 }

[[hold]]""",
            )
        )

        assert Rhythm(
            week_least=3,
            week_least_with_public_holiday=2,
            week_most=4,
            month_most=12,
        ) == found.rhythm_on(found.periods[0], DAY)
        assert found.terms.rhythms is not None
        assert "rhythms[0]" == found.terms.rhythms.decisions[0].path

    @pytest.mark.rule("gate.arrears.over", "gate.arrears.month-end")
    @pytest.mark.parametrize(
        ("written", "limit"),
        [
            ('{ over = "50.00" }', OwesOver(over=eur("50.00"))),
            (
                '{ over_at_month_end = "0", once_paid = "next-month" }',
                OwedAtMonthEnd(over=eur("0"), once_paid=OncePaid.NEXT_MONTH),
            ),
        ],
    )
    def test_arrears(self, written, limit):
        """
        Two ways to count what is owed.
        """
        found = read(
            (
                "[[hold]]",
                f"""[[arrears]]
since = 2025-09-01
source = "règlement intérieur"
limit = {written}

[[hold]]""",
            )
        )

        assert limit == found.arrears_on(found.periods[0], DAY)

    @pytest.mark.rule("gate.not-asked")
    def test_not_asked(self):
        """
        An accueil names the gates that it does without.
        """
        regie = 'regie = "alsh"'
        found = read((regie, f'{regie}\nnot_asked = ["documents", "arrears"]'))

        assert (Waiver.DOCUMENTS, Waiver.ARREARS) == found.waivers_of(
            found.periods[0]
        )

    @pytest.mark.rule("gate.document.grace")
    def test_graces(self):
        """
        Three kinds of days that may be booked before a document is there.
        """
        found = read(
            (
                "valid_months = 12",
                """valid_months = 12
graces = [
    { days = 30 },
    { months_from_first_day = 3 },
    { first_day = "09-01", last_day = "09-30" },
]""",
            )
        )

        assert (
            AfterItsEnd(30),
            FromFirstDay(3),
            PartOfYear(Yearly(first=901, last=930)),
        ) == found.documents[3].graces


HOW_TO = (
    Path(__file__).parents[2] / "docs/how-to/say-how-many-and-who-may-come.md"
)
BLOCKS = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
AROUND = """
[[prestations]]
code = "heure"
label = "Heure"
nature = "care"

[[establishments]]
code = "ecole"
label = "École"

[[regies]]
code = "restauration"
label = "Restauration"
series = "REST"

[[accueils]]
code = "vacances"
label = "Vacances"
establishment = "aubignosc"
regie = "alsh"
amplitudes = ["JOURNEE-REPAS", "SOIR"]

[[amplitudes]]
code = "REPAS"
label = "REPAS"
parts = ["midi"]
prestations = { repas = "1" }
"""


def test_how_to():
    """
    All that docs/how-to/say-how-many-and-who-may-come.md writes is read,
    together.
    """
    data = dict(parse_toml(PETITES_BOUILLES))
    for tariff in data["tariffs"]:
        for bracket in tariff["brackets"]:
            bracket["prices"]["heure"] = "1.00"
    for block in (AROUND, *BLOCKS):
        for key, said in parse_toml(block).items():
            if key == "gates":
                data[key] = said
                continue
            new = {one.get("code") for one in said}
            kept = [
                one for one in data.get(key, []) if one.get("code") not in new
            ]
            data[key] = [*kept, *said]

    found = _read(data)

    soir = found.find_amplitude(AmplitudeCode("SOIR"))
    assert soir is not None
    assert Presence.HOURLY is soir.presence
    assert ["total", "moins-de-6-ans", "mercredis-de-sortie"] == [
        pool.code for pool in found.pools if pool.code != "six-ans-et-plus"
    ]
    assert (Waiver.DOCUMENTS, Waiver.ARREARS) == found.accueils[
        -1
    ].terms.waivers

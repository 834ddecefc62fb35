"""
A règlement that says what a plugin adds: read, priced, cancelled and stored
as any other.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core import Portal, french
from portail_core.application import reglements
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import cutoff_of, moment_of
from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName, PrestationCode
from portail_core.domain.kinds import BASES, Extends, Kind
from portail_core.domain.money import eur
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml import (
    check_reglement,
    load_opening_reasons,
    load_reglement,
    read_reglement,
    reference,
)
from portail_core.reglement_toml.inquiries import quote, read_inquiry
from portail_core.testing import (
    KeptMail,
    MemoryStore,
    ScriptedPayments,
    StoppedClock,
    check_promises,
)
from portail_core.wire import Unreadable, dump, load, parse_toml
from tests.application.conftest import ASKED, WEDNESDAY, World
from tests.plugins.commune import (
    BUSINESS_DAY,
    BY_KILOMETRE,
    LOYALTY,
    WEEKS_LEFT,
    BusinessDayOfMonthBefore,
    ByKilometre,
    WeeksLeft,
)
from tests.plugins.kinds import (
    OPEN_TO_ALL,
    PLUGINS,
    REGLEMENT,
    TEXT,
    stating,
)

KINDS = (BY_KILOMETRE, LOYALTY, BUSINESS_DAY, WEEKS_LEFT)
CALENDAR = REGLEMENT.periods[0].calendar
REQUEST = """
accueil = "mercredis"
booked_on = 2026-05-13
days = [{ day = 2026-05-27, amplitude = "JOURNEE-REPAS" }]

[household]
facts = { distance_km = "15", first_year = "2022" }
"""


def tariffs(reglement):
    assert reglement.terms.tariffs is not None
    return reglement.terms.tariffs.decisions


def outcomes(reglement):
    (decision,) = reglement.terms.cancellations.decisions
    return decision.value.outcomes


@pytest.fixture(name="world")
def _world(store):
    return World(store, OPEN_TO_ALL)


@pytest.fixture(name="store")
def _store():
    return MemoryStore()


@pytest.fixture(name="family")
def _family(world):
    return stating(world.family())


class TestRead:
    @pytest.mark.rule("reglement.kinds.read")
    def test_values(self):
        """
        What is written is a value of the plugin's class, with its options.
        """
        (decision,) = tariffs(REGLEMENT)
        prices = decision.value.grid.brackets[0].prices
        until, _, gift, _ = outcomes(REGLEMENT)

        assert (
            ByKilometre(
                euros_per_km=Decimal("0.25"), free_km=3, floor=Decimal("2.00")
            )
            == prices[PrestationCode("journee")]
        )
        assert until.until == BusinessDayOfMonthBefore(
            business_day_of_month_before=5, at=dt.time(12)
        )
        assert WeeksLeft(20) == gift.gift

    @pytest.mark.rule("reglement.kinds.read")
    def test_read_again(self):
        """
        The order in which kinds are given does not count, nor does giving
        one twice.
        """
        again = read_reglement(TEXT, kinds=(*reversed(KINDS), LOYALTY))

        assert REGLEMENT == again
        assert reglements.digest_of(REGLEMENT) == reglements.digest_of(again)

    @pytest.mark.rule("reglement.kinds.read")
    def test_unknown(self):
        """
        Without the plugin, its keys are unknown, each at its place.
        """
        with pytest.raises(Unreadable) as caught:
            read_reglement(TEXT)

        assert {
            "cancellations[0].outcomes[0].until.business_day_of_month_before",
            "cancellations[0].outcomes[2].credited_by_weeks_left_of",
            "tariffs[0].adjustments[0].off_at_most",
            "tariffs[0].adjustments[0].off_each_year",
            "tariffs[0].prices.journee.euros_per_km",
            "tariffs[0].prices.journee.free_km",
        } <= {fault.path for fault in caught.value.faults}

    @pytest.mark.rule("reglement.kinds.read")
    @pytest.mark.parametrize(
        ("before", "after", "fault"),
        [
            (
                'off_at_most = "0.10"\n',
                "",
                (
                    "tariffs[0].adjustments[0]: off_each_year needs "
                    "off_at_most: "
                    'write it as « off_at_most = "0.10" ». And no more than '
                    "this in all."
                ),
            ),
            (
                'add = "0.40"\n',
                "",
                (
                    "tariffs[0].adjustments[1]: an adjustment is one of: "
                    "factor; add (+ per); replace; lower_bracket; floor; "
                    "ceiling; round_to (+ toward); aid + payer (+ per); "
                    "aid_share + payer; family_part + payer; "
                    "off_each_year + off_at_most"
                ),
            ),
            (
                "credited_by_weeks_left_of = 20",
                'credited_by_weeks_left_of = 20, kept_at_least = "2.00"',
                (
                    "cancellations[0].outcomes[2]: « Au prorata des semaines "
                    "restantes. »: kept_at_least goes with credited_share or "
                    "kept_share, not with credited_by_weeks_left_of"
                ),
            ),
            (
                "credited_by_weeks_left_of = 20, ",
                "",
                (
                    "cancellations[0].outcomes[2]: « Au prorata des semaines "
                    "restantes. » must say what is given back once, by one "
                    "of credited_share, kept_share, kept_amount, "
                    "credited_amount, credited_by_weeks_left_of: there is "
                    "nothing"
                ),
            ),
            (
                '{ share_of = "journee", share = "0.5" }',
                "{ free_km = 2 }",
                (
                    "tariffs[0].prices.demi-journee: a price is a figure "
                    '"7.10", or one of: rate + of (+ plus, floor, ceiling, '
                    "of_floor, of_ceiling); rates_by_dependants + of (+ the "
                    "same); individual_from + individual_to; share_of + "
                    "share; euros_per_km (+ free_km, floor)"
                ),
            ),
            (
                "business_day_of_month_before = 5, at",
                "business_day_of_month_before = 50, at",
                (
                    "cancellations[0].outcomes[0].until: "
                    "'business_day_of_month_before' must be <= 15: 50"
                ),
            ),
        ],
        ids=["needs", "none", "foreign", "no gift", "no leading", "bounds"],
    )
    def test_faults(self, before, after, fault):
        """
        What is wrong is told as of built-in kinds, these among them.
        """
        assert before in TEXT
        with pytest.raises(Unreadable) as caught:
            read_reglement(TEXT.replace(before, after, 1), kinds=KINDS)

        assert [fault] == [
            f"{found.path}: {found.message}" for found in caught.value.faults
        ]

    @pytest.mark.rule("reglement.kinds.read")
    def test_files(self, tmp_path):
        """
        Whatever reads a file takes kinds.
        """
        file = tmp_path / "reglement.toml"
        file.write_text(TEXT, encoding="utf-8")
        checked = check_reglement(file, kinds=KINDS)
        reasons = load_opening_reasons(file, kinds=KINDS)

        assert REGLEMENT == checked.reglement
        assert REGLEMENT == load_reglement(file, kinds=KINDS)
        assert reasons.why(REGLEMENT.periods[0].code, WEDNESDAY)


class TestDeadline:
    @pytest.mark.rule("deadline.kind")
    def test_moment(self):
        """
        The fifth business day of April 2026, whose 6th is Easter Monday.
        """
        deadline = BusinessDayOfMonthBefore(
            business_day_of_month_before=5, at=dt.time(12)
        )
        found = cutoff_of(deadline, WEDNESDAY, CALENDAR)

        assert "deadline.kind" == found.rule
        assert at_paris(dt.date(2026, 4, 8), dt.time(12)) == found.last

    @pytest.mark.rule("deadline.kind")
    def test_options(self):
        """
        It takes the options of those that are built in.
        """
        plain = BusinessDayOfMonthBefore(
            business_day_of_month_before=5, at=dt.time(12)
        )
        text = TEXT.replace(
            "business_day_of_month_before = 5, at = 12:00:00",
            "business_day_of_month_before = 5, at = 12:00:00, "
            'counted_from = "period", last_instant = "out", '
            'if_closed = "previous-opening-day"',
        )
        read = read_reglement(text, kinds=KINDS)
        moved = outcomes(read)[0].until

        assert moved is not None
        assert plain == outcomes(REGLEMENT)[0].until
        # Five business days of August, then the Wednesday before.
        assert at_paris(dt.date(2025, 8, 6), dt.time(12)) - dt.timedelta(
            microseconds=1
        ) == moment_of(moved, WEDNESDAY, CALENDAR)


class TestQuote:
    @pytest.mark.rule("tariff.kind")
    def test_price(self):
        """
        12 km at 0.25 are 3.00; four years of loyalty leave 2.76, and the
        supplement is added to that.
        """
        inquiry = read_inquiry(parse_toml(REQUEST), REGLEMENT)
        day, meal = quote(inquiry, REGLEMENT).lines

        assert Decimal("3.16") == day.unit_price.euros
        assert ["2.7600", "3.1600"] == [
            str(step.unit_price.euros) for step in day.why.adjusted
        ]
        assert eur("3.50") == meal.amount

    @pytest.mark.rule("tariff.kind")
    def test_facts_stated(self):
        """
        A fact that only a plugin asks for may be stated beside those that
        the règlement declares; one that nobody asks for may not.
        """
        text = f"{TEXT}\n[facts]\nfrequentation = ['reguliere']\n"
        reglement = read_reglement(text, kinds=KINDS)
        request = parse_toml(REQUEST.replace("first_year", "first_yaer"))

        inquiry = read_inquiry(parse_toml(REQUEST), reglement)

        assert eur("6.66") == quote(inquiry, reglement).total
        with pytest.raises(Unreadable, match="first_yaer: is no fact of"):
            read_inquiry(request, reglement)

    @pytest.mark.rule("tariff.kind")
    def test_portal(self, family):
        """
        A family is shown the same, and why.
        """
        found = family.desk.planning.quote(family.wish(WEDNESDAY))
        day, _ = found.lines

        assert eur("6.66") == found.total
        assert "tariff.kind" == day.why.rule
        assert (
            "Tarif calculé comme le règlement le dit (délibération d'exemple)."
            == french.why(day.why).replace("\xa0", " ")
        )

    @pytest.mark.rule("tariff.kind")
    def test_missing_fact(self, world):
        """
        A fact that it asks for and nobody stated is refused with its name.
        """
        family = world.family("petit")

        with pytest.raises(Refused) as refused:
            family.desk.planning.quote(family.wish(WEDNESDAY))

        assert (FactMissing(FactName("distance_km")),) == (
            refused.value.refusals
        )


class TestLife:
    @pytest.mark.rule("reglement.kinds.read")
    @pytest.mark.rule("reglement.kinds.stored")
    def test_booked_and_cancelled(self, world, family):
        """
        A day is booked, paid and cancelled under kinds of a plugin, and the
        books are right.
        """
        request = family.book(WEDNESDAY)
        cancelled = family.cancel(request.number, WEDNESDAY)

        # Five whole weeks are left of twenty: a quarter of 6.66.
        assert eur("1.67") == cancelled.credited
        check_promises(world.store, at=world.clock.now())


class TestStored:
    @pytest.mark.rule("reglement.kinds.stored")
    def test_round_trip(self):
        """
        What is stored is read back equal, and stored again the same.
        """
        stored = dump(REGLEMENT)

        assert REGLEMENT == load(Reglement, stored)
        assert stored == dump(load(Reglement, stored))

    @pytest.mark.rule("reglement.kinds.stored")
    def test_named(self):
        """
        It is stored by its leading key, and says where it came from.
        """
        assert (
            '{"credited_by_weeks_left_of":20,'
            '"gift":"credited_by_weeks_left_of","from":"tests"}'
        ) in dump(REGLEMENT)

    @pytest.mark.rule("reglement.kinds.stored")
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
    def test_not_installed(self, kind):
        """
        Where its plugin is not installed, the kind and the package that
        added it are told, and the place.
        """
        stored = dump(REGLEMENT).replace(
            f'"{kind.key}","from":"tests"', '"other_key","from":"portail_bus"'
        )

        with pytest.raises(Unreadable) as caught:
            load(Reglement, stored)

        told = {fault.message for fault in caught.value.faults}
        assert {
            (
                f"'other_key' is a {kind.extends.value} that the package "
                "'portail_bus' adds, and no plugin that is installed here: "
                "install the distribution that it came with"
            )
        } == told
        assert all(fault.path for fault in caught.value.faults)


class TestPortal:
    @pytest.mark.rule("reglement.kinds.read")
    def test_open(self, tmp_path):
        """
        A portal that is opened on a file knows what its plugins add, also
        when another règlement is put in force.
        """
        file = tmp_path / "reglement.toml"
        file.write_text(TEXT, encoding="utf-8")
        other = tmp_path / "autre.toml"
        other.write_text(TEXT.replace("0.40", "0.50"), encoding="utf-8")
        store = MemoryStore()

        with Portal.open(
            file,
            storage=store,
            mail=KeptMail(),
            payment=ScriptedPayments(),
            links="https://portail.example.org",
            clock=StoppedClock(ASKED),
            plugins=PLUGINS,
        ) as portal:
            portal.activate(other, since=dt.date(2026, 9, 1))
            assert REGLEMENT == portal.reglement

        with store.reading() as reading:
            versions = reading.reglements()
        assert 2 == len(versions)


class TestTold:
    @pytest.mark.rule("reglement.kinds.told")
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
    def test_page(self, kind):
        """
        The keys of an installed kind stand on the reference page and in the
        schema, and nowhere without it.
        """
        page, schema = reference.page(KINDS), reference.schema_text(KINDS)
        plain = reference.page()
        for name, key in kind.keys.items():
            if name in {"at", "floor"}:
                continue
            assert f"| `{name}` |" in page
            assert key.metadata["says"] in schema
            assert f"`{name}`" not in plain
        assert f"Plugins add `{kind.key}`." in page

    @pytest.mark.rule("reglement.kinds.told")
    def test_schema(self):
        """
        Editors accept what it adds wherever its sort may stand.
        """
        tables = reference.schema(KINDS)["$defs"]

        for name in ("deadline", "case"):
            assert "business_day_of_month_before" in tables[name]["properties"]
        assert "euros_per_km" in tables["formula"]["properties"]


class TestKind:
    @pytest.mark.parametrize("extends", Extends)
    def test_bases(self, extends):
        """
        Each sort has the class that its kinds fill.
        """
        assert [extends] == [
            kind.extends
            for kind in KINDS
            if issubclass(kind.shape, BASES[extends])
        ]

    def test_package(self):
        """
        A kind knows where it comes from.
        """
        assert "tests" == BY_KILOMETRE.package
        assert isinstance(BY_KILOMETRE, Kind)

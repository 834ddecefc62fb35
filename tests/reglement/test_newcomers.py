"""
Four règlements, as somebody writes them who has the printed page and the
reference page alone; every answer was worked out by hand from the print.

Prices of one child stand in tests/data/published_prices.toml.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from portail_core.domain.days import PARIS
from portail_core.domain.facts import Facts
from portail_core.domain.ids import AccueilCode
from portail_core.domain.money import eur
from portail_core.domain.oddities import warnings
from portail_core.domain.timetables import timetable
from portail_core.reglement_toml import load_reglement
from portail_core.reglement_toml.inquiries import key_of
from tests.reglement.inquiring import asked, given_back, quoted

DATA = Path(__file__).parents[1] / "data" / "reglements"
OUDON, WAVRIN, SAINT_LAGER, VAILHAUQUES = (
    load_reglement(DATA / f"{name}.toml")
    for name in ("oudon-2024", "wavrin-2025", "saint-lager", "vailhauques")
)


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def days(first, last=None, *, of="JOURNEE"):
    """
    An entry of `days`, from the first to the last.
    """
    last = last or first
    return f'{{ first_day = {first}, last_day = {last}, amplitude = "{of}" }}'


def second(moment):
    """
    The last second of a day, whatever follows it.
    """
    return moment.replace(microsecond=0)


def times(reglement, day, **facts):
    """
    The deadlines of a day of the only period.
    """
    (period,) = reglement.periods
    known = Facts(
        day=dt.date.fromisoformat(day),
        accueil=AccueilCode(period.accueil),
        amplitude=reglement.amplitudes[0].code,
        season=period.calendar.season(dt.date.fromisoformat(day)),
        **facts,
    )
    return timetable(known, period=period, reglement=reglement)


@pytest.mark.rule("reglement.odd")
@pytest.mark.parametrize(
    "reglement", [OUDON, WAVRIN, SAINT_LAGER, VAILHAUQUES]
)
def test_nothing_odd(reglement):
    """
    Nothing is odd about them; what presence bills is billed.
    """
    assert () == warnings(reglement)


class TestOudon:
    """
    A rate, the quarter of an hour, weeks, and who lives elsewhere.
    """

    @pytest.mark.rule("inquiry.hours")
    def test_hours_missing(self):
        """
        Hours that the family chooses are missed with the key that has them.
        """
        found = asked(
            """
            days = [{ day = 2025-02-10, amplitude = "PERI-SOIR" }]
            household = { quotient = "1050", residency = "oudon" }
            """,
            OUDON,
        )

        (refusal,) = found.refusals
        assert "days[].arrives" == key_of(refusal)

    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(
        ("household", "last_day", "euros"),
        [
            ('quotient = "1050", residency = "oudon"', "12", "58.29"),
            ('quotient = "1050", residency = "oudon"', "13", "69.93"),
            ('quotient = "1050", residency = "oudon"', "14", "77.70"),
            # 77,70 € et 3 x 19,43 €
            ('quotient = "1050", residency = "oudon"', "19", "135.99"),
            # 109,96 € et 98,96 €
            ('quotient = "3000", residency = "oudon"', "20", "208.92"),
            ('quotient = "3000", residency = "hors-commune"', "14", "120.96"),
        ],
    )
    def test_week(self, household, last_day, euros):
        """
        Four full days of a week are 10 % less, five are 20 % less; the next
        week counts anew.
        """
        found = quoted(
            f"""
            days = [{days("2025-02-10", f"2025-02-{last_day}")}]
            household = {{ {household} }}
            """,
            OUDON,
        )

        assert eur(euros) == found.total

    @pytest.mark.rule(
        "deadline.clear-days-before",
        "deadline.business-days-before",
        "deadline.counted-from",
    )
    @pytest.mark.parametrize(
        ("day", "book", "cancel"),
        [
            ("2025-02-10", "2025-01-30T23:59:59", "2025-02-03T12:00:00"),
            ("2025-02-14", "2025-01-30T23:59:59", "2025-02-07T12:00:00"),
            ("2025-04-18", "2025-03-27T23:59:59", "2025-04-11T12:00:00"),
            # Le 14 juillet n'est pas ouvré.
            ("2025-07-18", "2025-06-26T23:59:59", "2025-07-10T12:00:00"),
        ],
    )
    def test_deadlines(self, day, book, cancel):
        """
        Eight clear days before the holidays; five days of work before the
        day.
        """
        found = times(OUDON, day)

        assert paris(book) == second(found.booking.cutoff.moment)
        assert paris(cancel) == found.cancelling[0].until.moment

    @pytest.mark.rule("cancellation.published")
    @pytest.mark.parametrize(
        ("cancel", "credited", "kept"),
        [
            # Restent quatre jours : 77,70 - 69,93.
            ("at = 2025-02-03T12:00:00, days = [2025-02-10]", "7.77", "0.00"),
            ("at = 2025-02-03T12:00:01, days = [2025-02-10]", "0.00", "7.77"),
            # Restent trois jours : 77,70 - 58,29 = 19,41, dont 80 %.
            (
                (
                    "at = 2025-02-10T12:00:00, "
                    "days = [2025-02-13, 2025-02-14], "
                    'reason = "maladie", document_at = 2025-02-12T12:00:00'
                ),
                "15.53",
                "3.88",
            ),
            # Le certificat arrive plus de 48 heures après le premier jour.
            (
                (
                    "at = 2025-02-10T12:00:00, "
                    "days = [2025-02-13, 2025-02-14], "
                    'reason = "maladie", document_at = 2025-02-15T00:00:01'
                ),
                "0.00",
                "19.41",
            ),
        ],
    )
    def test_cancellations(self, cancel, credited, kept):
        """
        A day of a week gives back what the week costs more than the days
        that stay.
        """
        found = given_back(
            f"""
            days = [{days("2025-02-10", "2025-02-14")}]
            household = {{ quotient = "1050", residency = "oudon" }}
            cancel = {{ {cancel} }}
            """,
            OUDON,
        )

        assert (eur(credited), eur(kept)) == (found.credited, found.kept)


class TestWavrin:
    """
    A grid by quotient and by rank, and dates that are the same for all.
    """

    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(
        ("household", "euros"),
        [
            # 8,26 € l'ado de rang 1, 5 x 7,10 € et 2 x 6,42 €
            (
                (
                    'quotient = "500.01", residency = "wavrin", '
                    'facts = { ccas = "non" }'
                ),
                "56.60",
            ),
            # 2 €, 5 x 1 € et 2 x 0,50 €
            ('residency = "wavrin", facts = { ccas = "oui" }', "8.00"),
            # 18 €, 5 x 17 € et 2 x 17 €
            ('residency = "exterieur"', "137.00"),
            # 11,18 €, 5 x 9,60 € et 2 x 8,66 €
            ('residency = "wavrin", facts = { ccas = "non" }', "76.50"),
        ],
        ids=["quotient", "ccas", "elsewhere", "no quotient"],
    )
    def test_household(self, household, euros):
        """
        The eldest is the first, whoever comes on how many days.
        """
        found = quoted(
            f"""
            household = {{ {household} }}

            [[children]]
            name = "Camille"
            birth_date = 2016-01-01
            days = [{days("2025-10-20", "2025-10-24")}]

            [[children]]
            name = "Lou"
            birth_date = 2018-01-01
            days = [{days("2025-10-20", "2025-10-21")}]

            [[children]]
            name = "Andrea"
            birth_date = 2011-01-01
            days = [{days("2025-10-20", of="JOURNEE-ADOS")}]
            """,
            WAVRIN,
        )

        assert eur(euros) == found.total

    @pytest.mark.rule("offer.window.case", "deadline.fixed-moment")
    @pytest.mark.parametrize(
        ("at", "is_open", "is_late"),
        [
            ("2025-09-12T23:59:59", False, False),
            ("2025-09-13T00:00:00", True, False),
            ("2025-09-22T23:59:59", True, False),
            ("2025-09-23T00:00:00", False, True),
        ],
    )
    @pytest.mark.parametrize("day", ["2025-10-20", "2025-10-31"])
    def test_dates(self, day, at, is_open, is_late):
        """
        « Du 13 au 22 septembre inclus ».
        """
        found = times(WAVRIN, day)

        assert (is_open, is_late) == (
            found.window.is_open(paris(at)),
            found.booking.is_late(paris(at)),
        )


class TestSaintLager:
    """
    Prices by commune, aids of town halls, a membership, a sliding scale.
    """

    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(
        ("residency", "euros"),
        [
            ("saint-lager", "172.00"),  # 7 x 22 € et 18 €
            ("odenas", "189.50"),  # 7 x 24,50 € et 18 €
            ("cercie-charentay", "172.00"),  # 7 x (24,50 € - 2,50 €) et 18 €
            ("belleville", "196.50"),  # 7 x (28 € - 2,50 €) et 18 €
            ("autres", "214.00"),  # 7 x 28 € et 18 €
        ],
    )
    def test_household(self, residency, euros):
        """
        Two children, seven days, one membership.
        """
        found = quoted(
            f"""
            household = {{ residency = "{residency}" }}

            [[children]]
            name = "Camille"
            days = [{days("2026-07-06", "2026-07-10")}]

            [[children]]
            name = "Lou"
            days = [{days("2026-07-06", "2026-07-07")}]
            """,
            SAINT_LAGER,
        )

        assert eur(euros) == found.total

    @pytest.mark.rule("offer.window.case")
    @pytest.mark.parametrize(
        ("residency", "opens"),
        [
            ("saint-lager", "2026-05-01T08:00:00"),
            ("odenas", "2026-05-11T08:00:00"),
            ("autres", "2026-05-11T08:00:00"),
        ],
    )
    def test_opens(self, residency, opens):
        """
        « 10 jours d'avance à l'ouverture des inscriptions ».
        """
        found = times(SAINT_LAGER, "2026-07-15", residency=residency)

        assert paris(opens) == found.window.opens_at

    @pytest.mark.rule("cancellation.published")
    @pytest.mark.parametrize(
        ("cancel", "credited", "kept"),
        [
            # L'adhésion, 18 €, reste due.
            ("at = 2026-06-24T23:59:59", "24.50", "18.00"),
            # 25 % de 24,50 € : 6,125 € ; le demi-centime à la famille.
            ("at = 2026-06-25T00:00:00", "18.38", "24.12"),
            ("at = 2026-07-08T23:59:59", "18.38", "24.12"),
            ("at = 2026-07-09T00:00:00", "0.00", "42.50"),
            (
                (
                    'at = 2026-07-15T08:00:00, reason = "maladie", '
                    "document_at = 2026-07-23T23:59:59"
                ),
                "24.50",
                "18.00",
            ),
            (
                (
                    'at = 2026-07-15T08:00:00, reason = "maladie", '
                    "document_at = 2026-07-24T00:00:00"
                ),
                "0.00",
                "42.50",
            ),
        ],
    )
    def test_cancellations(self, cancel, credited, kept):
        """
        Three weeks, seven days, and the doctor's certificate.
        """
        found = given_back(
            f"""
            days = [{{ day = 2026-07-15, amplitude = "JOURNEE" }}]
            household = {{ residency = "odenas" }}
            cancel = {{ {cancel} }}
            """,
            SAINT_LAGER,
        )

        assert (eur(credited), eur(kept)) == (found.credited, found.kept)


class TestVailhauques:
    """
    A table by weekday, half as much again, and days nobody had booked.
    """

    @pytest.mark.rule("deadline.by-weekday", "deadline.moment-out")
    @pytest.mark.parametrize(
        ("day", "until"),
        [
            ("2026-11-09", "2026-11-06T09:00:00"),
            ("2026-11-10", "2026-11-06T09:00:00"),
            ("2026-11-12", "2026-11-10T09:00:00"),
            ("2026-11-13", "2026-11-10T09:00:00"),
        ],
    )
    def test_deadlines(self, day, until):
        """
        « Avant le vendredi […] 9h00 » is out at that very second, to book
        and to cancel.
        """
        found = times(VAILHAUQUES, day)
        moment = paris(until)

        assert moment == found.booking.cutoff.moment
        assert moment == found.cancelling[0].until.moment
        assert found.booking.is_late(moment)
        assert not found.booking.is_late(moment - dt.timedelta(seconds=1))

    @pytest.mark.rule("tariff.published")
    @pytest.mark.parametrize(
        ("booked_at", "euros"),
        [
            ("2026-11-06T08:59:59", "5.98"),
            ("2026-11-06T09:00:00", "7.48"),
            ("2026-11-10T09:00:00", "8.98"),
        ],
    )
    def test_late(self, booked_at, euros):
        """
        What is booked after its deadline is half as much again.
        """
        found = quoted(
            f"""
            booked_at = {booked_at}
            days = [
                {days("2026-11-09", of="REPAS")},
                {days("2026-11-12", of="REPAS")},
            ]
            """,
            VAILHAUQUES,
        )

        assert eur(euros) == found.total

    @pytest.mark.rule("cancellation.published")
    @pytest.mark.parametrize(
        ("cancel", "credited"),
        [
            ("at = 2026-11-06T08:59:59", "2.99"),
            ("at = 2026-11-06T09:00:00", "0.00"),
            (
                (
                    'at = 2026-11-09T08:59:59, reason = "courrier", '
                    "document_at = 2026-11-17T23:59:59"
                ),
                "2.99",
            ),
            (
                (
                    'at = 2026-11-09T08:59:59, reason = "courrier", '
                    "document_at = 2026-11-18T00:00:00"
                ),
                "0.00",
            ),
            (
                (
                    'at = 2026-11-09T09:00:00, reason = "courrier", '
                    "document_at = 2026-11-09T10:00:00"
                ),
                "0.00",
            ),
        ],
    )
    def test_cancellations(self, cancel, credited):
        """
        In time, or on the very day before nine, with a letter.
        """
        found = given_back(
            f"""
            days = [{{ day = 2026-11-09, amplitude = "REPAS" }}]
            cancel = {{ {cancel} }}
            """,
            VAILHAUQUES,
        )

        assert eur(credited) == found.credited
        assert eur("2.99") == found.paid

    @pytest.mark.rule("absence.unbooked")
    @pytest.mark.parametrize(
        ("rule", "penalty"), [("unbooked", "10.00"), ("unexcused", "2.99")]
    )
    def test_absences(self, rule, penalty):
        """
        A meal that nobody had booked is 10 € in the place of its price; one
        that nobody ate is 2,99 €.
        """
        (period,) = VAILHAUQUES.periods
        absences = VAILHAUQUES.absences_of(period)
        assert absences is not None
        (decision,) = absences.decisions

        (found,) = getattr(decision.value, rule)

        assert (Decimal(0), eur(penalty)) == (found.price_share, found.penalty)

    @pytest.mark.rule("inquiry.unbooked")
    @pytest.mark.parametrize(
        ("booked", "is_noted"), [("unbooked", True), ("late", False)]
    )
    def test_unbooked(self, booked, is_noted):
        """
        A quote of a day that nobody had booked says that absences ask for
        more.
        """
        found = asked(
            f"""
            [[children]]

            [[children.days]]
            day = 2026-11-09
            amplitude = "REPAS"
            booked = "{booked}"
            """,
            VAILHAUQUES,
        )

        assert is_noted == any(
            "`unbooked` of [[absences]]" in str(note) for note in found.notes
        )

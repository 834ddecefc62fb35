"""
What cancelling gives back: what a règlement file may say of it.
"""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from portail_core.domain.cancellation import (
    Aids,
    By,
    Counted,
    CountedFrom,
    CreditedAmount,
    CreditedShare,
    Delay,
    Exempts,
    Extent,
    FirstDay,
    InARow,
    KeptAmount,
    Per,
    Proof,
    Quota,
    Reason,
    Unit,
    Waiting,
    Whose,
)
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.deadlines import DaysBefore
from portail_core.domain.ids import FactName, PrestationCode, ReasonCode
from portail_core.domain.money import eur
from portail_core.domain.reglement import Reglement
from portail_core.domain.spans import Each
from portail_core.reglement_toml import read_reglement
from portail_core.wire import dump, load
from tests.reglement.written import PETITES_BOUILLES, faults

HOW_TO = (
    Path(__file__).parents[2] / "docs/how-to/say-what-cancelling-gives-back.md"
)
EXAMPLES = re.findall(r"(?s)```toml\n(.*?)```", HOW_TO.read_text("utf-8"))

_AT = PETITES_BOUILLES.index("[[cancellations]]")
_END = PETITES_BOUILLES.index("# Grille réelle")
REASON = '[[reasons]]\ncode = "maladie"\nlabel = "Maladie"\n'
REST = '{ credited_share = "0", label = "Le reste." }'


def written(text):
    """
    The example, which says *text* of cancellations.
    """
    return f"{PETITES_BOUILLES[:_AT]}{text}\n{PETITES_BOUILLES[_END:]}"


def saying(outcome, reasons=REASON):
    """
    The same, for one outcome and the rest.
    """
    return written(
        f"{reasons}\n[[cancellations]]\nsince = 2025-09-01\n"
        f'source = "article 6"\noutcomes = [\n{{ label = "Ainsi.", {outcome} '
        f"}},\n{REST},\n]"
    )


def outcomes_of(text):
    reglement = read_reglement(text)
    (period,) = reglement.periods
    (decision,) = reglement.cancellations_of(period).decisions
    return decision.value.outcomes


def outcome_of(outcome):
    first, _ = outcomes_of(saying(outcome))
    return first


def reason_of(lines):
    text = written(f"{REASON}{lines}\n{EXAMPLES[0]}")
    (reason,) = read_reglement(text).reasons
    return reason


class TestOutcome:
    @pytest.mark.rule(
        "cancellation.share",
        "cancellation.share.bounds",
        "cancellation.fee",
        "cancellation.amount",
    )
    @pytest.mark.parametrize(
        ("gift", "text"),
        [
            (CreditedShare(Decimal("0.5")), 'credited_share = "0.5"'),
            (CreditedShare(Decimal("0.90")), 'kept_share = "0.10"'),
            (
                CreditedShare(
                    Decimal("0.90"),
                    kept_at_least=eur("2"),
                    kept_at_most=eur("15"),
                ),
                (
                    'kept_share = "0.10", kept_at_least = "2", '
                    'kept_at_most = "15.00"'
                ),
            ),
            (
                KeptAmount(eur("5"), per=Per.DAY),
                'kept_amount = "5.00", per = "day"',
            ),
            (
                KeptAmount(eur("5"), per=Per.CANCELLATION),
                'kept_amount = "5.00", per = "cancellation"',
            ),
            (CreditedAmount(eur("3.20")), 'credited_amount = "3.20"'),
        ],
    )
    def test_gift(self, gift, text):
        """
        What comes back is said by one of four keys.
        """
        assert (
            gift
            == outcome_of(
                f"{text}, until = {{ days_before = 2, at = 12:00:00 }}"
            ).gift
        )

    @pytest.mark.rule(
        "cancellation.when",
        "cancellation.extent",
        "cancellation.in-a-row",
        "cancellation.quota",
        "cancellation.waiting",
        "cancellation.prestations",
        "cancellation.aids",
    )
    @pytest.mark.parametrize(
        ("key", "value", "text"),
        [
            ("until", DaysBefore(days=2, at=dt.time(12)), ""),
            (
                "when",
                When((OneOf(FactName("residency"), ("commune",)),)),
                'when = { residency = ["commune"] }',
            ),
            (
                "reasons",
                (ReasonCode("maladie"),),
                'reasons = ["maladie"]',
            ),
            ("extent", Extent.WHOLE_PERIOD, 'extent = "whole-period"'),
            (
                "in_a_row",
                InARow(days=4, counted=Counted.OPENING),
                'in_a_row = { days = 4, counted = "opening" }',
            ),
            (
                "quota",
                Quota(days=2, each=Each.MONTH, whose=Whose.CHILD),
                'quota = { days = 2, each = "month", whose = "child" }',
            ),
            (
                "waiting",
                Waiting(
                    days=3,
                    counted=Counted.CALENDAR,
                    first_day=FirstDay.EXCLUDED,
                    waived_by=(ReasonCode("maladie"),),
                ),
                (
                    'waiting = { days = 3, counted = "calendar", '
                    'first_day = "excluded", waived_by = ["maladie"] }'
                ),
            ),
            (
                "prestations",
                (PrestationCode("repas"),),
                'prestations = ["repas"]',
            ),
            ("aids", Aids.REBILLED, 'aids = "rebilled"'),
        ],
    )
    def test_asked(self, key, value, text):
        """
        What it asks for is as written, and is not lost on the wire.
        """
        more = f", {text}" if text else ""
        outcome = outcome_of(
            'credited_share = "1", until = { days_before = 2, at = 12:00:00 }'
            f"{more}"
        )

        assert value == getattr(outcome, key)
        reglement = read_reglement(
            saying(
                'credited_share = "1", until = { days_before = 2, '
                f"at = 12:00:00 }}{more}"
            )
        )
        assert reglement == load(Reglement, dump(reglement))

    @pytest.mark.rule("cancellation.first-in-time", "reglement.faults.all")
    @pytest.mark.parametrize(
        ("fault", "text"),
        [
            (
                (
                    "« Ainsi. » must say what is given back once, by one of "
                    "credited_share, kept_share, kept_amount, "
                    "credited_amount: there is nothing"
                ),
                'reasons = ["maladie"]',
            ),
            (
                (
                    "« Ainsi. » must say what is given back once, by one of "
                    "credited_share, kept_share, kept_amount, "
                    "credited_amount: there is kept_share and kept_amount"
                ),
                'reasons = ["maladie"], kept_share = "0", kept_amount = "1"',
            ),
            (
                (
                    '« Ainsi. » keeps kept_amount of what? Write per = "day" '
                    'or per = "cancellation"'
                ),
                'reasons = ["maladie"], kept_amount = "1"',
            ),
            (
                (
                    "« Ainsi. »: per goes with kept_amount, not with "
                    "credited_amount"
                ),
                'reasons = ["maladie"], credited_amount = "1", per = "day"',
            ),
            (
                (
                    "« Ainsi. »: kept_at_most goes with credited_share or "
                    "kept_share, not with kept_amount"
                ),
                (
                    'reasons = ["maladie"], kept_amount = "1", per = "day", '
                    'kept_at_most = "2"'
                ),
            ),
            (
                "kept_share is 1.01, expected a share from 0 to 1",
                'reasons = ["maladie"], kept_share = "1.01"',
            ),
            (
                "kept_at_least is more than kept_at_most",
                (
                    'reasons = ["maladie"], kept_share = "0", '
                    'kept_at_least = "2", kept_at_most = "1"'
                ),
            ),
            ("amount is below zero", 'credited_amount = "-1"'),
            ("reasons is empty", 'credited_share = "1", reasons = []'),
            ("prestations is empty", 'credited_share = "1", prestations = []'),
        ],
    )
    def test_faults(self, fault, text):
        """
        What is wrong with an outcome is told, with what to write.
        """
        assert f"cancellations[0].outcomes[0]: {fault}" in faults(saying(text))

    @pytest.mark.rule("cancellation.first-in-time")
    @pytest.mark.parametrize("key", ["in_a_row", "quota", "waiting"])
    def test_too_many_days(self, key):
        """
        Nobody waits for more than a year.
        """
        more = {
            "in_a_row": 'counted = "booked"',
            "quota": 'each = "year", whose = "child"',
            "waiting": 'counted = "booked", first_day = "included"',
        }[key]

        assert [
            (
                f"cancellations[0].outcomes[0].{key}: days is 367, expected "
                "366 at the most"
            )
        ] == faults(
            saying(f'credited_share = "1", {key} = {{ days = 367, {more} }}')
        )

    @pytest.mark.rule("cancellation.first-in-time")
    def test_never_answers(self):
        """
        What stands below an outcome without conditions would never answer.
        """
        assert [
            (
                "cancellations[0]: outcome 1 has no condition, and would "
                "answer before those below it: only the last one may have "
                "none"
            )
        ] == faults(saying('credited_share = "1"'))

    @pytest.mark.rule("cancellation.reason")
    def test_names(self):
        """
        Reasons and prestations that nothing declares are told, all at once,
        with those that there are.
        """
        told = faults(
            saying(
                'credited_share = "1", reasons = ["retard"], '
                'prestations = ["sieste"], waiting = { days = 1, counted = '
                '"booked", first_day = "included", waived_by = ["oubli"] }'
            )
        )

        assert [
            (
                "cancellations[0].outcomes[0].reasons: 'retard' is not among "
                "[[reasons]]: maladie"
            ),
            (
                "cancellations[0].outcomes[0].prestations: 'sieste' is not "
                "among [[prestations]]: demi-journee, journee, repas"
            ),
            (
                "cancellations[0].outcomes[0].waiting.waived_by: 'oubli' is "
                "not among [[reasons]]: maladie"
            ),
        ] == told

    @pytest.mark.rule("cancellation.reason")
    def test_no_reasons(self):
        """
        A file without reasons has none to name.
        """
        text = saying('credited_share = "1", reasons = ["retard"]', "")

        assert [
            (
                "cancellations[0].outcomes[0].reasons: 'retard' is not among "
                "[[reasons]]: nothing"
            )
        ] == faults(text)


class TestReasons:
    @pytest.mark.rule("cancellation.reason", "cancellation.closure")
    def test_bare(self):
        """
        A reason is a family's, good for all its children, and its word is
        enough, unless the file says otherwise.
        """
        assert Reason(
            code=ReasonCode("maladie"),
            label="Maladie",
            by=By.FAMILY,
            exempts=Exempts.HOUSEHOLD,
            document=None,
        ) == reason_of("")
        assert By.OPERATOR is reason_of('by = "operator"').by
        assert Exempts.CHILD is reason_of('exempts = "child"').exempts

    @pytest.mark.rule("cancellation.document.delay")
    @pytest.mark.parametrize(
        ("unit", "key"),
        [
            (Unit.HOURS, "within_hours"),
            (Unit.DAYS, "within_days"),
            (Unit.BUSINESS_DAYS, "within_business_days"),
            (Unit.WORKING_DAYS, "within_working_days"),
        ],
    )
    def test_delay(self, unit, key):
        """
        The time that a document may take is counted in one of four units.
        """
        delay = Delay(count=5, unit=unit, counted_from=CountedFrom.LAST_DAY)

        assert (
            Proof(label="certificat médical", within=delay)
            == reason_of(
                f'document = "certificat médical"\n{key} = 5\n'
                'counted_from = "last-day"'
            ).document
        )

    @pytest.mark.rule("cancellation.document.delay", "reglement.faults.all")
    @pytest.mark.parametrize(
        ("fault", "lines"),
        [
            (
                (
                    "« certificat » may come until when? Write one of "
                    "within_hours, within_days, within_business_days, "
                    "within_working_days, and counted_from"
                ),
                'document = "certificat"\nwithin_days = 5',
            ),
            (
                (
                    "« certificat » may come until when? Write one of "
                    "within_hours, within_days, within_business_days, "
                    "within_working_days, and counted_from"
                ),
                'document = "certificat"\ncounted_from = "cancellation"',
            ),
            (
                (
                    "« certificat » may come until when? Write one of "
                    "within_hours, within_days, within_business_days, "
                    "within_working_days, and counted_from"
                ),
                (
                    'document = "certificat"\ncounted_from = "cancellation"\n'
                    "within_days = 5\nwithin_hours = 5"
                ),
            ),
            (
                (
                    "has a delay, and no document that may take it: write "
                    'document = "certificat médical", or take the delay away'
                ),
                "within_days = 5",
            ),
            (
                (
                    "has a delay, and no document that may take it: write "
                    'document = "certificat médical", or take the delay away'
                ),
                'counted_from = "last-day"',
            ),
            (
                "within_days is 367, expected 366 at the most",
                (
                    'document = "certificat"\ncounted_from = "cancellation"\n'
                    "within_days = 367"
                ),
            ),
            (
                "within_hours is 8785, expected 8784 at the most",
                (
                    'document = "certificat"\ncounted_from = "cancellation"\n'
                    "within_hours = 8785"
                ),
            ),
        ],
    )
    def test_faults(self, fault, lines):
        """
        A delay goes with a document, and a document with a delay.
        """
        text = written(f"{REASON}{lines}\n{EXAMPLES[0]}")

        assert [f"reasons[0]: {fault}"] == faults(text)

    @pytest.mark.rule("cancellation.reason", "reglement.faults.all")
    def test_twice(self):
        """
        A code names one reason.
        """
        assert ["reasons: the code 'maladie' is there 2 times"] == faults(
            written(f"{REASON}{REASON}{EXAMPLES[0]}")
        )


class TestHowTo:
    @pytest.mark.rule("cancellation.first-in-time")
    @pytest.mark.parametrize(
        ("count", "example"), list(zip((3, 4), EXAMPLES[:2], strict=True))
    )
    def test_examples(self, count, example):
        """
        The examples of the page are read.
        """
        assert count == len(outcomes_of(written(example)))

"""
docs/spec/inquiry.md: what cancelling days of a request document gives back.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.cancellation import DayOver
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.dated import History
from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName
from portail_core.domain.money import ZERO, eur, total
from portail_core.domain.refusals import Refused
from portail_core.testing.reglements import changed
from portail_core.wire import Unreadable
from tests.reglement.inquiring import VALMONT, asked, faults, given_back

WEEK = """
household = { quotient = 650, scheme = "caf" }
[[children]]
name = "Lou"
birth_date = 2016-04-02
days = [{ first_day = 2026-07-06, last_day = 2026-07-10, amplitude = "JOURNEE" }]
[[children]]
name = "Camille"
birth_date = 2019-04-02
days = [{ day = 2026-07-06, amplitude = "JOURNEE" }]
[cancel]
"""  # noqa: E501 - an inline table is one line
EVENINGS = """
days = [{ first_day = 2026-05-11, last_day = 2026-05-18, amplitude = "SOIR" }]
[cancel]
"""
IN_TIME = "at = 2026-06-29T12:00:00\n"


def refusals(text, reglement=VALMONT):
    with pytest.raises(Refused) as caught:
        given_back(text, reglement)
    return caught.value.refusals


def settled(answer):
    return [
        (one.child, one.freed.released, one.settlement.credited)
        for one in answer.days
    ]


class TestSettled:
    @pytest.mark.rule("inquiry.cancel")
    @pytest.mark.parametrize(
        ("at", "credited", "is_met"),
        [
            ("2026-06-29T12:00:00", "10.80", True),
            ("2026-06-29T12:00:01", "6.00", False),
        ],
    )
    def test_deadline(self, at, credited, is_met):
        """
        The outcome that answers is told with its deadline, met or not; a day
        of a week at a price sets free what the rest does not cost.
        """
        (one,) = given_back(
            f"{WEEK}at = {at}\nchildren = ['Lou']\ndays = [2026-07-06]"
        ).days

        assert (eur("8.00"), eur("12.00")) == (one.paid, one.freed.released)
        assert eur(credited) == one.settlement.credited
        assert [
            (
                dt.datetime(2026, 6, 29, 10, tzinfo=dt.UTC),
                is_met,
                "cancellations[0].outcomes[2]",
            )
        ] == [
            (judged.until, judged.is_met, judged.path)
            for judged in one.deadlines
        ]
        assert "règlement intérieur, article 4" == one.source

    @pytest.mark.rule("inquiry.cancel", "quote.rest.ranks")
    def test_all(self):
        """
        Without days or children, all are given back; the younger child is
        settled as the second, though the first no longer comes.
        """
        answer = given_back(f"{WEEK}{IN_TIME}")

        assert eur("45.00") == answer.paid == answer.released
        assert eur("45.00") == answer.kept + answer.credited
        assert eur("3.00") == answer.rebilled - total(
            one.settlement.rebilled for one in answer.days[:-1]
        )
        assert ("Camille", eur("5.00"), eur("4.50")) == settled(answer)[-1]
        assert () == answer.rest

    @pytest.mark.rule("quote.rest.ranks")
    def test_ranks_of_then(self):
        """
        The second child stays the second for what it has left.
        """
        answer = given_back(f"{WEEK}{IN_TIME}children = ['Lou']")

        (left,) = answer.rest
        assert ("Camille", eur("5.00")) == (left.child, left.amount)
        assert eur("5.00") == answer.paid - answer.released

    @pytest.mark.rule("inquiry.cancel")
    def test_several_periods(self):
        """
        Days of two periods are settled each under its own.
        """
        answer = given_back(
            """
            household = { quotient = 0, scheme = "none" }
            birth_date = 2018-01-01
            days = [
                { day = 2026-04-24, amplitude = "JOURNEE" },
                { day = 2026-07-06, amplitude = "JOURNEE" },
            ]
            [cancel]
            at = 2026-04-20T12:00:00
            """
        )

        assert [eur("5.00"), eur("9.00")] == [
            one.settlement.credited for one in answer.days
        ]

    @pytest.mark.rule("quote.rest")
    def test_once_for_all(self):
        """
        What is billed once for the household stays due while another child
        asks for it.
        """
        text = """
            accueil = "soir"
            [[children]]
            name = "Lou"
            days = [{ day = 2026-05-16, prestations = { adhesion = 1 } }]
            [[children]]
            name = "Camille"
            days = [{ day = 2026-05-17, prestations = { adhesion = 1 } }]
            [cancel]
            at = 2026-05-01T12:00:00
            """

        assert ZERO == given_back(f"{text}children = ['Lou']").released
        assert eur("15.00") == given_back(text).released

    @pytest.mark.rule("inquiry.cancel")
    @pytest.mark.parametrize(
        ("past", "credited"),
        [
            ("", "2.00"),
            (
                (
                    'past = [{ day = 2026-02-01, label = "Un joker par an : '
                    'la moitié est rendue." }]'
                ),
                "0.00",
            ),
            (
                (
                    'past = [{ day = 2025-05-11, label = "Un joker par an : '
                    'la moitié est rendue.", child = "1" }]'
                ),
                "2.00",
            ),
        ],
        ids=["none", "this year", "last year"],
    )
    def test_past(self, past, credited):
        """
        What was cancelled before uses a quota up.
        """
        answer = given_back(
            f"{EVENINGS}at = 2026-05-10T12:00:00\ndays = [2026-05-11]\n{past}"
        )

        assert eur(credited) == answer.credited


class TestReasons:
    SICK = f"{EVENINGS}at = 2026-05-11T07:00:00\nreason = 'maladie'\n"

    @pytest.mark.rule("inquiry.cancel")
    def test_document(self):
        """
        A reason whose document has not come says what it would add.
        """
        later = given_back(f"{self.SICK}days = [2026-05-11]").days[0]
        at_once = given_back(
            f"{self.SICK}days = [2026-05-11]\n"
            "document_at = 2026-05-12T09:00:00"
        ).days[0]

        assert later.settlement.pending is not None
        assert eur("2.00") == later.settlement.pending.credited
        assert eur("4.00") == at_once.settlement.credited

    @pytest.mark.rule("inquiry.cancel.about")
    def test_whose(self):
        """
        Where days of several children go, the reason says whose it is; it is
        good for that child alone.
        """
        text = (
            f"{WEEK}at = 2026-07-06T07:00:00\ndays = [2026-07-06]\n"
            "reason = 'maladie'\ndocument_at = 2026-07-06T09:00:00\n"
        )

        assert [
            (
                "cancel.about: « Maladie de l’enfant » is good for one "
                "child's days only: say whose, of Camille, Lou"
            )
        ] == faults(text)
        assert [("Lou", eur("6.00")), ("Camille", eur("5.00"))] == [
            (one.child, one.settlement.credited)
            for one in given_back(f"{text}about = 'Camille'").days
        ]

    @pytest.mark.rule("inquiry.cancel.known")
    def test_operator(self):
        """
        The operator gives past days back, too; a family, all the others.
        """
        text = f"{EVENINGS}at = 2026-05-12T07:00:00\n"

        over = DayOver(dt.date(2026, 5, 11))
        assert (over,) == refusals(f"{text}days = [2026-05-11]")
        assert eur("12.00") == given_back(text).released
        answer = given_back(f"{text}by = 'operator'\nreason = 'greve'")
        assert eur("16.00") == answer.credited


class TestFaults:
    @pytest.mark.rule("inquiry.cancel.known", "inquiry.faults.all")
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            (
                "days = [2026-05-13]",
                (
                    "cancel.days[0]: 2026-05-13 is not among the days booked: "
                    "2026-05-11, 2026-05-12, 2026-05-15, 2026-05-18"
                ),
            ),
            ("days = []", "cancel.days: there is no day to cancel"),
            (
                "children = ['Lou']",
                "cancel.children[0]: 'Lou' is not among 1",
            ),
            (
                "reason = 'greve'",
                (
                    "cancel.reason: 'greve' is not among the reasons that "
                    "are the family's: maladie"
                ),
            ),
            (
                "document_at = 2026-05-01T10:00:00",
                "cancel.document_at: goes with reason: write both",
            ),
            (
                "reason = 'maladie'\nabout = 'Lou'",
                "cancel.about: 'Lou' is not among 1",
            ),
            (
                "past = [{ day = 2026-01-01, label = 'x', child = 'Lou' }]",
                "cancel.past[0].child: 'Lou' is not among 1",
            ),
        ],
    )
    def test_told(self, said, told):
        """
        What cannot be given back is told where it stands.
        """
        assert [told] == faults(f"{EVENINGS}at = 2026-05-01T10:00:00\n{said}")

    @pytest.mark.rule("inquiry.faults.all")
    def test_whose_past(self):
        """
        A past day says whose it was where there are several children.
        """
        assert ["cancel.past[0]: write child: one of Camille, Lou"] == faults(
            f"{WEEK}{IN_TIME}past = [{{ day = 2026-01-01, label = 'x' }}]"
        )

    @pytest.mark.rule("inquiry.faults.all")
    def test_nothing_cancelled(self):
        """
        A document for a quote gives nothing back.
        """
        with pytest.raises(Unreadable, match="cancel: 'cancel' is missing"):
            given_back(EVENINGS.replace("[cancel]", ""))

    @pytest.mark.rule("inquiry.faults.all")
    def test_no_visits(self):
        """
        Without a day that may be booked, only that is told.
        """
        assert ["days[0].amplitude"] == [
            fault.partition(": ")[0]
            for fault in faults(
                "days = [{ day = 2026-05-11, amplitude = 'X' }]\n[cancel]\n"
                "at = 2026-05-01T10:00:00"
            )
        ]


class TestRefusals:
    @pytest.mark.rule("inquiry.cancel")
    def test_as_quote(self):
        """
        What has no price is not given back.
        """
        (told,) = refusals(
            "days = [{ day = 2026-07-06, amplitude = 'MATIN' }]\nrank = 1\n"
            "household = { scheme = 'none' }\n[cancel]\n" + IN_TIME
        )

        assert "tariff.quotient.missing" == told.rule

    @pytest.mark.rule("inquiry.cancel.one-amplitude")
    def test_several_amplitudes(self):
        """
        A day with two amplitudes is settled as one where nothing depends on
        which, and refused where something does.
        """
        text = (
            "days = [{ day = 2026-05-11, amplitude = 'SOIR' }, "
            "{ day = 2026-05-11, amplitude = 'ETUDE' }]\n"
            "amounts = { etude = '2.50' }\n[cancel]\n"
            "at = 2026-05-01T10:00:00"
        )
        decided = VALMONT.terms.cancellations
        assert decided is not None
        (policy,) = decided.decisions
        first, *others = policy.value.outcomes
        only = When((OneOf(FactName("amplitude"), ("SOIR",)),))
        asking = changed(
            VALMONT,
            cancellations=History(
                (_with(policy, (_when(first, only), *others)),)
            ),
        )

        assert eur("6.50") == given_back(text).paid
        assert (FactMissing(FactName("amplitude")),) == refusals(text, asking)

    @pytest.mark.rule("inquiry.cancel")
    def test_free(self):
        """
        A quote of the same document says nothing of what is given back.
        """
        inquiry = asked(
            f"{EVENINGS}at = 2026-05-12T07:00:00\ndays = [2026-05-11]"
        )

        assert () == inquiry.refusals
        assert inquiry.cancelled is not None
        assert (DayOver(dt.date(2026, 5, 11)),) == inquiry.cancelled.refusals
        assert ZERO < given_back(f"{EVENINGS}at = 2026-05-11T07:00:00").paid


def _with(policy, outcomes):
    return evolve(policy, value=evolve(policy.value, outcomes=outcomes))


def _when(outcome, when):
    return evolve(outcome, when=when)

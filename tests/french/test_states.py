"""
Where days and requests stand, in the guide's words.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import french
from portail_core.domain.documents import Standing
from portail_core.domain.facts import NOTHING_KNOWN
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    HouseholdId,
    PeriodCode,
    RegieCode,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.invoices import InvoiceState
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.domain.requests import Asked, Line, LineState, Pin, Request

ASKED = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
HELD_UNTIL = ASKED + dt.timedelta(hours=2)
A_SECOND = dt.timedelta(seconds=1)
LATE = "Payée trop tard\u00a0: avoir"

LINE = Line(
    day=dt.date(2026, 5, 27), amplitude=AmplitudeCode("JOURNEE"), places=()
)
REQUEST = Request(
    number=RequestNumber(16),
    asked=Asked(
        household=HouseholdId("h"),
        account=AccountId("a"),
        child=ChildId("lou"),
        regie=RegieCode("ALSH"),
        accueil=AccueilCode("MERCREDIS"),
        period=PeriodCode("2025-2026"),
        reglement=ReglementDigest("r"),
        facts=NOTHING_KNOWN,
        booked_on=dt.date(2026, 5, 13),
    ),
    created_at=ASKED,
    held_until=HELD_UNTIL,
    lines=(LINE,),
)


def request_of(*states):
    return evolve(
        REQUEST, lines=tuple(evolve(LINE, state=state) for state in states)
    )


class TestLine:
    @pytest.mark.parametrize(
        ("state", "word"),
        [
            (LineState.HELD, "En attente"),
            (LineState.CONFIRMED, "Validée"),
            (LineState.CANCELLED, "Annulée"),
            (LineState.DISCARDED, "Supprimée"),
            (LineState.EXPIRED, "Expirée"),
            (LineState.CREDITED, LATE),
        ],
    )
    def test_word(self, state, word):
        """
        A day « En attente » is asked for and not paid.
        """
        assert word == french.line_state(state)

    def test_every_state(self):
        """
        Every state has a word of its own.
        """
        words = {french.line_state(state) for state in LineState}

        assert len(LineState) == len(words)


class TestRequest:
    @pytest.mark.parametrize(
        ("at", "word"),
        [
            (HELD_UNTIL - A_SECOND, "En attente de paiement"),
            (HELD_UNTIL, "Expirée"),
        ],
        ids=["a second before", "on the second"],
    )
    def test_held(self, at, word):
        """
        It waits for its payment until its places are free, jobs or no jobs.
        """
        assert word == french.request_state(REQUEST.state(at))

    def test_pinned(self):
        """
        While a payment may arrive, it still waits for it.
        """
        pin = Pin(attempt=AttemptReference("A1"), until=HELD_UNTIL + A_SECOND)

        assert "En attente de paiement" == french.request_state(
            evolve(REQUEST, pin=pin).state(HELD_UNTIL)
        )

    @pytest.mark.parametrize(
        ("states", "word"),
        [
            ([LineState.CONFIRMED, LineState.CONFIRMED], "Validée"),
            ([LineState.CANCELLED, LineState.CONFIRMED], "Validée"),
            ([LineState.CANCELLED, LineState.CANCELLED], "Annulée"),
            ([LineState.DISCARDED], "Supprimée"),
            ([LineState.EXPIRED], "Expirée"),
            ([LineState.CREDITED], LATE),
        ],
    )
    def test_over(self, states, word):
        """
        It is validated while one of its days is, else as its days are.
        """
        assert word == french.request_state(request_of(*states).state(ASKED))


class TestDossier:
    @pytest.mark.parametrize(
        ("kind", "worded"),
        [
            (Standing, french.document_standing),
            (PreRegistrationState, french.pre_registration_state),
        ],
        ids=["documents", "pre-registrations"],
    )
    def test_every_state(self, kind, worded):
        """
        Wherever a document or a pre-registration stands has a word of its
        own.
        """
        assert len(kind) == len({worded(state) for state in kind})


class TestInvoice:
    def test_every_state(self):
        """
        An invoice was paid; what avoirs gave back is said.
        """
        words = [french.invoice_state(state) for state in InvoiceState]

        assert [
            "Réglée",
            "Réglée, en partie rendue en avoir",
            "Réglée, puis rendue en avoir",
        ] == words

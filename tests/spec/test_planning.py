"""
docs/spec/planning.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.requests import LineState
from tests.spec.guide import (
    AN_INSTANT,
    ASKED_AT,
    HELD,
    HELD_UNTIL,
    LINE,
    replay,
)

MUCH_LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class TestLine:
    @pytest.mark.rule("planning.waiting")
    @pytest.mark.parametrize(
        ("taken", "at"),
        [(True, HELD_UNTIL - AN_INSTANT), (False, HELD_UNTIL)],
        ids=["the last instant", "the end"],
    )
    def test_waiting(self, taken, at):
        """
        « En attente »: the place is kept for a while.
        """
        assert taken is replay(HELD).takes(LINE, at)

    @pytest.mark.rule("planning.confirmed")
    @pytest.mark.parametrize("at", [ASKED_AT, HELD_UNTIL, MUCH_LATER])
    def test_confirmed(self, at):
        """
        « Validée »: the place is the child's.
        """
        confirmed = evolve(LINE, state=LineState.CONFIRMED)

        assert replay(HELD).takes(confirmed, at)

    @pytest.mark.rule("planning.gone")
    @pytest.mark.parametrize("at", [ASKED_AT, MUCH_LATER])
    @pytest.mark.parametrize(
        "state",
        [
            LineState.CANCELLED,
            LineState.DISCARDED,
            LineState.EXPIRED,
            LineState.CREDITED,
        ],
    )
    def test_gone(self, state, at):
        """
        Nothing else takes a place, even within the two hours.
        """
        assert not replay(HELD).takes(evolve(LINE, state=state), at)

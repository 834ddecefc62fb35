"""
docs/spec/dated.md, rule by rule.
"""

import datetime as dt

import pytest

from portail_core.domain.dated import Decision, History, NothingInForce
from portail_core.domain.refusals import Refused
from tests.spec.guide import A_DAY

BEFORE = Decision(
    since=dt.date(2023, 9, 4), source="délibération n° 2023-31", value="old"
)
# « à compter du 02.09.2024 »
FROM = Decision(
    since=dt.date(2024, 9, 2), source="délibération n° 2024-28", value="new"
)
HISTORY = History((BEFORE, FROM))


class TestInForce:
    @pytest.mark.rule("dated.in-force")
    @pytest.mark.parametrize(
        ("decision", "day"),
        [
            (BEFORE, BEFORE.since),
            (BEFORE, FROM.since - A_DAY),
            (FROM, FROM.since),
            (FROM, dt.date(2099, 12, 31)),
        ],
        ids=["first day", "eve of the next", "the next", "much later"],
    )
    def test_on(self, decision, day):
        """
        A decision is in force from its day to the eve of the next one.
        """
        assert decision is HISTORY.on(day)

    @pytest.mark.rule("dated.before-the-first")
    def test_before_the_first(self):
        """
        On the eve of the first decision nothing is in force.
        """
        eve = BEFORE.since - A_DAY

        with pytest.raises(Refused) as refused:
            HISTORY.on(eve)

        assert (NothingInForce(eve),) == refused.value.refusals


class TestOrder:
    @pytest.mark.rule("dated.order")
    @pytest.mark.parametrize(
        ("decisions", "complaint"),
        [
            ((), "is empty, at least one is needed"),
            ((FROM, BEFORE), "is not after"),
            ((FROM, FROM), "is not after"),
        ],
        ids=["none", "newest first", "two on one day"],
    )
    def test_order(self, decisions, complaint):
        """
        Decisions are listed oldest first, one a day.
        """
        with pytest.raises(ValueError, match=complaint):
            History(decisions)

    @pytest.mark.rule("dated.order")
    def test_next_day(self):
        """
        Two days in a row may bring two decisions.
        """
        both = History(
            (
                BEFORE,
                Decision(since=BEFORE.since + A_DAY, source="n° 2", value=""),
            )
        )

        assert BEFORE is both.on(BEFORE.since)

    @pytest.mark.rule("dated.order")
    @pytest.mark.parametrize("source", ["", "  "])
    def test_source(self, source):
        """
        A decision cites its source.
        """
        with pytest.raises(ValueError, match="source is empty"):
            Decision(since=BEFORE.since, source=source, value="")

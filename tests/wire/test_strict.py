"""
Nothing is guessed, and every fault says where it is.
"""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal

import attrs
import pytest
from attrs import frozen

from portail_core import wire
from portail_core.domain import payments
from portail_core.domain.admission import Gate
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.capacity import Capacity, Pool
from portail_core.domain.deadlines import Deadline, HoursBefore
from portail_core.domain.ids import AmplitudeCode
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import Attempt, AttemptPaid, MoneySetAside
from portail_core.domain.reglement import Hold, Reglement
from portail_core.wire import Fault
from tests.spec.guide import ATTEMPT, REGLEMENT

NOON = dt.datetime(2026, 5, 27, 10, tzinfo=dt.UTC)


@frozen(kw_only=True)
class One:
    """
    A value of each kind that is read by hand.
    """

    whole: int
    text: str
    truth: bool
    number: Decimal
    money: Money
    moment: dt.datetime
    day: dt.date
    time: dt.time
    span: dt.timedelta
    gate: Gate
    capacity: Capacity
    labels: tuple[str, ...]
    codes: Mapping[str, Money]
    pair: tuple[str, Money]
    deadline: Deadline


VALUE = One(
    whole=1,
    text="x",
    truth=True,
    number=Decimal("7.10"),
    money=eur("7.10"),
    moment=NOON,
    day=dt.date(2026, 5, 27),
    time=dt.time(12),
    span=dt.timedelta(hours=2),
    gate=Gate.HOUSEHOLD_DESCRIBED,
    capacity="unlimited",
    labels=("a", "b"),
    codes={"a": Money(1)},
    pair=("a", Money(1)),
    deadline=HoursBefore(hours=48, starts_at=dt.time(7, 30)),
)
WRITTEN = {
    "whole": 1,
    "text": "x",
    "truth": True,
    "number": "7.10",
    "money": 710,
    "moment": "2026-05-27T10:00:00+00:00",
    "day": "2026-05-27",
    "time": "12:00:00",
    "span": 7_200_000_000,
    "gate": "household-described",
    "capacity": "unlimited",
    "labels": ["a", "b"],
    "codes": {"a": 1},
    "pair": ["a", 1],
    "deadline": {
        "counted_from": "day",
        "if_closed": "stays",
        "last_instant": "in",
        "hours": 48,
        "starts_at": "07:30:00",
        "deadline": "HoursBefore",
    },
}


SHAPES = (
    "deadline must be one of BusinessDaysBefore, ByWeekday, ClearDaysBefore, "
    "DayOfPreviousMonth, DaysBefore, Earliest, FixedMoment, HoursBefore, "
    "InHolidayWeeks, OpeningDaysBefore, WeekdayBefore, "
    "WeekdayOfPreviousMonth, WeekdayOfWeekBefore"
)


def faults(kind, document):
    with pytest.raises(wire.Unreadable) as unreadable:
        wire.load(kind, json.dumps(document))
    return list(unreadable.value.faults)


class TestWritten:
    def test_form(self):
        """
        One line, keys in the order of the fields, accents as they are.
        """
        assert json.dumps(
            WRITTEN, ensure_ascii=False, separators=(",", ":")
        ) == wire.dump(VALUE)

    def test_read(self):
        """
        What is written is read.
        """
        assert VALUE == wire.load(One, json.dumps(WRITTEN))

    def test_accents(self):
        """
        French is written as French.
        """
        assert "délibération n° 2025-34" in wire.dump(REGLEMENT)

    def test_union(self):
        """
        Read as one of several, a value says which it is.
        """
        event = AttemptPaid(amount=eur("12.50"))

        assert '{"amount":1250,"event":"AttemptPaid"}' == (
            wire.dump(event, payments.Event)
        )
        assert '{"amount":1250}' == wire.dump(event)

    @pytest.mark.parametrize("offset", ["Z", "+00:00"])
    def test_same_moment(self, offset):
        """
        A moment is read in UTC whatever its offset.
        """
        at_paris = WRITTEN | {"moment": "2026-05-27T12:00:00+02:00"}
        at_utc = WRITTEN | {"moment": f"2026-05-27T10:00:00{offset}"}

        assert (
            wire.load(One, json.dumps(at_paris))
            == wire.load(One, json.dumps(at_utc))
            == VALUE
        )
        assert dt.UTC is wire.load(One, json.dumps(at_paris)).moment.tzinfo

    def test_number_of_places(self):
        """
        A capacity is a number too.
        """
        assert 8 == (
            wire.load(One, json.dumps(WRITTEN | {"capacity": 8})).capacity
        )


class TestGuessing:
    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("whole", "1", "'1' is not a whole number"),
            ("whole", 1.0, "1.0 is not a whole number"),
            ("whole", True, "True is not a whole number"),
            ("whole", None, "None is not a whole number"),
            ("text", 1, "1 is not text"),
            ("truth", 1, "1 is not true or false"),
            ("number", 7.1, "7.1 must be written between quotes, as '7.1'"),
            ("number", 7, "7 must be written between quotes, as '7'"),
            ("number", "7,10", "'7,10' is not a number such as '7.10'"),
            ("number", "NaN", "'NaN' is not a number such as '7.10'"),
            (
                "number",
                "Infinity",
                "'Infinity' is not a number such as '7.10'",
            ),
            ("money", "7.10", "cents is '7.10', expected a whole number"),
            ("money", 7.1, "cents is 7.1, expected a whole number"),
            ("money", True, "cents is True, expected a whole number"),
            (
                "moment",
                "2026-05-27T10:00:00",
                "'2026-05-27T10:00:00' has no offset, so it names no moment",
            ),
            (
                "moment",
                "2026-05-27",
                "'2026-05-27' has no offset, so it names no moment",
            ),
            ("moment", 1, "1 must be written as '2026-05-13T09:12:56Z'"),
            ("day", 20260527, "20260527 must be written as '2026-05-27'"),
            ("day", "27/05/2026", "Invalid isoformat string: '27/05/2026'"),
            ("time", 12, "12 must be written as '12:00'"),
            ("span", "2 h", "'2 h' is not a whole number"),
            (
                "gate",
                "open",
                (
                    "'open' is not one of 'household-described', "
                    "'quotient-recorded', 'house-rules-accepted'"
                ),
            ),
            (
                "gate",
                [],
                (
                    "[] is not one of 'household-described', "
                    "'quotient-recorded', 'house-rules-accepted'"
                ),
            ),
            ("capacity", "8", "'8' is neither a whole number nor 'unlimited'"),
            (
                "capacity",
                True,
                "True is neither a whole number nor 'unlimited'",
            ),
            ("labels", "ab", "'ab' is not a list"),
            ("labels", {"a": 1}, "{'a': 1} is not a list"),
            ("codes", [["a", 1]], "[['a', 1]] is not a table"),
            (
                "deadline",
                "48 h",
                SHAPES,
            ),
            (
                "deadline",
                {"deadline": ["DaysBefore"]},
                SHAPES,
            ),
        ],
    )
    def test_field(self, field, value, message):
        """
        A value of another kind is refused in a sentence.
        """
        assert [Fault(field, message)] == faults(One, WRITTEN | {field: value})

    @pytest.mark.parametrize(
        "value", [None, 1, "x", [], [1]], ids=["null", "1", "x", "[]", "[1]"]
    )
    def test_no_table(self, value):
        """
        Nothing but a table of fields is a record.
        """
        assert [Fault("", f"{value!r} is not a table of fields")] == faults(
            One, value
        )

    @pytest.mark.parametrize(
        ("pair", "told"),
        [
            (["a"], "Not enough values"),
            (["a", 1, 2], "Too many values"),
            (7, "has no len()"),
        ],
        ids=["one", "three", "a number"],
    )
    def test_pair(self, pair, told):
        """
        A pair has two parts.
        """
        (fault,) = faults(One, WRITTEN | {"pair": pair})

        assert "pair" == fault.path
        assert told in fault.message

    @pytest.mark.parametrize(
        "kind", [Money, dt.date, Gate], ids=["Money", "date", "Gate"]
    )
    def test_bare(self, kind):
        """
        What is not a record is read as strictly.
        """
        (fault,) = faults(kind, [])

        assert "" == fault.path
        assert fault.message


class TestPaths:
    def test_every_fault(self):
        """
        Missing, wrong and unknown are all told, each with its path.
        """
        document = json.loads(wire.dump(ATTEMPT))
        del document["regie"]
        document["dues"][0]["lines"][0]["amount"] = "12.50"
        document["dues"][0]["lines"][0]["why"]["colour"] = "blue"
        document["created_at"] = "hier"
        document["regies"] = document["xyz"] = 1
        known = ", ".join(field.name for field in attrs.fields(Attempt))

        assert [
            Fault("regie", "'regie' is missing"),
            Fault(
                "dues[0].lines[0].amount",
                "cents is '12.50', expected a whole number",
            ),
            Fault(
                "dues[0].lines[0].why.colour",
                "there is no such key here, only rule, path, label, source, "
                "adjusted",
            ),
            Fault("created_at", "Invalid isoformat string: 'hier'"),
            Fault(
                "regies", "there is no such key here, did you mean 'regie'?"
            ),
            Fault("xyz", f"there is no such key here, only {known}"),
        ] == faults(Attempt, document)

    def test_what_must_hold(self):
        """
        A value whose parts are right and whose whole is wrong says which.
        """
        document = json.loads(wire.dump(Hold(minutes=120))) | {"minutes": 0}

        assert [Fault("", "minutes is 0, expected more than zero")] == faults(
            Hold, document
        )

    def test_deep(self):
        """
        The path goes through decisions, tables and lists.
        """
        document = json.loads(wire.dump(REGLEMENT))
        (named,) = document["terms"]["tariffs"]["named"]
        grid = named["versions"]["decisions"][0]["value"]["grid"]
        grid["brackets"][1]["prices"]["repas"]["euros"] = 4.5
        document["pools"][0]["capacity"] = "huit"

        assert [
            "pools[0].capacity",
            (
                "terms.tariffs.named[0].versions.decisions[0].value.grid"
                ".brackets[1].prices.repas.euros"
            ),
        ] == [fault.path for fault in faults(Reglement, document)]

    def test_key(self):
        """
        So does one through a key that is wrong.
        """
        document = json.loads(wire.dump(REGLEMENT.amplitudes[1]))
        document["prestations"]["demi-journee"] = "beaucoup"

        assert ["prestations.demi-journee"] == [
            fault.path for fault in faults(Amplitude, document)
        ]

    @pytest.mark.parametrize(
        ("text", "path"),
        [("{", ""), ("", ""), ("1" * 5000, ""), ("[" * 100_000, "")],
        ids=["cut off", "empty", "a number without end", "too deep"],
    )
    def test_not_json(self, text, path):
        """
        What is not JSON, or more than any of ours, is unreadable.
        """
        with pytest.raises(wire.Unreadable, match=r"^the document: not JSON"):
            wire.load(Hold, text)

    def test_tag(self):
        """
        An event that is none of ours is told with those that are.
        """
        (fault,) = faults(payments.Event, {"event": "AttemptForgotten"})

        assert fault.message.startswith("event must be one of AttemptAbandon")

    def test_text_is_no_list(self):
        """
        A text is not read as the list of its letters.
        """
        document = json.loads(
            wire.dump(
                MoneySetAside(amount=eur("1"), mismatches=("x",)),
                payments.Event,
            )
        )

        assert [Fault("mismatches", "'abc' is not a list")] == faults(
            payments.Event, document | {"mismatches": "abc"}
        )

    def test_message(self):
        """
        The error reads as one line a fault.
        """
        error = wire.Unreadable(Fault("a.b", "wrong"), Fault("", "empty"))

        assert "a.b: wrong\nthe document: empty" == str(error)

    def test_pool(self):
        """
        Defaults may be left out, facts may not.
        """
        document = json.loads(wire.dump(REGLEMENT.pools[0]))
        del document["first_age"], document["last_age"], document["label"]

        assert [Fault("label", "'label' is missing")] == faults(Pool, document)


def test_code_is_text():
    """
    A code is a text, though a type of its own.
    """
    assert [Fault("", "1 is not text")] == faults(AmplitudeCode, 1)

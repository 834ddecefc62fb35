"""
Validators: what a value may not be.
"""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import field, frozen

from portail_core.domain import checks

DAY = dt.date(2026, 5, 27)
NOON = dt.datetime(2026, 5, 27, 10, tzinfo=dt.UTC)


@frozen
class Whole:
    it: object = field(validator=checks.whole_number)


@frozen
class NotNegative:
    it: object = field(validator=checks.not_negative)


@frozen
class Positive:
    it: object = field(validator=checks.positive)


@frozen
class NotEmpty:
    it: object = field(validator=checks.not_empty)


@frozen
class Civil:
    it: object = field(validator=checks.civil_day)


@frozen
class Moment:
    it: object = field(validator=checks.moment)


@frozen
class Share:
    it: Decimal = field(validator=checks.share)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Whole, 0),
        (Whole, -1),
        (NotNegative, 0),
        (NotNegative, Decimal(0)),
        (Positive, 1),
        (Positive, Decimal("0.01")),
        (NotEmpty, "x"),
        (NotEmpty, (0,)),
        (Civil, DAY),
        (Moment, NOON),
        (Share, Decimal(0)),
        (Share, Decimal(1)),
    ],
)
def test_accepted(kind, value):
    """
    The first value that is still good is kept as it is.
    """
    assert value is kind(value).it


@pytest.mark.parametrize(
    ("kind", "value", "error", "message"),
    [
        (Whole, True, TypeError, "it is True, expected a whole number"),
        (Whole, 1.0, TypeError, "it is 1.0, expected a whole number"),
        (Whole, "1", TypeError, "it is '1', expected a whole number"),
        (NotNegative, -1, ValueError, "it is -1, expected zero or more"),
        (
            NotNegative,
            Decimal("-0.01"),
            ValueError,
            "it is -0.01, expected zero or more",
        ),
        (Positive, 0, ValueError, "it is 0, expected more than zero"),
        (NotEmpty, "", ValueError, "it is empty"),
        (NotEmpty, " \t", ValueError, "it is empty"),
        (NotEmpty, (), ValueError, "it is empty"),
        (Civil, NOON, TypeError, "expected a day"),
        (Civil, "2026-05-27", TypeError, "expected a day"),
        (Moment, DAY, TypeError, "expected a moment in UTC"),
        (
            Moment,
            NOON.replace(tzinfo=None),
            TypeError,
            "expected a moment in UTC",
        ),
        (
            Moment,
            NOON.astimezone(ZoneInfo("Europe/Paris")),
            TypeError,
            "expected a moment in UTC",
        ),
        (
            Share,
            Decimal("-0.0001"),
            ValueError,
            "it is -0.0001, expected a share from 0 to 1",
        ),
        (
            Share,
            Decimal("1.0001"),
            ValueError,
            "it is 1.0001, expected a share from 0 to 1",
        ),
    ],
)
def test_refused(kind, value, error, message):
    """
    The next one is refused, in a sentence with the field's name.
    """
    with pytest.raises(error) as caught:
        kind(value)

    assert str(caught.value).endswith(message)

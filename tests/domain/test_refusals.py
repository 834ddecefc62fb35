"""
Saying no.
"""

import pytest

from portail_core.domain.bookings import DayFull, NoDayWished
from portail_core.domain.refusals import Refused
from tests.spec.guide import WEDNESDAY


def test_every_reason():
    """
    An exception carries every reason, in order.
    """
    refused = Refused(NoDayWished(), DayFull(WEDNESDAY))

    assert (NoDayWished(), DayFull(WEDNESDAY)) == refused.refusals


def test_no_reason():
    """
    Saying no without a reason is a bug.
    """
    with pytest.raises(AssertionError, match="at least one reason"):
        Refused()

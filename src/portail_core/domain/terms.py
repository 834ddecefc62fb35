"""
Terms: what one level of the règlement decides.

The operator's are the defaults; an accueil's stand in their place, and a
period's in both.  What a level says of a subject is the whole of it: nothing
is merged.
"""

from __future__ import annotations

from attrs import frozen

from .absences import AbsencePolicy
from .admission import Gate
from .cancellation import Policy
from .dated import History
from .deadlines import Deadline
from .tariffs import Grid


@frozen(kw_only=True)
class Terms:
    """
    `None` wherever the level leaves the subject to the one above.

    Attributes:
        gates: What is asked before every booking.

        book_until: Deadlines to book, by the day booked.

        cancellations: What cancelling gives back, by the day cancelled.

        absences: What days cost that did not go as they were booked.

        tariffs: The grid of prices, by the day booked.
    """

    gates: tuple[Gate, ...] | None = None
    book_until: History[Deadline] | None = None
    cancellations: History[Policy] | None = None
    tariffs: History[Grid] | None = None
    absences: History[AbsencePolicy] | None = None


NOTHING_DECIDED = Terms()

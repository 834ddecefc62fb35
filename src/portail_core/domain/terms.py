"""
Terms: what one level of the règlement decides.

The operator's are the defaults; an accueil's stand in their place, and a
period's in both.  What a level says of a subject is the whole of it: nothing
is merged.
"""

from __future__ import annotations

from attrs import frozen

from .admission import Gate
from .cancellation import Policy
from .dated import History
from .deadlines import Deadlines
from .tariffs import Grid
from .windows import Windows


@frozen(kw_only=True)
class Terms:
    """
    `None` wherever the level leaves the subject to the one above.

    Attributes:
        gates: What is asked before every booking.

        book_until: Deadlines to book, by the day booked.

        windows: When booking opens and closes.

        change_until: Deadlines to change a paid day, by that day; as for
            booking it where no level has any.

        cancellations: What cancelling gives back, by the day cancelled.

        tariffs: The grid of prices, by the day booked.
    """

    gates: tuple[Gate, ...] | None = None
    book_until: History[Deadlines] | None = None
    windows: Windows | None = None
    change_until: History[Deadlines] | None = None
    cancellations: History[Policy] | None = None
    tariffs: History[Grid] | None = None


NOTHING_DECIDED = Terms()

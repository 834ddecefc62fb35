"""
Terms: what one level of the règlement decides.

The operator's are the defaults; an accueil's stand in their place, and a
period's in both.  What a level says of a subject is the whole of it: nothing
is merged.
"""

from __future__ import annotations

from attrs import frozen

from .absences import AbsencePolicy
from .admission import Gate, Waiver
from .arrears import Arrears
from .cancellation import Policy
from .combinations import Combination
from .dated import History
from .deadlines import Deadlines
from .quotient_familial import QuotientPolicy
from .rhythms import Rhythm
from .siblings import Siblings
from .tariffs import Tariffs
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

        absences: What days cost that did not go as they were booked.

        tariffs: Prices; the first that is for a child-day answers.

        quotients: Which of a household's quotients counts.

        siblings: Who is the second child.

        combinations: Amplitudes of one day that cost what a larger one does.

        rhythms: How many days a child comes, by the day booked.

        waivers: Gates that are not asked here.

        arrears: How much may be owed by who books, by the day of asking.
    """

    gates: tuple[Gate, ...] | None = None
    book_until: History[Deadlines] | None = None
    windows: Windows | None = None
    change_until: History[Deadlines] | None = None
    cancellations: History[Policy] | None = None
    absences: History[AbsencePolicy] | None = None
    tariffs: Tariffs | None = None
    quotients: QuotientPolicy | None = None
    siblings: Siblings | None = None
    combinations: tuple[Combination, ...] | None = None
    rhythms: History[Rhythm] | None = None
    waivers: tuple[Waiver, ...] | None = None
    arrears: History[Arrears] | None = None


NOTHING_DECIDED = Terms()

"""
What the operator decides, or an accueil or a period in its place, as written.
"""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve, field, frozen

from portail_core.domain.absences import AbsencePolicy
from portail_core.domain.admission import Gate
from portail_core.domain.cancellation import Policy
from portail_core.domain.dated import History
from portail_core.domain.deadlines import Deadline
from portail_core.domain.tariffs import Grid
from portail_core.domain.terms import Terms

from ._says import says

T = TypeVar("T")


@frozen(kw_only=True)
class TermsFile:
    """
    What is decided here; what is not is left to the level above.

    What a period says of a subject stands in the place of all that its
    accueil says of it, and what an accueil says in the operator's.
    """

    gates: tuple[Gate, ...] | None = field(
        default=None,
        metadata=says(
            "What families must have done before they book.",
            example='["household-described"]',
        ),
    )
    book_until: History[Deadline] | None = field(
        default=None,
        metadata=says(
            "Deadlines to book, by the day booked.",
            example="[[book_until]]",
        ),
    )
    cancellations: History[Policy] | None = field(
        default=None,
        metadata=says(
            "What cancelling a paid day gives back, by that day.",
            example="[[cancellations]]",
        ),
    )
    tariffs: History[Grid] | None = field(
        default=None,
        metadata=says("Prices, by the day booked.", example="[[tariffs]]"),
    )
    absences: History[AbsencePolicy] | None = field(
        default=None,
        metadata=says(
            "What days cost that did not go as they were booked.",
            example="[[absences]]",
        ),
    )


def terms(file: TermsFile, path: str = "") -> Terms:
    """
    The terms of one level, each decision with its place in the file.

    Args:
        file: What stands at that level.

        path: Of the level: « accueils[0]. », nothing for the operator's.
    """
    return Terms(
        gates=file.gates,
        book_until=_located(file.book_until, f"{path}book_until"),
        cancellations=_located(file.cancellations, f"{path}cancellations"),
        tariffs=_located(file.tariffs, f"{path}tariffs"),
        absences=_located(file.absences, f"{path}absences"),
    )


def _located(said: History[T] | None, path: str) -> History[T] | None:
    if said is None:
        return None
    return History(
        tuple(
            evolve(decision, path=f"{path}[{rank}]")
            for rank, decision in enumerate(said.decisions)
        )
    )

"""
What the operator decides, or an accueil or a period in its place, as written.
"""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve, field, frozen

from portail_core.domain.absences import AbsencePolicy
from portail_core.domain.admission import Gate, Waiver
from portail_core.domain.arrears import Arrears
from portail_core.domain.cancellation import Policy
from portail_core.domain.combinations import Combination
from portail_core.domain.dated import History
from portail_core.domain.deadlines import Deadlines
from portail_core.domain.quotient_familial import QuotientPolicy
from portail_core.domain.rhythms import Rhythm
from portail_core.domain.siblings import Siblings
from portail_core.domain.tariffs import Tariffs
from portail_core.domain.terms import Terms
from portail_core.domain.windows import Windows

from ._says import says

T = TypeVar("T")

NEEDED = "needed at one of the levels"


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
    book_until: History[Deadlines] | None = field(
        default=None,
        metadata=says(
            "Deadlines to book, by the day booked; families book nothing "
            "past them.",
            example="[[book_until]]",
            otherwise=NEEDED,
        ),
    )
    windows: Windows | None = field(
        default=None,
        metadata=says(
            "When booking opens and closes: in order, the last without when.",
            example='[{ when = { residency = ["commune"] }, opens_at = '
            "2026-03-01T08:00:00 }, { opens_at = 2026-03-15T08:00:00 }]",
        ),
    )
    change_until: History[Deadlines] | None = field(
        default=None,
        metadata=says(
            "Deadlines to change a paid day, by that day; as for booking it "
            "where none is written.",
            example="[[change_until]]",
        ),
    )
    cancellations: History[Policy] | None = field(
        default=None,
        metadata=says(
            "What cancelling a paid day gives back, by that day.",
            example="[[cancellations]]",
            otherwise=NEEDED,
        ),
    )
    tariffs: Tariffs | None = field(
        default=None,
        metadata=says(
            "Prices; the first tariff that is for a child-day answers.",
            example="[[tariffs]]",
            otherwise=NEEDED,
        ),
    )
    quotients: QuotientPolicy | None = field(
        default=None,
        metadata=says(
            "Which of a household's quotients counts, and how long.",
            example="[quotients]",
        ),
    )
    siblings: Siblings | None = field(
        default=None,
        metadata=says(
            "Which children count, where a price depends on the rank.",
            example="[siblings]",
        ),
    )
    combinations: tuple[Combination, ...] | None = field(
        default=None,
        metadata=says(
            "Amplitudes of one day that cost what a larger one does.",
            example="[[combinations]]",
        ),
    )

    rhythms: History[Rhythm] | None = field(
        default=None,
        metadata=says(
            "How many days a child comes, by the day booked.",
            example="[[rhythms]]",
        ),
    )
    not_asked: tuple[Waiver, ...] | None = field(
        default=None,
        metadata=says(
            "Gates that are not asked here, though they are elsewhere: "
            "`email-confirmed`, `documents`, `pre-registration`, `arrears`.",
            example='["documents", "arrears"]',
        ),
    )
    arrears: History[Arrears] | None = field(
        default=None,
        metadata=says(
            "How much may be owed by who books, by the day of asking.",
            example="[[arrears]]",
        ),
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
        windows=file.windows,
        change_until=_located(file.change_until, f"{path}change_until"),
        cancellations=_located(file.cancellations, f"{path}cancellations"),
        absences=_located(file.absences, f"{path}absences"),
        tariffs=_placed(file.tariffs, f"{path}tariffs"),
        quotients=file.quotients,
        siblings=file.siblings,
        combinations=file.combinations,
        rhythms=_located(file.rhythms, f"{path}rhythms"),
        waivers=file.not_asked,
        arrears=_located(file.arrears, f"{path}arrears"),
    )


def _placed(tariffs: Tariffs | None, path: str) -> Tariffs | None:
    if tariffs is None:
        return None
    return Tariffs(
        tuple(
            evolve(
                one,
                versions=History(
                    tuple(
                        evolve(decision, path=f"{path}{decision.path}")
                        for decision in one.versions.decisions
                    )
                ),
            )
            for one in tariffs.named
        )
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

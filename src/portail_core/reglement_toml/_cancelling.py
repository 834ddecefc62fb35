"""
What cancelling gives back, as written.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from portail_core.domain.cancellation import Outcome, Policy
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import Deadline
from portail_core.wire import Shape


@frozen(kw_only=True)
class OutcomeFile:
    """
    What cancelling gives back, until a deadline or for the rest.
    """

    label: str
    credited_share: Decimal
    until: Deadline | None = None


@frozen(kw_only=True)
class CancellationFile:
    """
    The outcomes of a cancellation in order, from a day on.
    """

    since: dt.date
    source: str
    outcomes: tuple[Outcome, ...]


def _outcome(file: OutcomeFile) -> Outcome:
    return Outcome(
        until=file.until,
        credited_share=file.credited_share,
        label=file.label,
    )


def _cancellation(file: CancellationFile) -> Decision[Policy]:
    policy = Policy(outcomes=file.outcomes)
    return Decision(since=file.since, source=file.source, value=policy)


SHAPES = (
    Shape(Outcome, OutcomeFile, _outcome),
    Shape(Decision[Policy], CancellationFile, _cancellation),
    Shape(History[Policy], tuple[Decision[Policy], ...], History),
)

"""
Is it too late to book these days, or to change them?
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.children import Child
from portail_core.domain.deadlines import moment_of
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line

from ._facts import facts_of
from ._refusals import ChangeTooLate, DeadlinePassed


def too_late(
    line: Line,
    *,
    period: Period,
    child: Child,
    household: HouseholdFacts,
    reglement: Reglement,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    What its deadline says against *line*: that to change a paid day where it
    replaces one and the règlement has any, else that to book.

    Args:
        line: As `lines_for` made it, or `replacing`.

        period: Of the line.

        child: Whose day it is.

        household: As prices see it.

        reglement: The active one.

        at: When the family asks, UTC.
    """
    changes = reglement.change_until_of(period) if line.replaces else None
    decided = changes or reglement.book_until_of(period)
    late = ChangeTooLate if changes else DeadlinePassed
    facts = facts_of(line, period=period, child=child, household=household)
    try:
        deadline = decided.on(line.day).value.find(facts)
        last = moment_of(deadline, line.day, period.calendar)
    except Refused as refused:
        return refused.refusals
    return (late(line.day, last),) if at > last else ()


def too_late_to_change(
    line: Line,
    *,
    period: Period,
    child: Child,
    household: HouseholdFacts,
    reglement: Reglement,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    What the deadline to change says against a change that adds nothing; one
    that adds places, or costs more, is asked all that booking is.
    """
    if reglement.change_until_of(period) is None:
        return ()
    return too_late(
        line,
        period=period,
        child=child,
        household=household,
        reglement=reglement,
        at=at,
    )

"""
A voted tariff, and which one answers.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import ClassVar

from attrs import evolve, field, frozen

from portail_core.domain.checks import not_empty
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.facts import Facts
from portail_core.domain.ids import FactName, PrestationCode, TariffCode
from portail_core.domain.refusals import Refusal, Refused

from ._adjustments import LowerBracket, Only, Step, StepKind
from ._formulas import DEPENDANTS, FormulaKind, Rate, ShareOf
from ._grid import (
    ENDLESS,
    QUOTIENT,
    Bracket,
    Grid,
    QuotientMissing,
    WithoutQuotient,
)
from ._packages import Packages
from ._rounding import Point, Rounding


class GridOf(Enum):
    """
    Which day chooses among the versions of a tariff.
    """

    DAY_BOOKED = "day-booked"  # the day that the child comes
    DAY_OF_BOOKING = "day-of-booking"  # the day that the family asks


@frozen
class NoTariff(Refusal):
    """
    No tariff is for this prestation in this case, on this day.
    """

    rule: ClassVar[str] = "tariff.none"
    prestation: PrestationCode
    day: dt.date


@frozen(kw_only=True)
class Adjustment:
    """
    One step of a price.

    Attributes:
        label: The règlement's own words.

        only: The prestations that it is for; all without.
    """

    label: str = field(validator=not_empty)
    when: When = ALWAYS
    only: Only = None
    step: Step

    def is_for(self, prestation: PrestationCode) -> bool:
        """
        Whether it is for *prestation*.
        """
        return self.only is None or prestation in self.only


@frozen(kw_only=True)
class Tariff:
    """
    One version of a tariff.

    Attributes:
        when: Whom it is for; the first tariff of the règlement that is for a
            child-day, and prices the prestation, answers.

        without_quotient: `None` where nothing depends on one.

        adjustments: In the order in which they are made.

        rounding: Of *point*; amounts are whole cents in any case.

        last_day: Nothing is priced by it after this day; `None` for no end.
    """

    when: When = ALWAYS
    grid: Grid
    without_quotient: WithoutQuotient | None = None
    adjustments: tuple[Adjustment, ...] = ()
    rounding: Rounding = field(factory=Rounding)
    point: Point = Point.LINE
    packages: tuple[Packages, ...] = ()
    grid_of: GridOf = GridOf.DAY_BOOKED
    last_day: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        faults = [*_unanswered(self), *_unknown(self)]
        if faults:
            raise ValueError(*faults)

    @property
    def prices(self) -> frozenset[PrestationCode]:
        """
        The prestations that it prices.
        """
        return frozenset(self.grid.brackets[0].prices)

    @cached_property
    def facts(self) -> frozenset[FactName]:
        """
        Those that it asks for.
        """
        return frozenset(
            {
                *self.when.facts,
                *(f for step in self.adjustments for f in step.when.facts),
                *_grid_facts(self.grid),
                *_asked_by_kinds(self),
            }
        )

    def assumed(self, facts: Facts) -> Facts:
        """
        *facts*, with the quotient that this tariff counts where there is
        none; nothing is assumed of any other fact.

        Raises:
            Refused: `QuotientMissing`.
        """
        if facts.quotient is not None or QUOTIENT not in self.facts:
            return facts
        match self.without_quotient:
            case WithoutQuotient.HIGHEST:
                return evolve(facts, quotient=ENDLESS)
            case WithoutQuotient.LOWEST:
                return evolve(facts, quotient=Decimal(0))
            case _:
                raise Refused(QuotientMissing())

    def on(self, day: dt.date) -> bool:
        """
        Whether it has not ended on *day*.
        """
        return self.last_day is None or day <= self.last_day


def _grid_facts(grid: Grid) -> Iterator[FactName]:
    if grid.asks():
        yield grid.by
    for bracket in grid.brackets:
        for formula in bracket.prices.values():
            if isinstance(formula, Rate):
                yield formula.of
                if len(formula.rates) > 1:
                    yield DEPENDANTS


def _asked_by_kinds(tariff: Tariff) -> Iterator[FactName]:
    for adjustment in tariff.adjustments:
        if isinstance(adjustment.step, StepKind):
            yield from adjustment.step.asks
    for bracket in tariff.grid.brackets:
        for formula in bracket.prices.values():
            if isinstance(formula, FormulaKind):
                yield from formula.asks


def _unanswered(tariff: Tariff) -> Iterator[str]:
    grid = tariff.grid
    by_quotient = grid.asks() and grid.by == QUOTIENT
    if (
        by_quotient
        or _rates(grid.brackets)
        or QUOTIENT in _asked_by_kinds(tariff)
    ) and tariff.without_quotient is None:
        yield (
            "prices depend on the quotient: say what a household pays "
            'without one, without_quotient = "highest", "lowest" or "refused"'
        )
    if tariff.without_quotient is WithoutQuotient.HIGHEST:
        goes_down = any(
            isinstance(one.step, LowerBracket) for one in tariff.adjustments
        )
        # An endless quotient is in the last bracket, and in no other.
        only_last = by_quotient and not goes_down
        for code, rate in _rates(grid.brackets[-1 if only_last else 0 :]):
            if rate.ceiling is None and rate.of_ceiling is None:
                yield (
                    f"{code} has no ceiling: without a quotient it would "
                    "have no price; write ceiling or another "
                    "without_quotient"
                )


def _rates(
    brackets: tuple[Bracket, ...],
) -> dict[tuple[PrestationCode, Rate], None]:
    return {
        (code, formula): None
        for bracket in brackets
        for code, formula in bracket.prices.items()
        if isinstance(formula, Rate) and formula.of == QUOTIENT
    }


def _unknown(tariff: Tariff) -> Iterator[str]:
    listed = ", ".join(sorted(tariff.prices))
    for bracket in tariff.grid.brackets:
        for code, formula in bracket.prices.items():
            if isinstance(formula, ShareOf):
                base = bracket.prices.get(formula.prestation)
                if base is None or isinstance(base, ShareOf):
                    yield (
                        f"{code} is a share of {formula.prestation!r}, which "
                        f"has no price of its own here, only {listed}"
                    )
    for adjustment in tariff.adjustments:
        for code in adjustment.only or ():
            if code not in tariff.prices:
                yield (
                    f"« {adjustment.label} » is for {code!r}, which is not "
                    f"among {listed}"
                )
        moves = isinstance(adjustment.step, LowerBracket)
        if moves and len(tariff.grid.brackets) == 1:
            yield f"« {adjustment.label} » has no bracket to go down to"
    yield from _unknown_to_packages(tariff, listed)


def _unknown_to_packages(tariff: Tariff, listed: str) -> Iterator[str]:
    for packages in tariff.packages:
        for code in (*packages.of, *(s.billed_as for s in packages.sizes)):
            if code not in tariff.prices:
                yield f"packages: {code!r} is not among {listed}"
    counted = Counter(c for one in tariff.packages for c in set(one.of))
    for code, times in counted.items():
        if times > 1:
            yield f"packages: {code!r} is in {times} of them: keep one"


def _is_for(tariff: Tariff, facts: Facts) -> bool:
    if QUOTIENT in tariff.when.facts:
        facts = tariff.assumed(facts)
    return tariff.when.holds(facts)


@frozen
class Named:
    """
    A tariff by its code, version after version.
    """

    code: TariffCode
    versions: History[Tariff]


@frozen
class Tariffs:
    """
    Every tariff of one level of the règlement, in its order.
    """

    named: tuple[Named, ...] = field(validator=not_empty)

    @property
    def decisions(self) -> tuple[Decision[Tariff], ...]:
        """
        All versions of all of them.
        """
        return tuple(d for one in self.named for d in one.versions.decisions)

    @cached_property
    def facts(self) -> frozenset[FactName]:
        """
        Those that any of them asks for.
        """
        return frozenset(f for one in self.decisions for f in one.value.facts)

    @cached_property
    def changes(self) -> tuple[dt.date, ...]:
        """
        Days on which a version begins, or is over, ascending.
        """
        days = {decision.since for decision in self.decisions}
        ends = (decision.value.last_day for decision in self.decisions)
        days.update(end + dt.timedelta(days=1) for end in ends if end)
        return tuple(sorted(days))

    def answer(
        self, prestation: PrestationCode, facts: Facts, booked_on: dt.date
    ) -> Decision[Tariff]:
        """
        The tariff that prices *prestation*.

        Args:
            prestation: Billed for the child-day of *facts*.

            facts: With the quotient by the policy, if there is one.

            booked_on: When the family asks, in Paris.

        Raises:
            Refused: `NoTariff`, `FactMissing`, `QuotientMissing`.
        """
        for one in self.named:
            for decision in self._in_force(one, facts.day, booked_on):
                tariff = decision.value
                if prestation in tariff.prices and _is_for(tariff, facts):
                    return decision
        raise Refused(NoTariff(prestation, facts.day))

    def _in_force(
        self, one: Named, day: dt.date, booked_on: dt.date
    ) -> Iterator[Decision[Tariff]]:
        for decision in reversed(one.versions.decisions):
            by_booking = decision.value.grid_of is GridOf.DAY_OF_BOOKING
            chosen = booked_on if by_booking else day
            if decision.since <= chosen:
                if decision.value.on(chosen):
                    yield decision
                return

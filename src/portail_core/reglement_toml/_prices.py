"""
Tariffs, as written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from portail_core.domain.dated import Decision, History
from portail_core.domain.ids import (
    PrestationCode,
)
from portail_core.domain.money import Money
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Grid,
    WithoutQuotient,
)
from portail_core.wire import Shape


@frozen(kw_only=True)
class BracketFile:
    """
    A bracket: one lower bound, and one upper bound or none.
    """

    label: str
    at_least: Decimal | None = None
    more_than: Decimal | None = None
    at_most: Decimal | None = None
    less_than: Decimal | None = None
    prices: Mapping[PrestationCode, Money]


@frozen(kw_only=True)
class TariffFile:
    """
    A grid, from a day on.
    """

    since: dt.date
    source: str
    without_quotient: WithoutQuotient
    between: Between | None = None
    brackets: tuple[Bracket, ...]


def _bracket(file: BracketFile) -> Bracket:
    lower = file.at_least if file.more_than is None else file.more_than
    if lower is None or None not in {file.at_least, file.more_than}:
        msg = (
            f"« {file.label} » needs one lower bound: "
            'at_least = "0" (included) or more_than = "0" (excluded)'
        )
        raise ValueError(msg)
    if None not in {file.at_most, file.less_than}:
        msg = (
            f"« {file.label} » has two upper bounds: keep at_most (included) "
            "or less_than (excluded)"
        )
        raise ValueError(msg)
    return Bracket(
        label=file.label,
        above=lower,
        above_included=file.more_than is None,
        up_to=file.at_most if file.less_than is None else file.less_than,
        up_to_included=file.at_most is not None,
        prices=file.prices,
    )


def _tariff(file: TariffFile) -> Decision[Grid]:
    grid = Grid(
        brackets=file.brackets,
        between=file.between,
        without_quotient=file.without_quotient,
    )
    return Decision(since=file.since, source=file.source, value=grid)


SHAPES = (
    Shape(Bracket, BracketFile, _bracket),
    Shape(Decision[Grid], TariffFile, _tariff),
    Shape(History[Grid], tuple[Decision[Grid], ...], History),
)

"""
Tariffs, as written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NewType

from attrs import evolve, field, frozen

from portail_core.domain.combinations import Combination
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.ids import (
    AmplitudeCode,
    FactName,
    PrestationCode,
    TariffCode,
)
from portail_core.domain.quotient_familial import Effective, QuotientPolicy
from portail_core.domain.siblings import Counted, Order, Siblings
from portail_core.domain.tariffs import (
    CENT,
    QUOTIENT,
    Adjustment,
    Between,
    Bracket,
    Fixed,
    Formula,
    Grid,
    GridOf,
    Individual,
    Named,
    OtherSizes,
    Packages,
    Point,
    Rate,
    Rounding,
    ShareOf,
    Size,
    Tariff,
    Tariffs,
    Toward,
    Within,
    WithoutQuotient,
    fixed,
)
from portail_core.wire import Fault, Shape, Unreadable, read_figure

from ._added import Place, by_plugin, forms
from ._adjustments import SHAPES as ADJUSTMENT_SHAPES
from ._says import only, says
from ._when import BoundsFile, bounds, month_and_day

UNNAMED = TariffCode("tarif")


@frozen(kw_only=True)
class FormulaFile:
    """
    A price that is worked out: `rate` (or `rates_by_dependants`) with `of`;
    `individual_from` with `individual_to`; or `share_of` with `share`.
    """

    rate: Decimal | None = field(
        default=None,
        metadata=says(
            "The price is this many times the figure of `of`: 0.36 % is "
            '"0.0036".',
            example='"0.0036"',
        ),
    )
    rates_by_dependants: tuple[Decimal, ...] | None = field(
        default=None,
        metadata=says(
            "In place of `rate`: for one child brought up, two… ; the last "
            "is for more.",
            example='["0.0006", "0.0005", "0.0004"]',
        ),
    )
    of: FactName | None = field(
        default=None,
        metadata=says(
            "What it is a rate of: `quotient`, `income` (of the household, a "
            "month) or `cost` (of the activity).",
            example='"quotient"',
        ),
    )
    plus: Decimal | None = field(
        default=None,
        metadata=says("Added to the rate, euros.", example='"1.20"'),
    )
    floor: Decimal | None = field(
        default=None,
        metadata=says("The least it costs, euros.", example='"2.60"'),
    )
    ceiling: Decimal | None = field(
        default=None,
        metadata=says("The most it costs, euros.", example='"4.50"'),
    )
    of_floor: Decimal | None = field(
        default=None,
        metadata=says(
            "The figure of `of` counts as this at the least.", example='"300"'
        ),
    )
    of_ceiling: Decimal | None = field(
        default=None,
        metadata=says(
            "The figure of `of` counts as this at the most.", example='"1800"'
        ),
    )
    individual_from: Decimal | None = field(
        default=None,
        metadata=says(
            "The operator sets an amount for each family, of this at the "
            "least, euros.",
            example='"3.80"',
        ),
    )
    individual_to: Decimal | None = field(
        default=None,
        metadata=says("And of this at the most, euros.", example='"6.30"'),
    )
    share_of: PrestationCode | None = field(
        default=None,
        metadata=says(
            "A share of the price of this other prestation, which is priced "
            "in the same place.",
            example='"repas"',
        ),
    )
    share: Decimal | None = field(
        default=None,
        metadata=says("That share: a half is 0.5.", example='"0.5"'),
    )


@frozen(kw_only=True)
class BracketFile(BoundsFile):
    """
    A bracket: its bounds, and what each prestation costs in it.
    """

    label: str = field(
        metadata=says("As printed on the grid.", example='"QF de 411 à 510"'),
    )
    prices: Mapping[PrestationCode, Formula] = field(
        metadata=says(
            "The price of each prestation, euros, or how it is worked out.",
            example='{ journee = "7.10", repas = "4.25" }',
        ),
    )


DaysOfPackage = NewType("DaysOfPackage", str)


@frozen(kw_only=True)
class PackagesFile:
    """
    Days that have one price together: « 3 jours 67 € ».
    """

    of: tuple[PrestationCode, ...] = field(
        metadata=says(
            "The prestations whose days are counted, and which the package "
            "stands for.",
            example='["journee"]',
        ),
    )
    within: Within = field(
        metadata=says(
            "What the days have in common: a `week` from Monday to Sunday, a "
            "`month` or the whole `period`.",
            example='"week"',
        ),
    )
    sizes: Mapping[DaysOfPackage, PrestationCode] = field(
        metadata=says(
            "For a number of days (5), a range (4-5) or more (6+), the "
            "prestation that is billed in their place, once.",
            example='{ 3 = "forfait-3-jours", 5 = "semaine" }',
        ),
    )
    other_sizes: OtherSizes = field(
        metadata=says(
            "Any other number of days: `refused`, or "
            "`largest-then-single` (the largest package, then again, then "
            "day by day).",
            example='"refused"',
        ),
    )


@frozen(kw_only=True)
class RoundingFile:
    """
    How prices are rounded; half a cent up, line by line, unless it is said.
    """

    toward: Toward = field(
        default=Toward.HALF_UP,
        metadata=says(
            "Which way: `half-up`, `down` (truncated) or `up`.",
            example='"down"',
        ),
    )
    step: Decimal = field(
        default=CENT,
        metadata=says("To a multiple of this, euros.", example='"0.05"'),
    )
    point: Point = field(
        default=Point.LINE,
        metadata=says(
            "What is rounded: the price of a `unit`, the amount of a `line`, "
            "or the `total` of a child.",
            example='"unit"',
        ),
    )


@frozen(kw_only=True)
class TariffFile:
    """
    A tariff, from a day on: `prices`, or `brackets`.

    Of the tariffs that price a prestation, the first in the file whose `when`
    holds answers.  Tariffs of one `code` are versions of one another.
    """

    since: dt.date = field(
        metadata=says("The first day in force.", example="2025-09-01"),
    )
    source: str = field(
        metadata=says(
            "The decision, as one would cite it.",
            example='"délibération n° 2025-34 du 12 juin 2025"',
        ),
    )
    code: TariffCode = field(
        default=UNNAMED,
        metadata=says(
            "Names the tariff, where there are several side by side: "
            "residents and others, meals and care.",
            example='"residents"',
        ),
    )
    until: dt.date | None = field(
        default=None,
        metadata=says(
            "The last day that it prices; without it, the eve of the next "
            "version.",
            example="2026-08-31",
        ),
    )
    grid_of: GridOf = field(
        default=GridOf.DAY_BOOKED,
        metadata=says(
            "Which day chooses the version: `day-booked` or `day-of-booking`.",
            example='"day-of-booking"',
        ),
    )
    when: When = field(
        default=ALWAYS,
        metadata=says(
            "Whom it is for; everybody without it.",
            example='{ residency = ["commune"] }',
        ),
    )
    prices: Mapping[PrestationCode, Formula] | None = field(
        default=None,
        metadata=says(
            "The price of each prestation, euros, or how it is worked out.",
            example='{ repas = "4.25" }',
        ),
    )
    brackets: tuple[Bracket, ...] | None = field(
        default=None,
        metadata=says(
            "In place of `prices`: prices by bracket, ascending.",
            example="[[tariffs.brackets]]",
        ),
    )
    brackets_of: FactName = field(
        default=QUOTIENT,
        metadata=says(
            "What brackets are ranges of: `quotient`, `income`, `cost`, "
            "`dependants`, `rank`, `siblings`, `nth` or `age`.",
            example='"income"',
        ),
    )
    between: Between | None = field(
        default=None,
        metadata=says(
            "Which bracket answers a figure that none holds, or two do: the "
            "`lower`, the `upper`, or `refused`.  Needed only where the "
            "printed brackets leave a hole or overlap.",
            example='"lower"',
        ),
    )
    without_quotient: WithoutQuotient | None = field(
        default=None,
        metadata=says(
            "What a household without a valid quotient pays: the `highest` "
            "price, the `lowest`, or it is `refused`.  Needed where a price "
            "depends on the quotient.",
            example='"highest"',
        ),
    )
    adjustments: tuple[Adjustment, ...] = field(
        default=(),
        metadata=says(
            "What becomes of the price, in this order.",
            example="[[tariffs.adjustments]]",
        ),
    )
    packages: tuple[Packages, ...] = field(
        default=(),
        metadata=says(
            "Days that have one price together.",
            example="[[tariffs.packages]]",
        ),
    )
    rounding: RoundingFile = field(
        factory=RoundingFile,
        metadata=says(
            "How amounts are rounded.",
            example='{ toward = "down", point = "unit" }',
        ),
    )


@frozen(kw_only=True)
class CodedTariff:
    """
    A version, and the tariff that it is one of.
    """

    code: TariffCode
    decision: Decision[Tariff]


@frozen(kw_only=True)
class CombinationFile:
    """
    Amplitudes of one child and day that cost what a larger one does.
    """

    amplitudes: tuple[AmplitudeCode, ...] = field(
        metadata=says(
            "All of them, booked for the same day.",
            example='["MATIN", "APRES-MIDI"]',
        ),
    )
    priced_as: AmplitudeCode = field(
        metadata=says(
            "The amplitude whose prestations are billed.", example='"JOURNEE"'
        ),
    )


@frozen(kw_only=True)
class QuotientsFile:
    """
    Which of a household's quotients familiaux prices a day.
    """

    effective: Effective = field(
        default=Effective.BOOKING,
        metadata=says(
            "A new quotient counts from the next `booking` only, `at-once` "
            "(the day it is received), from the `next-month`, or from the "
            "`reference-day`, for a year.",
            example='"next-month"',
        ),
    )
    reference_day: str | None = field(
        default=None,
        metadata=says(
            'Month and day, with `effective = "reference-day"`.',
            example='"03-31"',
        ),
    )
    valid_months: int | None = field(
        default=None,
        metadata=says(
            "How long a quotient is good, from its month on; then the "
            "household has none.",
            example="12",
        ),
    )


@frozen(kw_only=True)
class SiblingsFile:
    """
    Which children count when a price depends on the rank.
    """

    counted: Counted = field(
        metadata=says(
            "Who counts: `enrolled` (all that the household books), "
            "`present` (those who come that day) or `same-hour`.",
            example='"present"',
        ),
    )
    order: Order = field(
        default=Order.ELDEST_FIRST,
        metadata=says(
            "Who is the first: `eldest-first` or `youngest-first`.",
            example='"youngest-first"',
        ),
    )


def _figure(value: object) -> Fixed:
    return Fixed(read_figure(value))


def _formula(file: FormulaFile) -> Formula:
    kind: Formula | None = by_plugin(file, of=_FORMULAS)
    return _built_in(file) if kind is None else kind


def _built_in(file: FormulaFile) -> Formula:
    code, share = file.share_of, file.share
    if code is not None and share is not None:
        only(file, "share_of", "share", of=_FORMULAS)
        return ShareOf(prestation=code, share=share)
    low, high = file.individual_from, file.individual_to
    if low is not None and high is not None:
        only(file, "individual_from", "individual_to", of=_FORMULAS)
        return Individual(at_least=low, at_most=high)
    rates = (file.rate,) if file.rate is not None else file.rates_by_dependants
    if rates is None:
        msg = f"{_FORMULAS}{forms(file)}"
        raise ValueError(msg)
    if file.of is None:
        msg = f"a rate needs of: {_OF}"
        raise ValueError(msg)
    leading = "rates_by_dependants" if file.rate is None else "rate"
    only(file, leading, "of", *_OF_A_RATE, of=_FORMULAS)
    if file.of not in _RATED:
        listed = ", ".join(sorted(_RATED))
        msg = f"of is {file.of!r}, expected one of {listed}"
        raise ValueError(msg)
    return Rate(
        of=file.of,
        rates=rates,
        plus=file.plus or Decimal(0),
        floor=file.floor,
        ceiling=file.ceiling,
        of_floor=file.of_floor,
        of_ceiling=file.of_ceiling,
    )


_OF = 'write of = "quotient", "income" or "cost", what it is a rate of'
_OF_A_RATE = ("plus", "floor", "ceiling", "of_floor", "of_ceiling")
_FORMULAS = (
    'a price is a figure "7.10", or one of: rate + of (+ plus, floor, '
    "ceiling, of_floor, of_ceiling); rates_by_dependants + of (+ the same); "
    "individual_from + individual_to; share_of + share"
)
ADDED = Place(
    files=(FormulaFile,),
    shared=("of", *_OF_A_RATE),
)

_RATED = {"quotient", "income", "cost"}
_BRACKETED = {
    "quotient",
    "income",
    "cost",
    "dependants",
    "rank",
    "siblings",
    "nth",
    "age",
}


def _bracket(file: BracketFile) -> Bracket:
    return Bracket(label=file.label, bounds=bounds(file), prices=file.prices)


_SIZE = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3})|(\+))?", re.ASCII)


def _packages(file: PackagesFile) -> Packages:
    return Packages(
        of=file.of,
        within=file.within,
        sizes=tuple(_size(key, code) for key, code in file.sizes.items()),
        other_sizes=file.other_sizes,
    )


def _size(text: str, code: PrestationCode) -> Size:
    found = _SIZE.fullmatch(text)
    if found is None:
        msg = f'{text!r} is no number of days: write 5, a range "4-5" or "6+"'
        raise ValueError(msg)
    first, last, more = found.groups()
    if more:
        return Size(first=int(first), last=None, billed_as=code)
    return Size(first=int(first), last=int(last or first), billed_as=code)


def _tariff(file: TariffFile) -> CodedTariff:
    if file.until is not None and file.until < file.since:
        msg = f"until {file.until} is before since {file.since}: it never was"
        raise ValueError(msg)
    rounding = file.rounding
    tariff = Tariff(
        when=file.when,
        grid=_grid(file),
        without_quotient=file.without_quotient,
        adjustments=file.adjustments,
        rounding=Rounding(toward=rounding.toward, step=rounding.step),
        point=rounding.point,
        packages=file.packages,
        grid_of=file.grid_of,
        last_day=file.until,
    )
    return CodedTariff(
        code=file.code,
        decision=Decision(since=file.since, source=file.source, value=tariff),
    )


def _grid(file: TariffFile) -> Grid:
    if (file.prices is None) == (file.brackets is None):
        msg = "has prices and brackets, or neither: keep one of them"
        raise ValueError(msg)
    if file.prices is not None:
        return fixed(file.prices)
    if file.brackets_of not in _BRACKETED:
        listed = ", ".join(sorted(_BRACKETED))
        msg = f"brackets_of is {file.brackets_of!r}, expected one of {listed}"
        raise ValueError(msg)
    return Grid(
        brackets=file.brackets or (),
        by=file.brackets_of,
        between=file.between,
    )


def _tariffs(versions: tuple[CodedTariff, ...]) -> Tariffs:
    codes = dict.fromkeys(version.code for version in versions)
    located = [
        (one.code, evolve(one.decision, path=f"[{rank}]"))
        for rank, one in enumerate(versions)
    ]
    named: list[Named] = []
    faults: list[Fault] = []
    for code in codes:
        decisions = tuple(d for of, d in located if of == code)
        try:
            named.append(Named(code, History(decisions)))
        except ValueError as error:
            msg = (
                f"{error}: versions of « {code} » are written oldest first; "
                "tariffs side by side each need a code"
            )
            faults.append(Fault("", msg))
    if faults:
        raise Unreadable(*faults)
    return Tariffs(tuple(named))


def _combination(file: CombinationFile) -> Combination:
    return Combination(amplitudes=file.amplitudes, priced_as=file.priced_as)


def _quotients(file: QuotientsFile) -> QuotientPolicy:
    day = file.reference_day
    return QuotientPolicy(
        effective=file.effective,
        valid_months=file.valid_months,
        reference_day=None if day is None else month_and_day(day),
    )


def _siblings(file: SiblingsFile) -> Siblings:
    return Siblings(counted=file.counted, order=file.order)


SHAPES = (
    Shape(Formula, FormulaFile, _formula, short=_figure),
    *ADJUSTMENT_SHAPES,
    Shape(Bracket, BracketFile, _bracket),
    Shape(Packages, PackagesFile, _packages),
    Shape(CodedTariff, TariffFile, _tariff),
    Shape(Tariffs, tuple[CodedTariff, ...], _tariffs),
    Shape(Combination, CombinationFile, _combination),
    Shape(QuotientPolicy, QuotientsFile, _quotients),
    Shape(Siblings, SiblingsFile, _siblings),
)

"""
Adjustments, as written: told apart by their leading key.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from attrs import field, frozen

from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.ids import PrestationCode
from portail_core.domain.tariffs import (
    Add,
    Adjustment,
    Aid,
    AidShare,
    Ceiling,
    Factor,
    FamilyPart,
    Floor,
    LowerBracket,
    Per,
    Replace,
    Round,
    Rounding,
    Step,
    Toward,
)
from portail_core.wire import Shape

from ._added import Place, by_plugin, forms
from ._says import only, says


@frozen(kw_only=True)
class AdjustmentFile:
    """
    One step of a price: `factor`; `add`; `replace`; `lower_bracket`; `floor`;
    `ceiling`; `round_to`; `aid`, `aid_share` or `family_part` with `payer`.
    """

    label: str = field(
        metadata=says(
            "The règlement's own words, shown with the price.",
            example='"Hors commune : majoration de 2 €"',
        ),
    )
    when: When = field(
        default=ALWAYS,
        metadata=says(
            "In which cases; always without it.",
            example='{ residency = ["hors-commune"] }',
        ),
    )
    prestations: tuple[PrestationCode, ...] | None = field(
        default=None,
        metadata=says(
            "For these prestations; all that the tariff prices without it.",
            example='["repas"]',
        ),
    )
    factor: Decimal | None = field(
        default=None,
        metadata=says(
            'The price is multiplied: 20 % less is "0.80", double is "2".',
            example='"0.80"',
        ),
    )
    add: Decimal | None = field(
        default=None,
        metadata=says(
            "Added to the price, euros; below zero for a discount.",
            example='"2.00"',
        ),
    )
    per: Per = field(
        default=Per.UNIT,
        metadata=says(
            "What `add` or `aid` is for: each `unit` billed, the `line` "
            "whatever its quantity, or once a child and `day`.",
            example='"day"',
        ),
    )
    replace: Decimal | None = field(
        default=None,
        metadata=says(
            "Another price in its place, euros a unit.", example='"1.75"'
        ),
    )
    lower_bracket: int | None = field(
        default=None,
        metadata=says(
            "The price of so many brackets below; the first stays the first.",
            example="1",
        ),
    )
    floor: Decimal | None = field(
        default=None,
        metadata=says("No less than this, euros a unit.", example='"2.60"'),
    )
    ceiling: Decimal | None = field(
        default=None,
        metadata=says("No more than this, euros a unit.", example='"4.50"'),
    )
    round_to: Decimal | None = field(
        default=None,
        metadata=says(
            "Rounded to a multiple of this, euros, before what follows.",
            example='"0.10"',
        ),
    )
    toward: Toward = field(
        default=Toward.HALF_UP,
        metadata=says(
            "Which way `round_to` goes: `half-up`, `down` or `up`.",
            example='"down"',
        ),
    )
    aid: Decimal | None = field(
        default=None,
        metadata=says(
            "What `payer` pays, euros, by `per`; never more than is due.",
            example='"3.00"',
        ),
    )
    aid_share: Decimal | None = field(
        default=None,
        metadata=says(
            "The share of the price that `payer` pays.", example='"0.30"'
        ),
    )
    family_part: Decimal | None = field(
        default=None,
        metadata=says(
            "What the family pays, euros a unit; `payer` pays the rest.",
            example='"0.50"',
        ),
    )
    payer: str | None = field(
        default=None,
        metadata=says("Who helps.", example='"CCAS"'),
    )


_COMMON = ("label", "when", "prestations")
_STEPS = (
    "an adjustment is one of: factor; add (+ per); replace; lower_bracket; "
    "floor; ceiling; round_to (+ toward); aid + payer (+ per); aid_share + "
    "payer; family_part + payer"
)


def _adjustment(file: AdjustmentFile) -> Adjustment:
    return Adjustment(
        label=file.label,
        when=file.when,
        only=file.prestations,
        step=_step(file),
    )


def _step(file: AdjustmentFile) -> Step:
    kind: Step | None = by_plugin(file, *_COMMON, of=_STEPS)
    if kind is not None:
        return kind
    for key, others, make in _KINDS:
        if getattr(file, key) is not None:
            only(file, key, *others, *_COMMON, of=_STEPS)
            return make(file)
    msg = f"{_STEPS}{forms(file)}"
    raise ValueError(msg)


def _factor(file: AdjustmentFile) -> Step:
    assert file.factor is not None, "its leading key"
    return Factor(factor=file.factor)


def _add(file: AdjustmentFile) -> Step:
    assert file.add is not None, "its leading key"
    return Add(add=file.add, per=file.per)


def _replace(file: AdjustmentFile) -> Step:
    assert file.replace is not None, "its leading key"
    return Replace(replace=file.replace)


def _lower_bracket(file: AdjustmentFile) -> Step:
    assert file.lower_bracket is not None, "its leading key"
    return LowerBracket(lower_bracket=file.lower_bracket)


def _floor(file: AdjustmentFile) -> Step:
    assert file.floor is not None, "its leading key"
    return Floor(floor=file.floor)


def _ceiling(file: AdjustmentFile) -> Step:
    assert file.ceiling is not None, "its leading key"
    return Ceiling(ceiling=file.ceiling)


def _round(file: AdjustmentFile) -> Step:
    assert file.round_to is not None, "its leading key"
    return Round(round=Rounding(toward=file.toward, step=file.round_to))


def _aid(file: AdjustmentFile) -> Step:
    assert file.aid is not None, "its leading key"
    return Aid(payer=_payer(file), amount=file.aid, per=file.per)


def _aid_share(file: AdjustmentFile) -> Step:
    assert file.aid_share is not None, "its leading key"
    return AidShare(payer=_payer(file), share=file.aid_share)


def _family_part(file: AdjustmentFile) -> Step:
    assert file.family_part is not None, "its leading key"
    return FamilyPart(payer=_payer(file), amount=file.family_part)


def _payer(file: AdjustmentFile) -> str:
    if file.payer is None:
        msg = 'payer is missing: say who helps, as "CCAS"'
        raise ValueError(msg)
    return file.payer


_KINDS: tuple[
    tuple[str, tuple[str, ...], Callable[[AdjustmentFile], Step]], ...
] = (
    ("factor", (), _factor),
    ("add", ("per",), _add),
    ("replace", (), _replace),
    ("lower_bracket", (), _lower_bracket),
    ("floor", (), _floor),
    ("ceiling", (), _ceiling),
    ("round_to", ("toward",), _round),
    ("aid", ("payer", "per"), _aid),
    ("aid_share", ("payer",), _aid_share),
    ("family_part", ("payer",), _family_part),
)

ADDED = Place(files=(AdjustmentFile,), shared=("payer",))
SHAPES = (Shape(Adjustment, AdjustmentFile, _adjustment),)

"""
Amplitudes: the shapes a booked day may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import Attribute, field, frozen

from .checks import not_empty
from .ids import AmplitudeCode, PartCode, PrestationCode


def _none_twice(
    _: object, attribute: Attribute[Any], values: tuple[str, ...]
) -> None:
    if len(set(values)) != len(values):
        msg = f"{attribute.name} names one twice: {', '.join(values)}"
        raise ValueError(msg)


def _quantities(
    _: object, __: object, prestations: Mapping[str, Decimal]
) -> None:
    for code, quantity in prestations.items():
        if quantity <= 0:
            msg = f"{code} is counted {quantity} times, expected more than 0"
            raise ValueError(msg)


@frozen(kw_only=True)
class Amplitude:
    """
    « JOURNEE AVEC REPAS », « MATIN »: what a family chooses for a day.

    Attributes:
        parts: Parts of the day that it occupies; two amplitudes of one child
            and day may not share one.

        prestations: What is billed, each with its quantity (times, or hours).

        timed: What is billed by the time between arrival and departure.
    """

    code: AmplitudeCode
    label: str = field(validator=not_empty)
    parts: tuple[PartCode, ...] = field(validator=[not_empty, _none_twice])
    prestations: Mapping[PrestationCode, Decimal] = field(
        validator=_quantities
    )
    timed: tuple[PrestationCode, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.prestations and not self.timed:
            msg = f"« {self.label} » bills nothing: prestations is empty"
            raise ValueError(msg)

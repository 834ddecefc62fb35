"""
Combinations: amplitudes of one day that are priced as a larger one.
"""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from .ids import AmplitudeCode


def _several(
    _: object, attribute: Attribute[Any], codes: tuple[str, ...]
) -> None:
    if len(set(codes)) != len(codes) or len(codes) == 1 or not codes:
        msg = f"{attribute.name}: write two or more, each of them once"
        raise ValueError(msg)


@frozen(kw_only=True)
class Combination:
    """
    « matin + repas + après-midi = journée ».

    Attributes:
        amplitudes: All of them, on one day; two at the least.

        priced_as: What the day then costs.
    """

    amplitudes: tuple[AmplitudeCode, ...] = field(validator=_several)
    priced_as: AmplitudeCode

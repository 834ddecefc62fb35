"""
Combinations: amplitudes of one day that are priced as a larger one.
"""

from __future__ import annotations

from attrs import field, frozen

from .checks import not_empty
from .ids import AmplitudeCode


@frozen(kw_only=True)
class Combination:
    """
    « matin + repas + après-midi = journée ».

    Attributes:
        amplitudes: All of them, on one day.

        priced_as: What the day then costs.
    """

    amplitudes: tuple[AmplitudeCode, ...] = field(validator=not_empty)
    priced_as: AmplitudeCode

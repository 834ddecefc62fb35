"""
Amplitudes of one child and day that do not go together, or only together.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.ids import AmplitudeCode
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line

from ._refusals import (
    AmplitudeNeeded,
    AmplitudesExclusive,
    DayTakenElsewhere,
)
from ._wish import Situation


def together(line: Line, situation: Situation) -> Iterator[Refusal]:
    """
    What the child's other amplitudes of that day make of *line*.

    Of another household's, nothing is told but that the day is taken; they
    are of no help to an amplitude that needs another.
    """
    reglement = situation.reglement
    amplitude = reglement.find_amplitude(line.amplitude)
    assert amplitude is not None, "the accueil offers it"
    same_day = [o for o in situation.others if o.day == line.day]
    for other in same_day:
        if not _exclude(amplitude, other.amplitude, reglement):
            continue
        if other.household == situation.household.id:
            label = _label(other.amplitude, reglement)
            yield AmplitudesExclusive(line.day, label)
        else:
            yield DayTakenElsewhere(line.day)
    own = {
        other.amplitude
        for other in same_day
        if other.household == situation.household.id
    }
    if amplitude.requires and own.isdisjoint(amplitude.requires):
        labels = (_label(code, reglement) for code in amplitude.requires)
        yield AmplitudeNeeded(line.day, tuple(labels))


def _exclude(
    amplitude: Amplitude, code: AmplitudeCode, reglement: Reglement
) -> bool:
    # It may be of an older version, which alone knew it.
    other = reglement.find_amplitude(code)
    return code in amplitude.excludes or (
        other is not None and amplitude.code in other.excludes
    )


def _label(code: AmplitudeCode, reglement: Reglement) -> str:
    found = reglement.find_amplitude(code)
    return code if found is None else found.label

"""
What is billed, and has no price.
"""

from __future__ import annotations

from collections.abc import (
    Iterator,
    Set as AbstractSet,
)
from typing import TYPE_CHECKING

from portail_core.domain.ids import (
    AmplitudeCode,
    PrestationCode,
)
from portail_core.domain.offers import Accueil, Period
from portail_core.domain.tariffs import Tariffs

if TYPE_CHECKING:
    from ._reglement import Reglement


def unpriced(reglement: Reglement) -> tuple[str, ...]:
    faults: dict[str, None] = {}
    for period in reglement.periods:
        accueil = reglement.find_accueil(period.accueil)
        tariffs = next(
            (
                terms.tariffs
                for terms in reglement.levels(period)
                if terms.tariffs is not None
            ),
            None,
        )
        if accueil is None or tariffs is None:
            continue  # told elsewhere
        codes = _priced_as(reglement, period, accueil)
        for code, amplitude in _billed(reglement, codes).items():
            faults |= dict.fromkeys(_gaps(tariffs, code, amplitude))
    return tuple(faults)


def _priced_as(
    reglement: Reglement, period: Period, accueil: Accueil
) -> frozenset[AmplitudeCode]:
    offered = set(accueil.amplitudes)
    larger = (
        one.priced_as
        for one in reglement.combinations_of(period)
        if offered.issuperset(one.amplitudes)
    )
    return frozenset({*offered, *larger})


def _billed(
    reglement: Reglement, codes: AbstractSet[AmplitudeCode]
) -> dict[PrestationCode, AmplitudeCode]:
    return {
        code: amplitude.code
        for amplitude in reglement.amplitudes
        if amplitude.code in codes
        for code in (*amplitude.prestations, *amplitude.timed)
    }


def _gaps(
    tariffs: Tariffs, code: PrestationCode, amplitude: AmplitudeCode
) -> Iterator[str]:
    pricing = [
        one
        for one in tariffs.named
        if any(code in d.value.prices for d in one.versions.decisions)
    ]
    if not pricing:
        yield (
            f"tariffs: no price for {code!r}, which the amplitude "
            f"{amplitude!r} bills"
        )
    for one in pricing:
        priced = False
        for decision in one.versions.decisions:
            if priced and code not in decision.value.prices:
                yield (
                    f"{decision.path or 'tariffs'}: no price for {code!r} "
                    f"from {decision.since}, which the amplitude "
                    f"{amplitude!r} bills, and there was one before"
                )
            priced = code in decision.value.prices

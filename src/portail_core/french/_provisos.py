"""
What may still change of a cancelled day, and what is due beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail_core.domain.cancellation import Pending, Settlement
from portail_core.domain.money import ZERO

from ._days import moment
from ._figures import amount
from ._typography import typeset


def provisos(settlement: Settlement) -> tuple[str, ...]:
    """
    What to say of a settlement beside where its money goes; often nothing.
    """
    return tuple(map(typeset, _provisos(settlement)))


def _provisos(settlement: Settlement) -> Iterator[str]:
    if settlement.waiting_days == 1:
        yield "Ce jour reste dû : c’est le jour de carence."
    elif settlement.waiting_days:
        yield (
            f"Ce jour reste dû : c’est l’un des {settlement.waiting_days} "
            "premiers de l’absence (carence)."
        )
    if settlement.pending is not None:
        yield _pending(settlement.pending)
    if settlement.rebilled != ZERO:
        yield (
            f"L’aide de {amount(settlement.rebilled)} déduite à la "
            "réservation vous sera facturée."
        )


def _pending(pending: Pending) -> str:
    return (
        f"Provisoire : {amount(pending.credited)} de plus en avoir si le "
        f"document demandé ({pending.document}) arrive au plus tard le "
        f"{moment(pending.until)}."
    )

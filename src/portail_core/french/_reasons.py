"""
Where a price comes from, and where the money of a cancelled day goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail_core.domain.money import ZERO, Money
from portail_core.domain.quotes import Why

from ._figures import amount
from ._typography import typeset

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "tariff.fixed": "Tarif voté ({source}).",
        "tariff.rate": (
            "Tarif calculé sur vos ressources, comme le règlement le dit "
            "({source})."
        ),
        "tariff.individual": (
            "Tarif fixé pour votre famille par le service ({source})."
        ),
        "tariff.kind": "Tarif calculé comme le règlement le dit ({source}).",
        "tariff.share-of": "Part d’un autre tarif ({source}).",
        "tariff.quotient.lowest": (
            "Sans quotient familial enregistré, tarif d’un quotient de 0 "
            "({source})."
        ),
        "tariff.bracket": "Tarif de la tranche « {label} » ({source}).",
        "tariff.bracket.between": (
            "Votre quotient familial n’est dans aucune tranche imprimée, ou "
            "dans deux : le règlement retient « {label} » ({source})."
        ),
        "tariff.quotient.highest": (
            "Sans quotient familial enregistré, tarif de la tranche "
            "« {label} » ({source}) : transmettez votre attestation au "
            "service pour un tarif selon vos ressources."
        ),
    }
)
"""Rule of a `Why` → its sentence; {label}, {path} and {source} are at hand."""

UNLABELLED: Mapping[str, str] = MappingProxyType(
    {
        "tariff.quotient.highest": (
            "Sans quotient familial enregistré, tarif le plus élevé "
            "({source}) : transmettez votre attestation au service pour un "
            "tarif selon vos ressources."
        ),
    }
)
"""The same, for a price that is of no bracket."""


def why(reason: Why, *, overrides: Mapping[str, str] | None = None) -> str:
    """
    Where a figure comes from, in a sentence.

    Args:
        reason: As a price carries it.

        overrides: Rule → sentence, before those of `REASONS`.

    Raises:
        KeyError: If the rule has no sentence yet: a mistake of ours.
    """
    unlabelled = {} if reason.label else UNLABELLED
    sentences = {**REASONS, **unlabelled, **(overrides or {})}
    if reason.rule not in sentences:
        msg = f"{reason.rule!r} has no sentence: add one to french.REASONS"
        raise KeyError(msg)
    return typeset(sentences[reason.rule]).format(
        label=reason.label, path=reason.path, source=reason.source
    )


CREDITED: Mapping[str, str] = MappingProxyType(
    {
        "payment.late.place-gone": (
            "Paiement arrivé après le délai, la place n’était plus libre."
        ),
        "payment.late.day-changed": (
            "Paiement d’une modification, arrivé après que la réservation a "
            "changé."
        ),
        "payment.late.request-changed": (
            "Paiement d’une demande dont les jours ont changé depuis."
        ),
        "payment.late.no-longer-waited-for": (
            "Paiement d’une demande déjà payée ou supprimée."
        ),
    }
)
"""Rule → sentence, for avoirs that no line of the règlement explains."""


def credited(reason: str) -> str:
    """
    Why an avoir gives a day back: a sentence of ours, or the règlement's own.

    >>> credited("Annulation à temps.")
    'Annulation à temps.'
    """
    return CREDITED.get(reason, reason)


def settlement(*, kept: Money, credited: Money, reason: str) -> str:
    r"""
    Where the money of a cancelled day goes, and the règlement's sentence.

    >>> settlement(
    ...     kept=Money(0), credited=Money(1250), reason="Annulation à temps."
    ... ).replace("\xa0", " ")
    '12,50 € sont crédités en avoir : « Annulation à temps. »'
    """
    stop = "" if reason.endswith((".", "!", "?", "…")) else "."
    head = typeset(f"{_split(kept, credited)} : « ")
    return f"{head}{reason}{typeset(' »')}{stop}"


def _split(kept: Money, credited: Money) -> str:
    if kept == credited == ZERO:
        return "Rien n’est à rendre pour ce jour"
    if kept == ZERO:
        return f"{_counted(credited, 'crédité')} en avoir"
    if credited == ZERO:
        return f"Aucun avoir, {_counted(kept, 'conservé')}"
    return (
        f"{_counted(credited, 'crédité')} en avoir "
        f"et {_counted(kept, 'conservé')}"
    )


def _counted(money: Money, participle: str) -> str:
    # The plural begins at two: « 1,50 € est crédité ».
    if money < Money(200):
        return f"{amount(money)} est {participle}"
    return f"{amount(money)} sont {participle}s"

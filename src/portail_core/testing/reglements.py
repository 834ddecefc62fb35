"""
A small règlement: one régie, one accueil, the Wednesdays of a spring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import evolve, fields

from portail_core.domain.admission import Gate
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.bounds import Bounds
from portail_core.domain.calendars import Calendar
from portail_core.domain.cancellation import CreditedShare, Outcome, Policy
from portail_core.domain.capacity import Pool
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    DaysBefore,
    Deadline,
    one_deadline,
)
from portail_core.domain.ids import (
    EstablishmentCode,
    PrestationCode,
    TariffCode,
)
from portail_core.domain.offers import Accueil, Establishment, Period
from portail_core.domain.reglement import Hold, Operator, Regie, Reglement
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Fixed,
    Grid,
    Named,
    Nature,
    Prestation,
    Prices,
    Tariff,
    Tariffs,
    WithoutQuotient,
)
from portail_core.domain.terms import Terms

from .builders import (
    ACCUEIL,
    DEMI_JOURNEE,
    JOURNEE,
    JOURNEE_REPAS,
    MATIN,
    PARTS,
    PERIOD,
    POOL,
    REGIE,
    REPAS,
)

T = TypeVar("T")

SITE = EstablishmentCode("AUBIGNOSC")
FIRST_WEDNESDAY = dt.date(2026, 5, 6)
WEDNESDAYS = tuple(
    FIRST_WEDNESDAY + dt.timedelta(weeks=week) for week in range(8)
)
"""From 6 May to 24 June 2026, both included."""


def reglement(**changes: Any) -> Reglement:
    """
    Two places a part of a day, held two hours; booked until two days before
    at noon, cancelled for an avoir until seven days before.
    """
    return changed(_reglement(), **changes)


def changed(of: Reglement, **changes: Any) -> Reglement:
    """
    *of* with other parts, or with other terms of the operator.
    """
    names = {key.name for key in fields(Terms)}
    terms = {name: changes.pop(name) for name in names & changes.keys()}
    return evolve(of, terms=evolve(of.terms, **terms), **changes)


def _reglement() -> Reglement:
    return Reglement(
        operator=_operator(),
        regies=(Regie(code=REGIE, label="Accueil de loisirs", series="ALSH"),),
        establishments=(Establishment(code=SITE, label="Aubignosc"),),
        accueils=(_accueil(),),
        periods=(_period(),),
        prestations=_prestations(),
        amplitudes=_amplitudes(),
        pools=(pool(),),
        hold=_always(Hold(minutes=120), "hold[0]"),
        terms=Terms(
            gates=(Gate.HOUSEHOLD_DESCRIBED,),
            book_until=_always(one_deadline(_noon(days=2)), "book_until[0]"),
            cancellations=_always(_policy(), "cancellations[0]"),
            tariffs=tariffs(
                *_always(by_bracket(grid()), "tariffs[0]").decisions
            ),
        ),
    )


def pool(**changes: Any) -> Pool:
    """
    Two places, for children of any age.
    """
    return evolve(
        Pool(
            code=POOL,
            label="Aubignosc",
            capacity=2,
            accueils=(ACCUEIL,),
            parts=PARTS[JOURNEE_REPAS],
        ),
        **changes,
    )


def tariffs(*versions: Decision[Tariff]) -> Tariffs:
    """
    One tariff, version after version.
    """
    return Tariffs((Named(TariffCode("tarif"), History(versions)),))


def by_bracket(of: Grid) -> Tariff:
    """
    For everybody; without a quotient, the highest price.
    """
    return Tariff(grid=of, without_quotient=WithoutQuotient.HIGHEST)


def grid() -> Grid:
    """
    Three brackets as they are printed, holes and all.
    """
    return Grid(
        brackets=(
            _bracket("QF de 0 à 550", 0, 550, ("7.20", "3.50", "4.00")),
            _bracket("QF de 551 à 700", 551, 700, ("8.50", "4.00", "4.50")),
            _bracket(
                "QF de 701 et plus", 701, None, ("12.00", "4.50", "6.00")
            ),
        ),
        between=Between.LOWER,
    )


def _bracket(
    label: str, above: int, up_to: int | None, prices: tuple[str, str, str]
) -> Bracket:
    billed: tuple[PrestationCode, ...] = (JOURNEE, REPAS, DEMI_JOURNEE)
    return Bracket(
        label=label,
        bounds=Bounds(
            above=Decimal(above),
            up_to=None if up_to is None else Decimal(up_to),
        ),
        prices=fixed_at(dict(zip(billed, prices, strict=True))),
    )


def fixed_at(prices: Mapping[PrestationCode, str]) -> Prices:
    """
    Prices as printed: « 7.20 ».
    """
    return {code: Fixed(Decimal(text)) for code, text in prices.items()}


def _operator() -> Operator:
    return Operator(
        name="Communauté de communes d'essai",
        department="04",
        sender_name="LES PETITES POUSSES",
        sender="portail@example.org",
        signature="Le service enfance",
    )


def _accueil() -> Accueil:
    return Accueil(
        code=ACCUEIL,
        label="PERISCOLAIRE MERCREDIS",
        establishment=SITE,
        regie=REGIE,
        amplitudes=(JOURNEE_REPAS, MATIN),
    )


def _period() -> Period:
    return Period(
        code=PERIOD,
        label="Mercredis de mai et juin 2026",
        accueil=ACCUEIL,
        calendar=Calendar(
            first_day=dt.date(2026, 5, 1),
            last_day=dt.date(2026, 6, 30),
            open_days=WEDNESDAYS,
            public_holidays=(
                dt.date(2026, 5, 1),
                dt.date(2026, 5, 8),
                dt.date(2026, 5, 14),
                dt.date(2026, 5, 25),
            ),
        ),
        opens_at=None,
        closes_at=None,
    )


def _prestations() -> tuple[Prestation, ...]:
    return (
        Prestation(code=JOURNEE, label="Journée", nature=Nature.CARE),
        Prestation(code=REPAS, label="Repas", nature=Nature.MEAL),
        Prestation(code=DEMI_JOURNEE, label="Matin", nature=Nature.CARE),
    )


def _amplitudes() -> tuple[Amplitude, ...]:
    once = Decimal(1)
    return (
        Amplitude(
            code=JOURNEE_REPAS,
            label="JOURNEE AVEC REPAS",
            parts=PARTS[JOURNEE_REPAS],
            prestations={JOURNEE: once, REPAS: once},
        ),
        Amplitude(
            code=MATIN,
            label="MATIN",
            parts=PARTS[MATIN],
            prestations={DEMI_JOURNEE: once},
        ),
    )


def _policy() -> Policy:
    return Policy(
        outcomes=(
            Outcome(
                until=_noon(days=7),
                gift=CreditedShare(Decimal(1)),
                label="annulation au plus tard 7 jours avant : avoir",
            ),
            Outcome(
                until=None,
                gift=CreditedShare(Decimal(0)),
                label="annulation trop tardive : la journée reste due",
            ),
        )
    )


def _noon(days: int) -> Deadline:
    return DaysBefore(days=days, at=dt.time(12))


def _always(value: T, path: str) -> History[T]:
    decision = Decision(
        since=dt.date(2025, 9, 1),
        source="délibération n° 2025-34",
        value=value,
        path=path,
    )
    return History((decision,))

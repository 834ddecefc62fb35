"""
The child-day that a command is about: which period, which facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from portail_core import french
from portail_core.domain.facts import (
    NUMBERS,
    Booked,
    FactMissing,
    Facts,
    Scheme,
)
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    FactName,
    PeriodCode,
)
from portail_core.domain.offers import Accueil, Period
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement, every_terms
from portail_core.wire import read_figure


def the_accueil(reglement: Reglement, code: str) -> Accueil:
    """
    The accueil of this code.

    Raises:
        ValueError: Which lists those that there are.
    """
    accueil = reglement.find_accueil(AccueilCode(code))
    if accueil is None:
        listed = ", ".join(one.code for one in reglement.accueils)
        msg = f"the règlement has no accueil {code!r}: it has {listed}"
        raise ValueError(msg)
    return accueil


def periods_of(reglement: Reglement, accueil: Accueil) -> tuple[Period, ...]:
    """
    Those of the accueil, in the order of the file.
    """
    return tuple(p for p in reglement.periods if p.accueil == accueil.code)


def periods_around(periods: Iterable[Period], day: dt.date) -> list[Period]:
    """
    Those that have *day* between their first and last, open or not.
    """
    return [
        p
        for p in periods
        if p.calendar.first_day <= day <= p.calendar.last_day
    ]


def the_period(
    reglement: Reglement, accueil: Accueil, day: dt.date, code: str | None
) -> Period:
    """
    The period that *day* is of: the one named, or the only one that is open
    that day, or that has it.

    Raises:
        ValueError: If there is none, or several, with all of them.
    """
    periods = periods_of(reglement, accueil)
    if code is not None:
        named = [p for p in periods if p.code == PeriodCode(code)]
        return _only(named, periods, f"the accueil has no period {code!r}")
    around = periods_around(periods, day)
    is_open = [p for p in around if p.calendar.is_open(day)]
    several = is_open or around
    complaint = (
        f"{day} is in several periods, add --period"
        if several
        else f"no period of « {accueil.label} » has {day}"
    )
    return _only(several, periods, complaint)


def _only(
    found: list[Period], periods: Iterable[Period], complaint: str
) -> Period:
    if len(found) == 1:
        return found[0]
    listed = "; ".join(
        f"{p.code}, {p.calendar.first_day} to {p.calendar.last_day}"
        for p in found or periods
    )
    msg = f"{complaint}: {listed or 'there is none'}"
    raise ValueError(msg)


def the_amplitudes(
    reglement: Reglement, accueil: Accueil, code: str | None
) -> tuple[AmplitudeCode, ...]:
    """
    The one that is asked for; else all that the accueil offers.

    Raises:
        ValueError: If the accueil does not offer it, with those it does.
    """
    if code is None:
        return accueil.amplitudes
    try:
        return (reglement.amplitude(accueil, AmplitudeCode(code)).code,)
    except Refused:
        listed = ", ".join(accueil.amplitudes)
        msg = f"« {accueil.label} » has no amplitude {code!r}: {listed}"
        raise ValueError(msg) from None


def facts_of(
    *,
    day: dt.date,
    period: Period,
    amplitude: AmplitudeCode,
    stated: Mapping[str, str],
) -> Facts:
    """
    The facts of a child-day, with those that were stated on the command line.

    Args:
        day: Its day.

        period: Which it is of.

        amplitude: Which is asked for.

        stated: « residency » → « commune », and so on; what is no fact of
            the library is one that the règlement names.

    Raises:
        ValueError: If a figure is none.
    """
    named: dict[FactName, str] = {}
    known: dict[str, Any] = {}
    for name, text in stated.items():
        if name in NUMBERS:
            known[name] = _figure(name, text)
        elif name in _READ:
            known[name] = _READ[name](text)
        else:
            named[FactName(name)] = text
    return Facts(
        day=day,
        accueil=period.accueil,
        amplitude=amplitude,
        season=period.calendar.season(day),
        named=named,
        **known,
    )


_READ: Mapping[str, Callable[[str], object]] = {
    "booked": Booked,
    "meal_supplied": lambda word: word == "yes",
    "residency": str,
    "scheme": Scheme,
}


def _figure(name: str, text: str) -> Decimal | int | dt.time:
    try:
        if name in {"arrives", "leaves"}:
            return dt.time.fromisoformat(text)
        figure = read_figure(text)
    except ValueError:
        figure = Decimal(-1)
    is_whole = name not in {"quotient", "income", "cost"}
    if figure < 0 or (is_whole and figure % 1):
        msg = f"{name} is {text!r}, which is no figure or hour"
        raise ValueError(msg)
    return int(figure) if is_whole else figure


def check_words(reglement: Reglement, stated: Mapping[str, str]) -> None:
    """
    Accept facts that there are, each with a word that it may be; any word
    where the règlement declares none.

    Raises:
        ValueError: With a line for each that is not.
    """
    declared = _declared(reglement)
    asked = {
        fact
        for terms in every_terms(reglement)
        if terms.tariffs is not None
        for fact in terms.tariffs.facts
    }
    names = sorted({*NUMBERS, *declared, *asked})
    faults = [
        f"--fact {name}: there is no such fact, only {', '.join(names)}"
        for name in stated
        if name not in names
    ]
    faults += [
        f"--fact {name}: {text!r} is not among {', '.join(words)}"
        for name, text in stated.items()
        if (words := declared.get(name, ())) and text not in words
    ]
    if faults:
        raise ValueError("\n".join(faults))


def _declared(reglement: Reglement) -> Mapping[str, tuple[str, ...]]:
    return {
        "residency": tuple(one.code for one in reglement.residencies),
        "scheme": tuple(scheme.value for scheme in Scheme),
        "booked": tuple(booked.value for booked in Booked),
        "meal_supplied": ("yes", "no"),
        **{str(name): words for name, words in reglement.named_facts.items()},
    }


def sentences(refused: Refused, reglement: Reglement) -> str:
    """
    Every reason, a line each, as a family would read it; and what to add to
    the command, where a fact is missing.
    """
    declared = _declared(reglement)
    return "\n".join(
        f"{french.refusal(reason)}{_to_add(reason, declared)}"
        for reason in refused.refusals
    )


def _to_add(reason: Refusal, declared: Mapping[str, tuple[str, ...]]) -> str:
    if not isinstance(reason, FactMissing):
        return ""
    words = "|".join(declared.get(reason.fact, ())) or "…"
    return f" [add --fact {reason.fact}={words}]"

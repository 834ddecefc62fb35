"""
What must hold between the parts of a règlement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import (
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
from typing import TYPE_CHECKING, Protocol

from portail_core.domain.admission import Gate
from portail_core.domain.cancellation import (
    unknown_names,
)
from portail_core.domain.references import (
    named_by_amplitudes,
    named_by_pools,
    unknown_seasons,
)

from ._conditions import unknown_in_conditions
from ._levels import every_terms
from ._prices import unpriced

if TYPE_CHECKING:
    from ._reglement import Reglement


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def faults(reglement: Reglement) -> Iterator[str]:
    """
    All that is wrong between its parts, each with its place.
    """
    yield from _twice(reglement)
    yield from _numbered_alike(reglement)
    yield from _dangling(reglement)
    yield from _combined_twice(reglement)
    yield from _unreadable_rules(reglement)
    yield from _undecided(reglement)
    yield from _untimed(reglement)
    yield from _unknown_to_cancel(reglement)
    yield from unknown_seasons(
        reglement.pools, reglement.accueils, reglement.periods
    )
    yield from unpriced(reglement)
    yield from unknown_in_conditions(reglement)


def _twice(reglement: Reglement) -> tuple[str, ...]:
    kinds: Mapping[str, Iterable[_Coded]] = {
        "regies": reglement.regies,
        "establishments": reglement.establishments,
        "accueils": reglement.accueils,
        "periods": reglement.periods,
        "prestations": reglement.prestations,
        "amplitudes": reglement.amplitudes,
        "pools": reglement.pools,
        "documents": reglement.documents,
        "reasons": reglement.reasons,
        "residencies": reglement.residencies,
    }
    return tuple(
        f"{kind}: the code {code!r} is there {count} times"
        for kind, things in kinds.items()
        for code, count in Counter(thing.code for thing in things).items()
        if count > 1
    )


def _numbered_alike(reglement: Reglement) -> tuple[str, ...]:
    return tuple(
        f"regies: the series {series!r} is that of {count} régies, "
        "which would print the same numbers"
        for series, count in Counter(
            r.series for r in reglement.regies
        ).items()
        if count > 1
    )


def _dangling(reglement: Reglement) -> tuple[str, ...]:
    known: Mapping[str, AbstractSet[str]] = {
        "accueil": {accueil.code for accueil in reglement.accueils},
        "amplitude": {a.code for a in reglement.amplitudes},
        "establishment": {e.code for e in reglement.establishments},
        "part": {part for a in reglement.amplitudes for part in a.parts},
        "prestation": {p.code for p in reglement.prestations},
        "regie": {regie.code for regie in reglement.regies},
    }
    return tuple(
        f"{where}: {code!r} is not among {', '.join(sorted(known[kind]))}"
        for where, kind, code in _named(reglement)
        if code not in known[kind]
    )


def _named(reglement: Reglement) -> Iterator[tuple[str, str, str]]:
    """
    Every place where a code names something else: where, what kind, which.
    """
    for accueil in reglement.accueils:
        where = f"accueils.{accueil.code}"
        yield f"{where}.establishment", "establishment", accueil.establishment
        yield f"{where}.regie", "regie", accueil.regie
        for amplitude in accueil.amplitudes:
            yield f"{where}.amplitudes", "amplitude", amplitude
    for period in reglement.periods:
        yield f"periods.{period.code}.accueil", "accueil", period.accueil
    for document in reglement.documents:
        for code in document.accueils or ():
            yield f"documents.{document.code}.accueils", "accueil", code
    for terms in every_terms(reglement):
        for combination in terms.combinations or ():
            for amplitude in (*combination.amplitudes, combination.priced_as):
                yield "combinations", "amplitude", amplitude
        for decision in terms.tariffs.decisions if terms.tariffs else ():
            for priced in sorted(decision.value.prices):
                yield decision.path or "tariffs", "prestation", priced
    yield from named_by_pools(reglement.pools)
    yield from named_by_amplitudes(reglement.amplitudes)


def _combined_twice(reglement: Reglement) -> Iterator[str]:
    for terms in every_terms(reglement):
        counted = Counter(
            frozenset(one.amplitudes) for one in terms.combinations or ()
        )
        for codes, times in counted.items():
            if times > 1:
                listed = ", ".join(sorted(codes))
                yield (
                    f"combinations: {listed} are together in {times} of "
                    "them, and cost one price: keep one"
                )


def _unreadable_rules(reglement: Reglement) -> tuple[str, ...]:
    asked = any(
        Gate.HOUSE_RULES_ACCEPTED in (terms.gates or ())
        for terms in every_terms(reglement)
    )
    if asked and reglement.house_rules is None:
        fault = (
            "gates: 'house-rules-accepted' asks families to accept a "
            "règlement intérieur, and there are no [[house_rules]]"
        )
        return (fault,)
    return ()


def _undecided(reglement: Reglement) -> tuple[str, ...]:
    return tuple(
        f"periods.{period.code}: nothing decides {subject}: write "
        f"[[{subject}]] for the operator, its accueil or itself"
        for period in reglement.periods
        for subject in ("book_until", "cancellations", "tariffs")
        if all(
            getattr(terms, subject) is None
            for terms in reglement.levels(period)
        )
    )


def _untimed(reglement: Reglement) -> Iterator[str]:
    timed = {one.code for one in reglement.prestations if one.timed}
    known = {one.code for one in reglement.prestations}
    for amplitude in reglement.amplitudes:
        for code in amplitude.timed:
            if code in known - timed:
                yield (
                    f"amplitudes.{amplitude.code}.prestations: {code!r} is "
                    "billed by the time of presence: its prestation needs "
                    "timed"
                )


def _unknown_to_cancel(reglement: Reglement) -> Iterator[str]:
    known = {
        "reasons": frozenset(reason.code for reason in reglement.reasons),
        "prestations": frozenset(p.code for p in reglement.prestations),
    }
    for terms in every_terms(reglement):
        if terms.cancellations is not None:
            yield from unknown_names(terms.cancellations, known)

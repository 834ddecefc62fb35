"""
The règlement intérieur, all of it, as one frozen value.

It holds no calendar rule and no date to work out: those were expanded when the
file was read.  Two règlements are the same if they are equal.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
from typing import Any, ClassVar, Protocol, TypeVar

from attrs import Attribute, field, frozen

from .absences import AbsencePolicy
from .accounts import read_email
from .admission import Gate, Waiver
from .amplitudes import Amplitude
from .arrears import Arrears
from .cancellation import (
    By,
    Policy,
    Reason,
    ReasonUnknown,
    unknown_names,
)
from .capacity import Pool
from .checks import not_empty, positive, whole_number
from .combinations import Combination
from .dated import History
from .deadlines import Deadlines
from .documents import ANY_UPLOADS, DocumentKind, Uploads
from .forms import SETTINGS, FieldUse
from .house_rules import HouseRules
from .ids import (
    AccueilCode,
    AmplitudeCode,
    DocumentCode,
    EstablishmentCode,
    FieldName,
    PeriodCode,
    PoolCode,
    PrestationCode,
    ReasonCode,
    RegieCode,
)
from .offers import Accueil, Establishment, Period
from .quotient_familial import QuotientPolicy
from .references import (
    named_by_amplitudes,
    named_by_pools,
    unknown_seasons,
)
from .refusals import Refusal, Refused
from .rhythms import Rhythm
from .siblings import Siblings
from .tariffs import Prestation, Tariffs
from .terms import Terms
from .windows import ALWAYS_OPEN, Windows

T = TypeVar("T")


def _address(_: object, attribute: Attribute[Any], text: str) -> None:
    try:
        read_email(text)
    except Refused:
        msg = f"{attribute.name} is {text!r}, expected an e-mail address"
        raise ValueError(msg) from None


def _known_settings(
    _: object, __: object, fields: Mapping[FieldName, FieldUse]
) -> None:
    unknown = sorted(fields.keys() - SETTINGS)
    if unknown:
        listed = ", ".join(sorted(SETTINGS))
        faults = (f"fields.{n}: is not among {listed}" for n in unknown)
        raise ValueError(*faults)


@frozen(kw_only=True)
class Operator:
    """
    The local authority or association that runs the service.

    Attributes:
        department: Two or three characters: « 04 », « 2A », « 974 ».

        sender: Address that mails come from.

        signature: Last line of mails.
    """

    name: str = field(validator=not_empty)
    department: str = field(validator=not_empty)
    sender_name: str = field(validator=not_empty)
    sender: str = field(validator=_address)
    signature: str = field(validator=not_empty)


@frozen(kw_only=True)
class Regie:
    """
    A cash office: what it collects is paid, invoiced and credited apart.

    Attributes:
        series: Begins its numbers: « ALSH » gives « ALSH-2026-000001 ».
    """

    code: RegieCode
    label: str = field(validator=not_empty)
    series: str = field(validator=not_empty)


@frozen(kw_only=True)
class Hold:
    """
    How long a request keeps its places before it is paid.
    """

    minutes: int = field(validator=[whole_number, positive])

    @property
    def span(self) -> dt.timedelta:
        """
        Elapsed time, not wall clock.
        """
        return dt.timedelta(minutes=self.minutes)


@frozen
class PeriodUnknown(Refusal):
    """
    The règlement has no such period.
    """

    rule: ClassVar[str] = "offer.period.unknown"
    period: PeriodCode


@frozen
class AmplitudeUnknown(Refusal):
    """
    The accueil does not offer this amplitude.
    """

    rule: ClassVar[str] = "offer.amplitude.unknown"
    amplitude: AmplitudeCode
    offered: tuple[AmplitudeCode, ...]


@frozen(kw_only=True)
class Reglement:
    """
    Everything an operator decided.

    Attributes:
        fields: What the operator makes of the fields of forms, where it
            differs from `portail_core.domain.forms`.

        hold: How long places are held, by day of the request.

        terms: For every accueil and period that has none of its own.

        documents: What families are asked to give.

        uploads: What files are taken.

        house_rules: The règlement intérieur as families read it, by day;
            `None` if the portal shows none.

        reasons: Why days are cancelled, by families or by the operator.
    """

    operator: Operator
    regies: tuple[Regie, ...] = field(validator=not_empty)
    establishments: tuple[Establishment, ...] = field(validator=not_empty)
    accueils: tuple[Accueil, ...] = field(validator=not_empty)
    periods: tuple[Period, ...] = field(validator=not_empty)
    prestations: tuple[Prestation, ...] = field(validator=not_empty)
    amplitudes: tuple[Amplitude, ...] = field(validator=not_empty)
    pools: tuple[Pool, ...]
    fields: Mapping[FieldName, FieldUse] = field(
        factory=dict, validator=_known_settings
    )
    hold: History[Hold]
    terms: Terms
    documents: tuple[DocumentKind, ...] = ()
    uploads: Uploads = ANY_UPLOADS
    house_rules: History[HouseRules] | None = None
    reasons: tuple[Reason, ...] = ()

    def __attrs_post_init__(self) -> None:
        faults = (
            *_twice(self),
            *_numbered_alike(self),
            *_dangling(self),
            *_unreadable_rules(self),
            *_undecided(self),
            *_untimed(self),
            *_unknown_to_cancel(self),
            *unknown_seasons(self.pools, self.accueils, self.periods),
            *_unpriced(self),
        )
        if faults:
            raise ValueError(*faults)

    def period(self, code: PeriodCode) -> Period:
        """
        The period of this code.

        Raises:
            Refused: `PeriodUnknown`.
        """
        period = self.find_period(code)
        if period is None:
            raise Refused(PeriodUnknown(code))
        return period

    def find_period(self, code: PeriodCode) -> Period | None:
        """
        The period of this code; `None` if this version has it no longer.
        """
        return next((p for p in self.periods if p.code == code), None)

    def accueil(self, code: AccueilCode) -> Accueil:
        """
        The accueil of this code, which the règlement has.
        """
        return _coded(self.accueils, code)

    def find_accueil(self, code: AccueilCode) -> Accueil | None:
        """
        The accueil of this code; `None` if this version has it no longer.
        """
        return next((a for a in self.accueils if a.code == code), None)

    def find_document(self, code: DocumentCode) -> DocumentKind | None:
        """
        The document of this code; `None` if this version asks for none.
        """
        return next((d for d in self.documents if d.code == code), None)

    def gates_of(self, period: Period) -> tuple[Gate, ...]:
        """
        What is asked before booking days of *period*.
        """
        return _found(self.levels(period), lambda terms: terms.gates) or ()

    def waivers_of(self, period: Period) -> tuple[Waiver, ...]:
        """
        What is not asked before booking days of *period*.
        """
        return _found(self.levels(period), lambda terms: terms.waivers) or ()

    def arrears_on(self, period: Period, day: dt.date) -> Arrears | None:
        """
        How much may be owed by who asks on *day*; `None` for anything.
        """
        if Waiver.ARREARS in self.waivers_of(period):
            return None
        said = _found(self.levels(period), lambda terms: terms.arrears)
        return _in_force(said, day)

    def rhythm_on(self, period: Period, day: dt.date) -> Rhythm | None:
        """
        How many days a child comes around *day*; `None` for any number.
        """
        said = _found(self.levels(period), lambda terms: terms.rhythms)
        return _in_force(said, day)

    def book_until_of(self, period: Period) -> History[Deadlines]:
        """
        Deadlines to book days of *period*.
        """
        return _said(self.levels(period), lambda terms: terms.book_until)

    def change_until_of(self, period: Period) -> History[Deadlines] | None:
        """
        Deadlines to change paid days of *period*; `None` if changing is
        judged as booking is.
        """
        levels = self.levels(period)
        return next((t.change_until for t in levels if t.change_until), None)

    def windows_of(self, period: Period) -> Windows:
        """
        When days of *period* may be booked; always, if nothing says.
        """
        if period.window:
            return Windows((period.window,))
        levels = self.levels(period)
        said = next((t.windows for t in levels if t.windows), None)
        return said or Windows((ALWAYS_OPEN,))

    def cancellations_of(self, period: Period) -> History[Policy]:
        """
        What cancelling days of *period* gives back.
        """
        return _said(self.levels(period), lambda terms: terms.cancellations)

    def absences_of(self, period: Period) -> History[AbsencePolicy] | None:
        """
        What days of *period* cost that did not go as they were booked;
        `None` if nothing decides so.
        """
        return next(
            (
                terms.absences
                for terms in self.levels(period)
                if terms.absences is not None
            ),
            None,
        )

    def tariffs_of(self, period: Period) -> Tariffs:
        """
        Prices of the days of *period*.
        """
        return _said(self.levels(period), lambda terms: terms.tariffs)

    def quotients_of(self, period: Period) -> QuotientPolicy:
        """
        Which quotient prices the days of *period*: the one known when the
        family asks, unless the règlement says otherwise.
        """
        said = _found(self.levels(period), lambda terms: terms.quotients)
        return said or QuotientPolicy()

    def siblings_of(self, period: Period) -> Siblings | None:
        """
        Which children count; `None` if no rank was decided.
        """
        return _found(self.levels(period), lambda terms: terms.siblings)

    def combinations_of(self, period: Period) -> tuple[Combination, ...]:
        """
        Amplitudes of one day that are priced as a larger one.
        """
        levels = self.levels(period)
        return _found(levels, lambda terms: terms.combinations) or ()

    def levels(self, period: Period) -> tuple[Terms, ...]:
        """
        Its own terms, its accueil's, the operator's: the first that decide
        something do.
        """
        accueil = self.find_accueil(period.accueil)
        between = () if accueil is None else (accueil.terms,)
        return period.terms, *between, self.terms

    def house_rules_on(self, day: dt.date) -> HouseRules | None:
        """
        The règlement intérieur in force on *day*; `None` if there is none.
        """
        return _in_force(self.house_rules, day)

    def establishment(self, code: EstablishmentCode) -> Establishment:
        """
        The establishment of this code, which the règlement has.
        """
        return _coded(self.establishments, code)

    def regie(self, code: RegieCode) -> Regie:
        """
        The régie of this code, which the règlement has.
        """
        return _coded(self.regies, code)

    def find_regie(self, code: RegieCode) -> Regie | None:
        """
        The régie of this code; `None` if this version has it no longer.
        """
        return next((r for r in self.regies if r.code == code), None)

    def reason(self, code: ReasonCode, by: By) -> Reason:
        """
        The reason of this code, which *by* may give.

        Raises:
            Refused: `ReasonUnknown`.
        """
        for reason in self.reasons:
            if reason.code == code and reason.by is by:
                return reason
        raise Refused(ReasonUnknown(code))

    def prestation(self, code: PrestationCode) -> Prestation:
        """
        The prestation of this code, which the règlement has.
        """
        return _coded(self.prestations, code)

    def pool(self, code: PoolCode) -> Pool | None:
        """
        The pool of this code; `None` if this version has it no longer.
        """
        return next((pool for pool in self.pools if pool.code == code), None)

    def find_amplitude(self, code: AmplitudeCode) -> Amplitude | None:
        """
        The amplitude of this code; `None` if this version has it no longer.
        """
        return next((a for a in self.amplitudes if a.code == code), None)

    def amplitude(self, accueil: Accueil, code: AmplitudeCode) -> Amplitude:
        """
        An amplitude that *accueil* offers.

        Raises:
            Refused: `AmplitudeUnknown`, which lists those it does offer.
        """
        if code not in accueil.amplitudes:
            raise Refused(AmplitudeUnknown(code, accueil.amplitudes))
        return _coded(self.amplitudes, code)


def _found(
    levels: Iterable[Terms], of: Callable[[Terms], T | None]
) -> T | None:
    return next((said for said in map(of, levels) if said is not None), None)


def _in_force(said: History[T] | None, day: dt.date) -> T | None:
    if said is None or day < said.decisions[0].since:
        return None
    return said.on(day).value


def _said(levels: Iterable[Terms], of: Callable[[Terms], T | None]) -> T:
    found = _found(levels, of)
    assert found is not None, "every period has these terms: it was checked"
    return found


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=_Coded)


def _coded(things: Iterable[C], code: str) -> C:
    return next(thing for thing in things if thing.code == code)


# What must hold between the parts -------------------------------------------


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
    yield from named_by_pools(reglement.pools)
    yield from named_by_amplitudes(reglement.amplitudes)


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


def _unpriced(reglement: Reglement) -> tuple[str, ...]:
    faults: dict[str, None] = {}
    for period in reglement.periods:
        accueil = reglement.find_accueil(period.accueil)
        tariffs = _found(reglement.levels(period), lambda of: of.tariffs)
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


def every_terms(reglement: Reglement) -> Iterator[Terms]:
    """
    Those of every level, from the operator's down.
    """
    yield reglement.terms
    for accueil in reglement.accueils:
        yield accueil.terms
    for period in reglement.periods:
        yield period.terms

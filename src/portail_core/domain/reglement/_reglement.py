"""
The règlement intérieur, all of it, as one frozen value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import (
    Callable,
    Iterable,
    Mapping,
)
from typing import Protocol, TypeVar

from attrs import field, frozen

from portail_core.domain.absences import AbsencePolicy
from portail_core.domain.admission import Gate, Waiver
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.arrears import Arrears
from portail_core.domain.cancellation import (
    By,
    Policy,
    Reason,
    ReasonUnknown,
)
from portail_core.domain.capacity import Pool
from portail_core.domain.checks import not_empty
from portail_core.domain.combinations import Combination
from portail_core.domain.dated import History
from portail_core.domain.deadlines import Deadlines
from portail_core.domain.documents import ANY_UPLOADS, DocumentKind, Uploads
from portail_core.domain.forms import FieldUse
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    DocumentCode,
    EstablishmentCode,
    FactName,
    FieldName,
    PeriodCode,
    PoolCode,
    PrestationCode,
    ReasonCode,
    RegieCode,
)
from portail_core.domain.offers import Accueil, Establishment, Period
from portail_core.domain.quotient_familial import QuotientPolicy
from portail_core.domain.refusals import Refused
from portail_core.domain.rhythms import Rhythm
from portail_core.domain.siblings import Siblings
from portail_core.domain.tariffs import Prestation, Tariffs
from portail_core.domain.terms import Terms
from portail_core.domain.windows import ALWAYS_OPEN, Windows

from ._coherence import faults
from ._parts import (
    AmplitudeUnknown,
    Hold,
    Operator,
    PeriodUnknown,
    Regie,
    Residency,
    known_settings,
)

T = TypeVar("T")


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
        factory=dict, validator=known_settings
    )
    hold: History[Hold]
    terms: Terms
    documents: tuple[DocumentKind, ...] = ()
    uploads: Uploads = ANY_UPLOADS
    house_rules: History[HouseRules] | None = None
    reasons: tuple[Reason, ...] = ()
    residencies: tuple[Residency, ...] = ()
    named_facts: Mapping[FactName, tuple[str, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        found = tuple(faults(self))
        if found:
            raise ValueError(*found)

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

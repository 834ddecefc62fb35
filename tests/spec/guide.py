"""
The guide's own example, as values: its operator, its screens, its moments.

Prices and règlement are ours, for the guide prints none.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.accounts import Account, AccountState, Email
from portail_core.domain.admission import Gate
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.bookings import Situation
from portail_core.domain.bounds import Bounds
from portail_core.domain.calendars import Calendar
from portail_core.domain.cancellation import CreditedShare, Outcome, Policy
from portail_core.domain.capacity import Pool
from portail_core.domain.children import Child, Custody
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import DaysBefore, one_deadline
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.gates import Dossier
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    EstablishmentCode,
    HouseholdId,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    RegieCode,
    ReglementDigest,
    RequestNumber,
    ResidencyCode,
)
from portail_core.domain.money import Money, UnitPrice, eur
from portail_core.domain.offers import Accueil, Establishment, Period
from portail_core.domain.payments import Attempt, Bought, Due
from portail_core.domain.places import Place
from portail_core.domain.quotes import ALONE, PricedLine, Why
from portail_core.domain.quotient_familial import QuotientFamilial, Received
from portail_core.domain.reglement import (
    Hold,
    Operator,
    Regie,
    Reglement,
    Residency,
)
from portail_core.domain.requests import (
    Asked,
    Line,
    Request,
    RequestHeld,
    evolve as happen,
)
from portail_core.domain.tariffs import (
    Bracket,
    Grid,
    Nature,
    Prestation,
)
from portail_core.domain.terms import Terms
from portail_core.testing.reglements import by_bracket, fixed_at, tariffs

# « Date de création : 13 mai 2026, 11:12:56 »: two hours less in UTC.
ASKED_AT = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
# « avant le 13/05/2026 à 13:12 »
HELD_UNTIL = dt.datetime(2026, 5, 13, 11, 12, 56, tzinfo=dt.UTC)

AN_INSTANT = dt.timedelta(microseconds=1)
A_MINUTE = dt.timedelta(minutes=1)
AN_HOUR = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)

# « Le 27/05/2026 »
WEDNESDAY = dt.date(2026, 5, 27)
NEXT_WEDNESDAY = dt.date(2026, 6, 3)
FIRST_DAY = dt.date(2026, 5, 6)
LAST_DAY = dt.date(2026, 6, 24)
WEDNESDAYS = tuple(FIRST_DAY + 7 * week * A_DAY for week in range(8))
PUBLIC_HOLIDAYS = (
    dt.date(2026, 5, 1),
    dt.date(2026, 5, 8),
    dt.date(2026, 5, 14),
    dt.date(2026, 5, 25),
)

LOU = ChildId("lou")
MARTIN_DURAND = HouseholdId("martin-durand")
OTHER_HOUSEHOLD = HouseholdId("lefevre")
REFERENT = AccountId("referent")
REGIE = RegieCode("alsh")
AUBIGNOSC = EstablishmentCode("aubignosc")
WEDNESDAY_CARE = AccueilCode("mercredis")
THE_PERIOD = PeriodCode("mercredis-2025-2026")

MORNING = PartCode("matin")
LUNCH = PartCode("midi")
AFTERNOON = PartCode("apres-midi")

FULL_DAY = AmplitudeCode("JOURNEE-AVEC-REPAS")
MORNING_ONLY = AmplitudeCode("MATIN")
DAY_CARE = PrestationCode("journee")
HALF_DAY_CARE = PrestationCode("demi-journee")
MEAL = PrestationCode("repas")

UNDER_SIX = PoolCode("moins-de-six")
SIX_AND_OVER = PoolCode("six-et-plus")

NO_16 = RequestNumber(16)
NO_17 = RequestNumber(17)
DIGEST = ReglementDigest("digest")

SOURCE = "délibération n° 2025-34"
SINCE = dt.date(2025, 9, 1)


def always(value: Any, path: str = "") -> History[Any]:
    """
    One decision, in force from the start of the school year.
    """
    return History(
        (Decision(since=SINCE, source=SOURCE, value=value, path=path),)
    )


LOW = Bracket(
    label="QF de 0 à 800",
    bounds=Bounds(above=Decimal(0), up_to=Decimal(800)),
    prices=fixed_at({DAY_CARE: "9.00", HALF_DAY_CARE: "5.00", MEAL: "3.50"}),
)
HIGH = Bracket(
    label="QF de plus de 800",
    bounds=Bounds(above=Decimal(800), above_included=False),
    prices=fixed_at({DAY_CARE: "12.00", HALF_DAY_CARE: "7.00", MEAL: "4.50"}),
)
GRID = Grid(brackets=(LOW, HIGH))

# « Jusqu'à deux jours avant, à midi. »
BOOK_UNTIL = DaysBefore(days=2, at=dt.time(12))
# For WEDNESDAY: Monday noon in Paris.
BOOK_UNTIL_WEDNESDAY = dt.datetime(2026, 5, 25, 10, tzinfo=dt.UTC)

IN_TIME = Outcome(
    until=DaysBefore(days=7, at=dt.time(12)),
    gift=CreditedShare(Decimal(1)),
    label="Plus de sept jours avant : remboursé en avoir.",
)
HALF = Outcome(
    until=DaysBefore(days=2, at=dt.time(12)),
    gift=CreditedShare(Decimal("0.5")),
    label="Plus de deux jours avant : la moitié en avoir.",
)
LATE = Outcome(
    until=None,
    gift=CreditedShare(Decimal(0)),
    label="Moins de deux jours avant : dû en totalité.",
)
POLICY = Policy(outcomes=(IN_TIME, HALF, LATE))

OPERATOR = Operator(
    name="Communauté de communes",
    department="04",
    sender_name="LES PETITES BOUILLES",
    sender="accueil@example.org",
    signature="Le service enfance",
)

PERIOD = Period(
    code=THE_PERIOD,
    label="Périscolaire 2025-2026 AUBIGNOSC",
    accueil=WEDNESDAY_CARE,
    calendar=Calendar(
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        open_days=WEDNESDAYS,
        public_holidays=PUBLIC_HOLIDAYS,
    ),
    opens_at=None,
    closes_at=None,
)

REGLEMENT = Reglement(
    operator=OPERATOR,
    regies=(Regie(code=REGIE, label="Régie ALSH", series="ALSH"),),
    establishments=(
        Establishment(
            code=AUBIGNOSC, label="ALSH - LES PTITES BOUILLES - AUBIGNOSC"
        ),
    ),
    accueils=(
        Accueil(
            code=WEDNESDAY_CARE,
            label="PERISCOLAIRE MERCREDIS",
            establishment=AUBIGNOSC,
            regie=REGIE,
            amplitudes=(FULL_DAY, MORNING_ONLY),
        ),
    ),
    periods=(PERIOD,),
    prestations=(
        Prestation(code=DAY_CARE, label="Journée", nature=Nature.CARE),
        Prestation(
            code=HALF_DAY_CARE, label="Demi-journée", nature=Nature.CARE
        ),
        Prestation(code=MEAL, label="Repas", nature=Nature.MEAL),
    ),
    amplitudes=(
        Amplitude(
            code=FULL_DAY,
            label="JOURNEE AVEC REPAS",
            parts=(MORNING, LUNCH, AFTERNOON),
            prestations={DAY_CARE: Decimal(1), MEAL: Decimal(1)},
        ),
        Amplitude(
            code=MORNING_ONLY,
            label="MATIN",
            parts=(MORNING,),
            prestations={HALF_DAY_CARE: Decimal(1)},
        ),
    ),
    pools=(
        Pool(
            code=UNDER_SIX,
            label="Moins de six ans",
            capacity=8,
            accueils=(WEDNESDAY_CARE,),
            parts=(MORNING, LUNCH, AFTERNOON),
            last_age=5,
        ),
        Pool(
            code=SIX_AND_OVER,
            label="Six ans et plus",
            capacity=22,
            accueils=(WEDNESDAY_CARE,),
            parts=(MORNING, LUNCH, AFTERNOON),
            first_age=6,
        ),
    ),
    residencies=(Residency(code=ResidencyCode("commune"), label="Aubignosc"),),
    hold=always(Hold(minutes=120)),
    terms=Terms(
        gates=(Gate.HOUSEHOLD_DESCRIBED,),
        book_until=always(one_deadline(BOOK_UNTIL)),
        cancellations=always(POLICY),
        tariffs=tariffs(*always(by_bracket(GRID), "tariffs[0]").decisions),
    ),
)

CHILD = Child(
    id=LOU,
    first_name="Lou",
    last_name="Martin-Durand",
    birth_date=dt.date(2019, 3, 14),
)
CUSTODY = Custody(
    child=LOU, household=MARTIN_DURAND, since=dt.date(2019, 3, 14)
)
ACCOUNT = Account(
    id=REFERENT,
    email=Email("parent@example.org"),
    password="derived",
    household=MARTIN_DURAND,
    state=AccountState.ACTIVE,
    created_at=dt.datetime(2026, 5, 5, 14, 32, tzinfo=dt.UTC),
    epoch=1,
)
ADDRESS = Address(
    street="1 place de la Mairie", postcode="04200", town="Aubignosc"
)
ADULT = Adult(
    first_name="Dominique", last_name="Martin-Durand", account=REFERENT
)
QUOTIENT = QuotientFamilial(
    value=Decimal(650),
    month=dt.date(2026, 4, 1),
    evidence="attestation CAF du 04/05/2026",
    recorded_at=dt.datetime(2026, 5, 5, 15, tzinfo=dt.UTC),
)
HOUSEHOLD = Household(
    id=MARTIN_DURAND, adults=(ADULT,), address=ADDRESS, quotient=QUOTIENT
)

PLACES = (
    Place(MORNING, (SIX_AND_OVER,)),
    Place(LUNCH, (SIX_AND_OVER,)),
    Place(AFTERNOON, (SIX_AND_OVER,)),
)

FACTS = HouseholdFacts(
    quotients=(
        Received(Decimal(650), dt.date(2026, 5, 1), dt.date(2026, 5, 4)),
    )
)

ASKED = Asked(
    household=MARTIN_DURAND,
    account=REFERENT,
    child=LOU,
    regie=REGIE,
    accueil=WEDNESDAY_CARE,
    period=THE_PERIOD,
    reglement=DIGEST,
    facts=FACTS,
    booked_on=dt.date(2026, 5, 13),
)

BOUGHT = (Bought(day=WEDNESDAY, amplitude=FULL_DAY, hours=None),)

DOSSIER = Dossier(
    account=ACCOUNT,
    household=HOUSEHOLD,
    documents=(),
    pre_registrations=(),
    acceptances=(),
    debts=(),
)

SITUATION = Situation(
    reglement=REGLEMENT,
    dossier=DOSSIER,
    child=CHILD,
    custody=CUSTODY,
    facts=FACTS,
    today=dt.date(2026, 5, 13),
    company=ALONE,
    own={},
    taken={},
    others=(),
    first_day=None,
)


AGE = 7
"""Of Lou on these Wednesdays."""


def line(day: dt.date = WEDNESDAY, **changes: Any) -> Line:
    """
    A full day of Lou, held.
    """
    return evolve(
        Line(day=day, amplitude=FULL_DAY, places=PLACES, age=AGE), **changes
    )


LINE = line()

HELD = RequestHeld(
    number=NO_16, asked=ASKED, lines=(LINE,), at=ASKED_AT, until=HELD_UNTIL
)


def replay(*events: Any) -> Request:
    """
    The request after *events*, the first of which begins it.
    """
    request = None
    for event in events:
        request = happen(request, event)
    assert request is not None, "nothing happened"
    return request


WHY = Why(
    rule="tariff.bracket",
    path="tariffs[0].brackets[0]",
    label="QF de 0 à 800",
    source=SOURCE,
)


def priced(amount: Money, **changes: Any) -> PricedLine:
    """
    A day of care at *amount*.
    """
    return evolve(
        PricedLine(
            child=LOU,
            day=WEDNESDAY,
            prestation=DAY_CARE,
            designation="Journée",
            nature=Nature.CARE,
            quantity=Decimal(1),
            unit_price=UnitPrice(Decimal(amount.cents) / 100),
            amount=amount,
            why=WHY,
        ),
        **changes,
    )


FIRST_TRY = AttemptReference("ALSH000001")
SECOND_TRY = AttemptReference("ALSH000002")

ATTEMPT = Attempt(
    reference=FIRST_TRY,
    household=MARTIN_DURAND,
    account=REFERENT,
    regie=REGIE,
    provider="sandbox",
    dues=(Due(request=NO_16, days=BOUGHT, lines=(priced(eur("12.50")),)),),
    credits=eur("2.50"),
    created_at=ASKED_AT + AN_HOUR,
    open_until=ASKED_AT + AN_HOUR + 5 * A_MINUTE,
)

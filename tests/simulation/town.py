"""
A small town: few places, several families, one child of two households.
"""

import datetime as dt
from decimal import Decimal

from attrs import evolve, frozen

from portail_core import Portal
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.cancellation import CreditedShare, Outcome, Policy
from portail_core.domain.dated import Decision, History
from portail_core.domain.days import day_of
from portail_core.domain.deadlines import DaysBefore, one_deadline
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    ChildId,
    HouseholdId,
    PeriodCode,
    PoolCode,
    RegieCode,
)
from portail_core.domain.money import Money
from portail_core.domain.reglement import Hold, Regie
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    FaultyMail,
    FaultyPayments,
    KeptMail,
    ScriptedPayments,
    StoppedClock,
    builders,
    reglement,
)
from portail_core.testing.builders import (
    ACCUEIL,
    AFTERNOON,
    DEMI_JOURNEE,
    JOURNEE,
    JOURNEE_REPAS,
    LUNCH,
    MATIN,
    MORNING,
    PERIOD,
    REGIE,
    REPAS,
)
from portail_core.testing.reglements import (
    WEDNESDAYS,
    by_bracket,
    changed,
    fixed_at,
    grid,
    pool,
    tariffs,
)
from tests.simulation.chaos import ChaoticStore

START = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
DAYS = tuple(day for day in WEDNESDAYS if day > dt.date(2026, 5, 20))
APRES_MIDI = AmplitudeCode("APRES-MIDI")
MATIN_REPAS = AmplitudeCode("MATIN-REPAS")
DEJEUNER = AmplitudeCode("DEJEUNER")
CANTEEN = AccueilCode("CANTINE")
CANTEEN_REGIE = RegieCode("CANTINE")
CANTEEN_PERIOD = PeriodCode("CANTINE-2026")
OFFER = {
    PERIOD: (JOURNEE_REPAS, MATIN, APRES_MIDI, MATIN_REPAS),
    CANTEEN_PERIOD: (DEJEUNER,),
}
RENAMED_REGIE = RegieCode("RESTAURATION")
REGIES = (REGIE, CANTEEN_REGIE, RENAMED_REGIE)
PRICES = (
    ("0.00", "0.00", "0.00"),
    ("0.45", "0.30", "0.35"),
    ("8.50", "4.00", "4.50"),
    ("12.25", "4.10", "6.05"),
)
ALL_PARTS = (MORNING, LUNCH, AFTERNOON)


def always(value):
    return History(
        (
            Decision(
                since=dt.date(2025, 9, 1),
                source="délibération d'essai",
                value=value,
            ),
        )
    )


def first_reglement(random):
    """
    Two accueils of two régies, which share pools of one to three places.
    """
    base = reglement()
    (accueil,), (period,) = base.accueils, base.periods
    both = {"accueils": (ACCUEIL, CANTEEN)}
    small, big, room = (random.randint(1, 3) for _ in range(3))
    return changed(
        base,
        regies=(
            *base.regies,
            Regie(code=CANTEEN_REGIE, label="Cantine", series="CANT"),
        ),
        accueils=(
            evolve(accueil, amplitudes=OFFER[PERIOD]),
            evolve(
                accueil,
                code=CANTEEN,
                label="CANTINE",
                regie=CANTEEN_REGIE,
                amplitudes=OFFER[CANTEEN_PERIOD],
            ),
        ),
        periods=(
            period,
            evolve(period, code=CANTEEN_PERIOD, accueil=CANTEEN),
        ),
        amplitudes=(
            *base.amplitudes,
            amplitude(APRES_MIDI, {AFTERNOON: DEMI_JOURNEE}),
            amplitude(MATIN_REPAS, {MORNING: DEMI_JOURNEE, LUNCH: REPAS}),
            amplitude(DEJEUNER, {LUNCH: REPAS}),
        ),
        pools=(
            pool(code=PoolCode("PETITS"), capacity=small, last_age=5, **both),
            pool(code=PoolCode("GRANDS"), capacity=big, first_age=6, **both),
            pool(
                code=PoolCode("SALLE"),
                capacity=room,
                parts=(LUNCH,),
                **both,
            ),
        ),
        **decided(random),
    )


def amplitude(code, billed):
    """
    Each part of the day is billed as a prestation, once.
    """
    return Amplitude(
        code=code,
        label=code,
        parts=tuple(billed),
        prestations=dict.fromkeys(billed.values(), Decimal(1)),
    )


def decided(random):
    """
    What a council changes: prices, the hold, deadlines and cancellations.
    """
    prices = dict(
        zip(
            (JOURNEE, REPAS, DEMI_JOURNEE),
            random.choice(PRICES),
            strict=True,
        )
    )
    brackets = tuple(
        evolve(bracket, prices=fixed_at(prices)) for bracket in grid().brackets
    )
    voted = by_bracket(evolve(grid(), brackets=brackets))
    return {
        "hold": always(Hold(minutes=random.choice((20, 120, 120, 300)))),
        "book_until": always(one_deadline(noon(random.randint(1, 3)))),
        "tariffs": tariffs(*always(voted).decisions),
        "cancellations": always(
            Policy(
                outcomes=(
                    outcome(noon(7), "1"),
                    outcome(noon(2), random.choice(("0.5", "0.333"))),
                    outcome(None, "0"),
                )
            )
        ),
    }


def reshaped(random, first):
    """
    What a council rarely changes, while families have days and money there:
    a period, an amplitude, a pool or a régie is gone.
    """
    accueil, canteen = first.accueils
    regie, old = first.regies
    renamed = evolve(old, code=RENAMED_REGIE)
    return random.choice(
        (
            {},
            {"periods": first.periods[:1]},
            {"accueils": (evolve(accueil, amplitudes=(MATIN,)), canteen)},
            {"pools": first.pools[:2]},
            {
                "regies": (regie, renamed),
                "accueils": (accueil, evolve(canteen, regie=renamed.code)),
            },
        )
    )


def noon(days):
    return DaysBefore(days=days, at=dt.time(12))


def outcome(until, share):
    return Outcome(
        until=until,
        gift=CreditedShare(Decimal(share)),
        label=f"avoir × {share}",
    )


@frozen(kw_only=True)
class Household:
    id: HouseholdId
    accounts: tuple[AccountId, ...]
    children: tuple[ChildId, ...]


class SmallPayments(ScriptedPayments):
    """
    Takes 60 euros at the most, so that baskets go over.
    """

    maximum = Money(60_00)


class Town:
    """
    A portal – and perhaps a process that still works under the last version
    – with everything that it meets.
    """

    def __init__(self, random, store, chaos, *, families):
        self.random = random
        self.store = store
        self.chaos = chaos
        self.clock = StoppedClock(START)
        self.tokens = CountedTokens()
        self.payment = SmallPayments()
        self.mail = KeptMail()
        self.portals = [self.open(first_reglement(random))]
        self.decided_at = START
        self.pools = self.portals[0].reglement.pools
        self.households = tuple(self.settled(n) for n in range(families))
        self.share_a_child()

    def open(self, decided, store=None):
        return Portal.open(
            decided,
            storage=ChaoticStore(store or self.store, self.chaos),
            mail=FaultyMail(self.mail, self.chaos),
            payment=FaultyPayments(self.payment, self.chaos),
            links="https://portail.example.org",
            clock=self.clock,
            tokens=self.tokens,
            passwords=CheapPasswords(),
        )

    def settled(self, rank):
        """
        A household of two adults, each with an account, and two children –
        one turns six in June.
        """
        name = f"famille-{rank}"
        household = HouseholdId(name)
        accounts = tuple(AccountId(f"{name}-{n}") for n in range(2))
        births = (dt.date(2020, 6, 3), dt.date(2017, 1, 30))
        children = tuple(ChildId(f"{name}-enfant-{n}") for n in range(2))
        with self.store.transaction() as tx:
            adults = tuple(builders.adult(account=one) for one in accounts)
            tx.put(builders.household(id=household, adults=adults))
            for account in accounts:
                tx.put(
                    builders.account(
                        id=account,
                        household=household,
                        email=f"{account}@example.org",
                    )
                )
            for child, born in zip(children, births, strict=True):
                tx.put(builders.child(id=child, birth_date=born))
                tx.put(builders.custody(child=child, household=household))
        return Household(id=household, accounts=accounts, children=children)

    def share_a_child(self):
        """
        The first child of the first household is of the second as well.
        """
        first, second, *others = self.households
        shared = first.children[0]
        with self.store.transaction() as tx:
            tx.put(builders.custody(child=shared, household=second.id))
        second = evolve(second, children=(*second.children, shared))
        self.households = (first, second, *others)

    @property
    def portal(self):
        """
        A process: of the active version, or one that was not restarted yet.
        """
        if len(self.portals) > 1 and self.random.random() < 0.1:
            return self.portals[-2]
        return self.portals[-1]

    def decide(self):
        """
        The council changed its mind.
        """
        first = self.portals[0].reglement
        other = changed(
            first, **decided(self.random), **reshaped(self.random, first)
        )
        now = self.clock.now()
        if now <= self.decided_at or other in [
            portal.reglement for portal in self.portals
        ]:
            return
        self.decided_at = now
        self.portals[-1].activate(other, since=day_of(now))
        self.portals.append(self.open(other))

    def desk(self, household):
        account = self.random.choice(household.accounts)
        return self.portal.trusted.family(account)

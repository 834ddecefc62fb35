"""
The planning and the request never disagree.
"""

import datetime as dt
import itertools
from decimal import Decimal
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core import Money, Portal, Refused, Wish
from portail_core.domain.accounts import AccountState
from portail_core.domain.amplitudes import ByTheHour, Hours, Presence
from portail_core.domain.bookings import (
    AgeNotAdmitted,
    AlreadyBooked,
    AmplitudeNeeded,
    AmplitudesExclusive,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    TooFewDaysInWeek,
    TooManyDaysInMonth,
    TooManyDaysInWeek,
    WindowClosed,
    WindowNotOpen,
)
from portail_core.domain.bounds import Bounds
from portail_core.domain.children import NotYetInCustody
from portail_core.domain.dated import Decision, History, NothingInForce
from portail_core.domain.documents import (
    About,
    Demand,
    DocumentKind,
    ForGood,
    FromFirstDay,
)
from portail_core.domain.gates import (
    DocumentGraceOver,
    DocumentMissing,
    EmailUnconfirmed,
    Gate,
    HouseholdUndescribed,
    HouseRulesUnaccepted,
    QuotientUnrecorded,
)
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AccountId,
    ChildId,
    DocumentCode,
    HouseholdId,
    HouseRulesVersion,
    PartCode,
)
from portail_core.domain.rhythms import Rhythm
from portail_core.domain.tariffs import QuotientMissing, WithoutQuotient
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    KeptMail,
    MemoryStore,
    ScriptedPayments,
    StoppedClock,
    builders,
)
from portail_core.testing.reglements import changed, tariffs
from tests.simulation.town import START, always, first_reglement

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

RULES = History(
    (
        Decision(
            since=dt.date(2025, 9, 1),
            source="délibération",
            value=HouseRules(
                version=HouseRulesVersion("2025-2026"), url="/reglement"
            ),
        ),
    )
)

EVENING = PartCode("soir")
OPENING = Hours(arrives=dt.time(7, 30), leaves=dt.time(12))
VACCINES = DocumentKind(
    code=DocumentCode("vaccinations"),
    label="Vaccinations",
    about=About.CHILD,
    demand=Demand.MANDATORY,
    validity=ForGood(),
)
DEMANDS = ((), ((),), *[((FromFirstDay(1),),)] * 3)
A_DAY = dt.timedelta(days=1)
AN_HOUR = dt.timedelta(hours=1)
SHARED = ChildId("partagee")
OURS, THEIRS = HouseholdId("martin"), HouseholdId("petit")


def forked(store):
    """
    A store that begins where *store* is, and goes on alone.
    """
    twin = MemoryStore()
    twin._now = store._now
    twin._stamps = dict(store._stamps)
    twin._owners = dict(store._owners)
    return twin


def with_thursdays(calendar):
    """
    Two open days a week.
    """
    thursdays = [day + A_DAY for day in calendar.open_days]
    days = tuple(sorted((*calendar.open_days, *thursdays)))
    return evolve(calendar, open_days=days)


def stricter(base, random):
    """
    The same règlement, in which everything may stand in the way.
    """
    (voted,) = base.tariffs_of(base.periods[0]).decisions
    (deadline,) = base.book_until_of(base.periods[0]).decisions
    (pool, *pools) = base.pools
    day, morning, *others, lunch = base.amplitudes
    apart = evolve(lunch, excludes=(day.code,), parts=(EVENING,))
    companions = random.choice(
        (
            {},
            {"requires": (day.code,), "parts": (EVENING,)},
            {"ages": Bounds(above=Decimal(7))},
            {"hours": OPENING, "presence": Presence.HOURLY},
        )
    )
    opens, closes = random.choice(
        ((None, None), (None, None), (400, None), (None, -1), (None, 400))
    )
    return changed(
        base,
        periods=tuple(
            evolve(
                period,
                calendar=with_thursdays(period.calendar),
                opens_at=opens and START + opens * AN_HOUR,
                closes_at=closes and START + closes * AN_HOUR,
            )
            for period in base.periods
        ),
        pools=random.choice((base.pools, (*pools,), (pool,))),
        amplitudes=(
            day,
            evolve(morning, **companions),
            *others,
            lunch if random.random() < 0.3 else apart,
        ),
        rhythms=always(
            random.choice(
                (
                    Rhythm(week_least=2, month_most=1),
                    Rhythm(week_most=1),
                    Rhythm(week_most=1, month_most=3),
                )
            )
        ),
        documents=tuple(
            evolve(VACCINES, graces=graces)
            for graces in random.choice(DEMANDS)
        ),
        gates=tuple(random.sample(tuple(Gate), random.choice((0, 1, 3)))),
        house_rules=RULES,
        tariffs=tariffs(
            evolve(
                voted,
                since=random.choice((voted.since, dt.date(2026, 6, 1))),
                value=evolve(
                    voted.value,
                    without_quotient=random.choice(tuple(WithoutQuotient)),
                ),
            )
        ),
        book_until=History(
            (
                Decision(
                    since=random.choice(
                        (deadline.since, dt.date(2026, 5, 20))
                    ),
                    source=deadline.source,
                    value=deadline.value,
                ),
            )
        ),
    )


class Town:
    """
    Two households that share a child, one portal.
    """

    def __init__(self, random):
        self.random = random
        self.store = MemoryStore()
        self.clock = StoppedClock(START)
        self.reglement = changed(first_reglement(random), gates=())
        self.portal = self.open(self.store)
        self.settle(OURS)
        self.settle(THEIRS)

    def open(self, store):
        return Portal.open(
            self.reglement,
            storage=store,
            mail=KeptMail(),
            payment=ScriptedPayments(),
            links="https://portail.example.org",
            clock=self.clock,
            tokens=CountedTokens(),
            passwords=CheapPasswords(),
        )

    def settle(self, household):
        own = ChildId(f"enfant-{household}")
        with self.store.transaction() as tx:
            tx.put(
                builders.household(
                    id=household,
                    adults=(builders.adult(account=AccountId(household)),),
                )
            )
            tx.put(
                builders.account(
                    id=AccountId(household),
                    household=household,
                    email=f"{household}@example.org",
                )
            )
            tx.put(builders.child(id=own))
            tx.put(builders.custody(child=own, household=household))
            if household == OURS:
                born = dt.date(self.random.choice((2019, 2020)), 6, 3)
                tx.put(builders.child(id=SHARED, birth_date=born))
            tx.put(builders.custody(child=SHARED, household=household))

    def change(self):
        """
        The council and the household change, after the days were asked for.
        """
        choose = self.random.choice
        self.reglement = stricter(self.reglement, self.random)
        self.portal.activate(self.reglement, since=dt.date(2026, 5, 13))
        self.portal = self.open(self.store)
        with self.store.transaction() as tx:
            family = tx.of(OURS)
            home, custody = family.household(), family.custody(SHARED)
            account = tx.account(AccountId(OURS))
            assert account is not None
            assert custody is not None
            changes = choose(({}, {"quotient": None}, {"adults": ()}))
            tx.put(evolve(home, **changes))
            state = choose((*[AccountState.ACTIVE] * 5, *AccountState))
            tx.put(evolve(account, state=state))
            since = dt.date(choose((2019, 2026)), 6, 1)
            tx.put(evolve(custody, since=since))

    def desk(self, household, portal=None):
        return (portal or self.portal).trusted.family(AccountId(household))

    def live(self, steps):
        """
        Households ask for days, wait, and throw away; refused or not.
        """
        for step in range(steps):
            household = self.random.choice((OURS, THEIRS))
            desk = self.desk(household)
            child = self.random.choice((SHARED, f"enfant-{household}"))
            wish = self.wish(ChildId(child))
            try:
                shown = desk.planning.quote(wish).total
                held = desk.planning.request(
                    wish, shown_total=shown, command=f"{step}"
                )
                if self.random.random() < 0.2:
                    desk.basket.discard(held.number, command=f"no {step}")
            except Refused:
                pass
            self.clock.move(
                self.random.choice((*[0] * 9, 1, 30)) * AN_HOUR / 4
            )

    def wish(self, child):
        period = self.random.choice(self.reglement.periods)
        accueil = self.reglement.accueil(period.accueil)
        days = self.random.sample(period.calendar.open_days, 2)
        return Wish(
            child=child,
            period=period.code,
            days={d: self.random.choice(accueil.amplitudes) for d in days},
        )

    def asked(self, child, period, day, choice):
        """
        What a request for this day alone is answered: its refusals.
        """
        portal = self.open(forked(self.store))
        chosen = choice.amplitude
        if choice.hours is not None:
            chosen = ByTheHour(amplitude=chosen, hours=choice.hours)
        try:
            self.desk(OURS, portal).planning.request(
                Wish(child=child, period=period, days={day: chosen}),
                shown_total=choice.price or Money(0),
                command="alone",
            )
        except Refused as refused:
            return tuple(
                refusal
                for refusal in refused.refusals
                # Asked of a request alone: the days of a square's week are
                # chosen one after another.
                if not isinstance(refusal, TooFewDaysInWeek)
            )
        return ()


EVERY = {
    AgeNotAdmitted,
    AlreadyBooked,
    AmplitudeNeeded,
    AmplitudesExclusive,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    DocumentGraceOver,
    DocumentMissing,
    EmailUnconfirmed,
    HouseRulesUnaccepted,
    HouseholdUndescribed,
    NotYetInCustody,
    NothingInForce,
    QuotientMissing,
    QuotientUnrecorded,
    TooManyDaysInMonth,
    TooManyDaysInWeek,
    WindowClosed,
    WindowNotOpen,
}


@pytest.mark.rule("planning.month.agrees")
def test_month_and_request_agree():
    """
    Whatever the town, a choice of the grid is refused for the same reasons,
    in the same order, as a request for it alone; and a free one is granted.

    The towns are varied enough to meet every reason.
    """
    seen: set[type] = set()

    # A seed: what hypothesis draws one by one is seldom as varied.
    @given(st.integers(0, 2**32), st.integers(5, 40))
    def agree(seed, steps):
        random = Random(seed)
        town = Town(random)
        town.live(steps)
        town.change()
        child = random.choice((SHARED, ChildId(f"enfant-{OURS}")))
        period = random.choice(town.reglement.periods).code
        shown = random.choice((dt.date(2026, 5, 1), dt.date(2026, 6, 30)))
        before = town.store._now

        month = town.desk(OURS).planning.month(child, period, shown)

        assert before is town.store._now
        for day in itertools.chain(*month.weeks):
            for choice in day.choices:
                asked = town.asked(child, period, day.day, choice)
                assert asked == choice.refusals
                seen.update(map(type, asked))

    agree()

    assert set() == EVERY - seen

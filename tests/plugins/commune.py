"""
A plugin with a kind of each sort, as communes have and no règlement of ours:
a bus by the kilometre, a discount for loyalty, the fifth business day of the
month before, a refund by the weeks that are left.
"""

import datetime as dt
from decimal import Decimal

from attrs import field, frozen, validators

from portail_core.domain.cancellation import Circumstances, GiftKind
from portail_core.domain.checks import not_negative, share
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import DeadlineKind
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import FactName
from portail_core.domain.money import Money
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import FormulaKind, StepKind
from portail_core.plugins import Extends, Kind, hookimpl
from portail_core.reglement_toml import says

DISTANCE = FactName("distance_km")
FIRST_YEAR = FactName("first_year")
A_DAY = dt.timedelta(days=1)


def figure(name: FactName, facts: Facts) -> Decimal:
    word = facts.word(name)
    if word is None:
        raise Refused(FactMissing(name))
    return Decimal(word)


@frozen(kw_only=True)
class ByKilometre(FormulaKind):
    """
    « 0,25 € par kilomètre au-delà de 3 km, minimum 2 € ».
    """

    euros_per_km: Decimal = field(
        metadata=says("Euros a kilometre.", example='"0.25"'),
        validator=not_negative,
    )
    free_km: int = field(
        default=0,
        metadata=says("The first so many cost nothing.", example="3"),
    )
    floor: Decimal | None = None

    @property
    def asks(self):
        return frozenset({DISTANCE})

    def euros(self, facts: Facts) -> Decimal:
        beyond = max(figure(DISTANCE, facts) - self.free_km, Decimal(0))
        return max(beyond * self.euros_per_km, self.floor or Decimal(0))


@frozen(kw_only=True)
class Loyalty(StepKind):
    """
    « 2 % par année d'ancienneté, dans la limite de 10 % ».
    """

    off_each_year: Decimal = field(
        metadata=says("The share taken off, a year.", example='"0.02"'),
        validator=share,
    )
    off_at_most: Decimal = field(
        metadata=says("And no more than this in all.", example='"0.10"'),
        validator=share,
    )

    @property
    def asks(self):
        return frozenset({FIRST_YEAR})

    def adjusted(self, unit_price: Decimal, facts: Facts) -> Decimal:
        known = Decimal(facts.day.year) - figure(FIRST_YEAR, facts)
        years = max(known, Decimal(0))
        off = min(years * self.off_each_year, self.off_at_most)
        return unit_price * (Decimal(1) - off)


@frozen(kw_only=True)
class BusinessDayOfMonthBefore(DeadlineKind):
    """
    « Le 5e jour ouvré du mois précédent, à midi ».
    """

    business_day_of_month_before: int = field(
        metadata=says("Which of them, 1 to 15.", example="5"),
        validator=[validators.ge(1), validators.le(15)],
    )
    at: dt.time

    def moment(self, day, calendar):
        last = day.replace(day=1) - A_DAY
        found = last.replace(day=1) - A_DAY
        left = self.business_day_of_month_before
        while left:
            found += A_DAY
            worked = found.weekday() < 5
            left -= worked and not calendar.is_public_holiday(found)
        return at_paris(found, self.at)


@frozen
class WeeksLeft(GiftKind):
    """
    « Remboursement au prorata des semaines restantes, sur 36 ».
    """

    credited_by_weeks_left_of: int = field(
        metadata=says("Weeks of a whole period.", example="36"),
        validator=validators.ge(1),
    )

    def credited(self, released: Money, cancelled: Circumstances) -> Money:
        left = cancelled.calendar.last_day - cancelled.facts.day
        weeks = min(left.days // 7, self.credited_by_weeks_left_of)
        return released.times(Decimal(weeks) / self.credited_by_weeks_left_of)


BY_KILOMETRE = Kind(
    extends=Extends.FORMULA, key="euros_per_km", shape=ByKilometre
)
LOYALTY = Kind(extends=Extends.ADJUSTMENT, key="off_each_year", shape=Loyalty)
BUSINESS_DAY = Kind(
    extends=Extends.DEADLINE,
    key="business_day_of_month_before",
    shape=BusinessDayOfMonthBefore,
)
WEEKS_LEFT = Kind(
    extends=Extends.GIFT, key="credited_by_weeks_left_of", shape=WeeksLeft
)


@hookimpl
def portail_kinds():
    return (BY_KILOMETRE, LOYALTY, BUSINESS_DAY, WEEKS_LEFT)

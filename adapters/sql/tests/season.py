"""
Opening day: 36 Wednesdays of twenty places, and more children than places.
"""

import datetime as dt

from attrs import evolve

from portail_core.domain.ids import AccountId, ChildId, HouseholdId
from portail_core.testing import builders, reglement
from portail_core.testing.reglements import changed, pool

PLACES = 20
PROCESSES = 8
FIRST = dt.date(2026, 9, 2)
ARMISTICE = dt.date(2026, 11, 11)
WEDNESDAYS = tuple(
    day
    for day in (FIRST + dt.timedelta(weeks=week) for week in range(37))
    if day != ARMISTICE
)
"""36 of them, from 2 September 2026 to 12 May 2027."""


def season():
    """
    The règlement of the builders, for a whole year.
    """
    base = reglement()
    (period,) = base.periods
    calendar = evolve(
        period.calendar,
        first_day=WEDNESDAYS[0],
        last_day=WEDNESDAYS[-1],
        open_days=WEDNESDAYS,
        public_holidays=(ARMISTICE,),
    )
    return changed(
        base,
        periods=(evolve(period, calendar=calendar),),
        pools=(pool(capacity=PLACES),),
    )


def child_id(rank):
    return ChildId(f"enfant-{rank}")


def household_id(rank):
    """
    Children 0 and 1 are of one household, 2 and 3 of the next.
    """
    return HouseholdId(f"famille-{rank // 2}")


def account_id(rank):
    """
    Of the adult who books for the child: each on a device of its own.
    """
    return AccountId(f"famille-{rank // 2}-{rank % 2}")


def settle(store, children):
    """
    Keep this many children, two a household, with two adults each.
    """
    with store.transaction() as tx:
        for rank in range(children):
            household, account = household_id(rank), account_id(rank)
            if rank % 2 == 0:
                adults = (account, account_id(rank + 1))
                tx.put(
                    builders.household(
                        id=household,
                        adults=tuple(
                            builders.adult(account=a) for a in adults
                        ),
                    )
                )
            tx.put(
                builders.account(
                    id=account,
                    household=household,
                    email=f"{account}@example.org",
                )
            )
            tx.put(builders.child(id=child_id(rank)))
            tx.put(builders.custody(child=child_id(rank), household=household))

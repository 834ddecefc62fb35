"""
What families do: ask, pay, cancel and throw away.
"""

import datetime as dt
from random import Random
from typing import Any

from portail_core import Wish
from portail_core.testing import Crash
from tests.simulation.chaos import Chaos
from tests.simulation.town import OFFER, REGIES, Town


class RegieGone(Exception):
    """
    The process works under a version that has the régie no longer.
    """


class Families:
    """
    A part of `Simulation`: every step is one of these, by chance.
    """

    random: Random
    chaos: Chaos
    town: Town
    days: list[dt.date]
    keys: int
    given: list[Any]

    def meanwhile(self):
        raise NotImplementedError

    def household(self):
        return self.random.choice(self.town.households)

    def command(self, household, act, compare=lambda answer: answer):
        """
        Give a command; after a crash, perhaps again.
        """
        self.keys += 1
        key = f"key-{self.keys}"

        def give():
            return compare(act(self.town.desk(household), key))

        try:
            answer = give()
        except Crash:
            if self.random.random() < 0.5:
                raise
            answer = give()
        self.given.append((give, answer))
        return answer

    def wish(self, household):
        period = self.random.choice(list(OFFER))
        days = self.random.sample(
            self.days, self.random.randint(1, len(self.days))
        )
        return Wish(
            child=self.random.choice(household.children),
            period=period,
            days={day: self.random.choice(OFFER[period]) for day in days},
        )

    def ask(self):
        household = self.household()
        desk = self.town.desk(household)
        wish = self.wish(household)
        shown = desk.planning.quote(wish).total
        self.command(
            household,
            lambda desk, key: desk.planning.request(
                wish, shown_total=shown, command=key
            ),
        )

    def check_out(self):
        household, regie = self.random.choice(
            self.baskets() or [(self.household(), REGIES[0])]
        )
        self.pay(household, regie)

    def pay(self, household, regie):
        desk = self.town.desk(household)
        regie = self.regie(desk, regie)
        shown = desk.basket.show(regie).total
        self.command(
            household,
            lambda desk, key: self.still_there(desk, regie).check_out(
                shown_total=shown, command=key, regie=regie
            ),
            compare=lambda checkout: checkout.reference,
        )

    def baskets(self):
        """
        Who has something to pay, and where.
        """
        at = self.town.clock.now()
        with self.town.store.reading() as reading:
            return [
                (household, regie)
                for household in self.town.households
                for regie in REGIES
                if any(
                    request.is_payable(at)
                    for request in reading.of(household.id).held_requests(
                        regie
                    )
                )
            ]

    def cancel(self):
        household = self.household()
        desk = self.town.desk(household)
        booked = [
            (detail.number, line.day)
            for detail in desk.planning.requests(size=100).items
            for line in detail.lines
            if line.state.value == "confirmed"
        ]
        if not booked:
            return
        number, day = self.random.choice(booked)
        days = [d for n, d in booked if n == number and d <= day]
        weighed = desk.planning.preview_cancellation(number, days)
        self.command(
            household,
            lambda desk, key: desk.planning.cancel(
                number, days, shown_credit=weighed.credited, command=key
            ),
        )

    def discard(self):
        household = self.household()
        items = self.town.desk(household).basket.show(REGIES[0]).items
        if items:
            number = self.random.choice(items).request.number
            self.command(
                household,
                lambda desk, key: desk.basket.discard(number, command=key),
            )

    def regie(self, desk, regie):
        """
        A régie, unless the version that *desk* works under has it no longer.
        """
        codes = [r.code for r in desk._ports.reglement.value.regies]
        return regie if regie in codes else codes[0]

    def still_there(self, desk, regie):
        """
        The basket of a régie, unless it is gone.
        """
        if self.regie(desk, regie) != regie:
            raise RegieGone
        return desk.basket

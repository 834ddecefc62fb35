"""
Another process on opening day: books for its children, and says every answer
that it is given.
"""

from functools import partial
from random import Random
from typing import Any

from adapters.sql.tests import season
from adapters.sql.tests.outside import Outside
from adapters.sql.tests.unprotected import MeetingStore, unlock
from portail_core import Wish
from portail_core.domain.bookings import DayFull
from portail_core.domain.payments import Outcome
from portail_core.domain.refusals import Refused
from portail_core.ports.store import StorageBusy
from portail_core.testing.builders import JOURNEE_REPAS, PERIOD, REGIE
from portail_sql import SqlStore

PATIENCE = 5
"""How often a family presses the button when it is told to try again."""


def main(talk, *, url, folder, seed, rank, children, pieces, how):
    store: Any = SqlStore.open(url)
    if how == "unlocked":
        unlock(store)
    if how != "apart":
        store = MeetingStore(store, partial(meet, talk))
    outside = Outside(folder)
    portal = outside.open(season.season(), store)
    buyer = Buyer(talk, portal, outside, Random(f"{seed}/{rank}"))

    talk.say({"ready": rank})
    talk.hear()
    for child in range(rank, children, season.PROCESSES):
        buyer.book(child, pieces)
    portal.close()
    talk.say({"done": rank, "busy": buyer.busy})


def meet(talk):
    talk.say({"counted": True})
    talk.hear()


class Buyer:
    """
    The adults of several households, one after the other.
    """

    def __init__(self, talk, portal, outside, random):
        self.talk = talk
        self.portal = portal
        self.outside = outside
        self.random = random
        self.busy = 0

    def book(self, rank, pieces):
        """
        Every Wednesday, in so many requests; of some, pay at once.
        """
        desk = self.portal.trusted.family(season.account_id(rank))
        days = self.random.sample(season.WEDNESDAYS, len(season.WEDNESDAYS))
        for n in range(pieces):
            self.ask(desk, rank, days[n::pieces], f"{rank}/{n}")
            if pieces > 1 and self.random.random() < 0.3:
                self.pay(desk, f"{rank}/{n}")

    def ask(self, desk, rank, days, key):
        """
        All of *days*, or else those that are not full.
        """
        while days:
            child = season.child_id(rank)
            wish = Wish(
                child=child,
                period=PERIOD,
                days=dict.fromkeys(sorted(days), JOURNEE_REPAS),
            )
            shown = desk.planning.quote(wish).total
            try:
                held = self.patiently(
                    partial(
                        desk.planning.request,
                        wish,
                        shown_total=shown,
                        command=f"{key}/{len(days)}",
                    )
                )
            except Refused as refused:
                full = {r.day for r in refused.refusals if type(r) is DayFull}
                if len(full) < len(refused.refusals):
                    raise
                days = [day for day in days if day not in full]
            else:
                self.talk.say(
                    {
                        "held": held.number,
                        "child": child,
                        "days": sorted(day.isoformat() for day in days),
                    }
                )
                return

    def patiently(self, act):
        """
        What *act* answers, a few tries later if the storage is busy.
        """
        for _ in range(PATIENCE):
            try:
                return act()
            except StorageBusy:
                self.busy += 1
        return act()

    def pay(self, desk, key):
        """
        The basket, unless the other adult is paying it or adds to it.
        """
        shown = desk.basket.show(REGIE).total
        try:
            checkout = self.patiently(
                partial(
                    desk.basket.check_out,
                    shown_total=shown,
                    command=key,
                    regie=REGIE,
                )
            )
        except Refused:
            return
        provider = checkout.redirect_url.rsplit("/", 1)[-1]
        self.outside.payment.answer(provider, Outcome.PAID)
        told = partial(self.portal.payments.notified, {"key": provider})
        state = self.patiently(told)
        self.talk.say({"paid": checkout.reference, "state": state.value})

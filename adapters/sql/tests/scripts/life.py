"""
Another process: whole use cases, one after the other, until it is killed.

It says every command before giving it, and every answer as soon as it has it.
"""

import datetime as dt
from contextlib import closing
from random import Random

from adapters.sql.tests.breaking import Points, cut_off, killed, lost, watch
from adapters.sql.tests.outside import Outside
from portail_core import Wish
from portail_core.domain.ids import ChildId
from portail_core.domain.money import Money
from portail_core.domain.payments import Outcome
from portail_core.domain.refusals import Refused
from portail_core.ports.store import StorageBusy, StorageFailed
from portail_core.testing import FaultyMail, FaultyPayments
from portail_sql import SqlStore
from tests.simulation.town import DAYS, OFFER, REGIES, first_reglement

WORST = {
    "kill": lambda _: killed,
    "cut off": cut_off,
    "lose the answer": lambda _: lost,
}
TRIES = 4


def main(talk, *, url, folder, seed, run, households, unfinished, point, how):
    with closing(SqlStore.open(url)) as store:
        name, nth, worst = point
        points = Points(talk.say, name, nth, WORST[worst](url))
        outside = Outside(folder)
        portal = outside.open(
            first_reglement(Random(seed)),
            store,
            mail=FaultyMail(outside.mail, points),
            payment=FaultyPayments(outside.payment, points),
        )
        watch(store, points, how)
        life = Life(talk, portal, store, outside, households)
        life.random = Random(f"{seed}/{run}")
        for command in unfinished:
            life.give(command)
        rank = 0
        while True:
            rank += 1
            life.live(f"{run}-{rank}")


class Life:
    """
    Whatever families, payers and a scheduler do next.
    """

    def __init__(self, talk, portal, store, outside, households):
        self.talk = talk
        self.portal = portal
        self.store = store
        self.outside = outside
        self.households = households
        self.random = Random()
        self.choices = {
            self.ask: 6,
            self.check_out: 5,
            self.answer: 4,
            self.notified: 4,
            self.cancel: 2,
            self.discard: 1,
            self.wait: 2,
            self.expire: 1,
            self.reconcile: 2,
            self.relay: 2,
        }

    def live(self, key):
        (choose,) = self.random.choices(
            list(self.choices), list(self.choices.values())
        )
        try:
            arguments = choose()
        except (StorageFailed, StorageBusy, Refused):
            # Nothing was asked for yet.
            return
        if arguments is not None:
            name = f"do_{choose.__name__}"
            self.give({"do": name, "key": key, "with": arguments})

    def give(self, command):
        """
        A command, again while the storage fails – or else it is left to the
        next process.
        """
        self.talk.say({"asked": command})
        for _ in range(TRIES):
            try:
                answer = self.answered(command)
            except (StorageFailed, StorageBusy) as error:
                self.talk.say({"failed": type(error).__name__})
            else:
                self.talk.say({"answered": command["key"], "answer": answer})
                return

    def answered(self, command):
        try:
            return getattr(self, command["do"])(
                key=command["key"], **command["with"]
            )
        except Refused as refused:
            return {"refused": refused.refusals[0].rule}

    # Families ---------------------------------------------------------------

    def household(self):
        household = self.random.choice(self.households)
        return household, self.random.choice(household["accounts"])

    def ask(self):
        household, account = self.household()
        period = self.random.choice(list(OFFER))
        days = self.random.sample(DAYS, self.random.randint(1, 3))
        chosen = {
            day.isoformat(): self.random.choice(OFFER[period]) for day in days
        }
        child = self.random.choice(household["children"])
        wish = wished(child, period, chosen)
        desk = self.portal.trusted.family(account)
        return {
            "account": account,
            "household": household["id"],
            "child": child,
            "period": period,
            "days": chosen,
            "shown": desk.planning.quote(wish).total.cents,
        }

    def do_ask(self, *, key, account, household, child, period, days, shown):
        held = self.portal.trusted.family(account).planning.request(
            wished(child, period, days),
            shown_total=Money(shown),
            command=key,
        )
        return {
            "held": held.number,
            "household": household,
            "child": child,
            "days": sorted(days),
        }

    def check_out(self):
        _, account = self.household()
        desk = self.portal.trusted.family(account)
        regie = self.random.choice(REGIES[:2])
        basket = desk.basket.show(regie)
        if not basket.items:
            return None
        return {
            "account": account,
            "regie": regie,
            "shown": basket.total.cents,
        }

    def do_check_out(self, *, key, account, regie, shown):
        checkout = self.portal.trusted.family(account).basket.check_out(
            shown_total=Money(shown), command=key, regie=regie
        )
        return {
            "attempt": checkout.reference,
            "to_pay": checkout.to_pay.cents,
        }

    def cancel(self):
        household, account = self.household()
        desk = self.portal.trusted.family(account)
        booked = [
            (detail.number, line.day)
            for detail in desk.planning.requests(size=100).items
            for line in detail.lines
            if line.state.value == "confirmed"
        ]
        if not booked:
            return None
        number, day = self.random.choice(booked)
        weighed = desk.planning.preview_cancellation(number, [day])
        return {
            "account": account,
            "household": household["id"],
            "number": number,
            "day": day.isoformat(),
            "shown": weighed.credited.cents,
        }

    def do_cancel(self, *, key, account, household, number, day, shown):
        self.portal.trusted.family(account).planning.cancel(
            number,
            [dt.date.fromisoformat(day)],
            shown_credit=Money(shown),
            command=key,
        )
        return {"cancelled": number, "household": household, "day": day}

    def discard(self):
        household, account = self.household()
        items = (
            self.portal.trusted.family(account).basket.show(REGIES[0]).items
        )
        if not items:
            return None
        return {
            "account": account,
            "household": household["id"],
            "number": self.random.choice(items).request.number,
        }

    def do_discard(self, *, key, account, household, number):
        self.portal.trusted.family(account).basket.discard(number, command=key)
        return {"discarded": number, "household": household}

    # Payers, and the provider -----------------------------------------------

    def known_keys(self):
        """
        Of payments whose page a payer may have seen.
        """
        with self.store.reading() as reading:
            return {
                key: report
                for key, report in self.outside.payment.reports.items()
                if reading.attempt_with_key(key) is not None
            }

    def answer(self):
        waiting = [
            key
            for key, report in self.known_keys().items()
            if report.outcome is Outcome.PENDING
        ]
        if not waiting:
            return None
        outcome = self.random.choice(
            (Outcome.PAID, Outcome.PAID, Outcome.PAID, Outcome.ABANDONED)
        )
        return {
            "payment": self.random.choice(waiting),
            "outcome": outcome.value,
        }

    def do_answer(self, *, key, payment, outcome):
        del key
        self.outside.payment.answer(payment, Outcome(outcome))
        return {"payer": outcome}

    def notified(self):
        keys = list(self.known_keys())
        return {"payment": self.random.choice(keys[-4:])} if keys else None

    def do_notified(self, *, key, payment):
        del key
        state = self.portal.payments.notified({"key": payment})
        return {"payment": payment, "state": state.value}

    # Time, and the scheduler ------------------------------------------------

    def wait(self):
        return {"minutes": self.random.randint(1, 40)}

    def do_wait(self, *, key, minutes):
        del key
        self.outside.clock.move(dt.timedelta(minutes=minutes))
        return {}

    def expire(self):
        return {}

    def do_expire(self, *, key):
        del key
        self.portal.jobs.expire()
        return {}

    def reconcile(self):
        return {}

    def do_reconcile(self, *, key):
        del key
        self.portal.jobs.reconcile()
        return {}

    def relay(self):
        return {}

    def do_relay(self, *, key):
        del key
        before = len(self.outside.mail.keys)
        self.portal.jobs.relay()
        return {"sent": self.outside.mail.keys[before:]}


def wished(child, period, days):
    return Wish(
        child=ChildId(child),
        period=period,
        days={
            dt.date.fromisoformat(day): amplitude
            for day, amplitude in days.items()
        },
    )

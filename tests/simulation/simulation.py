"""
Families, a provider, a council and a scheduler, in random order.

Everything that happens comes from one seed: the same seed, the same story.
"""

import datetime as dt
from collections import Counter
from random import Random

import pytest
from attrs import evolve, frozen

from portail_core.domain.ids import (
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    InvoiceNumber,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Outcome
from portail_core.domain.refusals import Refused
from portail_core.ports.mail import MailDelayed
from portail_core.ports.payment import ProviderUnavailable
from portail_core.ports.store import StorageBusy
from portail_core.testing import Crash, check_promises
from tests.simulation.changes import Changes
from tests.simulation.chaos import Chaos
from tests.simulation.ending import check_ending, happened
from tests.simulation.families import RegieGone
from tests.simulation.town import DAYS, REGIES, Town

A_SECOND = dt.timedelta(seconds=1)
SETTLING_RUNS = 3


@frozen(kw_only=True)
class Mix:
    """
    How often, at each call of a port, the process dies, something else
    happens meanwhile, or another writer comes first.
    """

    crash: float
    interrupt: float
    lose: float

    @classmethod
    def of(cls, random):
        """
        Another one for each seed.
        """
        return cls(
            crash=random.choice((0, 0.01, 0.05)),
            interrupt=random.choice((0, 0.1, 0.4)),
            lose=random.choice((0, 0.05, 0.4)),
        )


class Simulation(Changes):
    """
    Args:
        seed: Gives the story.

        store: Empty.

        mix: Drawn, unless given.

        quiet: Points of `Chaos` where the store lets no second writer in.

    Attributes:
        told: What happened, to be read when something breaks.
    """

    def __init__(self, seed, store, *, quiet=(), mix=None):
        self.seed = seed
        self.random = Random(seed)
        self.chaos = Chaos(self.random, quiet)
        self.town = Town(
            self.random,
            store,
            self.chaos,
            families=self.random.randint(2, 4),
        )
        self.chaos.meanwhile = self.meanwhile
        mix = mix or Mix.of(self.random)
        self.chaos.crash, self.chaos.interrupt = mix.crash, mix.interrupt
        self.chaos.lose = mix.lose
        self.backwards = self.random.random() < 0.3
        # The fewer the days, the more families meet on them.
        self.days = self.random.sample(DAYS, self.random.randint(1, 3))
        self.counts: Counter[tuple[str, str]] = Counter()
        self.told = []
        self.keys = 0
        self.given = []
        self.actions = {
            self.ask: 14,
            self.check_out: 9,
            self.answer: 9,
            self.notify: 6,
            self.job: 5,
            self.wait: 8,
            self.cancel: 3,
            self.change_request: 4,
            self.change_day: 8,
            self.discard: 1,
            self.repeat: 2,
            self.spy: 0.5,
            self.trouble: 1,
            self.decide: 0.4,
        }

    # The story --------------------------------------------------------------

    def run(self, steps):
        try:
            for _ in range(steps):
                with self.chaos.at_work():
                    self.act(self.chosen())
                self.check()
            self.settle()
            check_ending(self.town)
            self.counts += happened(self.town)
        except Exception as error:
            story = "\n".join(self.told[-25:])
            error.add_note(
                f"seed {self.seed}, {len(self.told)} steps:\n{story}"
            )
            if isinstance(error, AssertionError):
                raise
            msg = f"no promise allows {error!r}"
            raise AssertionError(msg) from error
        return self.counts

    def chosen(self):
        (action,) = self.random.choices(
            list(self.actions), list(self.actions.values())
        )
        return action

    def act(self, action):
        name = action.__name__
        try:
            action()
        except Refused as refused:
            outcome = refused.refusals[0].rule
        except StorageBusy:
            outcome = "busy"
        except RegieGone:
            outcome = "régie gone"
        except Crash as crash:
            outcome = f"crash {crash}"
        else:
            outcome = "done"
        self.counts[name, outcome] += 1
        nested = "  meanwhile " if self.chaos.nested else ""
        self.told.append(f"{nested}{self.town.clock.now()} {name}: {outcome}")

    def meanwhile(self):
        """
        A while passes, and what one would do of it.
        """
        for _ in range(self.random.randint(1, 3)):
            action = self.random.choice((self.wait, self.ask, self.chosen()))
            if action != self.decide:
                self.act(action)

    def check(self):
        check_promises(
            self.town.store, at=self.town.clock.now(), pools=self.town.pools
        )

    # Families ---------------------------------------------------------------

    def repeat(self):
        """
        The same command again: the same answer, and nothing happens.
        """
        if not self.given:
            return
        give, answer = self.random.choice(self.given)
        nested, self.chaos.nested = self.chaos.nested, True
        before = self.entries()
        try:
            again = give()
        except RegieGone:
            return
        except Refused as refused:
            rules = {refusal.rule for refusal in refused.refusals}
            # An attempt that a crash left without a page has none to give.
            allowed = {
                "payment.provider-unavailable",
                "payment.one-open-attempt",
            }
            assert rules <= allowed, f"promise 10: {rules}"
            assert isinstance(answer, str)
        else:
            assert answer == again, "promise 10: another answer"
        finally:
            self.chaos.nested = nested
        assert before == self.entries(), "promise 10: something happened"

    def entries(self):
        with self.town.store.reading() as reading:
            return len(reading.journal())

    def spy(self):
        """
        A family asks for everything that is another's.
        """
        ours, theirs = self.random.sample(self.town.households, 2)
        desk = self.town.desk(ours)
        with self.town.store.reading() as reading:
            family = reading.of(theirs.id)
            numbers = [r.number for r in family.requests()]
            invoices = [i.number for i in family.invoices()]
            notes = [n.number for n in family.credit_notes()]
        self.refused(desk.planning.detail, numbers, RequestNumber(0))
        for act in (
            lambda n: desk.basket.discard(n, command=f"spy {n}"),
            lambda n: desk.planning.preview_cancellation(n, self.days),
            lambda n: desk.planning.cancel(
                n, self.days, shown_credit=Money(0), command=f"spy cancels {n}"
            ),
        ):
            self.refused(act, numbers, RequestNumber(0))
        self.refused(desk.invoices.show, invoices, InvoiceNumber("-"))
        self.refused(desk.invoices.credit_note, notes, CreditNoteNumber("-"))
        theirs_alone = [c for c in theirs.children if c not in ours.children]
        self.refused(
            lambda child: desk.planning.quote(
                evolve(self.wish(ours), child=child)
            ),
            theirs_alone,
            ChildId("-"),
        )
        for detail in desk.planning.requests(size=100).items:
            assert detail.number not in numbers, "promise 11"

    def refused(self, act, theirs, nobodys):
        """
        What is another's is refused as what is nobody's is.
        """
        with pytest.raises(Refused) as unknown:
            act(nobodys)
        kinds = [type(r) for r in unknown.value.refusals]
        for one in theirs:
            with pytest.raises(Refused) as refused:
                act(one)
            told = [type(r) for r in refused.value.refusals]
            assert kinds == told, "promise 11"

    # The provider -----------------------------------------------------------

    def answer(self):
        """
        A payer does something; the provider may tell.
        """
        payment = self.town.payment
        waiting = [
            key
            for key, report in payment.reports.items()
            if report.outcome is not Outcome.PAID and self.was_sent(key)
        ]
        if not waiting:
            return
        pending = [
            key
            for key in waiting
            if payment.reports[key].outcome is Outcome.PENDING
        ]
        key = self.random.choice(pending or waiting)
        report = payment.reports[key]
        outcome = self.random.choice(
            (Outcome.PAID, Outcome.PAID, Outcome.REFUSED, Outcome.ABANDONED)
        )
        if report.outcome is not Outcome.PENDING:
            # A payer who seemed gone pays after all – some of them.
            if self.random.random() < 0.7:
                return
            outcome = Outcome.PAID
        payment.answer(key, outcome)
        chance = self.random.random()
        if outcome is Outcome.PAID and chance < 0.1:
            payment.reports[key] = self.tampered(payment.reports[key])
        if outcome is not Outcome.PAID and chance < 0.05:
            payment.forget(key)
        if self.random.random() < 0.6:
            self.notified(key)

    def was_sent(self, key):
        """
        Whether the payer can know the page: a crash may leave one behind.
        """
        with self.town.store.reading() as reading:
            return reading.attempt_with_key(key) is not None

    def tampered(self, paid):
        return self.random.choice(
            (
                evolve(paid, amount=paid.amount + Money(1)),
                evolve(paid, amount=paid.amount - Money(1)),
                evolve(paid, mode=Mode.TEST),
                evolve(paid, reference=AttemptReference("ANOTHER")),
            )
        )

    def notify(self):
        orders = list(self.town.payment.orders)
        if orders:
            self.notified(self.random.choice(orders))

    def notified(self, key):
        for _ in range(self.random.choice((1, 1, 2))):
            self.town.portal.payments.notified({"key": key})

    def trouble(self):
        if self.random.random() < 0.5:
            self.town.payment.trouble.append(ProviderUnavailable())
        else:
            self.town.mail.trouble.append(MailDelayed())

    # The operator -----------------------------------------------------------

    def decide(self):
        chaos, self.chaos.on = self.chaos.on, False
        self.town.decide()
        self.chaos.on = chaos

    def job(self):
        jobs = self.town.portal.jobs
        self.random.choice((jobs.expire, jobs.reconcile, jobs.relay))()

    # Time -------------------------------------------------------------------

    def wait(self):
        clock = self.town.clock
        if self.backwards and self.random.random() < 0.05:
            clock.move(-A_SECOND * self.random.randint(1, 90))
            return
        chance = self.random.random()
        ends = [end for end in self.ends() if end > clock.now()]
        if ends and chance < 0.45:
            offset = A_SECOND * self.random.choice((-1, 0, 0, 1))
            until = self.random.choice(ends) + offset
            clock.moment = max(clock.now(), until)
        elif chance < 0.992:
            clock.move(
                self.random.choice(
                    (
                        A_SECOND * self.random.randint(1, 90),
                        dt.timedelta(minutes=self.random.randint(1, 30)),
                        dt.timedelta(minutes=self.random.randint(1, 60)),
                    )
                )
            )
        else:
            clock.move(dt.timedelta(days=self.random.randint(1, 2)))

    def ends(self):
        """
        When a hold, a pin or an attempt that waits will end.
        """
        ends = set()
        with self.town.store.reading() as reading:
            for household in self.town.households:
                family = reading.of(household.id)
                for regie in REGIES:
                    for request in family.held_requests(regie):
                        ends |= {request.held_until, request.taken_until}
                    ends |= {a.open_until for a in family.attempts(regie)}
        return sorted(ends)

    # The end ----------------------------------------------------------------

    def settle(self):
        """
        Faults stop, payers decide, and a few runs of the jobs leave nothing
        that waits.
        """
        payment = self.town.payment
        payment.trouble.clear()
        self.town.mail.trouble.clear()
        portal = self.town.portals[-1]
        for key, report in list(payment.reports.items()):
            if report.outcome is Outcome.PENDING and self.was_sent(key):
                payment.answer(
                    key, self.random.choice((Outcome.PAID, Outcome.ABANDONED))
                )
            try:
                portal.payments.notified({"key": key})
            except StorageBusy:
                msg = "promise 9: a payment that is never taken"
                raise AssertionError(msg) from None
            self.check()
        for _ in range(SETTLING_RUNS):
            self.town.clock.move(dt.timedelta(hours=6))
            portal.jobs.expire()
            portal.jobs.reconcile()
            portal.jobs.relay()
            self.check()

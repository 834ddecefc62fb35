"""
A portal on stopped time, where every test ends with the books checked.
"""

import datetime as dt
from pathlib import Path

import pytest
from attrs import evolve

from portail_core import Portal, Wish
from portail_core.application.accounts import open_invited_account
from portail_core.domain.accounts import read_email
from portail_core.domain.admission import Admission, Gate
from portail_core.domain.days import at_paris
from portail_core.domain.documents import Demand
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AmplitudeCode,
    HouseholdId,
    PeriodCode,
    RegieCode,
)
from portail_core.domain.payments import Outcome
from portail_core.reglement_toml import load_reglement
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    KeptFiles,
    KeptMail,
    MemoryStore,
    ScriptedPayments,
    StoppedClock,
    check_promises,
)
from portail_core.testing.reglements import changed

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
# The guide's operator, to whom every document is given and every
# pre-registration granted already: what gates ask for has tests of its own.
GUARDED = load_reglement(EXAMPLES / "petites-bouilles.toml")
PETITES_BOUILLES = changed(
    GUARDED,
    gates=(Gate.HOUSEHOLD_DESCRIBED,),
    documents=tuple(
        evolve(kind, demand=Demand.OPTIONAL) for kind in GUARDED.documents
    ),
    accueils=tuple(
        evolve(accueil, admission=Admission.OPEN)
        for accueil in GUARDED.accueils
    ),
)
PERIOD = PeriodCode("mercredis-2025-2026")
REGIE = RegieCode("alsh")
FULL_DAY = AmplitudeCode("JOURNEE-REPAS")
MORNING = AmplitudeCode("MATIN")
AFTERNOON = AmplitudeCode("APRES-MIDI")
WEDNESDAY = dt.date(2026, 5, 27)
NEXT = dt.date(2026, 6, 3)
AFTER = dt.date(2026, 6, 10)
ASKED = at_paris(dt.date(2026, 5, 13), dt.time(11, 12, 56))
A_SECOND = dt.timedelta(seconds=1)
A_MINUTE = dt.timedelta(minutes=1)
AN_HOUR = dt.timedelta(hours=1)
PASSWORD = "Une-phrase-de-passe-2026"
SIGN_IN_PAGE = "https://portail.example.org/connexion"


def with_capacity(reglement, places):
    """
    *reglement* with this many places in every pool.
    """
    pools = tuple(evolve(pool, capacity=places) for pool in reglement.pools)
    return evolve(reglement, pools=pools)


class Family:
    """
    A family that signed up, confirmed its address and described itself.
    """

    def __init__(self, world, name):
        self.world = world
        self.email = f"famille.{name}@example.org"
        world.portal.public.register(self.email, PASSWORD)
        world.portal.jobs.relay()
        _, letter = world.mail.sent[-1]
        world.portal.public.confirm_email(letter.url.rsplit("/", 1)[-1])
        session = world.portal.public.sign_in(self.email, PASSWORD)
        self.desk = world.portal.family(session.token)
        self.member = self.desk._member
        self.desk.profile.update_personal(
            {"first_name": "Camille", "last_name": name.title()}
        )
        self.desk.household.update(
            {
                "street": "12 rue des Genêts",
                "postcode": "04200",
                "town": "Aubignosc",
            }
        )
        self.child = self.add_child("Lou")
        self.commands = 0

    def meet(self, portal):
        """
        Go on with another portal, on the same storage.
        """
        self.desk = portal.trusted.family(self.member.account)

    def add_child(self, first_name, born=dt.date(2018, 4, 9)):
        return self.desk.children.add(
            {
                "first_name": first_name,
                "last_name": "Essai",
                "birth_date": born.isoformat(),
            }
        )

    def command(self):
        self.commands += 1
        return f"command-{self.commands}"

    def wish(self, *days, child=None, amplitude=FULL_DAY):
        return Wish(
            child=(child or self.child).id,
            period=PERIOD,
            days=dict.fromkeys(days, amplitude),
        )

    def ask(self, *days, child=None, amplitude=FULL_DAY):
        wish = self.wish(*days, child=child, amplitude=amplitude)
        shown = self.desk.planning.quote(wish).total
        return self.desk.planning.request(
            wish, shown_total=shown, command=self.command()
        )

    def check_out(self):
        shown = self.desk.basket.show().total
        return self.desk.basket.check_out(
            shown_total=shown, command=self.command()
        )

    def book(self, *days, child=None):
        """
        Ask, pay, and be told.
        """
        request = self.ask(*days, child=child)
        self.world.answer(self.check_out(), Outcome.PAID)
        return request

    def cancel(self, number, *days):
        weighed = self.desk.planning.preview_cancellation(number, days)
        return self.desk.planning.cancel(
            number,
            days,
            shown_credit=weighed.credited,
            command=self.command(),
        )

    def state(self, number):
        return self.desk.planning.detail(number).state

    def ledger(self):
        with self.world.store.reading() as reading:
            return reading.of(self.member.household).ledger(REGIE)


class World:
    """
    A portal, and all that it meets.
    """

    def __init__(self, store, reglement=PETITES_BOUILLES):
        self.store = store
        self.clock = StoppedClock(ASKED)
        self.tokens = CountedTokens()
        self.passwords = CheapPasswords()
        self.mail = KeptMail()
        self.files = KeptFiles()
        self.payment = ScriptedPayments()
        self.portal = self.open(reglement)

    def open(self, reglement, *, store=None, payment=None, mail=None):
        return Portal.open(
            reglement,
            storage=store or self.store,
            mail=mail or self.mail,
            payment=payment or self.payment,
            links="https://portail.example.org/",
            files=self.files,
            clock=self.clock,
            tokens=self.tokens,
            passwords=self.passwords,
        )

    def family(self, name="martin"):
        return Family(self, name)

    def invite(self, email):
        """
        The account of a dossier that staff entered, by now in the outbox.
        """
        household = Household(
            id=HouseholdId(f"dossier of {email}"),
            adults=(),
            address=None,
            quotient=None,
        )
        with self.store.transaction() as tx:
            tx.put(household)
            return open_invited_account(
                tx,
                read_email(email),
                household.id,
                self.clock.now(),
                self.tokens,
            )

    def account(self, email):
        """
        What is kept of the account with this address.
        """
        with self.store.reading() as reading:
            return reading.account_with_email(email)

    def answer(self, checkout, outcome):
        """
        The provider has an answer, and says that it has one.
        """
        key = checkout.redirect_url.rsplit("/", 1)[-1]
        self.payment.answer(key, outcome)
        return self.portal.payments.notified({"key": key})

    def letters(self):
        """
        What was sent since the last time, without the envelopes.
        """
        return [letter for _, letter in self.mails()]

    def mails(self):
        """
        What was sent since the last time, and to which address.
        """
        self.mail.sent.clear()
        self.portal.jobs.relay()
        return [(envelope.to, letter) for envelope, letter in self.mail.sent]

    def secret(self):
        """
        That of the link in the only letter sent since the last time.
        """
        (letter,) = self.letters()
        return letter.url.rsplit("/", 1)[-1]


@pytest.fixture(name="store")
def _store():
    return MemoryStore()


@pytest.fixture(name="world")
def _world(store):
    world = World(store)
    yield world
    check_promises(store, at=world.clock.now())


@pytest.fixture(name="family")
def _family(world):
    return world.family()

"""
What someone may send who wishes nobody well, to every door of the portal.
"""

import datetime as dt
import inspect
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args, get_origin, get_type_hints

from attrs import evolve
from hypothesis import strategies as st

from portail_core import Wish
from portail_core.application.changing_days import DayChange
from portail_core.domain.accounts import Stay
from portail_core.domain.amplitudes import Chosen
from portail_core.domain.children import Custody
from portail_core.domain.documents import About
from portail_core.domain.dossiers import DossierForm
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.forms import Block
from portail_core.domain.ids import RequestNumber
from portail_core.domain.money import Money
from portail_core.domain.quotes import Quote
from portail_core.domain.refusals import Refused
from portail_core.testing import check_promises
from portail_core.testing.builders import PDF
from tests.application.conftest import (
    AFTER,
    AFTERNOON,
    FULL_DAY,
    GUARDED,
    MORNING,
    NEXT,
    PASSWORD,
    PERIOD,
    PETITES_BOUILLES,
    REGIE,
    WEDNESDAY,
    World,
)

NASTY = (
    "",
    " ",
    "\0",
    "Lou\0",
    "\ud800",
    "\ud83d et",
    "\u202eexe.fdp",
    "../../etc/passwd",
    "=HYPERLINK(0)",
    "a\r\nBcc: voisin@example.org",
    "%00",
    "%",
    "_",
    "\\",
    "'; drop table accounts; --",
    "{}",
    "é" * 1_000,
    "x" * 1_000_000,
    "1" * 5_000,
    "-1",
    "1e999",
    "NaN",
    "\u0661",
    "0001-01-01",
    "9999-12-31",
    "31/12/9999",
    "1799-01-01",
    "voisin@example.org",
    "famille.martin@example.org",
    "\U0010ffff",
)
NUMBERS = (-(2**63) - 1, -1, 0, 1, 2, 3, 100, 101, 2**31, 2**63, 10**30)
MOMENTS = (
    dt.datetime(2026, 5, 20, 9, tzinfo=dt.UTC),
    dt.datetime(1, 1, 2, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 30, tzinfo=dt.UTC),
)
DAYS = (dt.date.min, dt.date.max, dt.date(1, 1, 2), WEDNESDAY, NEXT, AFTER)
CONTENTS = (
    b"",
    b"\0",
    PDF,
    b"\xff\xfe\xff",
    b"\xef\xbb\xbf;;;\r\n",
    b'"',
    b";",
)

CSV = (
    "Nom;Prénom;E-mail;Code postal\r\nMorel;Zoé;zoe@example.org;04200\r\n"
).encode("utf-8-sig")

OPEN = evolve(PETITES_BOUILLES, accueils=GUARDED.accueils)

ANSWERS = (Refused, ValueError, TypeError)
"""What a door may raise: a refusal, or the fault of a host."""


class Town:
    """
    Two households that share a child, one that signed up, one dossier.
    """

    def __init__(self, store):
        self.world = World(store, OPEN)
        self.us = self.world.family("martin")
        self.ex = self.world.family("petit")
        self.staff = self.world.portal.trusted.staff("agent-1")
        with store.transaction() as tx:
            tx.put(
                Custody(
                    child=self.us.child.id,
                    household=self.ex.member.household,
                    since=dt.date(2026, 1, 1),
                )
            )
        self.entered = self.staff.dossiers.enter(
            DossierForm(
                adults=[
                    {
                        "first_name": "Camille",
                        "last_name": "Martin",
                        "email": "camille@example.org",
                    }
                ]
            )
        )
        for family in (self.us, self.ex):
            for kind in GUARDED.documents:
                child = family.child.id if kind.about is About.CHILD else None
                family.desk.documents.submit(
                    kind.code, PDF, "papier.pdf", child=child
                )
            for accueil in OPEN.accueils:
                family.desk.pre_registrations.ask(
                    family.child.id, accueil.code
                )
        for waiting in self.staff.pre_registrations.to_decide(1):
            self.staff.pre_registrations.accept(waiting.pre_registration.id)
        self.us_secret = self.secret()
        self.booked = self.us.book(WEDNESDAY)
        self.held = self.us.ask(NEXT)
        self.known = self._known()

    def secret(self):
        """
        That of a link to change the password of ours.
        """
        self.world.portal.public.forgot_password(self.us.email)
        return next(
            letter.url.rsplit("/", 1)[-1]
            for to, letter in self.world.mails()
            if to == self.us.email and hasattr(letter, "url")
        )

    def _known(self):
        """
        What exists here, by the names of arguments.
        """
        us, them = self.us, self.ex
        households = (us.member.household, them.member.household, self.entered)
        return {
            "document": [
                one.id
                for family in (us, them)
                for one in family.desk.documents.history()
            ],
            "pre_registration": [
                one.id
                for family in (us, them)
                for one in family.desk.pre_registrations.all()
            ],
            "child": (us.child.id, them.child.id),
            "household": households,
            "registered": households,
            "dossier": households,
            "email": (us.email, them.email, "nouveau@example.org"),
            "password": (PASSWORD,),
            "current": (PASSWORD,),
            "new": (PASSWORD,),
            "kind": [kind.code for kind in GUARDED.documents],
            "accueil": [accueil.code for accueil in GUARDED.accueils],
            "content": (PDF, CSV),
            "period": (PERIOD,),
            "amplitude": (FULL_DAY, MORNING, AFTERNOON),
            "regie": (REGIE,),
            "number": (self.booked.number, self.held.number),
            "day": (WEDNESDAY, NEXT),
            "days": ({AFTER: MORNING}, {WEDNESDAY: FULL_DAY}),
            "typed": (
                {"first_name": "Lou", "last_name": "Morel"},
                {
                    "first_name": "Zoé",
                    "last_name": "Morel",
                    "birth_date": "2019-03-02",
                },
                {
                    "street": "1 rue du Pré",
                    "postcode": "04200",
                    "town": "Aubignosc",
                },
            ),
            "wish": (us.wish(AFTER), us.wish(AFTER, amplitude=MORNING)),
            "shown_total": [
                us.desk.planning.quote(us.wish(AFTER)).total,
                us.desk.basket.show().total,
                Money(0),
            ],
            "shown": [
                us.desk.planning.preview_day_change(
                    self.booked.number, WEDNESDAY, MORNING
                )
            ],
            "shown_credit": [
                us.desk.planning.preview_cancellation(
                    self.booked.number, [WEDNESDAY]
                ).credited
            ],
            "token": (
                self.world.portal.public.registration.begin(
                    "garcia@example.org", PASSWORD
                ),
                self.world.portal.public.sign_in(us.email, PASSWORD).token,
            ),
            "account": (us.member.account,),
            "reason": ("la page 2\r\nmanque",),
            "version": [self.us.desk.house_rules.show().rules.version],
            "secret": [self.us_secret, self.secret()],
            "form": (
                DossierForm(
                    adults=[{"first_name": "Zoé", "last_name": "Morel"}]
                ),
            ),
        }

    @cached_property
    def texts(self):
        """
        Nasty ones, and every name that anything here goes by.
        """
        registration = self.world.portal.public.registration
        token = registration.begin("garcia@example.org", PASSWORD)
        return (
            *NASTY,
            *(PERIOD, REGIE, FULL_DAY, MORNING, AFTERNOON, PASSWORD, token),
            *(self.us.child.id, self.ex.child.id),
            *(self.us.member.household, self.ex.member.household),
            *(kind.code for kind in GUARDED.documents),
            *(accueil.code for accueil in GUARDED.accueils),
            *(f"id-{n}" for n in range(1, 60, 7)),
        )

    def doors(self):
        """
        Every method of every desk, by its name.
        """
        portal = self.world.portal
        desks = {
            "public": portal.public,
            "registration": portal.public.registration,
            "payments": portal.payments,
            "family": self.us.desk,
            "staff": self.staff,
        }
        for name, desk in (("family", self.us.desk), ("staff", self.staff)):
            desks.update(
                (f"{name}.{tile}", getattr(desk, tile))
                for tile, value in vars(type(desk)).items()
                if isinstance(value, property)
            )
        doors = {
            f"{name}.{door}": getattr(desk, door)
            for name, desk in desks.items()
            for door, value in inspect.getmembers(type(desk))
            if not door.startswith("_") and inspect.isfunction(value)
        }
        doors["trusted.family"] = portal.trusted.family
        doors["portal.family"] = portal.family
        return doors

    def besiege(self, data, attacks):
        """
        Send so many things to any door, then look at the books.
        """
        doors = self.doors()
        for _ in range(attacks):
            name = data.draw(st.sampled_from(sorted(doors)))
            arguments = data.draw(self.arguments(doors[name]))
            with suppress(*ANSWERS):
                doors[name](**arguments)
        self.look()

    def look(self):
        """
        Every family still reads all it may; mails go out; the books balance.
        """
        for family in (self.us, self.ex):
            desk = self.world.portal.trusted.family(family.member.account)
            for read in (
                desk.home,
                desk.profile.show,
                desk.household.show,
                desk.household.history,
                desk.children.all,
                desk.documents.asked,
                desk.documents.history,
                desk.pre_registrations.all,
                desk.planning.requests,
                desk.basket.show,
                desk.invoices.all,
                desk.invoices.pending,
                desk.invoices.summary,
            ):
                read()
        jobs = self.world.portal.jobs
        jobs.expire()
        jobs.reconcile()
        assert 0 == jobs.relay().failed
        self.staff.dossiers.matches()
        check_promises(self.world.store, at=self.world.clock.now())

    def arguments(self, door):
        """
        Some for *door*, of the types that it declares.
        """
        hints = get_type_hints(door)
        hints.pop("return", None)
        return st.fixed_dictionaries(
            {name: self.named(name, hint) for name, hint in hints.items()}
        )

    def named(self, name, hint):
        """
        Hostile values of a type, and those of ours that go by this name.
        """
        if name in self.known:
            known = st.sampled_from(self.known[name])
            return known | known | self.of(hint)
        return self.of(hint)

    def of(self, hint: Any):
        """
        Hostile values of a type.
        """
        hint = getattr(hint, "__supertype__", hint)
        text = st.sampled_from(self.texts)
        days = st.sampled_from(DAYS)
        typed = st.dictionaries(
            st.sampled_from((*FIELDS, *NASTY[:5])), text, max_size=6
        )
        if get_origin(hint) is Mapping or get_origin(hint) is dict:
            return (
                st.dictionaries(days, text, max_size=3)
                if get_args(hint)[0] is dt.date
                else typed
            )
        if get_origin(hint) is Iterable:
            return st.lists(days, max_size=3)
        if type(None) in get_args(hint):
            return st.none() | self.of(get_args(hint)[0])
        if hint == Chosen:
            return text
        amount = st.sampled_from(NUMBERS).map(Money)
        known = {
            str: text,
            bytes: st.sampled_from(CONTENTS),
            dt.date: days,
            dt.datetime: st.sampled_from(MOMENTS),
            Money: amount,
            Decimal: st.sampled_from(
                [Decimal(n) for n in ("0", "-1", "1e30", "NaN", "1e999")]
            ),
            Stay: st.sampled_from(Stay),
            Block: st.sampled_from(Block),
            int: st.sampled_from(NUMBERS),
            RequestNumber: st.sampled_from(NUMBERS),
            Wish: st.builds(
                Wish,
                child=text,
                period=text,
                days=st.dictionaries(days, text, max_size=3),
            ),
            DayChange: st.builds(
                DayChange,
                quote=st.builds(
                    Quote, rows=st.just(()), lines=st.just(()), total=amount
                ),
                settlement=st.none(),
            ),
            HouseholdFacts: st.builds(HouseholdFacts, residency=text),
            DossierForm: st.builds(
                DossierForm,
                adults=st.lists(typed, max_size=3),
                household=typed,
                children=st.lists(typed, max_size=3),
            ),
        }
        return known[hint]


FIELDS = (
    "first_name",
    "last_name",
    "birth_date",
    "email",
    "phone",
    "street",
    "postcode",
    "town",
    "children_count",
)

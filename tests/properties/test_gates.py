"""
No day is ever held while a gate of its wish is closed.

A family and the operator's staff do what they like, in any order, while days
pass; what each gate should say is worked out here a second time, from what
was done alone.
"""

import datetime as dt
from itertools import count
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from portail_core import Portal, Refused, Wish
from portail_core.domain.admission import Admission, Gate
from portail_core.domain.dated import Decision, History
from portail_core.domain.days import day_of
from portail_core.domain.documents import (
    About,
    Demand,
    DocumentKind,
    ForGood,
    Opens,
)
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AgentId,
    CommandKey,
    DocumentCode,
    HouseRulesVersion,
)
from portail_core.ports.mail import EmailConfirmation
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    KeptFiles,
    KeptMail,
    MemoryStore,
    ScriptedPayments,
    StoppedClock,
    reglement,
)
from portail_core.testing.builders import (
    ACCUEIL,
    JOURNEE_REPAS,
    PDF,
    PERIOD,
)
from portail_core.testing.reglements import WEDNESDAYS, changed

A_DAY = dt.timedelta(days=1)
BEGIN = dt.datetime(2026, 4, 20, 9, tzinfo=dt.UTC)
CHANGED = dt.date(2026, 4, 22)
EMAIL = "camille@example.org"
PASSWORD = "Une-phrase-de-passe-2026"

CHILD_FORM = DocumentKind(
    code=DocumentCode("fiche"),
    label="Fiche",
    about=About.CHILD,
    demand=Demand.MANDATORY,
    validity=ForGood(),
)
HOME = evolve(
    CHILD_FORM,
    code=DocumentCode("domicile"),
    label="Domicile",
    about=About.HOUSEHOLD,
    opens=Opens.SUBMITTED,
)
VERSIONS = (HouseRulesVersion("1"), HouseRulesVersion("2"))
RULES = History(
    tuple(
        Decision(
            since=since,
            source="délibération",
            value=HouseRules(version=version, url="/r"),
        )
        for since, version in zip(
            (dt.date(2025, 9, 1), CHANGED), VERSIONS, strict=True
        )
    )
)


def strict_reglement():
    plain = reglement()
    return changed(
        plain,
        accueils=(
            evolve(plain.accueils[0], admission=Admission.PRE_REGISTRATION),
        ),
        gates=(Gate.HOUSE_RULES_ACCEPTED,),
        documents=(CHILD_FORM, HOME),
        house_rules=RULES,
    )


class Family:
    """
    A family and the staff, and a plain account of what they did.
    """

    def __init__(self):
        self.clock = StoppedClock(BEGIN)
        self.mail = KeptMail()
        self.portal = Portal.open(
            strict_reglement(),
            storage=MemoryStore(),
            mail=self.mail,
            payment=ScriptedPayments(),
            links="https://portail.example.org",
            files=KeptFiles(),
            clock=self.clock,
            tokens=CountedTokens(),
            passwords=CheapPasswords(),
        )
        self.portal.public.register(EMAIL, PASSWORD)
        token = self.portal.public.sign_in(EMAIL, PASSWORD).token
        self.desk = self.portal.family(token)
        self.staff = self.portal.trusted.staff(AgentId("accueil"))
        self.child = self.desk.children.add(
            {
                "first_name": "Lou",
                "last_name": "Essai",
                "birth_date": "2018-04-09",
            }
        )
        self.keys = count()
        self.confirmed = False
        self.accepted = set()
        self.asked = []  # pre-registrations: [id, state], in order
        self.given = []  # documents: [id, kind, state, first day, last day]

    @property
    def today(self):
        return day_of(self.clock.now())

    # What the family does ---------------------------------------------------

    def confirm(self):
        if not self.confirmed:
            # The first link may be too old.
            self.portal.public.register(EMAIL, PASSWORD)
            self.portal.jobs.relay()
            _, letter = self.mail.sent[-1]
            assert isinstance(letter, EmailConfirmation)
            self.portal.public.confirm_email(letter.url.rsplit("/", 1)[-1])
            self.confirmed = True

    def describe(self):
        self.desk.household.update(
            {
                "street": "12 rue des Genêts",
                "postcode": "04200",
                "town": "Aubignosc",
            }
        )

    def accept_rules(self):
        shown = self.desk.house_rules.show()
        assert shown is not None
        version = shown.rules.version
        self.accepted.add(self.desk.house_rules.accept(version).version)

    def give(self, kind):
        if not self.confirmed:
            return
        child = self.child.id if kind.about is About.CHILD else None
        one = self.desk.documents.submit(kind.code, PDF, "x", child=child)
        self.given.append([one.id, kind.code, "submitted", None, None])

    def ask(self):
        if not self.confirmed or self.standing() in {"asked", "accepted"}:
            return
        one = self.desk.pre_registrations.ask(self.child.id, ACCUEIL)
        self.asked.append([one.id, "asked"])

    def withdraw(self):
        if self.standing() == "asked":
            self.desk.pre_registrations.withdraw(self.asked[-1][0])
            self.asked[-1][1] = "withdrawn"

    # What staff does --------------------------------------------------------

    def answer(self, verdict):
        if self.standing() == "asked":
            number = self.asked[-1][0]
            if verdict == "accepted":
                self.staff.pre_registrations.accept(number)
            else:
                self.staff.pre_registrations.refuse(number, reason="non")
            self.asked[-1][1] = verdict

    def review(self, verdict, first, length):
        waiting = [one for one in self.given if one[2] == "submitted"]
        if not waiting:
            return
        one = waiting[0]
        if verdict == "accepted":
            first_day = self.today + first * A_DAY
            last_day = first_day + length * A_DAY
            self.staff.documents.accept(
                one[0], valid_from=first_day, valid_to=last_day
            )
            one[3:] = [first_day, last_day]
        else:
            self.staff.documents.refuse(one[0], reason="non")
        one[2] = verdict

    def wait(self, days):
        self.clock.move(days * A_DAY)

    # What must be true ------------------------------------------------------

    def standing(self):
        return self.asked[-1][1] if self.asked else None

    def closed(self):
        """
        The rules of every gate that is closed now, worked out anew.
        """
        rules: set[object] = set()
        if not self.confirmed:
            rules.add("gate.email.confirmed")
        if VERSIONS[self.today >= CHANGED] not in self.accepted:
            rules.add("gate.house-rules.accepted")
        if self.standing() != "accepted":
            word = {"asked": "waiting", "refused": "refused"}
            rules.add(
                f"gate.pre-registration.{word.get(self.standing(), 'missing')}"
            )
        for kind in (CHILD_FORM, HOME):
            why = self.why_not(kind)
            if why is not None:
                rules.add((f"gate.document.{why}", kind.label))
        return rules

    def why_not(self, kind):
        own = [one for one in self.given if one[1] == kind.code]
        accepted = [one for one in own if one[2] == "accepted"]
        if any(one[3] <= self.today <= one[4] for one in accepted):
            return None
        if any(one[2] == "submitted" for one in own):
            return None if kind.opens is Opens.SUBMITTED else "waiting"
        if any(one[3] > self.today for one in accepted):
            return "not-yet-valid"
        if not own:
            return "missing"
        return "refused" if own[-1][2] == "refused" else "expired"

    def book(self):
        """
        The rules of the gates that are told; none if the days are held.
        """
        key = next(self.keys)
        wish = Wish(
            child=self.child.id,
            period=PERIOD,
            days={WEDNESDAYS[3]: JOURNEE_REPAS},
        )
        try:
            held = self.desk.planning.request(
                wish,
                shown_total=self.desk.planning.quote(wish).total,
                command=CommandKey(f"key-{key}"),
            )
        except Refused as refused:
            told = refused.refusals
        else:
            self.desk.basket.discard(held.number, command=f"drop-{key}")
            return set()
        gates = [one for one in told if one.rule.startswith("gate.")]
        assert len(told) == len(gates), "nothing else stands in the way"
        return {
            (one.rule, one.document) if hasattr(one, "document") else one.rule
            for one in gates
        }


ACTIONS = st.one_of(
    st.sampled_from(
        [
            ("confirm",),
            ("describe",),
            ("accept_rules",),
            ("ask",),
            ("withdraw",),
            ("answer", "accepted"),
            ("answer", "refused"),
            ("give", CHILD_FORM),
            ("give", HOME),
        ]
    ),
    st.tuples(
        st.just("review"),
        st.sampled_from(["accepted", "accepted", "refused"]),
        st.integers(-2, 2),
        st.integers(0, 3),
    ),
    st.tuples(st.just("wait"), st.integers(1, 2)),
)
EVERYTHING: list[tuple[Any, ...]] = [
    ("confirm",),
    ("accept_rules",),
    ("ask",),
    ("answer", "accepted"),
    ("give", CHILD_FORM),
    ("review", "accepted", 0, 3),
    ("give", HOME),
]


@pytest.mark.rule("gate.every-unmet")
@pytest.mark.rule("gate.document.day-of-asking")
# A story is long: a share of the profile's examples.
@pytest.mark.proof
@pytest.mark.timeout(3_600)
@settings(max_examples=max(60, settings().max_examples // 4))
@given(st.lists(ACTIONS, max_size=12), st.booleans())
def test_gates_told_are_those_closed(actions, prepared):
    """
    Whatever was done before, a request is held if no gate of it is closed at
    that moment, and else hears of exactly those that are.
    """
    family = Family()
    for name, *arguments in [*(EVERYTHING if prepared else ()), *actions]:
        getattr(family, name)(*arguments)

        assert family.closed() == family.book()


@pytest.mark.rule("gate.every-unmet")
def test_open():
    """
    The walk above reaches the other side of every gate.
    """
    family = Family()
    told = []
    for name, *arguments in EVERYTHING:
        told.append(family.book())
        getattr(family, name)(*arguments)

    assert [5, 4, 3, 3, 2, 2, 1] == [len(rules) for rules in told]
    assert set() == family.book()

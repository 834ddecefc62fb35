"""
Règlements of a few lines, and what days cost under them.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest

from portail_core.domain.amplitudes import Hours
from portail_core.domain.facts import Booked, HouseholdFacts, Scheme
from portail_core.domain.ids import ChildId
from portail_core.domain.money import total
from portail_core.domain.quotes import Visit, Visits, price
from portail_core.domain.quotient_familial import Received
from portail_core.domain.refusals import Refused
from portail_core.reglement_toml import read_reglement
from portail_core.wire import Unreadable

LOU = ChildId("lou")
NOA = ChildId("noa")
ZOE = ChildId("zoe")

MONDAY = dt.date(2026, 5, 18)
WEDNESDAY = dt.date(2026, 5, 27)
BOOKED_ON = dt.date(2026, 5, 4)

BEFORE = """
schema = 1

[operator]
name = "Commune de Saint-Exemple"
department = "04"
sender_name = "Commune de Saint-Exemple"
sender = "enfance@portail.example.org"
signature = "Le service enfance"

[[regies]]
code = "enfance"
label = "Régie enfance"
series = "ENF"

[[establishments]]
code = "ecole"
label = "Ecole"

[[hold]]
since = 2025-09-01
source = "exemple"
minutes = 120

[[book_until]]
since = 2025-09-01
source = "exemple"
deadline = { days_before = 2, at = 12:00:00 }

[[cancellations]]
since = 2025-09-01
source = "exemple"
outcomes = [{ credited_share = "0", label = "La journée reste due." }]

[[periods]]
code = "annee"
label = "Année scolaire 2025-2026"
accueil = "accueil"
first_day = 2025-09-01
last_day = 2026-08-31
weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
public_holidays = "closed"

[[accueils]]
code = "accueil"
label = "Accueil"
establishment = "ecole"
regie = "enfance"
"""
PARTS = ("matin", "midi", "apres-midi", "soir")


def text(tariffs, bills=None, prestations=None, hours=None):
    """
    A règlement with these prices.

    Args:
        tariffs: From the first table on; a « [[tariffs]] » needs only what
            the test is about.

        bills: Amplitude → what is billed; a part of the day each.

        prestations: Code → further keys, as written.

        hours: Amplitude → further keys, as written.
    """
    bills = bills or {"JOUR": '{ journee = "1" }'}
    prestations = {"journee": "", **(prestations or {})}
    amplitudes = ", ".join(f'"{code}"' for code in bills)
    return "\n".join(
        [
            *(BEFORE, f"amplitudes = [{amplitudes}]"),
            *(
                f'[[prestations]]\ncode = "{code}"\nlabel = "{code}"\n'
                f'nature = "care"\n{more}'
                for code, more in prestations.items()
            ),
            *(
                f'[[amplitudes]]\ncode = "{code}"\nlabel = "{code}"\n'
                f'parts = ["{PARTS[rank]}"]\nprestations = {billed}\n'
                f"{(hours or {}).get(code, '')}"
                for rank, (code, billed) in enumerate(bills.items())
            ),
            *declared(tariffs),
            tariffs.replace(
                "[[tariffs]]",
                '[[tariffs]]\nsince = 2025-09-01\nsource = "délibération"',
            ),
        ]
    )


_RESIDENCY = r"residency = \[(.*?)\]"


def declared(tariffs):
    """
    Where households live, and facts of its own, as the tariffs ask for them
    and do not declare them.
    """
    is_declared = "[[residencies]]" in tariffs
    asked = [] if is_declared else re.findall(_RESIDENCY, tariffs)
    for code in dict.fromkeys(re.findall(r'"(.*?)"', " ".join(asked))):
        yield f'[[residencies]]\ncode = "{code}"\nlabel = "{code}"'
    named = re.findall(r"named = \{ (\w+) = \[(.*?)\] \}", tariffs)
    if named:
        yield "[facts]"
    for fact in dict.fromkeys(fact for fact, _ in named):
        words = ", ".join(dict.fromkeys(w for f, w in named if f == fact))
        yield f"{fact} = [{words}]"


def rules(tariffs, **others):
    return read_reglement(text(tariffs, **others))


def told(tariffs, **others):
    """
    What the loader says is wrong.
    """
    with pytest.raises(Unreadable) as no:
        rules(tariffs, **others)
    return [str(fault) for fault in no.value.faults]


def family(quotient=None, scheme=None, income=None, **known):
    """
    A household of which no more is known.
    """
    return HouseholdFacts(
        quotients=() if quotient is None else (received(quotient),),
        scheme=None if scheme is None else Scheme(scheme),
        income=None if income is None else Decimal(income),
        **known,
    )


def received(quotient, on=dt.date(2026, 4, 20)):
    """
    A quotient of the month in which it came.
    """
    return Received(Decimal(quotient), on.replace(day=1), on)


def visit(of, day=WEDNESDAY, amplitude="JOUR", **told):
    hours = None
    if "arrives" in told:
        hours = Hours(arrives=told.pop("arrives"), leaves=told.pop("leaves"))
    return Visit(
        day=day,
        amplitude=of.find_amplitude(amplitude),
        booked=Booked(told.pop("booked", "in-time")),
        hours=hours,
        **told,
    )


def visits(of, *days, child=LOU, **told):
    return Visits(child=child, period=of.periods[0], days=days, **told)


def ask(of, *days, household=None, booked_on=BOOKED_ON, cost=None, **told):
    """
    What these days of one child cost, line by line.
    """
    return price(
        [
            visits(
                of,
                *(days or [visit(of)]),
                cost=None if cost is None else Decimal(cost),
                **told,
            )
        ],
        household=household or family(),
        reglement=of,
        booked_on=booked_on,
    )


def euros(lines):
    """
    What the family pays in all: « 12.50 ».
    """
    return f"{Decimal(total(line.amount for line in lines).cents) / 100:.2f}"


def costs(of, *days, **known):
    return euros(ask(of, *days, **known))


def refusals(of, *days, **known):
    with pytest.raises(Refused) as no:
        ask(of, *days, **known)
    return no.value.refusals


def together(of, *children):
    """
    What children of one household cost.
    """
    return price(
        children, household=family(), reglement=of, booked_on=BOOKED_ON
    )

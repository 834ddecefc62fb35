"""
An invented family.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.accounts import (
    Account,
    AccountState,
    Email,
    Session,
)
from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.forms import Block
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.ids import (
    AgentId,
    ChangeId,
    LinkId,
    SecretDigest,
)
from portail_core.domain.links import Link, Purpose
from portail_core.domain.matches import Dismissal
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.registrations import Registration

from ._names import (
    ACCOUNT,
    ASKED,
    ELSEWHERE,
    HOUSEHOLD,
    LOU,
)


def household(**changes: Any) -> Household:
    """
    Camille and her address; quotient familial 650.
    """
    return evolve(
        Household(
            id=HOUSEHOLD,
            adults=(adult(),),
            address=Address(
                street="1 place de l'Église",
                postcode="04200",
                town="Aubignosc",
            ),
            quotient=QuotientFamilial(
                value=Decimal(650),
                month=dt.date(2026, 5, 1),
                evidence="attestation CAF du 04/05/2026",
                recorded_at=ASKED - dt.timedelta(days=7),
            ),
        ),
        **changes,
    )


def adult(**changes: Any) -> Adult:
    """
    Camille, who has an account.
    """
    return evolve(
        Adult(
            account=ACCOUNT, first_name="Camille", last_name="Martin-Durand"
        ),
        **changes,
    )


def account(**changes: Any) -> Account:
    """
    Camille's, confirmed.
    """
    return evolve(
        Account(
            id=ACCOUNT,
            email=Email("camille@example.org"),
            password="derived",
            household=HOUSEHOLD,
            state=AccountState.ACTIVE,
            created_at=ASKED - dt.timedelta(days=8),
            epoch=1,
        ),
        **changes,
    )


def link(**changes: Any) -> Link:
    """
    Confirms Camille's address; not used, good for two days.
    """
    return evolve(
        Link(
            id=LinkId("link-1"),
            digest=SecretDigest("digest of a link"),
            account=ACCOUNT,
            purpose=Purpose.CONFIRM_EMAIL,
            email=Email("camille@example.org"),
            password="derived",
            household=HOUSEHOLD,
            replaces=None,
            epoch=1,
            expires_at=ASKED + dt.timedelta(days=2),
            used_at=None,
        ),
        **changes,
    )


def session(**changes: Any) -> Session:
    """
    Camille is signed in for a day.
    """
    return evolve(
        Session(
            digest=SecretDigest("digest of a session"),
            account=ACCOUNT,
            epoch=1,
            expires_at=ASKED + dt.timedelta(days=1),
        ),
        **changes,
    )


def child(**changes: Any) -> Child:
    """
    Lou, seven years old on the days of the règlement.
    """
    return evolve(
        Child(
            id=LOU,
            first_name="Lou",
            last_name="Martin-Durand",
            birth_date=dt.date(2019, 4, 2),
        ),
        **changes,
    )


def custody(**changes: Any) -> Custody:
    """
    Lou, always of the household.
    """
    return evolve(
        Custody(child=LOU, household=HOUSEHOLD, since=dt.date(2019, 4, 2)),
        **changes,
    )


def change(**changes: Any) -> Change:
    """
    Camille moved, a week before.
    """
    return evolve(
        Change(
            id=ChangeId("change-1"),
            household=HOUSEHOLD,
            subject="household",
            field_name="household.street",
            before=None,
            after="1 place de l'Église",
            actor=f"account/{ACCOUNT}",
            at=ASKED - dt.timedelta(days=7),
        ),
        **changes,
    )


def registration(**changes: Any) -> Registration:
    """
    Morgane's, two steps before its end.
    """
    return evolve(
        Registration(
            digest=SecretDigest("digest of a registration"),
            email=Email("morgane@example.org"),
            password="derived",
            adult=Adult(
                account=None,
                first_name="Morgane",
                last_name="Morel",
                birth_date=dt.date(1990, 2, 28),
                address=Address(
                    street="2 rue des Genêts", postcode="04200", town="Peipin"
                ),
            ),
            done=(Block.COORDINATES, Block.PERSONAL),
            created_at=ASKED,
            expires_at=ASKED + dt.timedelta(days=1),
            ended_at=None,
        ),
        **changes,
    )


def dismissal(**changes: Any) -> Dismissal:
    """
    The two households of the samples are two.
    """
    return evolve(
        Dismissal(
            registered=HOUSEHOLD,
            dossier=ELSEWHERE,
            agent=AgentId("accueil"),
            at=ASKED,
        ),
        **changes,
    )

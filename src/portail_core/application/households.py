"""
The household and its children, as the family describes them.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.children import BornLater, Child, Custody
from portail_core.domain.days import day_of
from portail_core.domain.households import (
    Household,
    HouseholdForm,
    described,
    field_faults,
)
from portail_core.domain.ids import ChildId
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from .members import Member


def describe_household(
    form: HouseholdForm, *, member: Member, store: Store
) -> Household:
    """
    « Mon foyer »: its adults and where it lives, in place of what was there.

    Raises:
        Refused: `FieldEmpty` and `FieldMalformed` for each field,
            `PostcodeMalformed`.
    """

    def work(tx: Transaction) -> Household:
        household = tx.of(member.household).household()
        household = described(household, form, by=member.account)
        tx.put(household)
        return household

    return commit(store, work)


def add_child(
    *,
    first_name: str,
    last_name: str,
    birth_date: dt.date,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
) -> Child:
    """
    « Mes enfants »: add one, whom the household may book for from today.

    Raises:
        Refused: `FieldEmpty` and `FieldMalformed` for each name, `BornLater`.
    """
    today = day_of(clock.now())
    refusals: list[Refusal] = list(
        field_faults({"first_name": first_name, "last_name": last_name})
    )
    if birth_date > today:
        refusals.append(BornLater(birth_date))
    if refusals:
        raise Refused(*refusals)

    child = Child(
        id=ChildId(tokens.new_id()),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        birth_date=birth_date,
    )
    custody = Custody(child=child.id, household=member.household, since=today)

    def work(tx: Transaction) -> None:
        tx.put(child)
        tx.put(custody)

    commit(store, work)
    return child


def children(*, member: Member, store: Store) -> tuple[Child, ...]:
    """
    The children that the household may book for, oldest first.
    """
    with store.reading() as reading:
        return reading.of(member.household).children()


def household(*, member: Member, store: Store) -> Household:
    """
    The household as it is described.
    """
    with store.reading() as reading:
        return reading.of(member.household).household()

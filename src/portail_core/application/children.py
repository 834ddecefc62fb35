"""
« Mes enfants », as the family describes them.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain.children import Child, Custody
from portail_core.domain.days import day_of
from portail_core.domain.forms import (
    Block,
    Form,
    child_values,
    child_with,
    shown,
)
from portail_core.domain.ids import ChildId
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._booking import known_child
from ._commits import commit
from ._forms import clerk_of
from .members import Member
from .reglements import ActiveReglement


def children(*, member: Member, store: Store) -> tuple[Child, ...]:
    """
    The children that the household may book for, oldest first.
    """
    with store.reading() as reading:
        return reading.of(member.household).children()


def form(
    child: ChildId | None,
    *,
    member: Member,
    store: Store,
    reglement: ActiveReglement,
) -> Form:
    """
    What is known of *child*; an empty form for `None`, to add one.

    Raises:
        Refused: `ChildUnknown`.
    """
    with store.reading() as reading:
        known = (
            None
            if child is None
            else known_child(reading.of(member.household), child)
        )
    return shown(Block.CHILD, child_values(known), reglement.value.fields)


def add_child(
    typed: Mapping[str, str],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> Child:
    """
    Add a child, whom the household may book for from today in Paris.

    Args:
        typed: « first_name », « last_name », « birth_date »
            (« 02/03/2019 » or « 2019-03-02 »), and what else the form has.

        member: Who adds it, for their household.

        clock: When.

        tokens: Names the child.

        reglement: Says which fields are mandatory, and which are closed.

    Raises:
        Refused: One refusal for each field with a fault.
    """
    child = ChildId(tokens.new_id())
    at = clock.now()

    def work(tx: Transaction) -> Child:
        clerk = clerk_of(member, tx, tokens, reglement, at)
        values = clerk.fill(
            f"child/{child}", Block.CHILD, typed, held=child_values(None)
        )
        added = child_with(values, child=child)
        tx.put(added)
        tx.put(
            Custody(child=child, household=member.household, since=day_of(at))
        )
        return added

    return commit(store, work)


def update_child(
    child: ChildId,
    typed: Mapping[str, str],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> Child:
    """
    Change what is known of *child*; days already booked stay as they are.

    Raises:
        Refused: `ChildUnknown`, or one refusal for each field with a fault.
    """
    at = clock.now()

    def work(tx: Transaction) -> Child:
        known = known_child(tx.of(member.household), child)
        clerk = clerk_of(member, tx, tokens, reglement, at)
        values = clerk.fill(
            f"child/{child}", Block.CHILD, typed, held=child_values(known)
        )
        changed = child_with(values, child=child)
        tx.put(changed)
        return changed

    return commit(store, work)

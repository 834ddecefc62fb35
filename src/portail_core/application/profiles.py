"""
« Mon profil » and « Mon foyer », as the family describes them.

A form is a block of text fields by their keys; what is wrong with it is told
at once, and nothing is kept by halves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import evolve, frozen

from portail_core.domain.accounts import AccountState, Email
from portail_core.domain.changes import Change
from portail_core.domain.forms import (
    EMPTY,
    HOUSEHOLD,
    PROFILE,
    Block,
    Form,
    adult_values,
    adult_with,
    household_values,
    household_with,
    shown,
)
from portail_core.domain.households import Adult, Household
from portail_core.domain.pages import Page, Paging, page
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._forms import clerk_of
from .members import Member, account_of
from .reglements import ActiveReglement


@frozen
class PartnerHasAccount(Refusal):
    """
    The other adult signs in, and fills in their own profile.
    """

    rule: ClassVar[str] = "household.partner.own-account"


@frozen(kw_only=True)
class Profile:
    """
    « Mon profil ».

    Attributes:
        email: « Identifiant ».

        forms: « Coordonnées », « Informations personnelles », « Informations
            professionnelles ».
    """

    email: Email
    state: AccountState
    forms: tuple[Form, ...]

    def text(self, key: str) -> str | None:
        """
        What the field *key* holds; `None` if it is empty, or hidden.
        """
        return next(filter(None, (f.text(key) for f in self.forms)), None)


@frozen(kw_only=True)
class HouseholdDescription:
    """
    « Mon foyer ».

    Attributes:
        email: « Moi »: of whoever reads it.

        me: Their own coordinates.

        partner: « Mon/Ma conjoint-e »; empty fields if there is none.

        coordinates: « Coordonnées du foyer ».

        more: « Informations complémentaires ».

        children_known: How many children the household books for.
    """

    email: Email
    me: Form
    partner: Form
    coordinates: Form
    more: Form
    children_known: int


def profile(
    *, member: Member, store: Store, reglement: ActiveReglement
) -> Profile:
    """
    « Mon profil », without the fields that the operator hides.
    """
    with store.reading() as reading:
        account = account_of(reading, member)
        household = reading.of(member.household).household()
    values = adult_values(household.adult(member.account))
    uses = reglement.value.fields
    return Profile(
        email=account.email,
        state=account.state,
        forms=tuple(shown(block, values, uses) for block in PROFILE),
    )


def update_profile(
    block: Block,
    typed: Mapping[str, str],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Fill in a block of « Mon profil ».

    Args:
        block: One of `PROFILE`.

        typed: Text by the keys of its fields; a field that is not there
            keeps what it holds.

        member: Whose profile it is.

        clock: When; birth dates are not after that day in Paris.

        tokens: Names the changes.

        reglement: Says which fields are mandatory, and which are closed.

    Raises:
        Refused: One refusal for each field with a fault.
    """
    assert block in PROFILE, f"{block} is no block of a profile"
    at = clock.now()

    def work(tx: Transaction) -> None:
        household = tx.of(member.household).household()
        me = household.adult(member.account)
        values = clerk_of(member, tx, tokens, reglement, at).fill(
            f"profile/{member.account}", block, typed, held=adult_values(me)
        )
        filled_in = adult_with(values, account=member.account)
        tx.put(_with_adult(household, me, filled_in))

    commit(store, work)


def household(
    *, member: Member, store: Store, reglement: ActiveReglement
) -> HouseholdDescription:
    """
    « Mon foyer », without the fields that the operator hides.
    """
    with store.reading() as reading:
        account = account_of(reading, member)
        family = reading.of(member.household)
        described = family.household()
        children_known = len(family.children())
    me = adult_values(described.adult(member.account))
    partner = adult_values(described.partner_of(member.account))
    values = household_values(described)
    uses = reglement.value.fields
    return HouseholdDescription(
        email=account.email,
        me=shown(Block.COORDINATES, me, uses),
        partner=shown(Block.PARTNER, partner, uses),
        coordinates=shown(Block.HOUSEHOLD, values, uses),
        more=shown(Block.MORE, values, uses),
        children_known=children_known,
    )


def update_household(
    block: Block,
    typed: Mapping[str, str],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Fill in « Coordonnées du foyer » or « Informations complémentaires ».

    Args:
        block: One of `HOUSEHOLD`.

        typed: Text by the keys of its fields; a field that is not there
            keeps what it holds.

        member: Whose household it is.

        clock: When.

        tokens: Names the changes.

        reglement: Says which fields are mandatory, and which are closed.

    Raises:
        Refused: One refusal for each field with a fault.
    """
    assert block in HOUSEHOLD, f"{block} is no block of a household"
    at = clock.now()

    def work(tx: Transaction) -> None:
        described = tx.of(member.household).household()
        values = clerk_of(member, tx, tokens, reglement, at).fill(
            "household", block, typed, held=household_values(described)
        )
        tx.put(household_with(described, values))

    commit(store, work)


def update_partner(
    typed: Mapping[str, str],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Fill in « Mon/Ma conjoint-e »; the first time, it adds them.

    Raises:
        Refused: One refusal for each field with a fault, or
            `PartnerHasAccount`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        described = tx.of(member.household).household()
        partner = _partner(described, member)
        values = clerk_of(member, tx, tokens, reglement, at).fill(
            "partner", Block.PARTNER, typed, held=adult_values(partner)
        )
        filled_in = adult_with(values, account=None)
        tx.put(_with_adult(described, partner, filled_in))

    commit(store, work)


def remove_partner(
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    « Mon/Ma conjoint-e » no longer lives there; nobody does, nothing happens.

    Raises:
        Refused: `PartnerHasAccount`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        described = tx.of(member.household).household()
        partner = _partner(described, member)
        if partner is None:
            return
        clerk_of(member, tx, tokens, reglement, at).note(
            "partner", Block.PARTNER, before=adult_values(partner), after=EMPTY
        )
        others = tuple(a for a in described.adults if a is not partner)
        tx.put(evolve(described, adults=others))

    commit(store, work)


def history(asked: Paging, *, member: Member, store: Store) -> Page[Change]:
    """
    What changed of the household, its adults and its children, newest first.

    Args:
        asked: Beyond the last page, the last one is shown.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        count = family.count_changes()
        asked = asked.within(count)
        return page(family.latest_changes(asked), asked, count)


def _partner(described: Household, member: Member) -> Adult | None:
    partner = described.partner_of(member.account)
    if partner is not None and partner.account is not None:
        raise Refused(PartnerHasAccount())
    return partner


def _with_adult(
    described: Household, before: Adult | None, after: Adult
) -> Household:
    if before is None:
        return evolve(described, adults=(*described.adults, after))
    return evolve(
        described,
        adults=tuple(after if a is before else a for a in described.adults),
    )

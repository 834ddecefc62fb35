"""
Households: who lives there, and the facts that prices depend on.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import field, frozen, validators

from .accounts import Email
from .checks import civil_day, moment, not_empty, not_negative, whole_number
from .facts import NOTHING_KNOWN, HouseholdFacts
from .ids import AccountId, HouseholdId
from .quotient_familial import QuotientFamilial


class FamilySituation(Enum):
    """
    « Situation familiale ».
    """

    SINGLE = "single"
    MARRIED = "married"
    CIVIL_UNION = "civil-union"  # « pacs »
    COHABITING = "cohabiting"  # « vie maritale »
    SEPARATED = "separated"
    DIVORCED = "divorced"
    WIDOWED = "widowed"


@frozen(kw_only=True)
class Address:
    """
    Where someone lives.
    """

    street: str = field(validator=not_empty)
    postcode: str = field(validator=not_empty)
    town: str = field(validator=not_empty)


_TEXT = validators.optional(not_empty)


@frozen(kw_only=True)
class Adult:
    """
    An adult of the household; what they did not say is `None`.

    Attributes:
        account: Theirs, if they have one.

        address: Their own, if they gave one.

        email: To write to someone who has no account.

        home_phone: Ten digits, or « + » and those of another country; so are
            the others.
    """

    account: AccountId | None
    first_name: str | None = field(validator=_TEXT)
    last_name: str | None = field(validator=_TEXT)
    birth_date: dt.date | None = field(
        default=None, validator=validators.optional(civil_day)
    )
    family_situation: FamilySituation | None = None
    address: Address | None = None
    email: Email | None = None
    home_phone: str | None = field(default=None, validator=_TEXT)
    mobile_phone: str | None = field(default=None, validator=_TEXT)
    occupation: str | None = field(default=None, validator=_TEXT)
    employer: str | None = field(default=None, validator=_TEXT)
    work_phone: str | None = field(default=None, validator=_TEXT)

    @property
    def name(self) -> str:
        """
        As the guide writes it: last name first; empty until they said it.
        """
        parts = ((self.last_name or "").upper(), self.first_name or "")
        return " ".join(filter(None, parts))


@frozen(kw_only=True)
class Household:
    """
    A household, as billed.

    Attributes:
        adults: Empty until the family described itself.

        address: « Coordonnées du foyer »: where it is written to; `None`
            until then.

        phone: As those of an adult.

        children_count: As the family says; those it books for are records.

        quotient: The last one recorded; `None` if never.

        facts: What else prices and conditions depend on, as staff recorded
            it; quotients are not among them.

        entered_at: When staff entered the dossier, UTC; `None` if a family
            described itself.

        joined_to: The dossier that has everything now; `None` unless staff
            joined the two.
    """

    id: HouseholdId
    adults: tuple[Adult, ...]
    address: Address | None
    phone: str | None = field(default=None, validator=_TEXT)
    children_count: int | None = field(
        default=None,
        validator=validators.optional((whole_number, not_negative)),
    )
    quotient: QuotientFamilial | None
    facts: HouseholdFacts = NOTHING_KNOWN
    entered_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    joined_to: HouseholdId | None = None

    def adult(self, account: AccountId) -> Adult | None:
        """
        « Moi »: the adult whose account this is.
        """
        return next((a for a in self.adults if a.account == account), None)

    def partner_of(self, account: AccountId) -> Adult | None:
        """
        « Mon/Ma conjoint-e »: the other adult, if there is one.
        """
        return next((a for a in self.adults if a.account != account), None)

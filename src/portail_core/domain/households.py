"""
Households: who lives there, and the facts that prices depend on.
"""

from __future__ import annotations

from attrs import field, frozen

from ._checks import not_empty
from .ids import AccountId, HouseholdId
from .quotient_familial import QuotientFamilial


@frozen(kw_only=True)
class Adult:
    """
    An adult of the household; *account* is theirs if they have one.
    """

    first_name: str = field(validator=not_empty)
    last_name: str = field(validator=not_empty)
    account: AccountId | None

    @property
    def name(self) -> str:
        """
        As the guide writes it: last name first.
        """
        return f"{self.last_name.upper()} {self.first_name}"


@frozen(kw_only=True)
class Address:
    """
    Where the household lives.
    """

    street: str = field(validator=not_empty)
    postcode: str = field(validator=not_empty)
    town: str = field(validator=not_empty)


@frozen(kw_only=True)
class Household:
    """
    A household, as billed.

    Attributes:
        adults: Empty until the family described itself.

        address: `None` until then.

        quotient: The last one recorded; `None` if never.
    """

    id: HouseholdId
    adults: tuple[Adult, ...]
    address: Address | None
    quotient: QuotientFamilial | None

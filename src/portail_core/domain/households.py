"""
Households: who lives there, and the facts that prices depend on.
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from attrs import evolve as replace, field, frozen

from .checks import not_empty
from .ids import AccountId, HouseholdId
from .quotient_familial import QuotientFamilial
from .refusals import Refusal, Refused

LONGEST_FIELD = 100
"""Characters."""

_POSTCODE = re.compile(r"[0-9]{5}")


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


@frozen(kw_only=True)
class HouseholdForm:
    """
    What a family typed about itself; nothing is checked yet.

    Attributes:
        partner: « Mon/Ma conjoint-e »: first and last name, if any.
    """

    first_name: str
    last_name: str
    street: str
    postcode: str
    town: str
    partner: tuple[str, str] | None = None


@frozen
class FieldEmpty(Refusal):
    """
    A field marked with an asterisk was left empty.
    """

    rule: ClassVar[str] = "household.field.mandatory"
    field: str


@frozen
class FieldMalformed(Refusal):
    """
    Longer than 100 characters, or with one that is not printed.
    """

    rule: ClassVar[str] = "household.field.malformed"
    field: str


@frozen
class PostcodeMalformed(Refusal):
    """
    Not five digits.
    """

    rule: ClassVar[str] = "household.postcode.malformed"
    postcode: str


def field_faults(fields: dict[str, str]) -> tuple[Refusal, ...]:
    """
    A refusal for each field that is empty once trimmed, longer than 100
    characters, or with one that cannot be printed on a line.
    """
    typed = {name: text.strip() for name, text in fields.items()}
    return (
        *(FieldEmpty(name) for name, text in typed.items() if not text),
        *(
            FieldMalformed(name)
            for name, text in typed.items()
            if len(text) > LONGEST_FIELD or any(map(_is_control, text))
        ),
    )


def _is_control(character: str) -> bool:
    # Cc, Cf, Cs, Co, Cn: what Unicode calls « other ».
    return unicodedata.category(character).startswith("C")


def described(
    household: Household, form: HouseholdForm, *, by: AccountId
) -> Household:
    """
    *household* as its member *by* describes it.

    Raises:
        Refused: Every `FieldEmpty` and `FieldMalformed`, and
            `PostcodeMalformed`.
    """
    fields = {
        "first_name": form.first_name,
        "last_name": form.last_name,
        "street": form.street,
        "postcode": form.postcode,
        "town": form.town,
    }
    if form.partner is not None:
        fields["partner.first_name"], fields["partner.last_name"] = (
            form.partner
        )
    refusals: list[Refusal] = list(field_faults(fields))
    postcode = form.postcode.strip()
    if postcode and not _POSTCODE.fullmatch(postcode):
        refusals.append(PostcodeMalformed(postcode))
    if refusals:
        raise Refused(*refusals)
    return replace(
        household,
        adults=_adults(form, by),
        address=Address(
            street=form.street.strip(),
            postcode=postcode,
            town=form.town.strip(),
        ),
    )


def _adults(form: HouseholdForm, by: AccountId) -> tuple[Adult, ...]:
    names: list[tuple[str, str, AccountId | None]] = [
        (form.first_name, form.last_name, by)
    ]
    if form.partner is not None:
        names.append((*form.partner, None))
    return tuple(
        Adult(
            first_name=first.strip(), last_name=last.strip(), account=account
        )
        for first, last, account in names
    )

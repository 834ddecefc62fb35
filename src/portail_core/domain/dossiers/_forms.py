"""
A dossier as staff types it, and what it means: every fault with its path.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, field, frozen

from portail_core.domain.accounts import Email, read_email
from portail_core.domain.forms import (
    BLOCKS,
    EMPTY,
    PROFILE,
    SETTINGS,
    Block,
    EmailFieldMalformed,
    FieldRefusal,
    FieldUnknown,
    FieldUse,
    Values,
    filled,
)
from portail_core.domain.ids import FieldName
from portail_core.domain.likeness import name_alike
from portail_core.domain.refusals import Refusal, Refused

from ._refusals import AdultsCount, ChildTwice, EmailTaken

ADULT = PROFILE
HOUSEHOLD = (Block.HOUSEHOLD, Block.MORE)
CHILD = (Block.CHILD,)

MOST_ADULTS = 2

USES: Mapping[FieldName, FieldUse] = MappingProxyType(
    dict.fromkeys(SETTINGS, FieldUse.EDITABLE)
)
"""
Staff fills in what families may not, and leaves what it does not know to them.
"""

Naming = Callable[[str], FieldName]
"""From the key of a field to where it was typed."""


@frozen(kw_only=True)
class DossierForm:
    """
    A dossier as it is typed: text by the keys of fields.

    Attributes:
        adults: One or two; « first_name », « last_name » and whatever else
            « Mon profil » has, and « email » for who is to have an account.

        household: « street », « postcode », « town », « phone »,
            « children_count ».

        children: « first_name », « last_name », « birth_date ».
    """

    adults: Sequence[Mapping[str, str]]
    household: Mapping[str, str] = field(factory=dict)
    children: Sequence[Mapping[str, str]] = ()


@frozen(kw_only=True)
class EnteredAdult:
    """
    An adult of a dossier.

    Attributes:
        email: Where the account is opened; `None` for nobody's.

        email_field: Where that was typed.
    """

    values: Values
    email: Email | None
    email_field: FieldName


@frozen(kw_only=True)
class Judged:
    """
    What a dossier holds; where there are refusals, only its addresses count.
    """

    adults: tuple[EnteredAdult, ...]
    household: Values
    children: tuple[Values, ...]
    refusals: tuple[Refusal, ...]


def judge(form: DossierForm, *, today: dt.date) -> Judged:
    """
    What *form* holds, and all that is wrong with it: « adults[0].last_name ».

    Args:
        form: As typed.

        today: In Paris.
    """
    faults: list[Refusal] = []
    if not 1 <= len(form.adults) <= MOST_ADULTS:
        faults.append(AdultsCount(MOST_ADULTS))
    adults = tuple(
        _adult(typed, f"adults[{position}]", faults, today)
        for position, typed in enumerate(form.adults)
    )
    household = read_part(
        HOUSEHOLD, form.household, within("household"), faults, today
    )
    children = tuple(
        read_part(CHILD, typed, within(f"children[{position}]"), faults, today)
        for position, typed in enumerate(form.children)
    )
    faults.extend(_emails_twice(adults))
    faults.extend(_children_twice(children))
    return Judged(
        adults=adults,
        household=household,
        children=children,
        refusals=tuple(faults),
    )


def _adult(
    typed: Mapping[str, str], path: str, faults: list[Refusal], today: dt.date
) -> EnteredAdult:
    name = within(path)
    own = {key: text for key, text in typed.items() if key != "email"}
    return EnteredAdult(
        values=read_part(ADULT, own, name, faults, today),
        email=read_address(typed.get("email", ""), name("email"), faults),
        email_field=name("email"),
    )


def within(path: str) -> Naming:
    """
    Names fields by their place in a form.
    """
    return lambda key: f"{path}.{key}"


def read_part(
    blocks: tuple[Block, ...],
    typed: Mapping[str, str],
    name: Naming,
    faults: list[Refusal],
    today: dt.date,
) -> Values:
    """
    What *blocks* hold; what is wrong with them is added to *faults*.
    """
    values = dict(EMPTY)
    known: set[str] = set()
    for block in blocks:
        keys = {one.key for one in BLOCKS[block]}
        known |= keys
        own = {key: typed[key] for key in typed if key in keys}
        try:
            held = filled(block, own, held=EMPTY, uses=USES, today=today)
        except Refused as refused:
            faults.extend(_renamed(refused.refusals, name))
        else:
            values.update({key: held[key] for key in keys})
    faults.extend(FieldUnknown(name(key)) for key in typed if key not in known)
    return values


def _renamed(
    refusals: tuple[Refusal, ...], name: Naming
) -> tuple[Refusal, ...]:
    return tuple(
        evolve(one, field=name(one.field.rpartition(".")[2]))
        for one in refusals
        if isinstance(one, FieldRefusal)
    )


def read_address(
    typed: str, named: FieldName, faults: list[Refusal]
) -> Email | None:
    """
    The address *typed*, if there is one; a bad one is added to *faults*.
    """
    if not typed.strip():
        return None
    try:
        return read_email(typed)
    except Refused:
        faults.append(EmailFieldMalformed(named))
        return None


def _emails_twice(adults: tuple[EnteredAdult, ...]) -> tuple[Refusal, ...]:
    return tuple(
        EmailTaken(adult.email_field)
        for position, adult in enumerate(adults)
        if adult.email is not None
        and adult.email in [before.email for before in adults[:position]]
    )


def _children_twice(children: tuple[Values, ...]) -> tuple[Refusal, ...]:
    people = [
        who_is(child) if child["first_name"] else None for child in children
    ]
    return tuple(
        ChildTwice(f"children[{position}].first_name")
        for position, who in enumerate(people)
        if who is not None and who in people[:position]
    )


def who_is(child: Values) -> tuple[str, object]:
    """
    What tells a child from others.
    """
    named = name_alike(str(child["last_name"]), str(child["first_name"]))
    return named, child["birth_date"]

"""
Forms, as a screen shows them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

from portail_core.domain.forms import Block, FieldUse, ShownField
from portail_core.domain.households import FamilySituation

from ._days import short_day
from ._typography import NO_BREAK

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "birth_date": "date de naissance",
        "children_count": "nombre d’enfants",
        "email": "adresse e-mail",
        "employer": "employeur",
        "family_situation": "situation familiale",
        "first_name": "prénom",
        "home_phone": "téléphone du domicile",
        "last_name": "nom",
        "mobile_phone": "téléphone portable",
        "occupation": "profession",
        "phone": "téléphone",
        "postcode": "code postal",
        "street": "adresse",
        "town": "commune",
        "work_phone": "téléphone professionnel",
    }
)
"""Fields of forms, as their labels say."""

_WHOSE: Mapping[str, str] = {
    "partner": " de la conjointe ou du conjoint",
    "child": " de l’enfant",
    "household": " du foyer",
}

_NUMBERED = re.compile(r"(adults|children|lines)\[([0-9]+)\].*")
_OF = {"adults": "de l’adulte", "children": "de l’enfant"}

_BLOCKS: Mapping[Block, str] = {
    Block.COORDINATES: "Coordonnées",
    Block.PERSONAL: "Informations personnelles",
    Block.PROFESSIONAL: "Informations professionnelles",
    Block.PARTNER: "Mon/Ma conjoint-e",
    Block.HOUSEHOLD: "Coordonnées du foyer",
    Block.MORE: "Informations complémentaires",
    Block.CHILD: "Mes enfants",
}

_SITUATIONS: Mapping[FamilySituation, str] = {
    FamilySituation.SINGLE: "célibat",
    FamilySituation.MARRIED: "mariage",
    FamilySituation.CIVIL_UNION: "pacs",
    FamilySituation.COHABITING: "vie maritale",
    FamilySituation.SEPARATED: "séparation",
    FamilySituation.DIVORCED: "divorce",
    FamilySituation.WIDOWED: "veuvage",
}


def block(named: Block) -> str:
    """
    What a block of fields is called.

    >>> block(Block.HOUSEHOLD)
    'Coordonnées du foyer'
    """
    return _BLOCKS[named]


def family_situation(situation: FamilySituation) -> str:
    """
    An answer to « Situation familiale », which suits everyone.

    >>> family_situation(FamilySituation.CIVIL_UNION)
    'pacs'
    """
    return _SITUATIONS[situation]


def field_name(name: str) -> str:
    """
    A field among all others, in a sentence.

    >>> field_name("partner.first_name")
    'prénom de la conjointe ou du conjoint'
    >>> field_name("children[1].first_name")
    'prénom de l’enfant n° 2'
    >>> field_name("lines[12].Code postal")
    'Code postal, ligne 12'
    """
    section, _, key = name.rpartition(".")
    if found := _NUMBERED.fullmatch(section):
        kind, number = found[1], int(found[2])
        if kind == "lines":
            return f"{name.partition('.')[2]}, ligne {number}"
        return f"{FIELDS.get(key, key)} {_OF[kind]} n° {number + 1}"
    return f"{FIELDS.get(key, key)}{_WHOSE.get(section, '')}"


def field_label(field: ShownField) -> str:
    """
    What stands before a field of a form: an asterisk marks the mandatory.

    >>> field_label(
    ...     ShownField(
    ...         key="town",
    ...         name="household.town",
    ...         use=FieldUse.MANDATORY,
    ...         text=None,
    ...     )
    ... )
    'Commune *'
    """
    label = FIELDS[field.key]
    mark = " *" if field.use is FieldUse.MANDATORY else ""
    return f"{label[0].upper()}{label[1:]}{mark}"


def field_text(field: ShownField) -> str:
    r"""
    What a field holds, as people read it; empty if it holds nothing.

    >>> field_text(
    ...     ShownField(
    ...         key="phone",
    ...         name="household.phone",
    ...         use=FieldUse.EDITABLE,
    ...         text="0492000000",
    ...     )
    ... ).replace("\xa0", " ")
    '04 92 00 00 00'
    """
    if field.text is None:
        return ""
    if field.key == "birth_date":
        return short_day(dt.date.fromisoformat(field.text))
    if field.key == "family_situation":
        return family_situation(FamilySituation(field.text))
    if field.key.endswith("phone"):
        return phone(field.text)
    return field.text


def phone(number: str) -> str:
    r"""
    A number as forms keep it: a French one two digits at a time.

    >>> phone("0612345678").replace("\xa0", " ")
    '06 12 34 56 78'
    """
    if number.startswith("+"):
        return number
    pairs = (number[at : at + 2] for at in range(0, len(number), 2))
    return NO_BREAK.join(pairs)

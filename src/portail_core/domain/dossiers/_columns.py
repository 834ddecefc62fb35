"""
The columns of a file of dossiers, as services call them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import field, frozen

from portail_core.domain.likeness import alike

Part: TypeAlias = Literal["adult", "partner", "household", "child"]


@frozen
class Column:
    """
    A column of the file, which fills in a field.

    Attributes:
        label: As we call it.

        part: Whose field it is.

        key: Of that field; « email » is the account's.

        also: Other names that mean it; case, accents and signs do not count.
    """

    label: str
    part: Part
    key: str
    also: tuple[str, ...] = field(default=(), kw_only=True)


COLUMNS: tuple[Column, ...] = (
    Column(
        "nom", "adult", "last_name", also=("nom de famille", "nom responsable")
    ),
    Column("prénom", "adult", "first_name", also=("prénom responsable",)),
    Column(
        "e-mail",
        "adult",
        "email",
        also=("mail", "courriel", "mél", "adresse e-mail", "adresse mail"),
    ),
    Column("date de naissance", "adult", "birth_date"),
    Column("téléphone", "household", "phone", also=("tél", "tél.")),
    Column(
        "téléphone portable",
        "adult",
        "mobile_phone",
        also=("portable", "mobile", "tél portable", "téléphone mobile"),
    ),
    Column(
        "téléphone domicile",
        "adult",
        "home_phone",
        also=("fixe", "téléphone fixe", "tél fixe", "tél domicile"),
    ),
    Column("profession", "adult", "occupation"),
    Column("employeur", "adult", "employer"),
    Column(
        "téléphone professionnel",
        "adult",
        "work_phone",
        also=("tél professionnel", "téléphone travail"),
    ),
    Column("adresse", "household", "street", also=("rue", "adresse postale")),
    Column("code postal", "household", "postcode", also=("cp",)),
    Column("commune", "household", "town", also=("ville",)),
    Column("nom conjoint", "partner", "last_name"),
    Column("prénom conjoint", "partner", "first_name"),
    Column(
        "e-mail conjoint",
        "partner",
        "email",
        also=("mail conjoint", "courriel conjoint"),
    ),
    Column("date de naissance conjoint", "partner", "birth_date"),
    Column(
        "téléphone conjoint",
        "partner",
        "mobile_phone",
        also=("portable conjoint", "téléphone portable conjoint"),
    ),
    Column("nom enfant", "child", "last_name", also=("nom de l'enfant",)),
    Column(
        "prénom enfant", "child", "first_name", also=("prénom de l'enfant",)
    ),
    Column(
        "date de naissance enfant",
        "child",
        "birth_date",
        also=(
            "date de naissance de l'enfant",
            "date naissance enfant",
            "naissance enfant",
        ),
    ),
)

LABELS = tuple(column.label for column in COLUMNS)

NEEDED = (
    "nom",
    "prénom",
    "nom enfant",
    "prénom enfant",
    "date de naissance enfant",
)
"""Columns that no file does without; their cells may be empty for a child."""

MEANT: Mapping[str, Column] = MappingProxyType(
    {
        alike(name): column
        for column in COLUMNS
        for name in (column.label, *column.also)
    }
)
"""The column that a header means, as `alike` gives it."""

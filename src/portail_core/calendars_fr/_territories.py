"""
Departments, the académies that they are in, and the zones of those.

The zones are those of the arrêté of 7 December 2022 (school years 2023-2024 to
2025-2026), which the arrêtés of 22 October 2025 and 21 July 2026 keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class SchoolZone(Enum):
    """
    Académies whose winter and spring holidays are at the same time.
    """

    A = "A"
    B = "B"
    C = "C"


_ACADEMIES: Mapping[SchoolZone, Mapping[str, str]] = {
    SchoolZone.A: {
        "Besançon": "25 39 70 90",
        "Bordeaux": "24 33 40 47 64",
        "Clermont-Ferrand": "03 15 43 63",
        "Dijon": "21 58 71 89",
        "Grenoble": "07 26 38 73 74",
        "Limoges": "19 23 87",
        "Lyon": "01 42 69",
        "Poitiers": "16 17 79 86",
    },
    SchoolZone.B: {
        "Aix-Marseille": "04 05 13 84",
        "Amiens": "02 60 80",
        "Lille": "59 62",
        "Nancy-Metz": "54 55 57 88",
        "Nantes": "44 49 53 72 85",
        "Nice": "06 83",
        "Normandie": "14 27 50 61 76",  # Caen and Rouen until 2020
        "Orléans-Tours": "18 28 36 37 41 45",
        "Reims": "08 10 51 52",
        "Rennes": "22 29 35 56",
        "Strasbourg": "67 68",
    },
    SchoolZone.C: {
        "Créteil": "77 93 94",
        "Montpellier": "11 30 34 48 66",
        "Paris": "75",
        "Toulouse": "09 12 31 32 46 65 81 82",
        "Versailles": "78 91 92 95",
    },
}

_ZONES: Mapping[str, SchoolZone] = {
    department: zone
    for zone, academies in _ACADEMIES.items()
    for departments in academies.values()
    for department in departments.split()
}

CORSICA = frozenset({"2A", "2B"})

OVERSEAS = frozenset(
    "971 972 973 974 975 976 977 978 986 987 988".split()  # noqa: SIM905 - reads as the table above
)
"""Without 984, the lands where nobody is at home."""

DEPARTMENTS = frozenset(_ZONES) | CORSICA | OVERSEAS
"""Those of the postcodes, and territories overseas."""

# Two islands left Guadeloupe in 2007, and kept its postcodes.
_ISLANDS: Mapping[str, str] = {"97133": "977", "97150": "978"}

_LAST_OF_CORSE_DU_SUD = "20199"


def school_zone(department: str) -> SchoolZone | None:
    """
    The zone of a department; none in Corsica and overseas, whose académies
    have calendars of their own.

    >>> school_zone("25")
    <SchoolZone.A: 'A'>
    """
    return _ZONES.get(department)


def department_of(postcode: str) -> str | None:
    """
    The department that a postcode begins with; none if there is none.

    A few communes are served from the department beside theirs: who knows the
    department says the department.

    >>> department_of("04200"), department_of("20090"), department_of("97490")
    ('04', '2A', '974')
    """
    department = postcode[:2]
    if postcode in _ISLANDS:
        department = _ISLANDS[postcode]
    elif department == "20":
        corse_du_sud = postcode <= _LAST_OF_CORSE_DU_SUD
        department = "2A" if corse_du_sud else "2B"
    elif department in {"97", "98"}:
        department = postcode[:3]
    return department if department in DEPARTMENTS else None

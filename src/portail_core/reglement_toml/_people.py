"""
The operator and its accueils, as written.
"""

from __future__ import annotations

import re
from typing import NewType

from attrs import asdict, field, frozen

from portail_core.calendars_fr import (
    DEPARTMENTS,
    SchoolZone,
    department_of,
    school_zone,
)
from portail_core.domain.admission import Admission
from portail_core.domain.bounds import Bounds
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    EstablishmentCode,
    RegieCode,
)
from portail_core.domain.reglement import Operator
from portail_core.wire import Shape

from ._says import says
from ._terms import TermsFile

Department = NewType("Department", str)

_POSTCODE = re.compile(r"[0-9]{5}", re.ASCII)


@frozen(kw_only=True)
class OperatorFile:
    """
    The local authority or association that runs the service.
    """

    name: str = field(
        metadata=says(
            "As documents and mails name it.",
            example='"Les Petites Bouilles"',
        )
    )
    department: Department = field(
        metadata=says(
            "Its public holidays are kept: two or three characters, or the "
            "postcode of a commune.",
            example='"04"',
        )
    )
    school_zone: SchoolZone | None = field(
        default=None,
        metadata=says(
            "Whose school holidays are kept.",
            example='"B"',
            otherwise="that of the department",
        ),
    )
    sender_name: str = field(
        metadata=says(
            "Who mails come from, as families read it.",
            example='"LES PETITES BOUILLES"',
        )
    )
    sender: str = field(
        metadata=says(
            "The e-mail address that mails come from.",
            example='"enfance@portail.example.org"',
        )
    )
    signature: str = field(
        metadata=says(
            "Last line of mails.",
            example='"L’équipe des Petites Bouilles"',
        )
    )


@frozen(kw_only=True)
class OperatorRead:
    """
    The operator, and the zone in which it is.
    """

    operator: Operator
    school_zone: SchoolZone | None


@frozen(kw_only=True)
class AccueilFile(TermsFile):
    """
    An activity offered at a site: the Wednesdays, the holidays, the canteen.
    """

    code: AccueilCode = field(
        metadata=says("Its name in this file.", example='"mercredis"')
    )
    label: str = field(
        metadata=says(
            "As families read it.", example='"PERISCOLAIRE MERCREDIS"'
        )
    )
    establishment: EstablishmentCode = field(
        metadata=says(
            "Where it is: the code of one of the establishments.",
            example='"aubignosc"',
        )
    )
    regie: RegieCode = field(
        metadata=says(
            "Who collects for it: the code of one of the régies.",
            example='"alsh"',
        )
    )
    amplitudes: tuple[AmplitudeCode, ...] = field(
        metadata=says(
            "The shapes of a day that families choose from here, in the "
            "order shown: codes of amplitudes, at least one.",
            example='["JOURNEE", "MATIN"]',
        )
    )
    admission: Admission = field(
        default=Admission.OPEN,
        metadata=says(
            "How a child comes here: by booking (`open`), or once the "
            "operator accepted its pre-registration.",
            example='"pre-registration"',
        ),
    )
    ages: Bounds | None = field(
        default=None,
        metadata=says(
            "Ages of the children that come here, whole years on the day.",
            example="{ at_least = 3, at_most = 11 }",
        ),
    )


def _department(code: str) -> Department:
    department = department_of(code) if _POSTCODE.fullmatch(code) else code
    if department is None or department not in DEPARTMENTS:
        msg = (
            f"{code!r} is no department: write two or three characters, as "
            '"04", "2A" or "974"'
        )
        raise ValueError(msg)
    return Department(department)


def _operator(file: OperatorFile) -> OperatorRead:
    told = asdict(file)
    zone = told.pop("school_zone") or school_zone(file.department)
    return OperatorRead(operator=Operator(**told), school_zone=zone)


SHAPES = (
    Shape(Department, str, _department),
    Shape(OperatorRead, OperatorFile, _operator),
)

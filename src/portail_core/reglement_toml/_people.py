"""
The operator, its cash offices and its accueils, as written.
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
    The operator, whose department must be one; its school zone is that of
    the department unless it is written.
    """

    name: str
    department: Department
    school_zone: SchoolZone | None = None
    sender_name: str
    sender: str
    signature: str


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
    An activity offered at a site.
    """

    code: AccueilCode
    label: str
    establishment: EstablishmentCode
    regie: RegieCode
    amplitudes: tuple[AmplitudeCode, ...]
    admission: Admission = Admission.OPEN
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

"""
The operator, its cash offices, and what a règlement says no with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import (
    Mapping,
)
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from portail_core.domain.accounts import read_email
from portail_core.domain.checks import not_empty, positive, whole_number
from portail_core.domain.forms import SETTINGS, FieldUse
from portail_core.domain.ids import (
    AmplitudeCode,
    FieldName,
    PeriodCode,
    RegieCode,
    ResidencyCode,
)
from portail_core.domain.refusals import Refusal, Refused


def _address(_: object, attribute: Attribute[Any], text: str) -> None:
    try:
        read_email(text)
    except Refused:
        msg = f"{attribute.name} is {text!r}, expected an e-mail address"
        raise ValueError(msg) from None


def known_settings(
    _: object, __: object, fields: Mapping[FieldName, FieldUse]
) -> None:
    unknown = sorted(fields.keys() - SETTINGS)
    if unknown:
        listed = ", ".join(sorted(SETTINGS))
        faults = (f"fields.{n}: is not among {listed}" for n in unknown)
        raise ValueError(*faults)


@frozen(kw_only=True)
class Operator:
    """
    The local authority or association that runs the service.

    Attributes:
        department: Two or three characters: « 04 », « 2A », « 974 ».

        sender: Address that mails come from.

        signature: Last line of mails.
    """

    name: str = field(validator=not_empty)
    department: str = field(validator=not_empty)
    sender_name: str = field(validator=not_empty)
    sender: str = field(validator=_address)
    signature: str = field(validator=not_empty)


@frozen(kw_only=True)
class Regie:
    """
    A cash office: what it collects is paid, invoiced and credited apart.

    Attributes:
        series: Begins its numbers: « ALSH » gives « ALSH-2026-000001 ».
    """

    code: RegieCode
    label: str = field(validator=not_empty)
    series: str = field(validator=not_empty)


@frozen(kw_only=True)
class Hold:
    """
    How long a request keeps its places before it is paid.
    """

    minutes: int = field(validator=[whole_number, positive])

    @property
    def span(self) -> dt.timedelta:
        """
        Elapsed time, not wall clock.
        """
        return dt.timedelta(minutes=self.minutes)


@frozen
class PeriodUnknown(Refusal):
    """
    The règlement has no such period.
    """

    rule: ClassVar[str] = "offer.period.unknown"
    period: PeriodCode


@frozen
class AmplitudeUnknown(Refusal):
    """
    The accueil does not offer this amplitude.
    """

    rule: ClassVar[str] = "offer.amplitude.unknown"
    amplitude: AmplitudeCode
    offered: tuple[AmplitudeCode, ...]


@frozen(kw_only=True)
class Residency:
    """
    Where a household may live, as prices and windows tell apart: « commune »,
    « communauté de communes ».

    Attributes:
        label: As families read it, with who counts: « habite ou travaille à
            Saffré ».
    """

    code: ResidencyCode
    label: str = field(validator=not_empty)

"""
Why days are cancelled, and the document that it takes, as written.
"""

from __future__ import annotations

from attrs import field, frozen

from portail_core.domain.cancellation import (
    By,
    CountedFrom,
    Delay,
    Exempts,
    Proof,
    Reason,
    Unit,
)
from portail_core.domain.ids import ReasonCode
from portail_core.wire import Shape

from ._bounds import at_most
from ._says import says

MOST_DAYS = 366
MOST_HOURS = 366 * 24


@frozen(kw_only=True)
class ReasonFile:
    """
    Why a family cancels, or the operator; a document is asked for with the
    time that it may take.
    """

    code: ReasonCode = field(
        metadata=says(
            "By which outcomes name it; never shown.", example='"maladie"'
        ),
    )
    label: str = field(
        metadata=says("As families read it.", example='"Maladie de l’enfant"'),
    )
    by: By = field(
        default=By.FAMILY,
        metadata=says(
            "Whose reason it is: a family may not give the operator's.",
            example='"operator"',
        ),
    )
    exempts: Exempts = field(
        default=Exempts.HOUSEHOLD,
        metadata=says(
            "Whether it is good for the days of the child that it is about, "
            "or of all children of the household.",
            example='"child"',
        ),
    )
    document: str | None = field(
        default=None,
        metadata=says(
            "The document that it needs; without it, the family's word is "
            "enough.",
            example='"certificat médical"',
        ),
    )
    within_hours: int | None = field(
        default=None,
        metadata=says(
            "Elapsed hours that the document may take, 1 to 8784, the last "
            "moment included.",
            example="48",
        ),
    )
    within_days: int | None = field(
        default=None,
        metadata=says(
            "Civil days that it may take, 1 to 366, until the end of the "
            "last one; the day from which they are counted is not one.",
            example="8",
        ),
    )
    within_business_days: int | None = field(
        default=None,
        metadata=says(
            "The same in « jours ouvrés »: Monday to Friday, without public "
            "holidays.",
            example="5",
        ),
    )
    within_working_days: int | None = field(
        default=None,
        metadata=says(
            "The same in « jours ouvrables »: Monday to Saturday, without "
            "public holidays.",
            example="3",
        ),
    )
    counted_from: CountedFrom | None = field(
        default=None,
        metadata=says(
            "Whether the delay begins when the family cancels, or on the "
            "first or the last of the days cancelled together.",
            example='"first-day"',
        ),
    )


_UNITS = {
    "within_hours": Unit.HOURS,
    "within_days": Unit.DAYS,
    "within_business_days": Unit.BUSINESS_DAYS,
    "within_working_days": Unit.WORKING_DAYS,
}


def _reason(file: ReasonFile) -> Reason:
    return Reason(
        code=file.code,
        label=file.label,
        by=file.by,
        exempts=file.exempts,
        document=_proof(file),
    )


def _proof(file: ReasonFile) -> Proof | None:
    delays = {
        key: count
        for key in _UNITS
        if (count := getattr(file, key)) is not None
    }
    if file.document is None:
        if delays or file.counted_from is not None:
            msg = (
                "has a delay, and no document that may take it: write "
                'document = "certificat médical", or take the delay away'
            )
            raise ValueError(msg)
        return None
    if len(delays) != 1 or file.counted_from is None:
        msg = (
            f"« {file.document} » may come until when? Write one of "
            f"{', '.join(_UNITS)}, and counted_from"
        )
        raise ValueError(msg)
    ((key, count),) = delays.items()
    unit = _UNITS[key]
    at_most(MOST_HOURS if unit is Unit.HOURS else MOST_DAYS, **{key: count})
    return Proof(
        label=file.document,
        within=Delay(count=count, unit=unit, counted_from=file.counted_from),
    )


SHAPES = (Shape(Reason, ReasonFile, _reason),)

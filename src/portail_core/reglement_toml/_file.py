"""
The règlement file, key by key: what an operator writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NewType

from attrs import field, frozen

from portail_core.calendars_fr import Recurrence, SchoolZone
from portail_core.domain.admission import Gate
from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.cancellation import Outcome, Policy
from portail_core.domain.capacity import Pool
from portail_core.domain.dated import History
from portail_core.domain.deadlines import Deadline
from portail_core.domain.documents import (
    ANY_UPLOADS,
    About,
    Demand,
    DocumentKind,
    Opens,
    Uploads,
)
from portail_core.domain.forms import FieldUse
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AccueilCode,
    DocumentCode,
    HouseRulesVersion,
    PeriodCode,
    PrestationCode,
)
from portail_core.domain.money import Money
from portail_core.domain.offers import Accueil, Establishment
from portail_core.domain.reglement import Hold, Operator, Regie
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Grid,
    Prestation,
    WithoutQuotient,
)

SchemaVersion = NewType("SchemaVersion", int)
Department = NewType("Department", str)

LONGEST = dt.timedelta(days=5 * 366)


class Weekday(Enum):
    """
    As written in the file.
    """

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """
        0 is Monday, as Python counts.
        """
        return list(Weekday).index(self)


class OnHolidays(Enum):
    """
    What a public holiday, or a bridge day, among the days of a period is.
    """

    CLOSED = "closed"
    OPEN = "open"


class Weeks(Enum):
    """
    When a period's weekdays and recurrence hold.
    """

    ALL = "all"
    SCHOOL_TERM = "school-term"
    SCHOOL_HOLIDAYS = "school-holidays"


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
class DaysFile:
    """
    Several days in a row, both ends included.
    """

    first_day: dt.date
    last_day: dt.date

    def __attrs_post_init__(self) -> None:
        if self.first_day > self.last_day:
            msg = (
                f"ends on {self.last_day}, before it begins on "
                f"{self.first_day}"
            )
            raise ValueError(msg)
        if self.last_day - self.first_day > LONGEST:
            msg = (
                f"lasts from {self.first_day} to {self.last_day}: more than "
                "five years, is one of them mistyped?"
            )
            raise ValueError(msg)

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


@frozen(kw_only=True)
class PeriodFile(DaysFile):
    """
    A period: opening rules, before they are dates.

    `weeks` is for `weekdays` and `rrule`; `opened` wins over whatever closes
    a day.
    """

    code: PeriodCode
    label: str
    accueil: AccueilCode
    weekdays: tuple[Weekday, ...] = ()
    rrule: Recurrence | None = None
    weeks: Weeks = Weeks.ALL
    dates: tuple[dt.date, ...] = ()
    public_holidays: OnHolidays
    bridge_days: OnHolidays = OnHolidays.OPEN
    closed: tuple[DaysFile, ...] = ()
    opened: tuple[dt.date, ...] = ()
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None


@frozen(kw_only=True)
class SchoolHolidaysFile(DaysFile):
    """
    School holidays that the règlement gives, for a zone or for any.
    """

    label: str
    zone: SchoolZone | None = None


@frozen(kw_only=True)
class DeadlineFile:
    """
    One of three shapes: `days_before` + `at`, `hours_before` + `starts_at`,
    `weekday_before` + `at` (+ `weeks`).
    """

    days_before: int | None = None
    hours_before: int | None = None
    weekday_before: Weekday | None = None
    weeks: int | None = None
    at: dt.time | None = None
    starts_at: dt.time | None = None


@frozen(kw_only=True)
class HoldFile:
    """
    How long places are held, from a day on.
    """

    since: dt.date
    source: str
    minutes: int


@frozen(kw_only=True)
class BookUntilFile:
    """
    The deadline to book, from a day on.
    """

    since: dt.date
    source: str
    deadline: Deadline


@frozen(kw_only=True)
class OutcomeFile:
    """
    What cancelling gives back, until a deadline or for the rest.
    """

    label: str
    credited_share: Decimal
    until: DeadlineFile | None = None


@frozen(kw_only=True)
class CancellationFile:
    """
    The outcomes of a cancellation in order, from a day on.
    """

    since: dt.date
    source: str
    outcomes: tuple[Outcome, ...]


@frozen(kw_only=True)
class BracketFile:
    """
    A bracket: one lower bound, and one upper bound or none.
    """

    label: str
    at_least: Decimal | None = None
    more_than: Decimal | None = None
    at_most: Decimal | None = None
    less_than: Decimal | None = None
    prices: Mapping[PrestationCode, Money]


@frozen(kw_only=True)
class TariffFile:
    """
    A grid, from a day on.
    """

    since: dt.date
    source: str
    without_quotient: WithoutQuotient
    between: Between | None = None
    brackets: tuple[Bracket, ...]


class FileType(Enum):
    """
    Types of files, as people call them.
    """

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


@frozen(kw_only=True)
class UploadsFile:
    """
    What files are taken; megabytes of a million bytes.
    """

    most_megabytes: int = 10
    types: tuple[FileType, ...] = tuple(FileType)


@frozen(kw_only=True)
class DocumentFile:
    """
    A document that is asked for; good for good unless `valid_months` or
    `valid_until_day` (« 08-31 ») says otherwise.
    """

    code: DocumentCode
    label: str
    about: About
    demand: Demand
    accueils: tuple[AccueilCode, ...] | None = None
    opens: Opens = Opens.ACCEPTED
    valid_months: int | None = None
    valid_until_day: str | None = None
    warn_days: int = 30


@frozen(kw_only=True)
class HouseRulesFile:
    """
    The règlement intérieur that families accept, from a day on.
    """

    since: dt.date
    source: str
    version: HouseRulesVersion
    url: str


@frozen(kw_only=True)
class ReglementFile:
    """
    The whole file.
    """

    schema: SchemaVersion
    operator: OperatorRead
    regies: tuple[Regie, ...]
    establishments: tuple[Establishment, ...]
    accueils: tuple[Accueil, ...]
    periods: tuple[PeriodFile, ...]
    school_holidays: tuple[SchoolHolidaysFile, ...] = ()
    prestations: tuple[Prestation, ...]
    amplitudes: tuple[Amplitude, ...]
    pools: tuple[Pool, ...] = ()
    gates: tuple[Gate, ...] = ()
    fields: Mapping[str, Mapping[str, FieldUse]] = field(factory=dict)
    hold: History[Hold]
    book_until: History[Deadline]
    cancellations: History[Policy]
    tariffs: History[Grid]
    documents: tuple[DocumentKind, ...] = ()
    uploads: Uploads = ANY_UPLOADS
    house_rules: History[HouseRules] | None = None

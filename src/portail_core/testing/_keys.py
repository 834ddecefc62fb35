"""
What a record is kept under, what it claims alone, whom its change concerns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, assert_never

from portail_core.domain.accounts import Account, Session
from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.households import Household
from portail_core.domain.ids import ChildId, PoolCode
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.links import Link
from portail_core.domain.matches import Dismissal
from portail_core.domain.payments import Attempt
from portail_core.domain.places import Place
from portail_core.domain.pre_registrations import STANDING, PreRegistration
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Line, LineState, Request
from portail_core.ports.store import (
    KeptCommand,
    Queued,
    Record,
    ReglementVersion,
)

Key: TypeAlias = tuple[Any, ...]
"""A kind of record, then what tells its records apart."""

Topic: TypeAlias = tuple[Any, ...]
"""A key, or a set of records that someone may have read as a whole."""

_FINAL = (
    Acceptance,
    Change,
    CreditNote,
    Invoice,
    KeptCommand,
    ReglementVersion,
)


def key_of(record: Record) -> Key:  # noqa: C901 - a case a kind of record
    """
    The kind of *record*, and what tells it from others of its kind.
    """
    kind = type(record)
    match record:
        case (
            Account()
            | Link()
            | Household()
            | Child()
            | Document()
            | PreRegistration()
            | Change()
        ):
            return kind, record.id
        case Acceptance():
            return kind, record.account, record.version
        case Session() | Registration():
            return kind, record.digest
        case Dismissal():
            return kind, record.registered, record.dossier
        case Custody():
            return kind, record.household, record.child
        case Request() | Invoice() | CreditNote():
            return kind, record.number
        case Attempt():
            return kind, record.reference
        case Ledger():
            return kind, record.household, record.regie
        case InvoiceParty():
            return kind, record.invoice
        case Queued():
            return kind, record.key
        case KeptCommand():
            return kind, record.household, record.key
        case ReglementVersion():
            return kind, record.digest, record.since
        case _:
            assert_never(record)


def is_final(key: Key) -> bool:
    """
    Whether what is kept there is never written again.
    """
    return key[0] in _FINAL


def claims_of(record: Record) -> Iterator[Topic]:
    """
    What no other record may have at the same time.
    """
    match record:
        case Account(email=email):
            yield "email", email
        case Link(digest=digest):
            yield "link", digest
        case Attempt(key=key) if key is not None:
            yield "provider key", key
        case PreRegistration(state=state) if state in STANDING:
            yield "pre-registration", record.child, record.accueil
        case Request():
            for day, place in kept_places(record):
                yield "part", record.asked.child, day, place.part
        case _:
            pass


def kept_places(request: Request) -> Iterator[tuple[dt.date, Place]]:
    """
    Places that have a row: of lines held, perhaps past their time, and of
    lines confirmed.
    """
    for line in kept_lines(request):
        for place in line.places:
            yield line.day, place


def kept_lines(request: Request) -> Iterator[Line]:
    """
    Lines held, perhaps past their time, and lines confirmed.
    """
    for line in request.lines:
        if line.state in {LineState.HELD, LineState.CONFIRMED}:
            yield line


def topics_of(before: Record | None, after: Record) -> Iterator[Topic]:
    """
    What is no longer as it was once *after* takes the place of *before*.
    """
    yield key_of(after)
    if before is not None:
        yield from claims_of(before)
    yield from claims_of(after)
    if isinstance(after, ReglementVersion):
        yield reglements_topic()
    for one in (before, after):
        if one is not None and (household := _household(one)) is not None:
            yield of_topic(type(one), household)
    if isinstance(after, Document | PreRegistration) and after.child:
        yield about_topic(type(after), after.child)
    if isinstance(after, Request):
        yield from _places_topics(before, after)


def _household(record: Record) -> str | None:
    if isinstance(record, Request):
        return record.asked.household
    if isinstance(
        record,
        Account
        | Custody
        | Change
        | Document
        | Attempt
        | Ledger
        | Invoice
        | CreditNote,
    ):
        return record.household
    return None


def _places_topics(before: Any, after: Request) -> Iterator[Topic]:
    old = _places(before) if before is not None else {}
    new = _places(after)
    for line in after.lines:
        yield child_day_topic(after.asked.child, line.day)
    for day, place in dict.fromkeys((*old, *new)):
        # Taken for good is not the same as not taken at all.
        were, are = (places.get((day, place), "free") for places in (old, new))
        if were != are:
            for pool in place.pools:
                yield pool_day_topic(pool, day)


def _places(
    request: Request,
) -> Mapping[tuple[dt.date, Place], dt.datetime | None]:
    return {
        (day, place): taken_until(request, day)
        for day, place in kept_places(request)
    }


def taken_until(request: Request, day: dt.date) -> dt.datetime | None:
    """
    Until when the places of *day* are taken; `None` is for good.
    """
    line = request.line(day)
    assert line is not None, "asked for one of its own days"
    if line.state is LineState.CONFIRMED:
        return None
    return request.taken_until


# Topics ---------------------------------------------------------------------


def of_topic(kind: type[Any], household: str) -> Topic:
    """
    All records of a kind that a household has.
    """
    return "of", kind, household


def about_topic(kind: type[Any], child: str) -> Topic:
    """
    All records of a kind that are about a child.
    """
    return "about", kind, child


def reglements_topic() -> Topic:
    """
    All versions of the règlement.
    """
    return ("reglements",)


def counter_topic(series: str) -> Topic:
    """
    Where a series of numbers stands.
    """
    return "counter", series


def pool_day_topic(pool: PoolCode, day: dt.date) -> Topic:
    """
    The places taken in a pool on a day.
    """
    return "pool", pool, day


def child_day_topic(child: ChildId, day: dt.date) -> Topic:
    """
    What a child does on a day.
    """
    return "child", child, day

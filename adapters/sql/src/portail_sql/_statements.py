"""
What is asked of the tables, beside one record by its key; each made once.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portail_core.domain.documents import DocumentState
from portail_core.domain.payments import UNRESOLVED
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.domain.requests import LineState
from portail_core.ports.store import Delivery

from . import _records, schema
from ._compiled import among
from ._shapes import Shape
from ._tables import one_of

HOUSEHOLD: sa.BindParameter[Any] = sa.bindparam("household")
REGIE: sa.BindParameter[Any] = sa.bindparam("regie")
AT: sa.BindParameter[Any] = sa.bindparam("at")
LIMIT = sa.bindparam("limit", type_=sa.Integer)
SKIP = sa.bindparam("skip", type_=sa.Integer)

_LINES = schema.REQUEST_LINES.c
_TAKEN = schema.TAKEN_PLACES.c
_LIVE = (LineState.HELD, LineState.CONFIRMED)
_LIVE_LINE = one_of(_LINES.state, _LIVE)
_HELD_LINE = _LINES.state == sa.literal_column("'held'")
_REQUESTS = schema.REQUESTS.c
_INVOICES = schema.INVOICES.c
_CREDIT_NOTES = schema.CREDIT_NOTES.c


def _by(shape: Shape[Any], column: str) -> sa.Select[Any]:
    name: sa.BindParameter[Any] = sa.bindparam(column)
    return shape.select.where(shape.table.c[column] == name)


ACCOUNT_BY_EMAIL = _by(_records.ACCOUNT, "email")
LINK_BY_DIGEST = _by(_records.LINK, "digest")
ATTEMPT_BY_KEY = _by(_records.ATTEMPT, "key")

LIVE_NUMBERS = (
    sa.select(_LINES.request)
    .distinct()
    .where(
        _LINES.child == sa.bindparam("child"),
        among(_LINES.day, "days"),
        _LIVE_LINE,
    )
)
REQUESTS_BY_NUMBER = _records.REQUEST.select.where(
    among(schema.REQUESTS.c.number, "numbers")
).order_by(schema.REQUESTS.c.number)

TAKEN = (
    sa.select(_TAKEN.pool, _TAKEN.day, _TAKEN.part, sa.func.count())
    .where(
        among(_TAKEN.pool, "pools"),
        _TAKEN.day.between(sa.bindparam("first"), sa.bindparam("last")),
        _TAKEN.taken_until.is_(None) | (_TAKEN.taken_until > AT),
    )
    .group_by(_TAKEN.pool, _TAKEN.day, _TAKEN.part)
)

STALE_HOLDERS = sa.select(
    _TAKEN.request, _TAKEN.pool, _TAKEN.day, _TAKEN.part
).where(
    among(_TAKEN.pool, "pools"),
    _TAKEN.day.between(sa.bindparam("first"), sa.bindparam("last")),
    _TAKEN.taken_until <= AT,
)

UNRESOLVED_ATTEMPTS = (
    sa.select(schema.ATTEMPTS.c.reference)
    .where(one_of(schema.ATTEMPTS.c.state, UNRESOLVED))
    .order_by(schema.ATTEMPTS.c.created_at, schema.ATTEMPTS.c.reference)
)

STALE_REQUESTS = (
    _records.REQUEST.select.where(
        schema.REQUESTS.c.number.in_(
            sa.select(_LINES.request).where(_HELD_LINE)
        ),
        schema.REQUESTS.c.taken_until <= AT,
    )
    .order_by(schema.REQUESTS.c.number)
    .limit(LIMIT)
)

DUE_NOTICES = (
    _records.QUEUED.select.where(
        schema.OUTBOX.c.delivery == Delivery.QUEUED,
        schema.OUTBOX.c.due_at <= AT,
    )
    .order_by(schema.OUTBOX.c.queued_at, schema.OUTBOX.c.id)
    .limit(LIMIT)
)

# What another worker has in hand is left to it.  A request is claimed by its
# household, which every other writer locks before it.
CLAIMED_REQUESTS = {
    "sqlite": STALE_REQUESTS,
    "postgresql": STALE_REQUESTS.join(
        schema.HOUSEHOLDS,
        schema.HOUSEHOLDS.c.id == schema.REQUESTS.c.household,
    ).with_for_update(of=schema.HOUSEHOLDS, key_share=True, skip_locked=True),
}
CLAIMED_NOTICES = DUE_NOTICES.with_for_update(key_share=True, skip_locked=True)

_DOCUMENTS = schema.DOCUMENTS.c
_PRE_REGISTRATIONS = schema.PRE_REGISTRATIONS.c

DOCUMENTS_TO_REVIEW = (
    _records.DOCUMENT.select.where(_DOCUMENTS.state == DocumentState.SUBMITTED)
    .order_by(_DOCUMENTS.submitted_at, _DOCUMENTS.id)
    .limit(LIMIT)
)
DOCUMENTS_ENDING = (
    _records.DOCUMENT.select.where(
        _DOCUMENTS.state == DocumentState.ACCEPTED,
        _DOCUMENTS.valid_to.between(
            sa.bindparam("first"), sa.bindparam("last")
        ),
    )
    .order_by(_DOCUMENTS.valid_to, _DOCUMENTS.id)
    .limit(LIMIT)
)
PRE_REGISTRATIONS_TO_DECIDE = (
    _records.PRE_REGISTRATION.select.where(
        _PRE_REGISTRATIONS.state == PreRegistrationState.ASKED
    )
    .order_by(_PRE_REGISTRATIONS.asked_at, _PRE_REGISTRATIONS.id)
    .limit(LIMIT)
)

REGLEMENTS = _records.REGLEMENT.select.order_by(
    schema.REGLEMENTS.c.since, schema.REGLEMENTS.c.activated_at
)

JOURNAL = sa.select(schema.JOURNAL).order_by(schema.JOURNAL.c.sequence)
JOURNAL_AFTER = JOURNAL.where(
    schema.JOURNAL.c.sequence > sa.bindparam("sequence", type_=sa.Integer)
).limit(LIMIT)
STREAM = JOURNAL.where(schema.JOURNAL.c.stream == sa.bindparam("stream"))


def _count_on(insert: Any) -> Any:
    counters = schema.COUNTERS
    added = insert(counters)
    return added.on_conflict_do_update(
        index_elements=[counters.c.series],
        set_={"value": counters.c.value + added.excluded.value},
    ).returning(counters.c.value)


COUNT_ON = {
    "sqlite": _count_on(sqlite.insert),
    "postgresql": _count_on(postgresql.insert),
}

# Of one household -----------------------------------------------------------

CHILDREN = (
    _records.CHILD.select.join(
        schema.CUSTODIES, schema.CUSTODIES.c.child == schema.CHILDREN.c.id
    )
    .where(schema.CUSTODIES.c.household == HOUSEHOLD)
    .order_by(schema.CHILDREN.c.birth_date, schema.CHILDREN.c.id)
)
_OWN_CHILDREN = sa.select(schema.CUSTODIES.c.child).where(
    schema.CUSTODIES.c.household == HOUSEHOLD
)
DOCUMENTS = _records.DOCUMENT.select.where(
    ((_DOCUMENTS.household == HOUSEHOLD) & _DOCUMENTS.child.is_(None))
    | _DOCUMENTS.child.in_(_OWN_CHILDREN)
).order_by(_DOCUMENTS.submitted_at.desc(), _DOCUMENTS.id)
PRE_REGISTRATIONS = _records.PRE_REGISTRATION.select.where(
    _PRE_REGISTRATIONS.child.in_(_OWN_CHILDREN)
).order_by(_PRE_REGISTRATIONS.asked_at.desc(), _PRE_REGISTRATIONS.id)
_CHANGES = schema.CHANGES.c
CHANGES = (
    _records.CHANGE.select.where(_CHANGES.household == HOUSEHOLD)
    .order_by(_CHANGES.at.desc(), _CHANGES.subject, _CHANGES.field_name)
    .limit(LIMIT)
    .offset(SKIP)
)
CHANGES_COUNT = sa.select(sa.func.count()).where(
    _CHANGES.household == HOUSEHOLD
)
REQUESTS = _records.REQUEST.select.where(
    schema.REQUESTS.c.household == HOUSEHOLD
).order_by(schema.REQUESTS.c.number)
HELD_REQUESTS = REQUESTS.where(
    schema.REQUESTS.c.regie == REGIE,
    schema.REQUESTS.c.number.in_(sa.select(_LINES.request).where(_HELD_LINE)),
)
ATTEMPTS = _records.ATTEMPT.select.where(
    schema.ATTEMPTS.c.household == HOUSEHOLD, schema.ATTEMPTS.c.regie == REGIE
).order_by(schema.ATTEMPTS.c.created_at, schema.ATTEMPTS.c.reference)

# A line that takes its place, by the predicate of the domain's places.
_HAS_TAKEN_LINE = sa.exists().where(
    _LINES.request == _REQUESTS.number,
    (_LINES.state == LineState.CONFIRMED)
    | (_HELD_LINE & (_REQUESTS.taken_until > AT)),
)
PAYABLE_REQUESTS = REQUESTS.where(
    _REQUESTS.taken_until > AT,
    sa.exists().where(_LINES.request == _REQUESTS.number, _HELD_LINE),
)
LEDGERS = _records.LEDGER.select.where(
    schema.LEDGERS.c.household == HOUSEHOLD
).order_by(schema.LEDGERS.c.regie)
INVOICES = _records.INVOICE.select.where(
    _INVOICES.household == HOUSEHOLD
).order_by(_INVOICES.issued_at, _INVOICES.number)
CREDIT_NOTES = _records.CREDIT_NOTE.select.where(
    _CREDIT_NOTES.household == HOUSEHOLD
).order_by(_CREDIT_NOTES.issued_at, _CREDIT_NOTES.number)
_CREDITED = schema.CREDIT_NOTE_LINES.c
CREDIT_NOTES_ON = CREDIT_NOTES.where(
    _CREDIT_NOTES.number.in_(
        sa.select(_CREDITED.credit_note).where(
            among(_CREDITED.invoice, "invoices")
        )
    )
)


def _latest(
    all_of_them: sa.Select[Any], *newest_first: sa.UnaryExpression[Any]
) -> sa.Select[Any]:
    return (
        all_of_them.order_by(None)
        .order_by(*newest_first)
        .limit(LIMIT)
        .offset(SKIP)
    )


def _count(all_of_them: sa.Select[Any]) -> sa.Select[Any]:
    return all_of_them.order_by(None).with_only_columns(sa.func.count())


_SHOWN_REQUESTS = REQUESTS.where(_HAS_TAKEN_LINE)
SHOWN_REQUESTS = _latest(_SHOWN_REQUESTS, _REQUESTS.number.desc())
SHOWN_REQUESTS_COUNT = _count(_SHOWN_REQUESTS)
LATEST_INVOICES = _latest(
    INVOICES, _INVOICES.issued_at.desc(), _INVOICES.number.desc()
)
INVOICES_COUNT = _count(INVOICES)
LATEST_CREDIT_NOTES = _latest(
    CREDIT_NOTES, _CREDIT_NOTES.issued_at.desc(), _CREDIT_NOTES.number.desc()
)
CREDIT_NOTES_COUNT = _count(CREDIT_NOTES)

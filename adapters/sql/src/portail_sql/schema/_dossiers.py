"""
Dossiers: documents, pre-registrations, what was accepted.

The contents of documents are kept elsewhere, under `file_key`.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.documents import ContentType, DocumentState
from portail_core.domain.pre_registrations import (
    STANDING,
    PreRegistrationState,
)
from portail_sql._tables import (
    MARK,
    at_least,
    check,
    column,
    identifier,
    optional,
    state,
    table,
    to,
    together,
    version,
)
from portail_sql.columns import WHOLE, Day, Moment

DOCUMENTS = table(
    "documents",
    "One row a document that a family gave.",
    column("id", "Its id.", primary_key=True),
    column("kind", "Code of what was asked for."),
    identifier(
        "household_id",
        "The household that gave it.",
        to("households.id"),
        index=True,
    ),
    identifier(
        "child_id",
        "The child that it is about; NULL if it is about the household.",
        to("children.id"),
        nullable=True,
        index=True,
    ),
    column(
        "file_key",
        "Where its content is kept, outside the database.",
        unique=True,
        key="file",
    ),
    column("name", "The file's name, as the family sees it."),
    state("content_type", "What its content is.", ContentType),
    column("size_bytes", "Of its content.", WHOLE, at_least(1, "size_bytes")),
    column("sha256", "Of its content, in hexadecimal."),
    column("submitted_at", "When it was given.", Moment),
    column("submitted_by", "Id of the account that gave it."),
    state(
        "state",
        "submitted: waits to be looked at; accepted; refused.",
        DocumentState,
    ),
    optional(
        "valid_from",
        "First day that it is good; NULL until it is accepted.",
        Day,
    ),
    optional(
        "valid_to",
        "Last day that it is good; NULL if it has no end, and until it is "
        "accepted.",
        Day,
    ),
    optional("reason", "Why it was refused; NULL if it was not."),
    optional(
        "reviewed_at", "When staff looked at it; NULL until then.", Moment
    ),
    optional("reviewed_by", "Id of the agent; NULL until then."),
    version(),
    check("sha256_whole", "length(sha256) = 64"),
    check("valid_in_order", "valid_from <= valid_to"),
    together("review_whole", "reviewed_at", "reviewed_by"),
    sa.Index(
        f"ix_{MARK}documents_state_submitted_at", "state", "submitted_at"
    ),
    sa.Index(f"ix_{MARK}documents_state_valid_to", "state", "valid_to"),
)

_STANDING = sa.text(
    f"state IN ({', '.join(sorted(repr(s.value) for s in STANDING))})"
)

PRE_REGISTRATIONS = table(
    "pre_registrations",
    "One row a child's request to be let in at an accueil.",
    column("id", "Its id.", primary_key=True),
    identifier(
        "household_id", "The household that asked.", to("households.id")
    ),
    identifier("child_id", "The child.", to("children.id"), index=True),
    column("accueil", "Code of the accueil."),
    column("asked_at", "When it was asked.", Moment),
    column("asked_by", "Id of the account that asked."),
    state(
        "state",
        "asked: waits for an answer; accepted; refused; withdrawn: by the "
        "household.",
        PreRegistrationState,
    ),
    optional("reason", "Why it was refused; NULL if it was not."),
    optional("decided_at", "When staff decided; NULL until then.", Moment),
    optional("decided_by", "Id of the agent; NULL until then."),
    version(),
    together("decision_whole", "decided_at", "decided_by"),
    sa.Index(
        f"ix_{MARK}pre_registrations_state_asked_at", "state", "asked_at"
    ),
    # A child has one that stands at an accueil.
    sa.Index(
        f"uq_{MARK}pre_registrations_standing",
        "child",
        "accueil",
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    ),
)

ACCEPTANCES = table(
    "acceptances",
    "One row an account and version of the règlement intérieur that it "
    "accepted.",
    identifier(
        "account_id", "Who accepted.", to("accounts.id"), primary_key=True
    ),
    column(
        "rules_version",
        "The version, as the règlement names it.",
        primary_key=True,
        key="rules",
    ),
    column("accepted_at", "When.", Moment, key="at"),
)

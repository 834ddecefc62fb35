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
    column,
    identifier,
    optional,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import WHOLE, Day, Moment

DOCUMENTS = table(
    "documents",
    column("id", primary_key=True),
    column("kind"),
    identifier("household_id", to("households.id"), index=True),
    identifier("child_id", to("children.id"), nullable=True, index=True),
    column("file_key", unique=True, key="file"),
    column("name"),
    state("content_type", ContentType),
    column("size_bytes", WHOLE),
    column("sha256"),
    column("submitted_at", Moment),
    column("submitted_by"),
    state("state", DocumentState),
    optional("valid_from", Day),
    optional("valid_to", Day),
    optional("reason"),
    optional("reviewed_at", Moment),
    optional("reviewed_by"),
    version(),
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
    column("id", primary_key=True),
    identifier("household_id", to("households.id")),
    identifier("child_id", to("children.id"), index=True),
    column("accueil"),
    column("asked_at", Moment),
    column("asked_by"),
    state("state", PreRegistrationState),
    optional("reason"),
    optional("decided_at", Moment),
    optional("decided_by"),
    version(),
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
    identifier("account_id", to("accounts.id"), primary_key=True),
    column("rules_version", primary_key=True, key="rules"),
    column("accepted_at", Moment, key="at"),
)

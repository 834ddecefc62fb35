"""
What an invented family gave and accepted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from attrs import evolve

from portail_core.domain.documents import ContentType, Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.ids import (
    DocumentCode,
    DocumentId,
    FileKey,
    HouseRulesVersion,
    PreRegistrationId,
)
from portail_core.domain.pre_registrations import PreRegistration

from ._names import ACCOUNT, ACCUEIL, ASKED, HOUSEHOLD, LOU

PDF = b"%PDF-1.7\n% a page\n%%EOF\n"
"""The shortest file that says it is one."""


def document(**changes: Any) -> Document:
    """
    Lou's health form, which waits to be looked at.
    """
    return evolve(
        Document(
            id=DocumentId("document-1"),
            kind=DocumentCode("fiche-sanitaire"),
            household=HOUSEHOLD,
            child=LOU,
            file=FileKey("file-1"),
            name="fiche sanitaire Lou.pdf",
            content_type=ContentType.PDF,
            size_bytes=len(PDF),
            sha256=hashlib.sha256(PDF).hexdigest(),
            submitted_at=ASKED - dt.timedelta(days=3),
            submitted_by=ACCOUNT,
        ),
        **changes,
    )


def pre_registration(**changes: Any) -> PreRegistration:
    """
    Lou's, for the Wednesdays; it waits for an answer.
    """
    return evolve(
        PreRegistration(
            id=PreRegistrationId("pre-registration-1"),
            household=HOUSEHOLD,
            child=LOU,
            accueil=ACCUEIL,
            asked_at=ASKED - dt.timedelta(days=3),
            asked_by=ACCOUNT,
        ),
        **changes,
    )


def acceptance(**changes: Any) -> Acceptance:
    """
    Camille accepted the règlement intérieur of the year.
    """
    return evolve(
        Acceptance(
            account=ACCOUNT,
            version=HouseRulesVersion("2025-2026"),
            at=ASKED - dt.timedelta(days=3),
        ),
        **changes,
    )

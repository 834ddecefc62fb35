"""
Letters about documents and pre-registrations.
"""

from __future__ import annotations

from typing import assert_never

from portail_core.domain.documents import Document
from portail_core.domain.ids import (
    ChildId,
    DocumentId,
    HouseholdId,
    PreRegistrationId,
    ReglementDigest,
)
from portail_core.domain.notices import (
    DocumentAccepted,
    DocumentRefused,
    PreRegistrationAccepted,
    PreRegistrationRefused,
)
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.ports.mail import (
    DocumentAcceptance,
    DocumentRefusal,
    PreRegistrationAcceptance,
    PreRegistrationRefusal,
)
from portail_core.ports.store import Reading

from . import reglements


def letter(
    notice: DocumentAccepted
    | DocumentRefused
    | PreRegistrationAccepted
    | PreRegistrationRefused,
    reading: Reading,
) -> (
    DocumentAcceptance
    | DocumentRefusal
    | PreRegistrationAcceptance
    | PreRegistrationRefusal
):
    """
    What *notice* says to whoever gave or asked.
    """
    match notice:
        case DocumentAccepted():
            return _document_accepted(notice, reading)
        case DocumentRefused():
            return _document_refused(notice, reading)
        case PreRegistrationAccepted():
            return _pre_registration_accepted(notice, reading)
        case PreRegistrationRefused():
            return _pre_registration_refused(notice, reading)
        case _:
            assert_never(notice)


def _document_accepted(
    notice: DocumentAccepted, reading: Reading
) -> DocumentAcceptance:
    document = _document(reading, notice.document)
    return DocumentAcceptance(
        document=_label(reading, document, notice.reglement),
        child=_child(reading, notice.household, document.child),
        valid_to=document.valid_to,
    )


def _document_refused(
    notice: DocumentRefused, reading: Reading
) -> DocumentRefusal:
    document = _document(reading, notice.document)
    return DocumentRefusal(
        document=_label(reading, document, notice.reglement),
        child=_child(reading, notice.household, document.child),
        reason=document.reason or "",
    )


def _pre_registration_accepted(
    notice: PreRegistrationAccepted, reading: Reading
) -> PreRegistrationAcceptance:
    record = _pre_registration(reading, notice.pre_registration)
    establishment, accueil = _where(reading, record, notice.reglement)
    return PreRegistrationAcceptance(
        child=_child(reading, notice.household, record.child) or "",
        establishment=establishment,
        accueil=accueil,
    )


def _pre_registration_refused(
    notice: PreRegistrationRefused, reading: Reading
) -> PreRegistrationRefusal:
    record = _pre_registration(reading, notice.pre_registration)
    establishment, accueil = _where(reading, record, notice.reglement)
    return PreRegistrationRefusal(
        child=_child(reading, notice.household, record.child) or "",
        establishment=establishment,
        accueil=accueil,
        reason=record.reason or "",
    )


def _document(reading: Reading, document: DocumentId) -> Document:
    found = reading.document(document)
    assert found is not None, "a document is never removed"
    return found


def _pre_registration(
    reading: Reading, pre_registration: PreRegistrationId
) -> PreRegistration:
    found = reading.pre_registration(pre_registration)
    assert found is not None, "a pre-registration is never removed"
    return found


def _label(
    reading: Reading, document: Document, reglement: ReglementDigest
) -> str:
    version = reglements.version(reading, reglement)
    kind = version.find_document(document.kind)
    # It was given under a règlement that asked for it; this one may not.
    return kind.label if kind else document.name


def _child(
    reading: Reading, household: HouseholdId, child: ChildId | None
) -> str | None:
    found = reading.of(household).child(child) if child else None
    return found.name if found else None


def _where(
    reading: Reading, record: PreRegistration, reglement: ReglementDigest
) -> tuple[str, str]:
    version = reglements.version(reading, reglement)
    accueil = version.find_accueil(record.accueil)
    if accueil is None:
        return "", record.accueil
    return version.establishment(accueil.establishment).label, accueil.label

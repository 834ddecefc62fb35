"""
« Document à fournir »: what is asked, and giving it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress

from attrs import field, frozen

from portail_core.domain.children import ChildUnknown
from portail_core.domain.days import day_of
from portail_core.domain.documents import (
    About,
    ContentType,
    Document,
    DocumentKind,
    DocumentKindUnknown,
    DocumentStanding,
    DocumentState,
    DocumentUnknown,
    TooManyWaiting,
    check_about,
    cleaned_name,
    read_content,
    standing,
)
from portail_core.domain.ids import (
    ChildId,
    DocumentCode,
    DocumentId,
    FileKey,
)
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.ports.clock import Clock
from portail_core.ports.files import Files, FilesFailed
from portail_core.ports.store import (
    HouseholdReading,
    StorageBusy,
    StorageFailed,
    Store,
    Transaction,
)
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._dossier import unconfirmed
from .members import Member, account_of
from .reglements import ActiveReglement

MOST_WAITING = 20
"""Documents that a household gave: someone must look at each."""


@frozen(kw_only=True)
class DocumentDetail:
    """
    A document as a family sees it: not who gave it, nor who looked at it.

    Attributes:
        label: What it was asked as; its code, if it is no longer.

        name: The file's name.

        valid_to: Last day that it is good, included.
    """

    id: DocumentId
    kind: DocumentCode
    label: str
    child: ChildId | None
    name: str
    content_type: ContentType
    size_bytes: int
    submitted_at: dt.datetime
    state: DocumentState
    valid_from: dt.date | None
    valid_to: dt.date | None
    reason: str | None


@frozen(kw_only=True)
class DocumentContent:
    """
    A file to show: its content, what it is, and its name.
    """

    content: bytes = field(repr=False)
    content_type: ContentType
    name: str


def asked(
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> tuple[DocumentStanding, ...]:
    """
    Every document that the règlement asks for, and where it stands today: of
    the household, then of each child, oldest first.
    """
    today = day_of(clock.now())
    with store.reading() as reading:
        family = reading.of(member.household)
        given = family.documents()
        children = family.children()
    about: list[tuple[About, ChildId | None]] = [(About.HOUSEHOLD, None)]
    about.extend((About.CHILD, child.id) for child in children)
    return tuple(
        standing(
            kind, given, household=member.household, child=child, day=today
        )
        for whose, child in about
        for kind in reglement.value.documents
        if kind.about is whose
    )


def history(
    *, member: Member, store: Store, reglement: ActiveReglement
) -> tuple[DocumentDetail, ...]:
    """
    Everything that was given about the household and its children, newest
    first.
    """
    with store.reading() as reading:
        given = reading.of(member.household).documents()
    return tuple(_detail(one, reglement.value) for one in given)


def _detail(document: Document, reglement: Reglement) -> DocumentDetail:
    kind = reglement.find_document(document.kind)
    return DocumentDetail(
        id=document.id,
        kind=document.kind,
        label=kind.label if kind else document.kind,
        child=document.child,
        name=document.name,
        content_type=document.content_type,
        size_bytes=document.size_bytes,
        submitted_at=document.submitted_at,
        state=document.state,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        reason=document.reason,
    )


def read(
    document: DocumentId, *, member: Member, store: Store, files: Files
) -> DocumentContent:
    """
    A document that the household may see.

    Raises:
        Refused: `DocumentUnknown`.
        FileMissing: It is recorded, and its file is not there.
        FilesFailed: It cannot be read, or is no longer as it was given.
    """
    with store.reading() as reading:
        found = reading.of(member.household).document(document)
    return content_of(found, files)


def content_of(document: Document | None, files: Files) -> DocumentContent:
    """
    The file of *document*, as it was given.

    Raises:
        Refused: `DocumentUnknown`, if there is none.
        FileMissing: It is recorded, and its file is not there.
        FilesFailed: It cannot be read, or is no longer as it was given.
    """
    if document is None:
        raise Refused(DocumentUnknown())
    content = files.read(document.file)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        msg = f"the file of document {document.id} is not as it was given"
        raise FilesFailed(msg)
    return DocumentContent(
        content=content,
        content_type=document.content_type,
        name=document.name,
    )


# Giving one -----------------------------------------------------------------


def submit(
    kind: DocumentCode,
    content: bytes,
    name: str,
    *,
    child: ChildId | None,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    files: Files,
    reglement: ActiveReglement,
) -> DocumentDetail:
    """
    « TRANSMETTRE UN DOCUMENT »: give one, which staff then looks at.

    The file is kept first, then recorded; it is removed again if it is not
    recorded.

    Args:
        kind: One that the règlement asks for.

        content: The whole file.

        name: As the family calls it; only what can be printed is kept.

        child: Whose it is, where it is asked for each child.

    Raises:
        Refused: `DocumentKindUnknown`; or `EmailUnconfirmed`,
            `DocumentOfChild`, `DocumentOfHousehold`, `ChildUnknown`,
            `TooManyWaiting`, `FileEmpty`, `FileTooBig`,
            `FileTypeNotAccepted`, as many as there are.
        FilesFailed: The file was not kept.
        StorageBusy: Nothing was kept; try again in a moment.
    """
    document = Document(
        id=DocumentId(tokens.new_id()),
        kind=kind,
        household=member.household,
        child=child,
        file=FileKey(tokens.new_id()),
        name=cleaned_name(name),
        content_type=_checked(
            kind,
            content,
            child,
            member=member,
            store=store,
            reglement=reglement.value,
        ),
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        submitted_at=clock.now(),
        submitted_by=member.account,
    )
    files.keep(document.file, content)
    try:
        commit(store, lambda tx: _record(tx, document, member))
    except BaseException:
        _remove_unless_recorded(document, store, files)
        raise
    return _detail(document, reglement.value)


def _remove_unless_recorded(
    document: Document, store: Store, files: Files
) -> None:
    # What cannot be deleted now, or may be recorded, at worst is a file that
    # no document names; a document without its file would be worse.
    with suppress(FilesFailed, StorageBusy, StorageFailed):
        with store.reading() as reading:
            recorded = reading.document(document.id)
        if recorded is None:
            files.delete(document.file)


def _checked(
    kind: DocumentCode,
    content: bytes,
    child: ChildId | None,
    *,
    member: Member,
    store: Store,
    reglement: Reglement,
) -> ContentType:
    asked_for = reglement.find_document(kind)
    if asked_for is None:
        raise Refused(DocumentKindUnknown(kind))
    with store.reading() as reading:
        refusals = list(unconfirmed(member, reading))
        refusals.extend(
            _faults(asked_for, child, reading.of(member.household))
        )
    try:
        found = read_content(content, reglement.uploads)
    except Refused as refused:
        raise Refused(*refusals, *refused.refusals) from None
    if refusals:
        raise Refused(*refusals)
    return found


def _faults(
    kind: DocumentKind, child: ChildId | None, family: HouseholdReading
) -> tuple[Refusal, ...]:
    try:
        check_about(kind, child)
        _check_family(child, family)
    except Refused as refused:
        return refused.refusals
    return ()


def _check_family(child: ChildId | None, family: HouseholdReading) -> None:
    if child is not None and family.child(child) is None:
        raise Refused(ChildUnknown())
    # Those of a child's other household are its own affair.
    household = family.household().id
    waiting = [
        document
        for document in family.documents()
        if document.state is DocumentState.SUBMITTED
        and document.household == household
    ]
    if len(waiting) >= MOST_WAITING:
        raise Refused(TooManyWaiting(MOST_WAITING))


def _record(tx: Transaction, document: Document, member: Member) -> None:
    account_of(tx, member)
    _check_family(document.child, tx.of(document.household))
    tx.put(document)

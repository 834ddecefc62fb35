"""
One value at least of everything that a store keeps.

`RECORDS` refer only to each other, parents first, so that a store with
foreign keys may keep them in one commit.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain import ledger, notices, payments, requests
from portail_core.domain.accounts import AccountState, Email
from portail_core.domain.cancellation import Settlement
from portail_core.domain.changes import RecordChanged
from portail_core.domain.documents import DocumentState
from portail_core.domain.households import Adult, FamilySituation
from portail_core.domain.ids import (
    AccountId,
    AgentId,
    CommandKey,
    DocumentCode,
    DocumentId,
    FileKey,
    HouseholdId,
    LinkId,
    PreRegistrationId,
    ProviderKey,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.links import Purpose
from portail_core.domain.matches import HouseholdJoined
from portail_core.domain.money import Money, eur
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.ports.store import (
    Delivery,
    Event,
    JournalEntry,
    KeptCommand,
    Queued,
    Record,
    ReglementVersion,
)

from . import builders
from .builders import (
    ACCOUNT,
    ASKED,
    ATTEMPT,
    CREDIT_NOTE,
    HOUSEHOLD,
    INVOICE,
    REGLEMENT,
    WEDNESDAY,
)

A_MINUTE = dt.timedelta(minutes=1)
A_KEY = ProviderKey("idop-16")
NUMBER = RequestNumber(16)

NOTICES: tuple[notices.Notice, ...] = (
    notices.EmailToConfirm(account=ACCOUNT, link=LinkId("link-1")),
    notices.AccountExists(account=ACCOUNT),
    notices.PaymentConfirmed(
        account=ACCOUNT,
        household=HOUSEHOLD,
        attempt=ATTEMPT,
        invoice=INVOICE,
        credit_notes=(CREDIT_NOTE,),
    ),
    notices.BookingsRecap(
        account=ACCOUNT, household=HOUSEHOLD, requests=(NUMBER,)
    ),
    notices.CancellationConfirmed(
        account=ACCOUNT,
        household=HOUSEHOLD,
        request=NUMBER,
        days=builders.credit_note().days,
        credit_note=None,
    ),
    notices.DocumentAccepted(
        account=ACCOUNT,
        household=HOUSEHOLD,
        document=DocumentId("document-2"),
        reglement=REGLEMENT,
    ),
    notices.DocumentRefused(
        account=ACCOUNT,
        household=HOUSEHOLD,
        document=DocumentId("document-3"),
        reglement=REGLEMENT,
    ),
    notices.PreRegistrationAccepted(
        account=ACCOUNT,
        household=HOUSEHOLD,
        pre_registration=PreRegistrationId("pre-registration-1"),
        reglement=REGLEMENT,
    ),
    notices.PreRegistrationRefused(
        account=ACCOUNT,
        household=HOUSEHOLD,
        pre_registration=PreRegistrationId("pre-registration-2"),
        reglement=REGLEMENT,
    ),
    notices.DayChangeConfirmed(
        account=ACCOUNT,
        household=HOUSEHOLD,
        request=NUMBER,
        day=WEDNESDAY,
        before=builders.MATIN,
        after=builders.JOURNEE_REPAS,
        settlement=Settlement(
            kept=Money(0),
            credited=eur("1.00"),
            position=0,
            label="annulation au plus tard 7 jours avant : avoir",
        ),
        credit_note=CREDIT_NOTE,
    ),
    notices.AccountToActivate(account=ACCOUNT, link=LinkId("link-2")),
    notices.PasswordToReset(account=ACCOUNT, link=LinkId("link-3")),
    notices.PasswordChanged(account=ACCOUNT),
    notices.EmailToChange(account=ACCOUNT, link=LinkId("link-4")),
    notices.EmailChangeAsked(account=ACCOUNT, link=LinkId("link-4")),
)

REQUEST_EVENTS: tuple[requests.Event, ...] = (
    requests.RequestHeld(
        number=NUMBER,
        asked=builders.asked(),
        lines=(builders.line(),),
        at=ASKED,
        until=builders.HELD_UNTIL,
    ),
    requests.RequestChanged(lines=(builders.line(hours=builders.HOURS),)),
    requests.PlacesPinned(pin=requests.Pin(attempt=ATTEMPT, until=ASKED)),
    requests.PlacesUnpinned(attempt=ATTEMPT),
    requests.RequestDiscarded(),
    requests.RequestExpired(),
    requests.RequestConfirmed(
        attempt=ATTEMPT, amounts=((WEDNESDAY, eur("12.50")),)
    ),
    requests.RequestCredited(attempt=ATTEMPT, credit_note=CREDIT_NOTE),
    requests.DaysRepriced(amounts=((WEDNESDAY, Money(4_466)),)),
    requests.DayCancelled(
        day=WEDNESDAY,
        kept=Money(1),
        credited=Money(1249),
        credit_note=CREDIT_NOTE,
    ),
    requests.DayExcused(
        day=WEDNESDAY,
        kept=Money(0),
        credited=Money(1),
        credit_note=CREDIT_NOTE,
    ),
    requests.DaySuperseded(day=WEDNESDAY, by=RequestNumber(17)),
    requests.DayAltered(
        day=WEDNESDAY,
        amplitude=builders.MATIN,
        places=builders.line(amplitude=builders.MATIN).places,
        paid=eur("5.01"),
        kept=Money(1),
        credited=eur("7.48"),
        credit_note=CREDIT_NOTE,
        hours=builders.HOURS,
    ),
)

PAYMENT_EVENTS: tuple[payments.Event, ...] = (
    payments.AttemptOpened(attempt=builders.attempt()),
    payments.AttemptPresented(
        key=A_KEY,
        redirect_url="https://pay.example.org/?idop=16",
        until=ASKED + 120 * A_MINUTE,
    ),
    payments.AttemptPaid(amount=eur("12.50")),
    payments.AttemptRefused(),
    payments.AttemptAbandoned(),
    payments.AttemptBecameUnknown(),
    payments.MoneySetAside(
        amount=eur("12.49"), mismatches=("payment.mismatch.amount",)
    ),
)

LEDGER_EVENTS: tuple[ledger.Event, ...] = (
    ledger.CreditsReserved(
        attempt=ATTEMPT, parts=((CREDIT_NOTE, eur("12.50")),)
    ),
    ledger.CreditsReturned(attempt=ATTEMPT),
    ledger.InvoiceSettled(
        attempt=ATTEMPT,
        invoice=INVOICE,
        amount=eur("12.50"),
        received=eur("12.50"),
    ),
    ledger.CreditIssued(credit_note=CREDIT_NOTE, amount=eur("12.50")),
    ledger.MoneyKept(attempt=ATTEMPT, amount=eur("12.49")),
)

EVENTS: tuple[Event, ...] = (
    RecordChanged(fields=("household.street",)),
    HouseholdJoined(dossier=HOUSEHOLD),
    *REQUEST_EVENTS,
    *PAYMENT_EVENTS,
    *LEDGER_EVENTS,
)


def queued(position: int = 0, **changes: object) -> Queued:
    """
    A notice of `NOTICES`, to be sent from the minute of its position on.
    """
    facts = {
        "key": f"key {position}",
        "notice": NOTICES[position],
        "queued_at": ASKED,
        "due_at": ASKED + position * A_MINUTE,
        **changes,
    }
    return Queued(**facts)  # type: ignore[arg-type]  # by name, as a test says


def entry(stream: str) -> JournalEntry:
    """
    Something that happened in *stream*.
    """
    return JournalEntry(
        stream=stream,
        actor="job/expire",
        at=ASKED,
        reglement=REGLEMENT,
        event=requests.RequestExpired(),
    )


def command(answer: str = "16") -> KeptCommand:
    """
    A command of the household, and its answer.
    """
    return KeptCommand(
        household=HOUSEHOLD,
        key=CommandKey("tap-1"),
        arguments="digest of arguments",
        answer=answer,
    )


def version(text: str = "{}") -> ReglementVersion:
    """
    A règlement, active since September 2025.
    """
    return ReglementVersion(
        digest=REGLEMENT,
        since=dt.date(2025, 9, 1),
        text=text,
        activated_at=ASKED - dt.timedelta(days=200),
    )


def _paid_ledger() -> ledger.Ledger:
    return builders.ledger(
        received=eur("12.50"),
        invoiced=eur("12.50"),
        credited=eur("12.50"),
        set_aside=Money(1),
        credits=(ledger.Credit(number=CREDIT_NOTE, left=eur("2.50")),),
        reservations=(
            ledger.Reservation(
                attempt=ATTEMPT, credit=CREDIT_NOTE, amount=eur("10.00")
            ),
        ),
    )


DOSSIER: tuple[Record, ...] = (
    builders.document(),
    builders.document(
        id=DocumentId("document-2"),
        kind=DocumentCode("domicile"),
        child=None,
        file=FileKey("file-2"),
        state=DocumentState.ACCEPTED,
        valid_from=dt.date(2026, 5, 13),
        valid_to=dt.date(2027, 5, 12),
        reviewed_at=ASKED,
        reviewed_by=AgentId("accueil"),
    ),
    builders.document(
        id=DocumentId("document-3"),
        file=FileKey("file-3"),
        state=DocumentState.REFUSED,
        reason="la deuxième page manque",
        reviewed_at=ASKED,
        reviewed_by=AgentId("accueil"),
    ),
    builders.pre_registration(),
    builders.pre_registration(
        id=PreRegistrationId("pre-registration-2"),
        state=PreRegistrationState.REFUSED,
        reason="aucune place cette année",
        decided_at=ASKED,
        decided_by=AgentId("accueil"),
    ),
    builders.acceptance(),
)
"""What the family gave, asked for and accepted."""

FAMILY: tuple[Record, ...] = (
    builders.household(),
    builders.account(),
    builders.child(),
    builders.custody(),
)
"""What the others refer to."""

_DESCRIBED = builders.household(
    id=HouseholdId("morel"),
    adults=(
        Adult(
            account=None,
            first_name="Charlie",
            last_name="Morel",
            birth_date=dt.date(1988, 2, 29),
            family_situation=FamilySituation.CIVIL_UNION,
            address=builders.household().address,
            email=Email("charlie@example.org"),
            home_phone="0492000000",
            mobile_phone="+352621123456",
            occupation="boulangère",
            employer="Mairie d'Aubignosc",
            work_phone="0492000001",
        ),
        Adult(account=None, first_name=None, last_name=None),
    ),
    phone="0492000002",
    children_count=3,
    entered_at=ASKED,
    joined_to=HOUSEHOLD,
)

OTHER_FAMILY: tuple[Record, ...] = (
    builders.household(
        id=builders.ELSEWHERE, adults=(), address=None, quotient=None
    ),
    builders.account(
        id=AccountId("dominique"),
        email="dominique@example.org",
        household=builders.ELSEWHERE,
    ),
)
"""A household that described nothing yet, and has no child."""

INVITED = builders.account(
    id=AccountId("invited"),
    email="invited@example.org",
    password=None,
    state=AccountState.INVITED,
    epoch=0,
)
"""Nobody has chosen a password."""

LINKS: tuple[Record, ...] = (
    INVITED,
    *(
        builders.link(
            id=LinkId(f"link to {purpose.value}"),
            digest=SecretDigest(f"digest of a link to {purpose.value}"),
            purpose=purpose,
            password=None,
            replaces="old@example.org"
            if purpose is Purpose.CHANGE_EMAIL
            else None,
        )
        for purpose in Purpose
    ),
)
"""For every purpose; whoever follows one chooses a password."""

RECORDS: tuple[Record, ...] = (
    *FAMILY,
    *OTHER_FAMILY,
    _DESCRIBED,
    builders.change(),
    builders.link(),
    *LINKS,
    builders.session(),
    builders.registration(),
    builders.dismissal(),
    *DOSSIER,
    builders.request(),
    builders.change_request(),
    builders.attempt(
        state=payments.AttemptState.PRESENTED,
        key=A_KEY,
        redirect_url="https://pay.example.org/?idop=16",
    ),
    _paid_ledger(),
    builders.invoice(),
    builders.invoice_party(),
    builders.credit_note(),
    queued(delivery=Delivery.FAILED, tries=3),
    command(),
    version(),
)

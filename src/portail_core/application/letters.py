"""
From a notice to a letter: names and addresses are read when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import frozen

from portail_core.domain.ids import HouseholdId, LinkId, RequestNumber
from portail_core.domain.invoices import CreditedDay
from portail_core.domain.money import total
from portail_core.domain.notices import (
    AccountExists,
    BookingsRecap,
    CancellationConfirmed,
    DocumentAccepted,
    DocumentRefused,
    EmailToConfirm,
    Notice,
    PaymentConfirmed,
    PreRegistrationAccepted,
    PreRegistrationRefused,
)
from portail_core.domain.quotes import estimate
from portail_core.domain.requests import Line, LineState, Request
from portail_core.ports.mail import (
    AccountAlreadyThere,
    BookedDay,
    BookedRequest,
    CancellationConfirmation,
    CancelledDay,
    CreditedRequest,
    EmailConfirmation,
    Letter,
    PaymentConfirmation,
    RecapOfBookings,
)
from portail_core.ports.store import Reading

from . import _dossier_letters, reglements


@frozen(kw_only=True)
class Writer:
    """
    Composes letters out of what is kept.

    Attributes:
        link_url: The address that a link's secret stands in.
    """

    reading: Reading
    link_url: Callable[[LinkId], str]

    def letter(self, notice: Notice) -> Letter:
        """
        What *notice* says to its reader.
        """
        match notice:
            case EmailToConfirm(link=link):
                return self._email_confirmation(link)
            case AccountExists():
                return AccountAlreadyThere()
            case PaymentConfirmed():
                return self._payment_confirmation(notice)
            case BookingsRecap(household=household, requests=numbers):
                return RecapOfBookings(
                    requests=tuple(
                        self._confirmed(household, number)
                        for number in numbers
                    )
                )
            case CancellationConfirmed():
                return self._cancellation(notice)
            case DocumentAccepted():
                return _dossier_letters.document_accepted(notice, self.reading)
            case DocumentRefused():
                return _dossier_letters.document_refused(notice, self.reading)
            case PreRegistrationAccepted():
                return _dossier_letters.pre_registration_accepted(
                    notice, self.reading
                )
            case PreRegistrationRefused():
                return _dossier_letters.pre_registration_refused(
                    notice, self.reading
                )
            case _:
                assert_never(notice)

    def _email_confirmation(self, link: LinkId) -> EmailConfirmation:
        found = self.reading.link_with_id(link)
        assert found is not None, "a link is never removed"
        return EmailConfirmation(
            url=self.link_url(link), expires_at=found.expires_at
        )

    def _payment_confirmation(
        self, notice: PaymentConfirmed
    ) -> PaymentConfirmation:
        family = self.reading.of(notice.household)
        invoice = family.invoice(notice.invoice)
        assert invoice is not None, "an invoice is never removed"
        notes = [family.credit_note(number) for number in notice.credit_notes]
        credited = {
            note.days[0].request: note for note in notes if note is not None
        }
        numbers = dict.fromkeys(line.request for line in invoice.lines)
        quote = estimate(tuple(line.priced for line in invoice.lines))
        return PaymentConfirmation(
            invoice=invoice.number,
            rows=quote.rows,
            total=invoice.total,
            paid_with_credits=invoice.paid_with_credits,
            confirmed=tuple(
                self._confirmed(notice.household, number)
                for number in numbers
                if number not in credited
            ),
            credited=tuple(
                CreditedRequest(
                    request=self._credited(notice.household, note.days),
                    credit_note=note.number,
                    amount=note.amount,
                )
                for note in credited.values()
            ),
        )

    def _cancellation(
        self, notice: CancellationConfirmed
    ) -> CancellationConfirmation:
        family = self.reading.of(notice.household)
        request = self._request(notice.household, notice.request)
        days = tuple(
            CancelledDay(
                day=day.day,
                amplitude=self._label(request, line),
                kept=day.kept,
                credited=day.credited,
                reason=day.reason,
            )
            for day in notice.days
            if (line := request.line(day.day)) is not None
        )
        note = (
            family.credit_note(notice.credit_note)
            if notice.credit_note
            else None
        )
        return CancellationConfirmation(
            request=self._confirmed(notice.household, request.number),
            days=days,
            credit_note=note.number if note else None,
            credited=total(day.credited for day in days),
        )

    def _confirmed(
        self, household: HouseholdId, number: RequestNumber
    ) -> BookedRequest:
        request = self._request(household, number)
        lines = tuple(
            line for line in request.lines if line.state is LineState.CONFIRMED
        )
        return self._booked(request, lines)

    def _credited(
        self, household: HouseholdId, days: tuple[CreditedDay, ...]
    ) -> BookedRequest:
        request = self._request(household, days[0].request)
        return self._booked(request, request.lines)

    def _request(
        self, household: HouseholdId, number: RequestNumber
    ) -> Request:
        request = self.reading.of(household).request(number)
        assert request is not None, "a request is never removed"
        return request

    def _booked(
        self, request: Request, lines: tuple[Line, ...]
    ) -> BookedRequest:
        asked = request.asked
        child = self.reading.of(asked.household).child(asked.child)
        assert child is not None, "a request is for a child of the household"
        reglement = reglements.version(self.reading, asked.reglement)
        accueil = reglement.accueil(asked.accueil)
        return BookedRequest(
            number=request.number,
            child=child.name,
            establishment=reglement.establishment(accueil.establishment).label,
            accueil=accueil.label,
            period=reglement.period(asked.period).label,
            days=tuple(
                BookedDay(day=line.day, amplitude=self._label(request, line))
                for line in lines
            ),
        )

    def _label(self, request: Request, line: Line) -> str:
        reglement = reglements.version(self.reading, request.asked.reglement)
        accueil = reglement.accueil(request.asked.accueil)
        return reglement.amplitude(accueil, line.amplitude).label

"""
From a notice to a letter: names and addresses are read when it is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from attrs import evolve, frozen

from portail_core.domain.accounts import AccountState, Email
from portail_core.domain.ids import HouseholdId, LinkId, RequestNumber
from portail_core.domain.invoices import CreditedDay
from portail_core.domain.links import Link
from portail_core.domain.money import total
from portail_core.domain.notices import (
    AccountExists,
    AccountToActivate,
    BookingsRecap,
    CancellationConfirmed,
    DayChangeConfirmed,
    EmailChangeAsked,
    EmailToChange,
    EmailToConfirm,
    Notice,
    PasswordChanged,
    PasswordToReset,
    PaymentConfirmed,
)
from portail_core.domain.quotes import estimate
from portail_core.domain.requests import Line, LineState, Request
from portail_core.ports.mail import (
    AccountActivation,
    AccountAlreadyThere,
    BookedDay,
    BookedRequest,
    CancellationConfirmation,
    CancelledDay,
    CreditedRequest,
    DayChangeConfirmation,
    EmailChange,
    EmailChangeAlert,
    EmailConfirmation,
    Letter,
    Opening,
    PasswordChange,
    PasswordReset,
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

        sign_in_url: The host's sign-in page.
    """

    reading: Reading
    link_url: Callable[[LinkId], str]
    sign_in_url: str

    def address(self, notice: Notice) -> Email:
        """
        Where *notice* is to be told: to the account's address, unless it is
        about another.
        """
        match notice:
            case (
                EmailToConfirm(link=link)
                | AccountToActivate(link=link)
                | PasswordToReset(link=link)
                | EmailToChange(link=link)
            ):
                return self._link(link).email
            case EmailChangeAsked(link=link):
                replaced = self._link(link).replaces
                assert replaced is not None, "it asks for another address"
                return replaced
            case _:
                account = self.reading.account(notice.account)
                assert account is not None, "a notice is for an account"
                return account.email

    def letter(self, notice: Notice) -> Letter:
        """
        What *notice* says to its reader.
        """
        match notice:
            case EmailToConfirm(link=link):
                return EmailConfirmation(
                    url=self.link_url(link), expires_at=self._end(link)
                )
            case AccountToActivate():
                return self._activation(notice)
            case AccountExists():
                return AccountAlreadyThere(url=self.sign_in_url)
            case PasswordToReset(link=link):
                return PasswordReset(
                    url=self.link_url(link), expires_at=self._end(link)
                )
            case PasswordChanged():
                return PasswordChange(url=self.sign_in_url)
            case EmailToChange(link=link):
                return EmailChange(
                    url=self.link_url(link), expires_at=self._end(link)
                )
            case EmailChangeAsked(link=link):
                return EmailChangeAlert(
                    url=self.sign_in_url, expires_at=self._end(link)
                )
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
            case DayChangeConfirmed():
                return self._day_change(notice)
            case _:
                return _dossier_letters.letter(notice, self.reading)

    def _activation(self, notice: AccountToActivate) -> AccountActivation:
        account = self.reading.account(notice.account)
        assert account is not None, "a notice is for an account"
        return AccountActivation(
            opening=Opening.BY_STAFF
            if account.state is AccountState.INVITED
            else Opening.BY_SIGNING_UP,
            url=self.link_url(notice.link),
            expires_at=self._end(notice.link),
            sign_in_url=self.sign_in_url,
        )

    def _end(self, link: LinkId) -> dt.datetime:
        return self._link(link).expires_at

    def _link(self, link: LinkId) -> Link:
        found = self.reading.link_with_id(link)
        assert found is not None, "a link is never removed"
        return found

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
            _cancelled_day(day, self._label(request, line), lines)
            for day, lines in _by_day(notice.days).items()
            if (line := request.line(day)) is not None
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

    def _day_change(self, notice: DayChangeConfirmed) -> DayChangeConfirmation:
        request = self._request(notice.household, notice.request)
        line = request.line(notice.day)
        assert line is not None, "a changed day is one of the request's"
        before = evolve(line, amplitude=notice.before)
        return DayChangeConfirmation(
            request=self._confirmed(notice.household, request.number),
            before=self._label(request, before),
            changed=CancelledDay(
                day=notice.day,
                amplitude=self._label(request, line),
                kept=notice.settlement.kept,
                credited=notice.settlement.credited,
                reason=notice.settlement.label,
            ),
            credit_note=notice.credit_note,
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


def _by_day(
    lines: tuple[CreditedDay, ...],
) -> Mapping[dt.date, list[CreditedDay]]:
    # A day that was changed is credited invoice by invoice.
    days: dict[dt.date, list[CreditedDay]] = {}
    for line in lines:
        days.setdefault(line.day, []).append(line)
    return days


def _cancelled_day(
    day: dt.date, amplitude: str, lines: list[CreditedDay]
) -> CancelledDay:
    return CancelledDay(
        day=day,
        amplitude=amplitude,
        kept=total(line.kept for line in lines),
        credited=total(line.credited for line in lines),
        reason=lines[0].reason,
    )

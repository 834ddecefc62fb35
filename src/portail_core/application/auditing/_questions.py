"""
What an audit asks of a portal's books, and what to do about each answer.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Promise(Enum):
    """
    What holds at any moment, whatever happened to a portal.
    """

    READABLE = 0
    CAPACITY = 1
    PAYMENTS = 2
    SPLITS = 3
    BOOKS = 4
    NUMBERS = 5
    LETTERS = 6
    PLACES = 7
    JOURNAL = 8

    @property
    def words(self) -> str:
        """
        The promise, in a sentence.
        """
        return _WORDS[self]


_WORDS = {
    Promise.READABLE: "What is kept can be read.",
    Promise.CAPACITY: "No pool is fuller than its capacity, and no child has "
    "two places at once.",
    Promise.PAYMENTS: "Every cent of a payment is allocated once.",
    Promise.SPLITS: "What is kept and what is credited is what was paid.",
    Promise.BOOKS: "Invoices less avoirs are what is booked and what was "
    "kept.",
    Promise.NUMBERS: "Numbers follow each other from 1, without a gap.",
    Promise.LETTERS: "Who paid is told.",
    Promise.PLACES: "What is booked takes its places, and what is over takes "
    "none.",
    Promise.JOURNAL: "The journal, replayed, is what is kept.",
}


@frozen(kw_only=True)
class Question:
    """
    One thing that is counted twice.

    Attributes:
        code: Its name, for programs.

        asks: What is counted.

        to_do: For the operator, if both counts differ.
    """

    code: str
    promise: Promise
    asks: str
    to_do: str


_RESTORE = (
    "somebody or something wrote in the database beside the portal: find out "
    "who, and restore the last backup in which this audit finds nothing"
)
_REPORT = (
    "change nothing by hand, export the journal and report it to the "
    "maintainers"
)
_STATEMENT = "compare with the provider's statement, by the reference"

UNREADABLE = Question(
    code="unreadable",
    promise=Promise.READABLE,
    asks="a row can be read",
    to_do=f"Who needs it is told that storage failed; {_RESTORE}.",
)
REGLEMENT_UNREADABLE = Question(
    code="reglement-unreadable",
    promise=Promise.READABLE,
    asks="a règlement that days were booked under can be read",
    to_do="Install again the package whose kinds it uses, else restore a "
    "backup; until then its days can be neither changed nor cancelled.",
)
OVER_CAPACITY = Question(
    code="over-capacity",
    promise=Promise.CAPACITY,
    asks="places taken of a pool",
    to_do="If an agent let children in above the limit, make sure that the "
    "team can receive them; if nobody did, cancel with the families what "
    f"cannot be received, then {_REPORT}.",
)
CAPACITY_LOWERED = Question(
    code="capacity-lowered",
    promise=Promise.CAPACITY,
    asks="places that were booked before the règlement lowered the capacity",
    to_do="The bookings stand: plan the team for these children, or agree "
    "with families which days are cancelled.",
)
BOOKED_TWICE = Question(
    code="booked-twice",
    promise=Promise.CAPACITY,
    asks="requests that take a child's part of a day",
    to_do="Ask the family which one it wants, cancel the other with an avoir "
    f"of all that it cost, then {_REPORT}.",
)
INVOICED_ONCE = Question(
    code="invoiced-once",
    promise=Promise.PAYMENTS,
    asks="the invoice of an attempt to pay, with its avoirs",
    to_do="A payment has one invoice: the régisseur should "
    f"{_STATEMENT} of the attempt, then {_REPORT}.",
)
ALLOCATED = Question(
    code="allocated",
    promise=Promise.PAYMENTS,
    asks="what an attempt paid of a request, and where it went",
    to_do=f"The régisseur should {_STATEMENT} of the attempt; if the money "
    f"came, the family is owed the days or an avoir; {_REPORT}.",
)
SET_APART = Question(
    code="set-apart",
    promise=Promise.PAYMENTS,
    asks="avoirs set apart for an attempt",
    to_do="Run `portail jobs run`, which ends attempts that are over; if it "
    f"stays, {_REPORT}: the family cannot use these avoirs.",
)
RECEIVED = Question(
    code="received",
    promise=Promise.PAYMENTS,
    asks="the money that a household paid at a régie",
    to_do="The régisseur should compare the paid attempts of this household "
    f"with the provider's statement; {_REPORT}.",
)
SET_ASIDE = Question(
    code="set-aside",
    promise=Promise.PAYMENTS,
    asks="the money of a household that matches nothing",
    to_do="The régisseur should look for this household's payments in the "
    f"provider's statement, and give back what is not owed; {_REPORT}.",
)
NOT_BELOW_ZERO = Question(
    code="not-below-zero",
    promise=Promise.PAYMENTS,
    asks="avoirs of which more was used than there was",
    to_do="The household used an avoir twice: the régisseur decides whether "
    f"it pays the difference; {_REPORT}.",
)
SUCCESSION = Question(
    code="succession",
    promise=Promise.PAYMENTS,
    asks="a changed day, and what stands in its place",
    to_do="Ask the family which amplitude it booked and compare with its "
    f"invoices, so that no day is paid twice; {_REPORT}.",
)
SPLIT = Question(
    code="split",
    promise=Promise.SPLITS,
    asks="what was kept and credited of a day",
    to_do="The régisseur should work the cancellation out again by the "
    "règlement (`portail cancel`) and put right what the family got; "
    f"{_REPORT}.",
)
STAYS_PAID = Question(
    code="stays-paid",
    promise=Promise.SPLITS,
    asks="what stays paid of days",
    to_do="The next cancellation would give back a wrong amount: ask the "
    f"family to wait with it, and {_REPORT}.",
)
ON_THE_AVOIR = Question(
    code="on-the-avoir",
    promise=Promise.SPLITS,
    asks="what an avoir says of a day",
    to_do="An avoir that was sent is never rewritten: the régisseur should "
    f"compare it with the cancellation, and {_REPORT}.",
)
INVOICED = Question(
    code="invoiced",
    promise=Promise.BOOKS,
    asks="the invoices of a household at a régie",
    to_do="An invoice is missing, or was changed after it was issued: "
    f"{_RESTORE}.",
)
CREDITED = Question(
    code="credited",
    promise=Promise.BOOKS,
    asks="the avoirs of a household at a régie",
    to_do="An avoir is missing, or was changed after it was issued: "
    f"{_RESTORE}.",
)
BOOKED_AND_KEPT = Question(
    code="booked-and-kept",
    promise=Promise.BOOKS,
    asks="what is booked and what was kept of a household at a régie",
    to_do="Its invoices and its days tell two stories: close no month for "
    f"this household before it is explained; {_REPORT}.",
)
BALANCE = Question(
    code="balance",
    promise=Promise.BOOKS,
    asks="both sides of a household's books at a régie",
    to_do="The régisseur should not close the month with these books; "
    f"{_REPORT}.",
)
NOT_BEYOND = Question(
    code="not-beyond",
    promise=Promise.BOOKS,
    asks="what avoirs give back beyond an invoice",
    to_do="The family was given more than it paid: the régisseur decides "
    f"what becomes of the difference; {_REPORT}.",
)
REQUEST_NUMBERS = Question(
    code="request-numbers",
    promise=Promise.NUMBERS,
    asks="the numbers of requests",
    to_do=f"A request was removed or renumbered: {_RESTORE}.",
)
SERIES = Question(
    code="series",
    promise=Promise.NUMBERS,
    asks="the numbers of a series of invoices or avoirs",
    to_do="Tell the comptable public before anything else, for a series "
    f"without a gap is owed to him; {_RESTORE}.",
)
TOLD = Question(
    code="told",
    promise=Promise.LETTERS,
    asks="notices of a payment in the outbox",
    to_do="Tell the family by other means what it paid and booked, and "
    f"{_REPORT}.",
)
GIVEN_UP = Question(
    code="given-up",
    promise=Promise.LETTERS,
    asks="notices of a payment that no mail server took",
    to_do="The booking stands: tell the family by other means, and correct "
    "its e-mail address.",
)
TAKES_ITS_PLACE = Question(
    code="takes-its-place",
    promise=Promise.PLACES,
    asks="whether a line takes its places",
    to_do="Run `portail jobs run`, which tidies what is over; if it stays, "
    f"{_REPORT}.",
)
PLACES_TAKEN = Question(
    code="places-taken",
    promise=Promise.PLACES,
    asks="the places that storage counts, and those of the requests",
    to_do="The planning shows too many or too few places here: watch this "
    f"day's list by hand, and {_REPORT}.",
)
PARTS = Question(
    code="parts",
    promise=Promise.PLACES,
    asks="the parts of a day that a line takes, and those of its amplitude",
    to_do="The child is counted where it is not, or not where it is: watch "
    f"this day's list by hand, and {_REPORT}.",
)
REPLAY = Question(
    code="replay",
    promise=Promise.JOURNAL,
    asks="what is kept, and what the journal comes to",
    to_do=f"One of the two was changed by hand: {_RESTORE}.",
)
REPLAYABLE = Question(
    code="replayable",
    promise=Promise.JOURNAL,
    asks="whether the journal of one thing can be replayed",
    to_do=f"Entries are missing, or are not ours: {_RESTORE}.",
)
ENTRIES = Question(
    code="entries",
    promise=Promise.JOURNAL,
    asks="the numbers of the journal's entries",
    to_do=f"Nothing is ever removed from the journal: {_RESTORE}.",
)

QUESTIONS = tuple(
    value for value in tuple(globals().values()) if isinstance(value, Question)
)
"""Every one, by promise."""

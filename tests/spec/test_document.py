"""
docs/spec/document.md: how long, where it stands, what a file is.
"""

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core.domain.documents import (
    ANY_UPLOADS,
    ContentType,
    Document,
    DocumentDaysReversed,
    DocumentReviewed,
    DocumentState,
    FileEmpty,
    FileTooBig,
    FileTypeNotAccepted,
    ForGood,
    ForMonths,
    ReasonMissing,
    Standing,
    UntilDay,
    Uploads,
    Validity,
    accepted,
    cleaned_name,
    is_replaced,
    read_content,
    refused,
    standing,
)
from portail_core.domain.ids import AgentId, DocumentId
from portail_core.domain.refusals import Refused
from tests.spec.guide import A_DAY, ASKED_AT, LOU, MARTIN_DURAND
from tests.spec.test_gate import GIVEN, GOOD, HEALTH_FORM, TODAY, ZOE

AGENT = AgentId("accueil")
NOON = ASKED_AT + A_DAY

PDF = b"%PDF-1.7\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00"


def stands(*documents, day=TODAY, kind=HEALTH_FORM):
    return standing(
        kind, documents, household=MARTIN_DURAND, child=LOU, day=day
    )


def good(first_day, last_day, name="2"):
    return evolve(
        GOOD, id=DocumentId(name), valid_from=first_day, valid_to=last_day
    )


class TestMonths:
    @pytest.mark.rule("document.validity.months")
    @pytest.mark.parametrize(
        ("first_day", "months", "last_day"),
        [
            (dt.date(2026, 5, 13), 12, dt.date(2027, 5, 12)),
            (dt.date(2026, 5, 1), 1, dt.date(2026, 5, 31)),
            (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
            (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
            (dt.date(2028, 2, 29), 48, dt.date(2032, 2, 28)),
            (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
            (dt.date(2026, 1, 1), 12, dt.date(2026, 12, 31)),
            (dt.date(9999, 5, 13), 12, dt.date.max),
        ],
        ids=str,
    )
    def test_last_day(self, first_day, months, last_day):
        """
        The eve of the same day, or the end of a shorter month.
        """
        assert last_day == ForMonths(months).last_day(first_day)

    @pytest.mark.rule("document.validity.months")
    @given(
        st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 240)
    )
    def test_whole_months(self, first_day, months):
        """
        It is never good for less than 28 days a month, nor more than 31.
        """
        last_day = ForMonths(months).last_day(first_day)

        lasts = (last_day - first_day).days + 1
        assert 28 * months <= lasts <= 31 * months

    def test_for_good(self):
        """
        What is good for good has no last day.
        """
        validity: Validity = ForGood()

        assert validity.last_day(TODAY) is None


class TestUntilDay:
    AUGUST = UntilDay(month=8, day=31)

    @pytest.mark.rule("document.validity.until-day")
    @pytest.mark.parametrize(
        ("first_day", "last_day"),
        [
            (dt.date(2026, 8, 30), dt.date(2026, 8, 31)),
            (dt.date(2026, 8, 31), dt.date(2026, 8, 31)),
            (dt.date(2026, 9, 1), dt.date(2027, 8, 31)),
            (dt.date(9999, 9, 1), dt.date.max),
        ],
        ids=str,
    )
    def test_next(self, first_day, last_day):
        """
        The next such day; the day itself, if it is one.
        """
        assert last_day == self.AUGUST.last_day(first_day)

    @pytest.mark.rule("document.validity.until-day")
    @pytest.mark.parametrize(("month", "day"), [(2, 29), (13, 1), (4, 31)])
    def test_no_day(self, month, day):
        """
        A day that some years do not have is none.
        """
        with pytest.raises(ValueError, match="is not a day of every year"):
            UntilDay(month=month, day=day)


class TestStanding:
    def test_missing(self):
        """
        Nothing was given, or only for another child.
        """
        assert Standing.MISSING is stands().state
        assert Standing.MISSING is stands(evolve(GIVEN, child=ZOE)).state

    @pytest.mark.rule("document.former.counts")
    @pytest.mark.parametrize(
        "later",
        [
            evolve(GIVEN, id=DocumentId("2"), submitted_at=NOON),
            evolve(
                GIVEN,
                id=DocumentId("2"),
                submitted_at=NOON,
                state=DocumentState.REFUSED,
                reason="illisible",
            ),
        ],
        ids=["waiting", "refused"],
    )
    def test_former_counts(self, later):
        """
        What was accepted is good until its end, whatever came after; then
        what came after is told.
        """
        before, after = (
            stands(GOOD, later),
            stands(GOOD, later, day=TODAY + A_DAY),
        )

        assert (Standing.EXPIRING_SOON, TODAY) == (
            before.state,
            before.valid_to,
        )
        assert after.state in {Standing.WAITING, Standing.REFUSED}
        assert later.reason == after.reason

    def test_waits_before_refused(self):
        """
        One that waits is told before one that was refused, given later.
        """
        refused_later = evolve(
            GIVEN,
            id=DocumentId("2"),
            submitted_at=NOON,
            state=DocumentState.REFUSED,
            reason="illisible",
        )

        assert Standing.WAITING is stands(GIVEN, refused_later).state

    @pytest.mark.rule("document.soon")
    @pytest.mark.parametrize(
        ("left", "state"),
        [(31, Standing.VALID), (30, Standing.EXPIRING_SOON)],
    )
    def test_soon(self, left, state):
        """
        Thirty days before its last day it expires soon, not one sooner.
        """
        one = good(TODAY, TODAY + left * A_DAY)

        assert (state, one.valid_to) == (
            stands(one).state,
            stands(one).valid_to,
        )

    @pytest.mark.rule("document.soon")
    @pytest.mark.parametrize(
        ("gap", "state"), [(1, Standing.VALID), (2, Standing.EXPIRING_SOON)]
    )
    def test_goes_on(self, gap, state):
        """
        It does not expire soon if another goes on the day after; with a day
        between the two, it does.
        """
        one = good(TODAY, TODAY, "1")
        next_one = good(TODAY + gap * A_DAY, None)

        assert state is stands(one, next_one).state

    @pytest.mark.rule("document.soon")
    def test_end_of_time(self):
        """
        What is good until the last day of the calendar has no end.
        """
        assert stands(good(TODAY, dt.date.max)).valid_to is None

    def test_expired(self):
        """
        The last day that any was good is told.
        """
        older = good(TODAY - 9 * A_DAY, TODAY - 8 * A_DAY)

        told = stands(GOOD, older, day=TODAY + A_DAY)

        assert (Standing.EXPIRED, TODAY) == (told.state, told.valid_to)

    def test_not_yet(self):
        """
        The soonest first day to come is told.
        """
        one = good(TODAY + 9 * A_DAY, None)
        other = good(TODAY + 3 * A_DAY, None, "3")

        told = stands(one, other)

        assert (Standing.NOT_YET_VALID, TODAY + 3 * A_DAY) == (
            told.state,
            told.valid_from,
        )

    @pytest.mark.rule("document.former.counts")
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(DocumentState),
                st.integers(-3, 3),
                st.none() | st.integers(0, 3),
            ),
            max_size=4,
        )
    )
    def test_good_counts(self, drawn):
        """
        The gate is open on a day exactly if a document was accepted for it.
        """
        documents = []
        for rank, (state, first, length) in enumerate(drawn):
            one = evolve(
                GIVEN,
                id=DocumentId(str(rank)),
                state=state,
                submitted_at=ASKED_AT + rank * A_DAY,
            )
            if state is DocumentState.ACCEPTED:
                first_day = TODAY + first * A_DAY
                one = evolve(
                    one,
                    valid_from=first_day,
                    valid_to=None
                    if length is None
                    else first_day + length * A_DAY,
                )
            if state is DocumentState.REFUSED:
                one = evolve(one, reason="illisible")
            documents.append(one)

        told = stands(*documents)

        assert any(d.is_good_on(TODAY) for d in documents) is told.is_open


class TestReplaced:
    @pytest.mark.rule("document.ending")
    @pytest.mark.parametrize(("gap", "replaced"), [(1, True), (2, False)])
    def test_replaced(self, gap, replaced):
        """
        Another of its kind and child, good the day after, replaces it.
        """
        one = good(TODAY, TODAY, "1")
        other = good(TODAY + gap * A_DAY, None)

        assert replaced is is_replaced(one, (one, other))
        assert not is_replaced(one, (one, evolve(other, child=ZOE)))

    @pytest.mark.rule("document.ending")
    @pytest.mark.parametrize("last_day", [None, dt.date.max], ids=str)
    def test_endless(self, last_day):
        """
        What has no end needs no other.
        """
        assert is_replaced(good(TODAY, last_day), ())


class TestReview:
    def accept(self, document=GIVEN, valid_from=None, valid_to=None):
        return accepted(
            document,
            HEALTH_FORM,
            by=AGENT,
            at=NOON,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    @pytest.mark.rule("document.validity.first-day")
    def test_first_day(self):
        """
        It is good from the day in Paris that it was given on.
        """
        late = dt.datetime(2026, 5, 12, 22, 30, tzinfo=dt.UTC)

        one = self.accept(evolve(GIVEN, submitted_at=late))

        assert (dt.date(2026, 5, 13), dt.date(2027, 5, 12)) == (
            one.valid_from,
            one.valid_to,
        )
        assert (DocumentState.ACCEPTED, AGENT, NOON) == (
            one.state,
            one.reviewed_by,
            one.reviewed_at,
        )

    @pytest.mark.rule("document.validity.first-day")
    def test_days_of_the_agent(self):
        """
        The agent may say another first day, and another last one.
        """
        first, last = TODAY + A_DAY, TODAY + 2 * A_DAY

        assert dt.date(2027, 5, 13) == self.accept(valid_from=first).valid_to
        assert last == self.accept(valid_to=last).valid_to

    @pytest.mark.rule("document.validity.order")
    def test_order(self):
        """
        One day is enough, none is not.
        """
        assert TODAY == self.accept(valid_from=TODAY, valid_to=TODAY).valid_to

        with pytest.raises(Refused) as told:
            self.accept(valid_from=TODAY, valid_to=TODAY - A_DAY)
        assert (
            DocumentDaysReversed(TODAY, TODAY - A_DAY),
        ) == told.value.refusals

    @pytest.mark.rule("document.reason.needed")
    def test_reason(self):
        """
        Refusing takes a reason, which is trimmed.
        """
        one = refused(GIVEN, reason=" illisible ", by=AGENT, at=NOON)

        assert (DocumentState.REFUSED, "illisible") == (one.state, one.reason)
        with pytest.raises(Refused) as told:
            refused(GIVEN, reason=" \t", by=AGENT, at=NOON)
        assert (ReasonMissing(),) == told.value.refusals

    @pytest.mark.rule("document.reviewed")
    @pytest.mark.parametrize(
        "state", [DocumentState.ACCEPTED, DocumentState.REFUSED]
    )
    def test_once(self, state):
        """
        It is accepted or refused once.
        """
        over = evolve(GIVEN, state=state)

        with pytest.raises(Refused) as told:
            self.accept(over)
        assert (DocumentReviewed(),) == told.value.refusals
        with pytest.raises(Refused) as told:
            refused(over, reason="", by=AGENT, at=NOON)
        assert (DocumentReviewed(), ReasonMissing()) == told.value.refusals


class TestContent:
    @pytest.mark.rule("document.file.type")
    @pytest.mark.parametrize(
        ("content", "found"),
        [
            (PDF, ContentType.PDF),
            (JPEG, ContentType.JPEG),
            (PNG, ContentType.PNG),
            (HEIC, ContentType.HEIC),
            (HEIC.replace(b"heic", b"mif1"), ContentType.HEIC),
        ],
    )
    def test_found(self, content, found):
        """
        The first bytes say what a file is.
        """
        assert found is read_content(content, ANY_UPLOADS)

    @pytest.mark.rule("document.file.type")
    @pytest.mark.parametrize(
        "content",
        [
            b"MZ\x90\x00",
            b"<script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b" %PDF-1.7",
            b"PK\x03\x04",
            HEIC.replace(b"heic", b"isom"),
            b"\x00",
        ],
        ids=["exe", "html", "svg", "late pdf", "zip", "film", "a byte"],
    )
    def test_other(self, content):
        """
        What begins otherwise is not taken, whatever its name.
        """
        with pytest.raises(Refused) as told:
            read_content(content, ANY_UPLOADS)
        assert (
            FileTypeNotAccepted(("PDF", "JPEG", "PNG", "HEIC")),
        ) == told.value.refusals

    @pytest.mark.rule("document.file.type")
    def test_not_taken(self):
        """
        A type that the règlement does not take is refused, with those that
        it does.
        """
        uploads = Uploads(types=(ContentType.PDF, ContentType.PNG))

        with pytest.raises(Refused) as told:
            read_content(JPEG, uploads)
        assert (FileTypeNotAccepted(("PDF", "PNG")),) == told.value.refusals

    @pytest.mark.rule("document.file.size")
    def test_size(self):
        """
        A megabyte is a million bytes, and the limit itself is taken.
        """
        one = Uploads(most_megabytes=1)

        assert ContentType.PDF is read_content(PDF.ljust(1_000_000, b" "), one)
        with pytest.raises(Refused) as told:
            read_content(b"x" * 1_000_001, one)
        assert (FileTooBig(1), FileTypeNotAccepted) == (
            told.value.refusals[0],
            type(told.value.refusals[1]),
        )

    @pytest.mark.rule("document.file.empty")
    def test_empty(self):
        """
        Nothing is no file.
        """
        with pytest.raises(Refused) as told:
            read_content(b"", ANY_UPLOADS)
        assert (FileEmpty(),) == told.value.refusals


class TestName:
    @pytest.mark.rule("document.file.name")
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("fiche.pdf", "fiche.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Camille\\Zoé  L’été.pdf", "Zoé L’été.pdf"),
            ("a\r\nBcc: x@example.org\x00.pdf", "aBcc: x@example.org.pdf"),
            ("\u202efdp.exe", "fdp.exe"),
            ("a\u2028b", "ab"),
            ("x" * 200 + ".pdf", "x" * 96 + ".pdf"),
            ("", "document"),
            ("folder/", "document"),
            (" \t", "document"),
        ],
    )
    def test_cleaned(self, name, shown):
        """
        No folder, nothing that cannot be printed, a hundred characters.
        """
        assert shown == cleaned_name(name)

    @pytest.mark.rule("document.file.name")
    @given(st.text())
    def test_any(self, name):
        """
        Whatever a family calls it, the name is one printable line.
        """
        shown = cleaned_name(name)

        assert 1 <= len(shown) <= 100
        assert not set("/\\\r\n\x00") & set(shown)
        assert shown == cleaned_name(shown)


def test_good_without_days():
    """
    What was accepted without days is good on any.
    """
    one: Document = evolve(GOOD, valid_from=None, valid_to=None)

    assert one.is_good_on(dt.date.min)

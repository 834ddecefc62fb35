"""
« Document à fournir »: giving a document, looking at it, being told.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.domain.bookings import DayFull
from portail_core.domain.children import ChildUnknown, Custody
from portail_core.domain.documents import (
    About,
    ContentType,
    Demand,
    DocumentDaysReversed,
    DocumentKind,
    DocumentKindUnknown,
    DocumentOfChild,
    DocumentOfHousehold,
    DocumentReviewed,
    DocumentState,
    DocumentUnknown,
    FileEmpty,
    FileTypeNotAccepted,
    ForGood,
    ForMonths,
    ReasonMissing,
    Standing,
    TooManyWaiting,
)
from portail_core.domain.gates import (
    DocumentExpired,
    DocumentMissing,
    DocumentWaiting,
    EmailUnconfirmed,
)
from portail_core.domain.ids import AgentId, DocumentCode, DocumentId
from portail_core.domain.payments import Outcome
from portail_core.domain.requests import RequestState
from portail_core.ports.files import FileMissing, FilesFailed
from portail_core.ports.mail import DocumentAcceptance, DocumentRefusal
from portail_core.ports.store import StorageBusy
from portail_core.testing.builders import PDF
from tests.application.conftest import (
    NEXT,
    PASSWORD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)

HEALTH_FORM = DocumentKind(
    code=DocumentCode("fiche-sanitaire"),
    label="Fiche sanitaire",
    about=About.CHILD,
    demand=Demand.MANDATORY,
    validity=ForMonths(12),
)
PROOF_OF_HOME = DocumentKind(
    code=DocumentCode("domicile"),
    label="Justificatif de domicile",
    about=About.HOUSEHOLD,
    demand=Demand.OPTIONAL,
    validity=ForGood(),
)
REGLEMENT = evolve(PETITES_BOUILLES, documents=(HEALTH_FORM, PROOF_OF_HOME))
TODAY = dt.date(2026, 5, 13)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(name="world")
def _world(store):
    return World(store, REGLEMENT)


@pytest.fixture(name="staff")
def _staff(world):
    return world.portal.trusted.staff(AgentId("accueil"))


def give(family, kind=HEALTH_FORM, content=PDF, name="fiche.pdf"):
    child = family.child.id if kind.about is About.CHILD else None
    return family.desk.documents.submit(kind.code, content, name, child=child)


def refusals_of(ask):
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusals


def share(world, family, other):
    """
    Lou lives with the other household too.
    """
    with world.store.transaction() as tx:
        tx.put(
            Custody(
                child=family.child.id,
                household=other.member.household,
                since=TODAY,
            )
        )


class TestAsked:
    @pytest.mark.rule("document.asked")
    def test_asked(self, family):
        """
        The household's documents, then each child's, oldest first.
        """
        older = family.add_child("Noa", dt.date(2015, 1, 1))

        asked = family.desk.documents.asked()

        assert [
            (PROOF_OF_HOME, None, Standing.MISSING),
            (HEALTH_FORM, older.id, Standing.MISSING),
            (HEALTH_FORM, family.child.id, Standing.MISSING),
        ] == [(one.kind, one.child, one.state) for one in asked]

    @pytest.mark.rule("document.asked")
    def test_stands(self, world, family, staff):
        """
        Where each stands is told day by day.
        """
        given = give(family)
        waiting = family.desk.documents.asked()[1].state
        staff.documents.accept(given.id)
        valid = family.desk.documents.asked()[1]
        world.clock.move(365 * A_DAY)
        over = family.desk.documents.asked()[1].state

        assert (Standing.WAITING, Standing.VALID, Standing.EXPIRED) == (
            waiting,
            valid.state,
            over,
        )
        assert dt.date(2027, 5, 12) == valid.valid_to


class TestSubmit:
    @pytest.mark.rule("document.file.record", "document.file.name")
    def test_given(self, world, family):
        """
        The file is kept under a key of ours, and read as it was given, under
        the name that the family knows.
        """
        given = give(family, name="../été 2026.exe")

        read = family.desk.documents.read(given.id)
        assert (PDF, ContentType.PDF, "été 2026.exe") == (
            read.content,
            read.content_type,
            read.name,
        )
        assert [PDF] == list(world.files.kept.values())
        assert "été" not in "".join(world.files.kept)

    @pytest.mark.rule("document.history")
    def test_history(self, world, family):
        """
        All that was given is listed, newest first.
        """
        first = give(family)
        world.clock.move(A_DAY)
        second = give(family, PROOF_OF_HOME, name="edf.pdf")
        third = give(family)

        listed = family.desk.documents.history()

        assert {second.id, third.id} == {one.id for one in listed[:2]}
        assert first == listed[2]
        assert {"Fiche sanitaire", "Justificatif de domicile"} == {
            one.label for one in listed
        }

    @pytest.mark.rule("document.kind.unknown")
    def test_unknown_kind(self, family):
        """
        Only what is asked for is taken.
        """
        unknown = evolve(PROOF_OF_HOME, code=DocumentCode("permis"))

        assert (DocumentKindUnknown(unknown.code),) == refusals_of(
            lambda: give(family, unknown)
        )

    @pytest.mark.rule("document.about.child", "document.about.household")
    def test_about(self, family):
        """
        What is asked for each child needs one, what is asked of the household
        none.
        """
        submit = family.desk.documents.submit

        assert (DocumentOfChild("Fiche sanitaire"),) == refusals_of(
            lambda: submit(HEALTH_FORM.code, PDF, "fiche.pdf")
        )
        assert (DocumentOfHousehold("Justificatif de domicile"),) == (
            refusals_of(
                lambda: submit(
                    PROOF_OF_HOME.code,
                    PDF,
                    "edf.pdf",
                    child=family.child.id,
                )
            )
        )

    @pytest.mark.rule("document.file.type", "household.child.unknown")
    def test_all_at_once(self, world, family):
        """
        Another household's child and a wrong file are told together; nothing
        is kept.
        """
        other = world.family("durand")

        assert (ChildUnknown(), FileTypeNotAccepted) == tuple(
            type(one) if isinstance(one, FileTypeNotAccepted) else one
            for one in refusals_of(
                lambda: family.desk.documents.submit(
                    HEALTH_FORM.code, b"MZ", "fiche.pdf", child=other.child.id
                )
            )
        )
        assert {} == world.files.kept

    @pytest.mark.rule("document.file.empty")
    def test_empty(self, family):
        """
        A file with nothing in it is not taken.
        """
        assert (FileEmpty(),) == refusals_of(lambda: give(family, content=b""))

    @pytest.mark.rule("document.waiting.most")
    def test_most(self, world, family, staff):
        """
        Twenty wait, the next is refused; once one was looked at, it is taken.
        """
        given = [give(family) for _ in range(20)]

        assert (TooManyWaiting(20),) == refusals_of(lambda: give(family))
        staff.documents.refuse(given[0].id, reason="en double")
        give(family)
        assert 21 == len(world.files.kept)

    @pytest.mark.rule("document.waiting.most")
    def test_most_of_each(self, world, family):
        """
        What the other household of a child gave does not count.
        """
        other = world.family("durand")
        share(world, family, other)
        for _ in range(20):
            other.desk.documents.submit(
                HEALTH_FORM.code, PDF, "fiche.pdf", child=family.child.id
            )

        assert 20 == len(family.desk.documents.history())
        assert give(family)
        assert (TooManyWaiting(20),) == refusals_of(lambda: give(other))

    @pytest.mark.rule("document.unconfirmed")
    def test_unconfirmed(self, world):
        """
        Nothing is kept of who has not confirmed its address.
        """
        world.portal.public.register("parent@example.org", PASSWORD)
        token = world.portal.public.sign_in(
            "parent@example.org", PASSWORD
        ).token
        desk = world.portal.family(token).documents

        assert (EmailUnconfirmed(), FileEmpty()) == refusals_of(
            lambda: desk.submit(PROOF_OF_HOME.code, b"", "edf.pdf")
        )
        assert (EmailUnconfirmed(),) == refusals_of(
            lambda: desk.submit(PROOF_OF_HOME.code, PDF, "edf.pdf")
        )
        assert {} == world.files.kept

    @pytest.mark.rule("document.file.record")
    def test_not_recorded(self, world, family):
        """
        A document that the storage could not record leaves no file.
        """

        class Busy:
            def __init__(self, store):
                self.reading = store.reading

            def transaction(self, locks=()):
                raise StorageBusy

        ports = evolve(world.portal._ports, store=Busy(world.store))
        tile = evolve(family.desk.documents, ports=ports)

        with pytest.raises(StorageBusy):
            tile.submit(PROOF_OF_HOME.code, PDF, "edf.pdf")
        assert {} == world.files.kept

    @pytest.mark.rule("document.file.record")
    def test_not_kept(self, world, family):
        """
        A file that could not be kept is no document.
        """

        class Full:
            def keep(self, key, content):
                raise FilesFailed

        ports = evolve(world.portal._ports, files=Full())
        tile = evolve(family.desk.documents, ports=ports)

        with pytest.raises(FilesFailed):
            tile.submit(PROOF_OF_HOME.code, PDF, "edf.pdf")
        assert () == family.desk.documents.history()


class TestRead:
    @pytest.mark.rule("document.unknown")
    def test_another_household(self, world, family):
        """
        Another household's document is unknown by every door, as one that is
        not there.
        """
        given = [give(family), give(family, PROOF_OF_HOME)]
        other = world.family("durand")

        for document in (*(one.id for one in given), DocumentId("none")):
            assert (DocumentUnknown(),) == refusals_of(
                lambda d=document: other.desk.documents.read(d)
            )
        assert () == other.desk.documents.history()
        assert {Standing.MISSING} == {
            one.state for one in other.desk.documents.asked()
        }

    @pytest.mark.rule("document.of-child")
    def test_shared_child(self, world, family, staff):
        """
        What is about a child serves both its households, and both read it;
        who gave it is not told.
        """
        other = world.family("durand")
        given = give(family)
        staff.documents.accept(given.id)
        give(family, PROOF_OF_HOME)

        share(world, family, other)

        (seen,) = other.desk.documents.history()
        assert given.id == seen.id
        assert PDF == other.desk.documents.read(given.id).content
        assert not {"household", "submitted_by", "reviewed_by"} & set(
            type(seen).__annotations__
        )
        assert {
            (HEALTH_FORM, family.child.id, Standing.VALID),
            (HEALTH_FORM, other.child.id, Standing.MISSING),
            (PROOF_OF_HOME, None, Standing.MISSING),
        } == {
            (one.kind, one.child, one.state)
            for one in other.desk.documents.asked()
        }

    @pytest.mark.rule("document.file.unchanged")
    def test_spoilt(self, world, family, staff):
        """
        A file that is not as it was given, or gone, is not shown.
        """
        given = give(family)
        (key,) = world.files.kept

        world.files.kept[key] = PDF + b"x"
        for read in (family.desk.documents.read, staff.documents.read):
            with pytest.raises(FilesFailed, match="not as it was given"):
                read(given.id)
        del world.files.kept[key]
        with pytest.raises(FileMissing):
            family.desk.documents.read(given.id)


class TestReview:
    @pytest.mark.rule("document.review")
    def test_oldest_first(self, world, family, staff):
        """
        Staff sees what waits with its label and its child, oldest first, and
        reads it.
        """
        first = give(family)
        world.clock.move(A_DAY)
        second = give(family, PROOF_OF_HOME)

        listed = staff.documents.to_review()

        assert [
            (first.id, "Fiche sanitaire", "ESSAI Lou"),
            (second.id, "Justificatif de domicile", None),
        ] == [(one.document.id, one.label, one.child) for one in listed]
        assert PDF == staff.documents.read(first.id).content
        assert 1 == len(staff.documents.to_review(1))

    @pytest.mark.rule("document.review")
    def test_accepted(self, world, family, staff):
        """
        Whoever gave it is told that it is good, and until when.
        """
        for one in (give(family), give(family, PROOF_OF_HOME)):
            staff.documents.accept(one.id)

        assert [
            DocumentAcceptance(
                document="Fiche sanitaire",
                child="ESSAI Lou",
                valid_to=dt.date(2027, 5, 12),
            ),
            DocumentAcceptance(
                document="Justificatif de domicile", child=None, valid_to=None
            ),
        ] == world.letters()
        assert () == staff.documents.to_review()

    @pytest.mark.rule("document.review", "document.reason.needed")
    def test_refused(self, world, family, staff):
        """
        Whoever gave it is told why it is not good; the reason is needed.
        """
        given = give(family)

        assert (ReasonMissing(),) == refusals_of(
            lambda: staff.documents.refuse(given.id, reason=" ")
        )
        staff.documents.refuse(given.id, reason="la page 2 manque")

        assert [
            DocumentRefusal(
                document="Fiche sanitaire",
                child="ESSAI Lou",
                reason="la page 2 manque",
            )
        ] == world.letters()
        (seen,) = family.desk.documents.history()
        assert (DocumentState.REFUSED, "la page 2 manque") == (
            seen.state,
            seen.reason,
        )

    @pytest.mark.rule("document.reviewed")
    def test_once(self, world, family, staff):
        """
        What was reviewed is not reviewed again, and nobody is told twice.
        """
        given = give(family)
        staff.documents.accept(given.id)

        assert (DocumentReviewed(),) == refusals_of(
            lambda: staff.documents.accept(given.id)
        )
        assert (DocumentReviewed(),) == refusals_of(
            lambda: staff.documents.refuse(given.id, reason="illisible")
        )
        assert 1 == len(world.letters())

    @pytest.mark.rule("document.validity.order")
    def test_days(self, family, staff):
        """
        Days that the agent gives are in order, or nothing is decided.
        """
        given = give(family)

        assert (DocumentDaysReversed(TODAY, TODAY - A_DAY),) == refusals_of(
            lambda: staff.documents.accept(
                given.id, valid_from=TODAY, valid_to=TODAY - A_DAY
            )
        )
        assert given.id == staff.documents.to_review()[0].document.id

    @pytest.mark.rule("document.unknown")
    def test_unknown(self, staff):
        """
        Staff is told that there is no such document, too.
        """
        none = DocumentId("none")

        for ask in (
            lambda: staff.documents.accept(none),
            lambda: staff.documents.refuse(none, reason="x"),
            lambda: staff.documents.read(none),
        ):
            assert (DocumentUnknown(),) == refusals_of(ask)

    @pytest.mark.rule("document.kind.unknown")
    def test_no_longer_asked(self, world, family, staff):
        """
        What the règlement asks for no longer is not accepted; it is refused,
        and the letter names the file.
        """
        given = give(family)
        gone = evolve(REGLEMENT, documents=())
        world.portal.activate(gone, since=TODAY)
        portal = world.open(gone)
        desk = portal.trusted.staff(AgentId("accueil")).documents
        family.meet(portal)

        assert "fiche-sanitaire" == desk.to_review()[0].label
        assert "fiche-sanitaire" == family.desk.documents.history()[0].label
        assert (DocumentKindUnknown(HEALTH_FORM.code),) == refusals_of(
            lambda: desk.accept(given.id)
        )
        desk.refuse(given.id, reason="n’est plus demandé")
        (letter,) = world.letters()
        assert "fiche.pdf" == letter.document

    @pytest.mark.rule("document.ending")
    def test_expiring(self, world, family, staff):
        """
        Staff sees ahead what ends, but for what another goes on from.
        """
        ends = give(family)
        staff.documents.accept(ends.id, valid_to=TODAY + 10 * A_DAY)

        def listed(ahead_days):
            return [
                one.document.id for one in staff.documents.expiring(ahead_days)
            ]

        assert ([], [ends.id]) == (listed(9), listed(10))
        follows = give(family)
        staff.documents.accept(follows.id, valid_from=TODAY + 11 * A_DAY)
        assert [] == listed(10)


class TestGate:
    @pytest.mark.rule("gate.document.missing", "gate.document.waiting")
    def test_before_and_after(self, world, family, staff):
        """
        A family books once its document was accepted, and hears until then
        what is wrong.
        """
        ask = family.ask

        assert (DocumentMissing("Fiche sanitaire"),) == refusals_of(
            lambda: ask(WEDNESDAY)
        )
        given = give(family)
        assert (DocumentWaiting("Fiche sanitaire"),) == refusals_of(
            lambda: ask(WEDNESDAY)
        )
        staff.documents.accept(given.id)
        assert ask(WEDNESDAY).number

    @pytest.mark.rule("gate.every-unmet")
    def test_of_the_child(self, world, family, staff):
        """
        Another child's document opens nothing for this one.
        """
        staff.documents.accept(give(family).id)
        noa = family.add_child("Noa")

        assert family.ask(WEDNESDAY).number
        assert (DocumentMissing("Fiche sanitaire"),) == refusals_of(
            lambda: family.ask(WEDNESDAY, child=noa)
        )

    @pytest.mark.hard_case(44)
    @pytest.mark.rule("gate.document.day-of-asking")
    def test_ends_before_the_day(self, world, family, staff):
        """
        A document that ends today opens today's booking of a later day; the
        booking stands tomorrow, and no other is made.
        """
        given = give(family)
        staff.documents.accept(given.id, valid_to=TODAY)
        held = family.ask(WEDNESDAY)
        checkout = family.check_out()

        world.answer(checkout, Outcome.PAID)
        world.clock.move(A_DAY)

        assert RequestState.CONFIRMED is family.state(held.number)
        assert (DocumentExpired("Fiche sanitaire", TODAY),) == refusals_of(
            lambda: family.ask(NEXT)
        )

    @pytest.mark.rule("request.refusals.all")
    def test_with_the_others(self, world, family):
        """
        A closed gate and a full day are told together.
        """
        full = evolve(
            REGLEMENT,
            pools=tuple(evolve(p, capacity=0) for p in REGLEMENT.pools),
        )
        world.portal.activate(full, since=TODAY)
        family.meet(world.open(full))

        assert (
            DocumentMissing("Fiche sanitaire"),
            DayFull(WEDNESDAY),
        ) == refusals_of(lambda: family.ask(WEDNESDAY))

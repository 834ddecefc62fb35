"""
Every door of the portal, and what a hostile hand pushes through it.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from portail_core.application.dossiers import DossierUnknown
from portail_core.domain.documents import ReasonMalformed
from portail_core.domain.ids import DocumentCode
from portail_core.domain.pre_registrations import RefusalReasonMalformed
from portail_core.domain.refusals import Refused
from portail_core.ports.store import StorageBusy, StorageFailed
from portail_core.testing import Crash, Faults, FaultyStore, MemoryStore
from portail_core.testing.builders import PDF
from tests.application.conftest import AFTER, World
from tests.simulation.hostile import Town

CLEAN = "la page 2 manque"


@pytest.fixture(name="town", scope="module")
def _town():
    return Town(MemoryStore())


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_siege(data):
    """
    Whatever is sent to whichever door, the answer is a value, a refusal, or a
    `ValueError` or a `TypeError` for a host's own mistake; then every family
    still reads its own, mails go out, and the books balance.
    """
    Town(MemoryStore()).besiege(data, attacks=15)


class TestStaff:
    """
    An agent whose host lets anything through.
    """

    @pytest.mark.rule("dossier.unknown")
    def test_unknown_household(self, town):
        """
        A quotient for a household that is not there is refused.
        """
        with pytest.raises(Refused) as refused:
            self.quotient(town, household="nobody")

        assert (DossierUnknown(),) == refused.value.refusals

    @staticmethod
    def quotient(town, *, household=None, value="640", evidence="attestation"):
        return town.staff.record_quotient(
            household or town.us.member.household,
            value=Decimal(value),
            month=dt.date(2026, 5, 1),
            evidence=evidence,
        )

    @pytest.mark.rule("dossier.quotient")
    @pytest.mark.parametrize(
        "wrong",
        [
            {"value": "NaN"},
            {"value": "sNaN"},
            {"value": "Infinity"},
            {"value": "1000000000.01"},
            {"value": "-0.01"},
            {"evidence": "a" * 201},
            {"evidence": "\ud800"},
            {"evidence": "two\nlines"},
        ],
    )
    def test_no_figure(self, town, wrong):
        """
        No price can be made of what is no figure, and nobody can read what
        cannot be printed.
        """
        with pytest.raises(ValueError, match=next(iter(wrong))):
            self.quotient(town, **wrong)

    @pytest.mark.rule("dossier.quotient")
    @pytest.mark.parametrize(
        "right",
        [{"value": "1000000000"}, {"value": "0"}, {"evidence": "a" * 200}],
    )
    def test_figure(self, town, right):
        """
        The bounds themselves are kept.
        """
        assert self.quotient(town, **right)

    @pytest.mark.parametrize("limit", [-1, 0, 1_001, 10**30])
    def test_limits(self, town, limit):
        """
        Less than one of a list, or more than a thousand, is a fault of the
        host: a storage would read all of them, or none, or stumble.
        """
        for listed in (
            town.staff.documents.to_review,
            town.staff.pre_registrations.to_decide,
            lambda limit: town.staff.documents.expiring(0, limit),
        ):
            with pytest.raises(ValueError, match="of a list"):
                listed(limit)

    @pytest.mark.parametrize("limit", [1, 1_000])
    def test_good_limits(self, town, limit):
        """
        One and a thousand are good.
        """
        assert town.staff.documents.to_review(limit)
        assert town.staff.pre_registrations.to_decide(limit)
        assert () == town.staff.documents.expiring(0, limit)

    @pytest.mark.rule("document.ending")
    @pytest.mark.parametrize("ahead_days", [-1, 3_661, 10**30])
    def test_far_ahead(self, town, ahead_days):
        """
        Nobody looks back, nor further than ten years: there would be no such
        day.
        """
        with pytest.raises(ValueError, match="days ahead"):
            town.staff.documents.expiring(ahead_days)

    def test_ten_years(self, town):
        """
        Ten years are looked at.
        """
        assert () == town.staff.documents.expiring(3_660)

    @pytest.mark.rule("document.reason.text")
    @pytest.mark.rule("pre-registration.reason.text")
    @pytest.mark.parametrize(
        "reason", ["\ud800", "oui\u202enon", "\0", "a" * 501]
    )
    def test_reason(self, town, reason):
        """
        What cannot be printed, or is no sentence any more, is no reason.
        """
        (document, *_), (asked, *_) = self.waiting(town)
        for refuse, refusal in (
            (document, ReasonMalformed()),
            (asked, RefusalReasonMalformed()),
        ):
            with pytest.raises(Refused) as refused:
                refuse(reason)
            assert (refusal,) == refused.value.refusals

    @staticmethod
    def waiting(town):
        """
        How each document, and each pre-registration, that waits is refused.
        """
        documents, asked = town.staff.documents, town.staff.pre_registrations
        return (
            [
                lambda reason, one=one: documents.refuse(
                    one.document.id, reason=reason
                )
                for one in documents.to_review()
            ],
            [
                lambda reason, one=one: asked.refuse(
                    one.pre_registration.id, reason=reason
                )
                for one in asked.to_decide()
            ],
        )

    @pytest.mark.rule("document.reason.text")
    @pytest.mark.rule("pre-registration.reason.text")
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            (" la page 2\r\n manque ", CLEAN),
            ("a" * 500, "a" * 500),
        ],
    )
    def test_good_reason(self, typed, kept):
        """
        Ends of lines are spaces, and five hundred characters are not too many.
        """
        for refusing in self.waiting(Town(MemoryStore())):
            assert kept == refusing[0](typed).reason

    @pytest.mark.parametrize(
        "searched", ["\ud800", "\0", "x" * 10**6, "\u202e"]
    )
    def test_search(self, town, searched):
        """
        What no name can hold is found nowhere.
        """
        assert () == town.staff.dossiers.list(searched).items

    def test_search_within(self, town):
        """
        What surrounds a name that was pasted does not hide it.
        """
        found = town.staff.dossiers.list("\u200b Petit \0").items

        assert [town.ex.member.household] == [one.household for one in found]


class TestHalfWritten:
    """
    A document is given, and the process is interrupted on the way.
    """

    @staticmethod
    def submit(world, family, store):
        ports = evolve(world.portal._ports, store=store)
        tile = evolve(family.desk.documents, ports=ports)
        return tile.submit(DocumentCode("domicile"), PDF, "edf.pdf")

    @pytest.mark.rule("document.file.record")
    @pytest.mark.parametrize(("crash_at", "given"), [(1, 0), (2, 1)])
    def test_interrupted(self, crash_at, given):
        """
        Before the commit, neither the document nor its file is there; after
        it, both are.
        """
        world = World(MemoryStore())
        family = world.family()
        store = FaultyStore(world.store, Faults(crash_at))

        with pytest.raises(Crash):
            self.submit(world, family, store)

        documents = family.desk.documents
        assert given == len(world.files.kept) == len(documents.history())
        for one in documents.history():
            assert PDF == documents.read(one.id).content

    @pytest.mark.rule("document.file.record")
    def test_storage_gone(self):
        """
        Where nothing tells whether it was recorded, the file stays: a file
        too many harms less than a document without its file.
        """
        world = World(MemoryStore())
        family = world.family()

        class Gone:
            def __init__(self, store):
                self.reads = [store.reading]

            def reading(self):
                if not self.reads:
                    raise StorageFailed
                return self.reads.pop()()

            def transaction(self, locks=()):
                raise StorageBusy

        with pytest.raises(StorageBusy):
            self.submit(world, family, Gone(world.store))
        assert [PDF] == list(world.files.kept.values())


class TestHost:
    """
    A host that sends what its own form should not have.
    """

    @pytest.mark.rule("request.command.key")
    @pytest.mark.parametrize("key", ["", " ", "a" * 201, "\ud800", "a\0"])
    def test_command_key(self, key):
        """
        A key that cannot be kept is refused before anything is asked.
        """
        family = World(MemoryStore()).family()

        with pytest.raises(ValueError, match="key"):
            self.ask(family, key)
        assert () == family.desk.planning.requests().items

    @pytest.mark.rule("request.command.key")
    @pytest.mark.parametrize("key", ["a", "é" * 200])
    def test_good_command_key(self, key):
        """
        One character is a key, and two hundred are.
        """
        family = World(MemoryStore()).family()

        assert self.ask(family, key) == self.ask(family, key)

    @staticmethod
    def ask(family, key):
        wish = family.wish(AFTER)
        shown = family.desk.planning.quote(wish).total
        return family.desk.planning.request(
            wish, shown_total=shown, command=key
        )

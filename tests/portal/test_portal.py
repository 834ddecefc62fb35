"""
The face: how a host opens a portal, and what it holds then.
"""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from portail_core import Portal, Refused
from portail_core.domain.accounts import SessionEnded
from portail_core.domain.households import Adult
from portail_core.domain.ids import AccountId, RegieCode
from portail_core.plugins import (
    Adapter,
    AdapterKind,
    AdapterMissing,
    Plugins,
    hookimpl,
)
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    Faults,
    FaultyStore,
    KeptFiles,
    KeptMail,
    MemoryStore,
    RacingStore,
    ScriptedPayments,
    StoppedClock,
)
from portail_core.testing.builders import PDF
from portail_core.wire import Unreadable
from tests.application.conftest import (
    ASKED,
    EXAMPLES,
    GUARDED,
    PASSWORD,
    PETITES_BOUILLES,
    REGIE,
    WEDNESDAY,
    World,
)

FILE = EXAMPLES / "petites-bouilles.toml"
SECRET = "32 characters, or a little more."


class KeptOpen:
    """
    A store that notes whether it was closed.
    """

    def __init__(self):
        self._store = MemoryStore()
        self.reading = self._store.reading
        self.transaction = self._store.transaction
        self.closed = False

    def close(self):
        self.closed = True


class Shelf:
    """
    A plugin whose adapters keep what they were opened with.
    """

    def __init__(self):
        self.opened = []
        self.ports = {
            AdapterKind.STORAGE: KeptOpen(),
            AdapterKind.MAIL: KeptMail(),
            AdapterKind.PAYMENT: ScriptedPayments(),
            AdapterKind.FILES: KeptFiles(),
        }

    def _open(self, kind, url):
        self.opened.append(url)
        return self.ports[kind]

    @hookimpl
    def portail_adapters(self):
        return [
            Adapter(
                kind=kind,
                scheme="shelf",
                open=partial(self._open, kind),
            )
            for kind in self.ports
        ]


def opened(reglement=PETITES_BOUILLES, **changes):
    arguments = {
        "storage": MemoryStore(),
        "mail": KeptMail(),
        "payment": ScriptedPayments(),
        "links": "https://portail.example.org",
        "clock": StoppedClock(ASKED),
        "passwords": CheapPasswords(),
        **changes,
    }
    return Portal.open(reglement, **arguments)


@pytest.fixture(name="world")
def _world():
    return World(MemoryStore())


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch):
    monkeypatch.delenv("PORTAIL_SECRET", raising=False)


class TestOpen:
    def test_by_urls(self):
        """
        Adapters are found by the scheme of their URL, among the plugins.
        """
        shelf = Shelf()

        portal = opened(
            secret=SECRET,
            storage="shelf:a",
            mail="shelf:b",
            payment="shelf:c",
            files="shelf:d",
            plugins=Plugins(shelf, discover=[]),
        )

        assert ["shelf:a", "shelf:b", "shelf:c", "shelf:d"] == sorted(
            shelf.opened
        )
        assert PETITES_BOUILLES == portal.reglement

    def test_installed(self, tmp_path):
        """
        Without plugins given, those of the installed distributions are asked.
        """
        with pytest.raises(AdapterMissing, match=r"installed: .*sqlite"):
            opened(secret=SECRET, storage="nowhere:")

        opened(
            secret=SECRET, storage=f"sqlite:///{tmp_path}/portail.db"
        ).close()

    @pytest.mark.parametrize("kind", [str, type(FILE)])
    def test_from_a_file(self, kind, tmp_path):
        """
        A règlement is a file's path or text; the secret is then beside it.
        """
        file = tmp_path / "reglement.toml"
        file.write_bytes(FILE.read_bytes())

        portal = opened(kind(file))

        assert GUARDED == portal.reglement
        assert (tmp_path / ".portail-secret").is_file()

    @pytest.mark.parametrize("given", [None, "directory:{}/elsewhere"])
    def test_folder_of_documents(self, given, tmp_path):
        """
        Documents are kept beside the règlement, or in the folder that the
        host names; it is made with the first of them.
        """
        file = tmp_path / "reglement.toml"
        file.write_bytes(FILE.read_bytes())
        mail = KeptMail()
        portal = opened(
            file, files=given and given.format(tmp_path), mail=mail
        )
        portal.public.register("parent@example.org", PASSWORD)
        portal.jobs.relay()
        letter: Any = mail.sent[0][1]
        portal.public.confirm_email(letter.url.rsplit("/", 1)[-1])
        with portal._ports.store.reading() as reading:
            account = reading.account_with_email("parent@example.org")
        before = [path for path in tmp_path.iterdir() if path.is_dir()]

        documents = portal.trusted.family(account.id).documents
        given_one = documents.submit("domicile", PDF, "edf.pdf")

        (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
        assert [] == before
        assert ("elsewhere" if given else "documents") == folder.name
        assert PDF == documents.read(given_one.id).content

    def test_no_folder_of_documents(self):
        """
        A règlement in memory has no folder: a place for documents must be
        given, and only documents need it.
        """
        portal = opened(secret=SECRET)
        portal.public.register("parent@example.org", PASSWORD)
        token = portal.public.sign_in("parent@example.org", PASSWORD).token
        desk = portal.family(token)

        assert desk.documents.asked()
        with pytest.raises(ValueError, match='files="directory:documents"'):
            desk.documents.submit("domicile", PDF, "edf.pdf")

    def test_from_a_value(self):
        """
        A règlement in memory needs a secret, or tokens of the host's own.
        """
        opened(secret=SECRET)
        opened(tokens=CountedTokens())

        with pytest.raises(ValueError, match="needs a secret"):
            opened()

    @pytest.mark.rule("reglement.faults.all")
    def test_faults(self, tmp_path):
        """
        A règlement with faults opens nothing, and makes nothing.
        """
        file = tmp_path / "reglement.toml"
        file.write_text("schema = 1")
        shelf = Shelf()

        with pytest.raises(Unreadable):
            opened(
                file,
                storage="shelf:a",
                plugins=Plugins(shelf, discover=[]),
            )

        assert [] == shelf.opened
        assert [file] == list(tmp_path.iterdir())

    def test_closed(self):
        """
        A portal lets go of its storage when its `with` ends, also by an
        error.
        """
        store = KeptOpen()

        with (
            pytest.raises(Refused),
            opened(secret=SECRET, storage=store) as portal,
        ):
            portal.family("not a token")

        assert store.closed

    @pytest.mark.parametrize(
        "around",
        [lambda s: FaultyStore(s, Faults()), lambda s: RacingStore(s, 0)],
        ids=["faulty", "racing"],
    )
    def test_closed_through(self, around):
        """
        The stores that inject faults close the one beneath.
        """
        store = KeptOpen()

        opened(secret=SECRET, storage=around(store)).close()

        assert store.closed

    def test_secret_not_shown(self):
        """
        Nothing that a host may log shows the secret.
        """
        portal = opened(secret=SECRET)

        assert SECRET not in f"{portal.jobs!r} {vars(portal)!r}"

    @pytest.mark.rule("account.link.form")
    def test_links(self, world):
        """
        Links begin with the host's address, with or without a final slash.
        """
        world.portal.public.register("parent@example.org", "Une-phrase-2026")

        (letter,) = world.letters()

        assert letter.url.startswith("https://portail.example.org/go/")


class TestDesks:
    @pytest.mark.rule("account.session.ended")
    def test_unknown_token(self, world):
        """
        A token that opens no session opens no desk.
        """
        with pytest.raises(Refused) as refused:
            world.portal.family("not a token")

        assert (SessionEnded(),) == refused.value.refusals

    @pytest.mark.rule("account.session.ended")
    def test_unknown_account(self, world):
        """
        Nor does an account that is not there, whoever vouches for it.
        """
        with pytest.raises(Refused) as refused:
            world.portal.trusted.family(AccountId("nobody"))

        assert (SessionEnded(),) == refused.value.refusals

    def test_same_family(self, world):
        """
        A family that the host recognised has the desk of its session.
        """
        family = world.family()

        desk = world.portal.trusted.family(family.member.account)

        assert family.desk == desk

    def test_other_adult(self, world):
        """
        A request shows the adult who asked, whichever comes first.
        """
        family = world.family()
        request = family.ask(WEDNESDAY)
        other = Adult(first_name="Alix", last_name="Martin", account=None)
        with world.store.transaction() as tx:
            household = tx.of(family.member.household).household()
            tx.put(evolve(household, adults=(other, *household.adults)))

        detail = family.desk.planning.detail(request.number)

        assert "MARTIN Camille" == detail.referent


class TestRegie:
    def test_only_one(self, world):
        """
        Where there is one régie, it need not be named.
        """
        family = world.family()

        assert family.desk.basket.show() == family.desk.basket.show(REGIE)

    @pytest.mark.parametrize("named", [None, RegieCode("cantine")])
    def test_which(self, named):
        """
        Where there are several, it is one of them.
        """
        (regie,) = PETITES_BOUILLES.regies
        second = evolve(regie, code=RegieCode("sejours"), series="SEJ")
        world = World(
            MemoryStore(), evolve(PETITES_BOUILLES, regies=(regie, second))
        )

        with pytest.raises(
            ValueError, match="name a régie, one of: alsh, sejours"
        ):
            world.family().desk.basket.show(named)

    def test_both(self):
        """
        Each régie of several has its own basket.
        """
        (regie,) = PETITES_BOUILLES.regies
        second = evolve(regie, code=RegieCode("sejours"), series="SEJ")
        world = World(
            MemoryStore(), evolve(PETITES_BOUILLES, regies=(regie, second))
        )
        family = world.family()
        wish = family.wish(WEDNESDAY)
        family.desk.planning.request(
            wish,
            shown_total=family.desk.planning.quote(wish).total,
            command="ask",
        )

        assert [1, 0] == [
            len(family.desk.basket.show(code).items)
            for code in (REGIE, RegieCode("sejours"))
        ]


class TestActivate:
    def test_moment(self, world):
        """
        A règlement is in force from a day, not from a moment.
        """
        moment = dt.datetime(2026, 5, 13, tzinfo=dt.UTC)

        with pytest.raises(TypeError, match="expected a day"):
            world.portal.activate(PETITES_BOUILLES, since=moment)

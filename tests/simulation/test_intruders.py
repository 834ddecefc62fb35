"""
What an intruder tried once: addresses of others, and more than one may send.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.accounts import CredentialsWrong, SessionEnded
from portail_core.domain.bookings import DayOutsidePeriod, TooManyDays
from portail_core.domain.dossiers import DossierForm
from portail_core.domain.forms import PostcodeMalformed, TextMalformed
from portail_core.domain.ids import AgentId, HouseRulesVersion
from portail_core.domain.money import Money
from portail_core.domain.payments import PriceChanged
from portail_core.domain.refusals import Refused
from portail_core.testing import MemoryStore
from portail_core.testing.builders import PDF
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    A_SECOND,
    GUARDED,
    PASSWORD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)


@pytest.fixture(name="world")
def _world():
    return World(MemoryStore())


class TestSomeoneElsesAddress:
    """
    Whoever signs up with the address of another gets nothing of it.
    """

    EMAIL = "parent@example.org"
    THEIRS = "Une-phrase-d-intrus-2026"

    def sign_up(self, world, password):
        """
        The secret of the link that this sends.
        """
        world.portal.public.register(self.EMAIL, password)
        return world.letters()[-1].url.rsplit("/", 1)[-1]

    @pytest.mark.rule("account.password.of-the-link")
    @pytest.mark.parametrize("first", [True, False])
    def test_password(self, world, first):
        """
        Before or after its owner signed up, an intruder did: the password of
        the account is the one given with the link that was followed.
        """
        if first:
            self.sign_up(world, self.THEIRS)
        secret = self.sign_up(world, PASSWORD)
        if not first:
            self.sign_up(world, self.THEIRS)

        world.portal.public.confirm_email(secret)

        assert world.portal.public.sign_in(self.EMAIL, PASSWORD)
        with pytest.raises(Refused) as refused:
            world.portal.public.sign_in(self.EMAIL, self.THEIRS)
        assert (CredentialsWrong(),) == refused.value.refusals

    @pytest.mark.rule("account.session.of-the-password")
    def test_session(self, world):
        """
        A session that an intruder opened ends when the owner confirms the
        address.
        """
        self.sign_up(world, self.THEIRS)
        session = world.portal.public.sign_in(self.EMAIL, self.THEIRS)
        world.portal.public.confirm_email(self.sign_up(world, PASSWORD))

        with pytest.raises(Refused) as refused:
            world.portal.family(session.token)
        assert (SessionEnded(),) == refused.value.refusals

    def test_own_session(self, world):
        """
        That of a family that signed up once, and looked around before it
        confirmed, goes on.
        """
        secret = self.sign_up(world, PASSWORD)
        session = world.portal.public.sign_in(self.EMAIL, PASSWORD)

        world.portal.public.confirm_email(secret)

        assert world.portal.family(session.token)

    @pytest.mark.rule("account.password.of-the-link")
    def test_followed_later(self, world):
        """
        A link that is followed once the address is confirmed changes no
        password.
        """
        theirs = self.sign_up(world, self.THEIRS)
        world.portal.public.confirm_email(self.sign_up(world, PASSWORD))

        world.portal.public.confirm_email(theirs)

        assert world.portal.public.sign_in(self.EMAIL, PASSWORD)


class TestStalePage:
    """
    A page that is open while the account becomes another household's.
    """

    ENDED = (SessionEnded(),)

    @staticmethod
    def writes(desk):
        """
        What may be pressed on it, whatever else it would be refused for.
        """
        name = {"first_name": "Lou", "last_name": "Morel"}
        kind = GUARDED.documents[0].code
        return (
            desk.profile.show,
            desk.household.show,
            lambda: desk.profile.update_personal(name),
            lambda: desk.household.update_more({"children_count": "2"}),
            lambda: desk.household.update_partner(name),
            lambda: desk.children.add({**name, "birth_date": "02/03/2019"}),
            lambda: desk.documents.submit(kind, PDF, "a.pdf"),
            lambda: desk.house_rules.accept(HouseRulesVersion("2025-2026")),
            desk.account.send_confirmation_again,
            lambda: desk.account.change_password(PASSWORD, PASSWORD),
            lambda: desk.account.ask_email_change("a@example.org", PASSWORD),
            desk.account.sign_out_everywhere,
        )

    def refused(self, write):
        with pytest.raises(Refused) as refused:
            write()
        return refused.value.refusals

    @pytest.mark.rule("account.session.of-the-household")
    @pytest.mark.parametrize("gates", [(), PETITES_BOUILLES.terms.gates])
    def test_joined(self, gates):
        """
        Nothing is described, given or booked for the household that is left
        over: nobody would find it again.
        """
        world = World(MemoryStore(), changed(PETITES_BOUILLES, gates=gates))
        family = world.family()
        staff = world.portal.trusted.staff(AgentId("accueil"))
        dossier = staff.dossiers.enter(
            DossierForm(adults=[{"first_name": "Noa", "last_name": "Garcia"}])
        )
        wish = family.wish(WEDNESDAY)
        shown = family.desk.planning.quote(wish).total

        staff.dossiers.join(family.member.household, dossier)

        for write in self.writes(family.desk):
            assert self.ENDED == self.refused(write)
        assert self.ENDED == self.refused(
            lambda: family.desk.planning.request(
                wish, shown_total=shown, command="stale"
            )
        )

    @pytest.mark.rule("account.session.of-the-household")
    def test_confirmed_by_its_owner(self, world):
        """
        An intruder who signed up with the address of another learns nothing
        of the account, and does nothing in its name, once its owner did.
        """
        world.portal.public.register("parent@example.org", PASSWORD)
        theirs = world.portal.trusted.family(
            world.account("parent@example.org").id
        )
        world.letters()
        world.portal.public.register("parent@example.org", f"{PASSWORD}-2")

        world.portal.public.confirm_email(world.secret())

        for write in self.writes(theirs):
            assert self.ENDED == self.refused(write)


class TestChildTwice:
    """
    A family that describes a child twice, and asks for both.
    """

    @pytest.mark.rule("dossier.join.records")
    @pytest.mark.parametrize(("accepted", "kept"), [(None, 0), (0, 0), (1, 1)])
    def test_joined(self, accepted, kept):
        """
        Staff joins it to its dossier all the same: the child has one
        pre-registration at the accueil, the accepted one, else the first.
        """
        world = World(
            MemoryStore(),
            evolve(PETITES_BOUILLES, accueils=GUARDED.accueils),
        )
        family = world.family()
        staff = world.portal.trusted.staff(AgentId("accueil"))
        asked = []
        for child in (family.child, family.add_child("Lou")):
            asked.append(
                family.desk.pre_registrations.ask(
                    child.id, GUARDED.accueils[0].code
                )
            )
            world.clock.move(A_SECOND)
        if accepted is not None:
            staff.pre_registrations.accept(asked[accepted].id)
        dossier = staff.dossiers.enter(
            DossierForm(
                adults=[{"first_name": "Noa", "last_name": "Garcia"}],
                children=[
                    {
                        "first_name": "Lou",
                        "last_name": "Essai",
                        "birth_date": family.child.birth_date.isoformat(),
                    }
                ],
            )
        )

        staff.dossiers.join(family.member.household, dossier)

        desk = world.portal.trusted.family(family.member.account)
        assert [(asked[kept].id, desk.children.all()[0].id)] == [
            (one.id, one.child) for one in desk.pre_registrations.all()
        ]


class TestUnbounded:
    @pytest.mark.rule("request.days.too-many")
    @pytest.mark.parametrize(
        ("count", "refusal"), [(366, DayOutsidePeriod), (367, TooManyDays)]
    )
    def test_days(self, world, count, refusal):
        """
        Forty thousand days kept the storage's lock for seven seconds; a
        request has 366 at most.
        """
        family = world.family()
        first = dt.date(2030, 1, 1)
        days = (first + dt.timedelta(days=n) for n in range(count))

        with pytest.raises(Refused) as refused:
            family.desk.planning.request(
                family.wish(*days), shown_total=Money(0), command="many"
            )
        assert {refusal, PriceChanged} >= {
            type(one) for one in refused.value.refusals
        }

    @pytest.mark.rule("field.text")
    @pytest.mark.parametrize(
        "name",
        ["a" * 101, "Lou\nBcc: voisin@example.org", "Lou\0 ", "\ud800"],
        ids=["long", "two lines", "nul", "half a character"],
    )
    def test_name(self, world, name):
        """
        A name is a line that can be kept and printed.
        """
        family = world.family()

        with pytest.raises(Refused) as refused:
            family.add_child(name)

        assert (TextMalformed("child.first_name"),) == refused.value.refusals

    @pytest.mark.rule("field.text")
    @pytest.mark.parametrize("name", ["a" * 100, "Zoé\u00a0Anh-Đào"])
    def test_good_name(self, world, name):
        """
        A hundred characters are not too many, and a no-break space is one.
        """
        assert name == world.family().add_child(name).first_name

    @pytest.mark.rule("field.postcode")
    def test_postcode(self, world):
        """
        Five digits are those of a keyboard.
        """
        typed = {
            "street": "12 rue des Genêts",
            "postcode": "\u0660" * 5,
            "town": "Aubignosc",
        }

        with pytest.raises(Refused) as refused:
            world.family().desk.household.update(typed)
        assert (
            PostcodeMalformed("household.postcode"),
        ) == refused.value.refusals

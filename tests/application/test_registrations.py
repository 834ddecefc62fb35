"""
« Créer mon compte », in five steps.
"""

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core import Refused
from portail_core.domain.accounts import (
    AccountState,
    EmailMalformed,
    PasswordTooWeak,
)
from portail_core.domain.forms import (
    Block,
    FieldEmpty,
    FieldUnknown,
    FieldUse,
    PhoneMalformed,
    PostcodeMalformed,
)
from portail_core.domain.registrations import (
    STEPS,
    RegistrationExpired,
    RegistrationOver,
    RegistrationUnknown,
    StepMissing,
)
from portail_core.ports.mail import AccountAlreadyThere
from portail_core.testing import MemoryStore
from tests.application.conftest import (
    PASSWORD,
    PETITES_BOUILLES,
    World,
)

EMAIL = "morgane.morel@example.org"
A_DAY = dt.timedelta(days=1)
STEP_2 = {
    "street": "2 rue des Genêts",
    "postcode": "04200",
    "town": "Peipin",
    "mobile_phone": "06 12 34 56 78",
}
STEP_3 = {
    "first_name": "Morgane",
    "last_name": "Morel",
    "birth_date": "28/02/1990",
}
TYPED = {
    Block.COORDINATES: STEP_2,
    Block.PERSONAL: STEP_3,
    Block.PROFESSIONAL: {"employer": "Mairie de Peipin"},
}


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


class Steps:
    """
    Someone on the way to an account.
    """

    def __init__(self, world, email=EMAIL, password=PASSWORD):
        self.world = world
        self.desk = world.portal.public.registration
        self.token = self.desk.begin(email, password)

    def fill(self, step, **typed):
        self.desk.fill(self.token, step, typed)

    def fill_all(self):
        for step, typed in TYPED.items():
            self.fill(step, **typed)
        return self

    def show(self):
        return self.desk.show(self.token)

    def validate(self):
        self.desk.validate(self.token)
        return self


def signed_in(world, email=EMAIL, password=PASSWORD):
    session = world.portal.public.sign_in(email, password)
    return world.portal.family(session.token)


class TestBegin:
    @pytest.mark.rule("registration.begin.nothing-told")
    def test_faults(self, world):
        """
        What is wrong with address and password is told at once.
        """
        desk = world.portal.public.registration

        assert [EmailMalformed(), PasswordTooWeak()] == list(
            refusals_of(lambda: desk.begin("nobody", "secret"))
        )

    @pytest.mark.rule("registration.begin.nothing-told")
    def test_nothing_told(self, world, family):
        """
        An address that has an account begins like any other, without a mail.
        """
        world.letters()
        compared = world.passwords.compared

        progress = Steps(world, family.email).fill_all().show()

        assert family.email == progress.email
        assert [] == world.letters()
        assert compared == world.passwords.compared

    @pytest.mark.rule("registration.secrets.not-kept")
    def test_secrets(self, world):
        """
        Neither the token nor the password is kept.
        """
        steps = Steps(world)

        with world.store.reading() as reading:
            assert reading.registration(steps.token) is None
            kept = reading.registration(world.tokens.digest(steps.token))
        assert world.passwords.derive(PASSWORD) == kept.password
        assert PASSWORD not in repr(kept)


class TestSteps:
    @pytest.mark.rule("registration.step.by-itself")
    def test_faults(self, world):
        """
        Two faults of a step are two refusals, and the step stays as it was.
        """
        steps = Steps(world)
        steps.fill(Block.COORDINATES, **STEP_2)
        before = steps.show()

        refusals = refusals_of(
            lambda: steps.fill(
                Block.COORDINATES,
                postcode="4200",
                town="Sisteron",
                home_phone="12",
            )
        )

        assert (
            PostcodeMalformed("profile.postcode"),
            PhoneMalformed("profile.home_phone"),
        ) == refusals
        assert before == steps.show()

    @pytest.mark.rule("registration.step.by-itself")
    def test_wrong_step(self, world):
        """
        A field of another step is told, and nothing of the form is kept.
        """
        steps = Steps(world)

        refusals = refusals_of(
            lambda: steps.fill(Block.PROFESSIONAL, first_name="Morgane")
        )

        assert (FieldUnknown("profile.first_name"),) == refusals
        assert () == steps.show().done

    @pytest.mark.rule("registration.recap")
    def test_shown(self, world):
        """
        Steps in any order, one of them twice: the recapitulation has what was
        last filled in.
        """
        steps = Steps(world)
        steps.fill(Block.PERSONAL, **STEP_3)
        steps.fill(Block.COORDINATES, **STEP_2)
        steps.fill(Block.PERSONAL, first_name="Maud")

        progress = steps.show()

        assert (EMAIL, (Block.COORDINATES, Block.PERSONAL)) == (
            progress.email,
            progress.done,
        )
        assert list(STEPS) == [form.block for form in progress.forms]
        coordinates, personal, professional = progress.forms
        assert "0612345678" == coordinates.text("mobile_phone")
        assert ("Maud", "1990-02-28") == (
            personal.text("first_name"),
            personal.text("birth_date"),
        )
        assert professional.text("employer") is None

    @pytest.mark.rule("registration.step.by-itself")
    def test_operator(self, store):
        """
        What the operator asks for, the step asks for.
        """
        uses = {"profile.mobile_phone": FieldUse.MANDATORY}
        world = World(store, evolve(PETITES_BOUILLES, fields=uses))
        steps = Steps(world)

        assert (FieldEmpty("profile.mobile_phone"),) == refusals_of(
            lambda: steps.fill(Block.COORDINATES)
        )

    @pytest.mark.rule("registration.steps")
    def test_every_step(self, world):
        """
        A step that asks for nothing must have been passed all the same.
        """
        steps = Steps(world)

        missing = refusals_of(steps.validate)
        steps.fill(Block.PERSONAL, **STEP_3)
        steps.fill(Block.COORDINATES)
        last = refusals_of(steps.validate)
        steps.fill(Block.PROFESSIONAL)
        steps.validate()

        assert tuple(map(StepMissing, STEPS)) == missing
        assert (StepMissing(Block.PROFESSIONAL),) == last
        assert world.account(EMAIL) is not None

    def test_no_step(self, world):
        """
        A block that is no step is a bug of the host.
        """
        with pytest.raises(ValueError, match="no step"):
            Steps(world).fill(Block.HOUSEHOLD)


class TestValidation:
    @pytest.mark.rule("registration.validated")
    @pytest.mark.rule("registration.household")
    def test_account(self, world):
        """
        The link confirms the address; « Mon profil » and « Mon foyer » are
        as they were filled in.
        """
        Steps(world).fill_all().validate()
        pending = world.account(EMAIL).state

        world.portal.public.confirm_email(world.secret())

        desk = signed_in(world)
        profile, household = desk.profile.show(), desk.household.show()
        assert AccountState.PENDING_EMAIL is pending
        assert AccountState.ACTIVE is profile.state
        assert ("Morgane", "Mairie de Peipin", "2 rue des Genêts") == (
            profile.text("first_name"),
            profile.text("employer"),
            household.me.text("street"),
        )
        assert ("Peipin", "0612345678") == (
            household.coordinates.text("town"),
            household.coordinates.text("phone"),
        )

    @pytest.mark.rule("registration.household")
    @pytest.mark.parametrize(
        ("hidden", "expected"),
        [
            ("household.address", (None, "0612345678")),
            ("household.phone", ("Peipin", None)),
        ],
    )
    def test_hidden(self, store, hidden, expected):
        """
        What the household's own form hides does not begin as mine.
        """
        uses = {hidden: FieldUse.HIDDEN}
        world = World(store, evolve(PETITES_BOUILLES, fields=uses))
        Steps(world).fill_all().validate()
        account = world.account(EMAIL)

        with store.reading() as reading:
            household = reading.of(account.household).household()

        town = household.address.town if household.address else None
        assert expected == (town, household.phone)

    @pytest.mark.rule("registration.history")
    def test_history(self, world):
        """
        The history has each field that was filled in, by the family.
        """
        Steps(world).fill_all().validate()
        account = world.account(EMAIL)

        changes = signed_in(world).household.history(size=50).items

        assert {f"account/{account.id}"} == {one.actor for one in changes}
        assert {
            ("profile.first_name", None, "Morgane"),
            ("profile.employer", None, "Mairie de Peipin"),
            ("household.phone", None, "0612345678"),
        } <= {(one.field_name, one.before, one.after) for one in changes}

    @pytest.mark.rule("registration.twice")
    @pytest.mark.rule("registration.over")
    def test_twice(self, world):
        """
        The second validation answers alike and does nothing; the steps are
        over, and what they held is gone.
        """
        steps = Steps(world).fill_all().validate()
        world.letters()

        steps.validate()

        assert [] == world.letters()
        for act in (steps.show, lambda: steps.fill(Block.PROFESSIONAL)):
            assert (RegistrationOver(),) == refusals_of(act)
        with world.store.reading() as reading:
            kept = reading.registration(world.tokens.digest(steps.token))
        assert (None, None) == (kept.password, kept.adult.first_name)

    @pytest.mark.rule("registration.validated")
    def test_active(self, world, family):
        """
        An address that has an account: the answer is the same, its owner is
        told, and nothing of theirs changes.
        """
        world.letters()
        before = world.account(family.email), family.desk.household.show()

        Steps(
            world, family.email, "Une-autre-phrase-2026"
        ).fill_all().validate()

        (letter,) = world.letters()
        assert isinstance(letter, AccountAlreadyThere)
        assert before == (
            world.account(family.email),
            family.desk.household.show(),
        )

    @pytest.mark.rule("registration.validated")
    def test_invited(self, world):
        """
        Who was invited receives the activation link again; the dossier stays
        as staff entered it.
        """
        invited = world.invite(EMAIL)
        world.letters()

        Steps(world).fill_all().validate()
        world.portal.public.activate(world.secret(), PASSWORD)

        account = world.account(EMAIL)
        assert invited.household == account.household

    @pytest.mark.rule("registration.household")
    def test_two_strangers(self, world):
        """
        Two who register with one address describe a household each; that of
        the link that is followed stays.
        """
        Steps(world).fill_all().validate()
        first = world.secret()
        second = Steps(world, password="Une-autre-phrase-2026")
        for step, typed in TYPED.items():
            second.fill(step, **typed)
        second.fill(Block.PERSONAL, first_name="Maud")
        second.validate()
        world.letters()

        world.portal.public.confirm_email(first)

        desk = signed_in(world)
        assert "Morgane" == desk.profile.show().text("first_name")


class TestLife:
    @pytest.mark.rule("registration.expires")
    def test_expires(self, world):
        """
        The last instant of the 24th hour is in time, the first after it is
        too late: for a step, to look and to validate.
        """
        steps = Steps(world).fill_all()
        world.clock.move(A_DAY - dt.timedelta(microseconds=1))
        steps.fill(Block.PROFESSIONAL)
        expires_at = steps.show().expires_at

        world.clock.move(dt.timedelta(microseconds=1))

        assert world.clock.now() == expires_at
        for act in (
            steps.show,
            steps.validate,
            lambda: steps.fill(Block.PROFESSIONAL),
        ):
            assert (RegistrationExpired(),) == refusals_of(act)
        assert world.account(EMAIL) is None

    @pytest.mark.rule("registration.unknown")
    def test_unknown(self, world):
        """
        A token that was never given is nobody's.
        """
        steps = Steps(world)
        steps.token = "X" * 32

        for act in (
            steps.show,
            steps.validate,
            lambda: steps.fill(Block.PROFESSIONAL),
        ):
            assert (RegistrationUnknown(),) == refusals_of(act)


@given(
    st.lists(st.sampled_from(STEPS), max_size=5),
    st.sampled_from(["active", "invited", "pending", "nobody"]),
)
def test_same_answer(steps, whose):
    """
    Whoever has the address, every step answers alike.
    """
    world = World(MemoryStore())
    email = {
        "active": lambda: world.family().email,
        "invited": lambda: world.invite(EMAIL).email,
        "pending": lambda: (
            world.portal.public.register(EMAIL, PASSWORD) or EMAIL
        ),
        "nobody": lambda: EMAIL,
    }[whose]()
    someone = Steps(world, email)
    for step in steps:
        someone.fill(step, **TYPED[step])

    assert len(set(steps)) == len(someone.show().done)
    missing = tuple(
        StepMissing(step) for step in STEPS if step not in set(steps)
    )
    if missing:
        assert missing == refusals_of(someone.validate)
    else:
        assert someone.desk.validate(someone.token) is None

"""
Which règlement a portal works under.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.application.reglements import (
    ReglementNotActive,
    digest_of,
)
from tests.application.conftest import (
    EXAMPLES,
    GUARDED,
    PETITES_BOUILLES,
    WEDNESDAY,
    with_capacity,
)

OTHER = with_capacity(PETITES_BOUILLES, 3)


class TestOpen:
    @pytest.mark.rule("reglement.version.kept")
    def test_same_again(self, world):
        """
        The règlement in force opens again, from its file or as a value.
        """
        world.portal.activate(GUARDED, since=dt.date(2026, 5, 13))

        again = world.open(EXAMPLES / "petites-bouilles.toml")

        assert GUARDED == again.reglement

    @pytest.mark.rule("reglement.version.kept")
    def test_other(self, world):
        """
        Another is refused until it is activated, with what to do.
        """
        with pytest.raises(ReglementNotActive, match="portail reglement"):
            world.open(OTHER)

        world.portal.activate(OTHER, since=dt.date(2026, 5, 13))
        assert OTHER == world.open(OTHER).reglement

    def test_from_a_day(self, world):
        """
        A règlement that begins tomorrow opens tomorrow, not today.
        """
        world.portal.activate(OTHER, since=dt.date(2026, 5, 14))
        with pytest.raises(ReglementNotActive):
            world.open(OTHER)
        world.clock.move(dt.timedelta(days=1))

        world.open(OTHER)

        with pytest.raises(ReglementNotActive):
            world.open(PETITES_BOUILLES)

    def test_from_a_file(self, world):
        """
        A règlement is activated from its file.
        """
        world.portal.activate(
            str(EXAMPLES / "chemaudin.toml"), since=dt.date(2026, 5, 13)
        )

        reglement = world.open(EXAMPLES / "chemaudin.toml").reglement
        assert "25" == reglement.operator.department

    @pytest.mark.rule("reglement.version.kept")
    def test_twice(self, world):
        """
        To activate a règlement again from the same day changes nothing.
        """
        for _ in range(2):
            world.portal.activate(OTHER, since=dt.date(2026, 5, 13))

        with world.store.reading() as reading:
            assert 2 == len(reading.reglements())
        assert OTHER == world.open(OTHER).reglement

    def test_clock_before_the_first(self, world):
        """
        Before its first day, a portal still works under its first règlement.
        """
        world.clock.move(dt.timedelta(days=-1))

        world.open(PETITES_BOUILLES)

    def test_version_of_a_booking(self, world, family):
        """
        A booking is read with the labels of its own version.
        """
        request = family.ask(WEDNESDAY)
        renamed = evolve(
            PETITES_BOUILLES,
            accueils=(
                evolve(PETITES_BOUILLES.accueils[0], label="MERCREDIS"),
            ),
        )
        world.portal.activate(renamed, since=dt.date(2026, 5, 13))
        desk = world.open(renamed).trusted.family(family.member.account)

        detail = desk.planning.detail(request.number)

        assert "PERISCOLAIRE MERCREDIS" == detail.accueil


@pytest.mark.rule("journal.reglement")
def test_journal(world, family):
    """
    An entry says which version was active when it happened; a request goes on
    under its own.
    """
    request = family.ask(WEDNESDAY)
    world.portal.activate(OTHER, since=dt.date(2026, 5, 13))
    other = world.open(OTHER)
    other.trusted.family(family.member.account).basket.discard(
        request.number, command="bin"
    )

    with world.store.reading() as reading:
        kept = reading.of(family.member.household).request(request.number)
        entries = reading.journal(f"request/{request.number}")
        everything = reading.journal()

    first, second = digest_of(PETITES_BOUILLES), digest_of(OTHER)
    assert [first, second] == [entry.reglement for entry in entries]
    assert first == kept.asked.reglement
    assert {first, second} == {entry.reglement for entry in everything}

"""
The règlement intérieur: shown, accepted, asked anew.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.domain.admission import Gate
from portail_core.domain.dated import Decision, History
from portail_core.domain.gates import HouseRulesUnaccepted
from portail_core.domain.house_rules import HouseRules, HouseRulesNotInForce
from portail_core.domain.ids import HouseRulesVersion
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    ASKED,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)

OLD = HouseRules(version=HouseRulesVersion("2025-2026"), url="/reglement")
NEW = HouseRules(
    version=HouseRulesVersion("mai 2026"), url="https://example.org/r.pdf"
)
CHANGED = dt.date(2026, 5, 14)
REGLEMENT = changed(
    PETITES_BOUILLES,
    gates=(Gate.HOUSE_RULES_ACCEPTED,),
    house_rules=History(
        (
            Decision(since=dt.date(2025, 9, 1), source="a", value=OLD),
            Decision(since=CHANGED, source="b", value=NEW),
        )
    ),
)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(name="world")
def _world(store):
    return World(store, REGLEMENT)


def refusals_of(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.refusals


class TestShow:
    @pytest.mark.rule("house-rules.shown")
    def test_in_force(self, world, family):
        """
        The version of the day, and that nobody accepted it yet.
        """
        today = family.desk.house_rules.show()
        world.clock.move(A_DAY)
        tomorrow = family.desk.house_rules.show()

        assert (OLD, None) == (today.rules, today.accepted_at)
        assert NEW == tomorrow.rules

    @pytest.mark.rule("house-rules.shown")
    def test_none(self, world, family):
        """
        Without any, nothing is shown, and nothing is accepted.
        """
        without = evolve(PETITES_BOUILLES, house_rules=None)
        world.portal.activate(without, since=dt.date(2026, 5, 13))
        family.meet(world.open(without))

        assert family.desk.house_rules.show() is None
        assert (HouseRulesNotInForce(OLD.version),) == refusals_of(
            lambda: family.desk.house_rules.accept(OLD.version)
        )
        assert family.ask(WEDNESDAY).number


class TestAccept:
    @pytest.mark.hard_case(43)
    @pytest.mark.rule("house-rules.kept")
    def test_kept(self, world, family):
        """
        Who accepted what, and when; the first moment is kept.
        """
        first = family.desk.house_rules.accept(OLD.version)
        world.clock.move(dt.timedelta(minutes=1))
        again = family.desk.house_rules.accept(OLD.version)

        assert first == again
        assert (family.member.account, OLD.version, ASKED) == (
            first.account,
            first.version,
            first.at,
        )
        assert ASKED == family.desk.house_rules.show().accepted_at

    @pytest.mark.rule("house-rules.version.in-force")
    @pytest.mark.parametrize("version", [NEW.version, "autre"])
    def test_not_in_force(self, family, version):
        """
        Another version than the one in force is not accepted.
        """
        assert (HouseRulesNotInForce(version),) == refusals_of(
            lambda: family.desk.house_rules.accept(version)
        )

    @pytest.mark.rule("house-rules.version.in-force")
    def test_changed_meanwhile(self, world, family):
        """
        What was on the screen before midnight is not accepted after it.
        """
        shown = family.desk.house_rules.show().rules
        world.clock.move(A_DAY)

        assert (HouseRulesNotInForce(shown.version),) == refusals_of(
            lambda: family.desk.house_rules.accept(shown.version)
        )


class TestGate:
    @pytest.mark.hard_case(43)
    @pytest.mark.rule("gate.house-rules.accepted")
    def test_asked_anew(self, world, family):
        """
        A family books once it accepted, and accepts again when the version
        changes.
        """

        def told():
            return refusals_of(lambda: family.ask(WEDNESDAY))

        assert (HouseRulesUnaccepted(OLD.version),) == told()
        family.desk.house_rules.accept(OLD.version)
        assert family.ask(WEDNESDAY).number
        world.clock.move(A_DAY)
        assert HouseRulesUnaccepted(NEW.version) in told()
        family.desk.house_rules.accept(NEW.version)
        assert family.ask(WEDNESDAY).number


class TestNone:
    @pytest.mark.rule("gate.house-rules.accepted")
    def test_booked(self, store):
        """
        Where there is nothing to read, nothing is asked.
        """
        reglement = evolve(PETITES_BOUILLES, house_rules=None)

        assert World(store, reglement).family().ask(WEDNESDAY).number


class TestAddress:
    @pytest.mark.parametrize(
        "url", ["https://example.org/r.pdf", "http://a", "/", "/reglement"]
    )
    def test_good(self, url):
        """
        A web address, or a path of the portal.
        """
        assert url == HouseRules(version=OLD.version, url=url).url

    @pytest.mark.parametrize(
        "url",
        ["", "reglement.pdf", "javascript:alert(1)", "https://a b", "/a\n"],
    )
    def test_bad(self, url):
        """
        Nothing else: it becomes a link.
        """
        with pytest.raises(ValueError, match="expected an address"):
            HouseRules(version=OLD.version, url=url)

"""
docs/spec/gate.md, rule by rule.
"""

from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.accounts import AccountState
from portail_core.domain.gates import (
    EmailUnconfirmed,
    Gate,
    HouseholdUndescribed,
    QuotientUnrecorded,
    unmet,
)
from tests.spec.guide import ACCOUNT, HOUSEHOLD, QUOTIENT

PENDING = evolve(ACCOUNT, state=AccountState.PENDING_EMAIL)
EVERY_GATE = (Gate.HOUSEHOLD_DESCRIBED, Gate.QUOTIENT_RECORDED)
NEWCOMERS = evolve(HOUSEHOLD, adults=(), address=None, quotient=None)


class TestEmail:
    @pytest.mark.rule("gate.email.confirmed")
    @pytest.mark.parametrize("gates", [(), EVERY_GATE], ids=["none", "all"])
    def test_unconfirmed(self, gates):
        """
        Nothing is booked before the address is confirmed, in any règlement.
        """
        assert (EmailUnconfirmed(),) == unmet(
            gates, account=PENDING, household=HOUSEHOLD
        )

    @pytest.mark.rule("gate.email.confirmed")
    def test_confirmed(self):
        """
        Once it is, nothing more is asked unless the règlement does.
        """
        assert () == unmet((), account=ACCOUNT, household=NEWCOMERS)


class TestHousehold:
    @pytest.mark.rule("gate.household.described")
    @pytest.mark.parametrize(
        "household",
        [evolve(HOUSEHOLD, adults=()), evolve(HOUSEHOLD, address=None)],
        ids=["no adult", "no address"],
    )
    def test_undescribed(self, household):
        """
        An adult and an address are needed, both.
        """
        assert (HouseholdUndescribed(),) == unmet(
            (Gate.HOUSEHOLD_DESCRIBED,), account=ACCOUNT, household=household
        )

    @pytest.mark.rule("gate.household.described")
    def test_described(self):
        """
        With both, the gate is open.
        """
        assert () == unmet(EVERY_GATE, account=ACCOUNT, household=HOUSEHOLD)


class TestQuotient:
    @pytest.mark.rule("gate.quotient.recorded")
    def test_missing(self):
        """
        A household without a quotient waits, where the règlement says so.
        """
        assert (QuotientUnrecorded(),) == unmet(
            (Gate.QUOTIENT_RECORDED,),
            account=ACCOUNT,
            household=evolve(HOUSEHOLD, quotient=None),
        )

    @pytest.mark.rule("gate.quotient.recorded")
    def test_zero(self):
        """
        A quotient of 0 is a quotient.
        """
        household = evolve(
            HOUSEHOLD, quotient=evolve(QUOTIENT, value=Decimal(0))
        )

        assert () == unmet(EVERY_GATE, account=ACCOUNT, household=household)


class TestAll:
    @pytest.mark.rule("request.refusals.all")
    def test_every_gate_is_told(self):
        """
        Someone new hears of everything that is missing, at once.
        """
        assert (
            EmailUnconfirmed(),
            HouseholdUndescribed(),
            QuotientUnrecorded(),
        ) == unmet(EVERY_GATE, account=PENDING, household=NEWCOMERS)

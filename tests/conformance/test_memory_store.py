"""
The store in memory keeps the contract, and the contract is worth keeping.
"""

from collections.abc import Mapping
from typing import ClassVar, get_args

import pytest
from attrs import evolve

from portail_core.domain import notices
from portail_core.domain.places import Spot
from portail_core.domain.requests import LineState
from portail_core.ports import store as port
from portail_core.ports.store import ConcurrentChange
from portail_core.testing import Capability, StoreContract, builders, samples
from portail_core.testing._contract_tools import keep
from portail_core.testing.memory import make_store


class TestMemoryStore(StoreContract):
    make_store = staticmethod(make_store)
    lacks: ClassVar[Mapping[Capability, str]] = dict.fromkeys(
        (Capability.REOPENS, Capability.PROCESSES), "it is kept in memory"
    )

    @pytest.mark.rule("request.one-winner")
    def test_taken_again(self, store):
        """
        Whoever counted places before late money took one, for good, comes
        too late.
        """
        expired = builders.line(state=LineState.EXPIRED)
        keep(store, *samples.FAMILY, builders.request(16, lines=(expired,)))

        with pytest.raises(ConcurrentChange):
            count_while_late_money_comes(store)


def count_while_late_money_comes(store):
    spot = Spot(builders.POOL, builders.WEDNESDAY, builders.MORNING)
    confirmed = builders.line(state=LineState.CONFIRMED)
    with store.transaction([(spot.pool, spot.day)]) as tx:
        assert {} == tx.taken([spot], builders.ASKED)
        with store.transaction() as late:
            found = late.of(builders.HOUSEHOLD).request(16)
            late.put(evolve(found, lines=(confirmed,)))


class TestSamples:
    @pytest.mark.parametrize(
        ("union", "values"),
        [
            (port.Record, samples.RECORDS),
            (port.Event, samples.EVENTS),
            (notices.Notice, samples.NOTICES),
        ],
        ids=["records", "events", "notices"],
    )
    def test_complete(self, union, values):
        """
        The kit tries every kind of record, of event and of notice.
        """
        assert set(get_args(union)) == {type(value) for value in values}

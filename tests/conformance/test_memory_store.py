"""
The store in memory keeps the contract, and the contract is worth keeping.
"""

from typing import get_args

import pytest

from portail_core.domain import notices
from portail_core.ports import store as port
from portail_core.testing import MemoryStore, StoreContract, samples


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self):
        store = MemoryStore()
        yield store
        store.close()


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

"""
The store in PostgreSQL keeps the contract.
"""

import pytest

from portail_core.testing import StoreContract
from portail_sql import SqlStore


class TestPostgreSQL(StoreContract):
    @pytest.fixture(name="store")
    def _store(self, postgresql):
        store = SqlStore.open(postgresql)
        yield store
        store.close()

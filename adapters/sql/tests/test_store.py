"""
The store in SQLite keeps the contract, across processes and crashes.
"""

import pytest

from portail_core.testing import StoreContract
from portail_sql import SqlStore


class TestSqlStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path):
        store = SqlStore.open(f"sqlite:///{tmp_path}/portail.db")
        yield store
        store.close()

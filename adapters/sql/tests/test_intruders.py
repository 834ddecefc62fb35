"""
Every door of the portal on SQLite, and what a hostile hand pushes through it.
"""

import re
import traceback
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from attrs import evolve
from hypothesis import given, settings, strategies as st

from portail_core.domain.ids import AccountId
from portail_core.ports.store import ConcurrentChange
from portail_sql import SqlStore
from tests.application.conftest import World
from tests.simulation.hostile import Town


def engine_url(url):
    """
    As SQLAlchemy writes it, whose own default is another driver.
    """
    return url.replace("postgresql:", "postgresql+psycopg:")


@settings(deadline=None, max_examples=10)
@given(st.data())
def test_siege(data):
    """
    Whatever is sent to whichever door, the answer is a value, a refusal, or a
    `ValueError` or a `TypeError` for a host's own mistake: what the database
    cannot hold never reaches it.
    """
    with TemporaryDirectory() as folder:
        store = SqlStore.open(f"sqlite:///{folder}/portail.db")
        try:
            Town(store).besiege(data, attacks=15)
        finally:
            store.close()


@pytest.mark.rule("account.secrets.not-kept")
@pytest.mark.parametrize(
    "open_it", [SqlStore, lambda u: SqlStore(sa.create_engine(engine_url(u)))]
)
def test_logged(url, open_it):
    """
    What a host logs of an exception, with all that caused it, holds nobody's
    address and nothing of a password; nor with an engine of the host's own.
    """
    store = open_it(url)
    store.create_tables()
    world = World(store)
    family = world.family()
    second = evolve(world.account(family.email), id=AccountId("second"))

    with pytest.raises(ConcurrentChange) as raised, store.transaction() as tx:
        tx.put(second)

    logged = "".join(traceback.format_exception(raised.value))
    assert re.search("accounts[._]email", logged)
    assert family.email not in logged
    assert second.password not in logged
    store.close()

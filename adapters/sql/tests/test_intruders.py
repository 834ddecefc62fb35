"""
Every door of the portal on SQLite, and what a hostile hand pushes through it.
"""

from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from portail_sql import SqlStore
from tests.simulation.hostile import Town


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

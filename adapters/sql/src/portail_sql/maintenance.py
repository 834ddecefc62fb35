"""
What an operator does with the database as a whole.
"""

from __future__ import annotations

from portail_core.ports.store import StorageFailed

from . import migrations
from ._connection import Joined, Pooled, translated


def upgrade(source: Pooled | Joined) -> tuple[str, str]:
    """
    Bring the tables to the revision of this `portail_sql`, in one commit.

    Returns:
        The revision before, and the one after.

    Raises:
        StorageBusy: If others keep the database to themselves.
        StorageFailed: If there are no tables of the portal, or later ones, if
            the connection is none of SQLAlchemy, or if the database refuses a
            change: it is then as it was before.
    """
    database = source.database
    if isinstance(source, Joined):
        if source.host is None:
            msg = "migrations need a connection of SQLAlchemy: hand over that"
            raise StorageFailed(msg)
        with translated(database), source.host.begin_nested():
            return migrations.upgrade(source.host, database.prefix)
    with translated(database), source.engine.connect() as connection:
        connection.exec_driver_sql(database.writes)
        done = migrations.upgrade(connection, database.prefix)
        connection.commit()
        return done

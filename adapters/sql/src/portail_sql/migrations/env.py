"""
Run by Alembic: the migrations, on a connection that was handed over, under
the store's prefix, in the transaction that is open already.
"""

from alembic import context

from portail_sql.migrations import REVISION, named

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    version_table=named(REVISION, attributes["prefix"]),
    transactional_ddl=True,
)
context.run_migrations()

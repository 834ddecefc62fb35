"""
What PostgreSQL asks for as well: no index on text of any length, and the
journal counted as all that has no gaps.
"""

from alembic import op

from portail_sql.migrations import prefixed

revision = "0002"
down_revision = "0001"

STATEMENTS = """
DROP INDEX ix_portail__household_adults_alike;
CREATE INDEX ix_portail__household_adults_birth_date
    ON portail__household_adults (birth_date);
DROP INDEX ix_portail__children_alike;
CREATE INDEX ix_portail__children_birth_date
    ON portail__children (birth_date);
INSERT INTO portail__counters (series, value)
    SELECT 'journal', max(sequence) FROM portail__journal
    HAVING count(*) > 0;
DROP TABLE portail__schema_version;
"""


def upgrade() -> None:
    """
    Change the indexes, and count the journal's entries.
    """
    for statement in prefixed(op, STATEMENTS):
        op.execute(statement)

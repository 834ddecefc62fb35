"""
What PostgreSQL asks for as well: no index on text of any length, and the
journal counted as all that has no gaps.  Its entries say which règlement was
active.
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

CREATE TABLE portail__journal_new (
    sequence INTEGER NOT NULL,
    stream TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    reglement TEXT NOT NULL,
    event TEXT NOT NULL,
    CONSTRAINT pk_portail__journal PRIMARY KEY (sequence)
) STRICT;
INSERT INTO portail__journal_new
    SELECT sequence, stream, actor, at, coalesce(
        (SELECT digest FROM portail__reglements
            WHERE since <= substr(at, 1, 10)
            ORDER BY since DESC, activated_at DESC LIMIT 1),
        (SELECT digest FROM portail__reglements
            ORDER BY since, activated_at LIMIT 1),
        'unknown'
    ), event FROM portail__journal;
DROP TABLE portail__journal;
ALTER TABLE portail__journal_new RENAME TO portail__journal;
CREATE INDEX ix_portail__journal_stream
    ON portail__journal (stream, sequence);
"""


def upgrade() -> None:
    """
    Change the indexes, and count the journal's entries.
    """
    for statement in prefixed(op, STATEMENTS):
        op.execute(statement)

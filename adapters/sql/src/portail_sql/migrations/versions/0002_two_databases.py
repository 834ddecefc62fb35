"""
What PostgreSQL asks for as well: no index on text of any length, and the
journal counted as all that has no gaps.  Its entries say which règlement was
active; and the tables refuse what must never be.
"""

from pathlib import Path

from alembic import op

from portail_sql.migrations import make_anew, prefixed, statements

revision = "0002"
down_revision = "0001"

# The tables as they are since: later migrations change these.
TABLES = Path(__file__).with_name("0002_tables.sql")

REGLEMENT = """
coalesce(
    (SELECT digest FROM portail__reglements_before
        WHERE since <= substr(at, 1, 10)
        ORDER BY since DESC, activated_at DESC LIMIT 1),
    (SELECT digest FROM portail__reglements_before
        ORDER BY since, activated_at LIMIT 1),
    'unknown'
)
"""

STATEMENTS = """
INSERT INTO portail__counters (series, value)
    SELECT 'journal', max(sequence) FROM portail__journal
    HAVING count(*) > 0;
DROP TABLE portail__schema_version;
"""


def upgrade() -> None:
    """
    Make the tables anew, and count the journal's entries.
    """
    make_anew(
        op,
        prefixed(op, TABLES.read_text(encoding="utf-8")),
        filled={
            prefixed(op, "portail__journal"): {
                "reglement": prefixed(op, REGLEMENT)
            }
        },
    )
    for statement in statements(prefixed(op, STATEMENTS)):
        op.execute(statement)

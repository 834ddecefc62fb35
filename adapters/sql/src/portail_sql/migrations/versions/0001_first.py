"""
The first tables, in SQLite alone; they told their version in a table of their
own.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """
    Nothing to do: whoever has them made them with the first portail_sql, and
    a new database begins with those of today.
    """

"""
The tables of today as SQLite makes them, for the migration that brings older
ones there: `python -m portail_sql.migrations`.
"""

import sys

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from portail_sql.migrations import tables_of_today

for statement in tables_of_today(SQLiteDialect_pysqlite()):
    lines = (line.rstrip() for line in statement.splitlines())
    sys.stdout.write("\n".join(lines) + ";\n\n")

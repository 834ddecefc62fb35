"""
Print docs/reference/tables.md.
"""

import sys

from portail_sql.reference import page

sys.stdout.write(page())

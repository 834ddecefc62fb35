"""
The page for who reads the database: made of the schema, printed by
`python -m portail_sql.reference`.
"""

from ._page import page

__all__ = ["page"]

"""
What there is to know of the règlement file, made from the classes that read
it: the reference page, the schema for editors, a règlement to start from.
"""

from ._page import page, start
from ._schema import schema, schema_text

__all__ = ["page", "schema", "schema_text", "start"]

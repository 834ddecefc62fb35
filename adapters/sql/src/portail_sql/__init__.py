"""
Storage for portail-core: SQLite, embedded, or PostgreSQL.
"""

from ._store import SqlStore
from ._tables import METADATA
from .schema import SCHEMA_VERSION

__all__ = ["METADATA", "SCHEMA_VERSION", "SqlStore"]

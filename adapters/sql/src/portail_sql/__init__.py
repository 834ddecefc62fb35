"""
Storage for portail-core: SQLite, embedded, or PostgreSQL.
"""

from ._store import SqlStore

__all__ = ["SqlStore"]

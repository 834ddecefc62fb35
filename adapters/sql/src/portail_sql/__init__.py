"""
Storage for portail-core: SQLite, embedded, or PostgreSQL.
"""

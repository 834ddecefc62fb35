"""
What waits, what was asked, what was decided.
"""

from __future__ import annotations

from portail_core.ports.store import KeptCommand, Queued, ReglementVersion
from portail_sql import schema
from portail_sql._shapes import flat

QUEUED = flat(Queued, schema.OUTBOX, "key")
COMMAND = flat(KeptCommand, schema.COMMANDS, "household", "key")
REGLEMENT = flat(ReglementVersion, schema.REGLEMENTS, "digest", "since")

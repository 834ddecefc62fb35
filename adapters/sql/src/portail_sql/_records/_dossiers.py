"""
Dossiers in their tables.
"""

from __future__ import annotations

from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.pre_registrations import PreRegistration
from portail_sql import schema
from portail_sql._shapes import Row, Rows, Shape, flat


def _spread_acceptance(acceptance: Acceptance) -> tuple[Row, Rows]:
    return {
        "account": acceptance.account,
        "rules": acceptance.version,
        "at": acceptance.at,
    }, {}


def _gather_acceptance(row: Row, _: Rows) -> Acceptance:
    return Acceptance(
        account=row["account"], version=row["rules"], at=row["at"]
    )


DOCUMENT = flat(Document, schema.DOCUMENTS, "id")
PRE_REGISTRATION = flat(PreRegistration, schema.PRE_REGISTRATIONS, "id")
# A column called « version » would count its changes.
ACCEPTANCE = Shape(
    kind=Acceptance,
    table=schema.ACCEPTANCES,
    key=("account", "rules"),
    spread=_spread_acceptance,
    gather=_gather_acceptance,
)

"""
What staff asks of all dossiers; each statement made once.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portail_core.domain.accounts import AccountState
from portail_core.domain.likeness import Search

from . import _records, schema
from ._statements import HOUSEHOLD, LIMIT, SKIP

_HOUSEHOLDS = schema.HOUSEHOLDS.c
_ACCOUNTS = schema.ACCOUNTS.c
_DISMISSALS = schema.DISMISSALS.c

ACCOUNTS_OF = _records.ACCOUNT.select.where(
    _ACCOUNTS.household == HOUSEHOLD
).order_by(_ACCOUNTS.created_at, _ACCOUNTS.id)


def _holds(column: sa.ColumnElement[Any], name: str) -> Any:
    searched: sa.BindParameter[Any] = sa.bindparam(name, type_=sa.Text)
    return column.like(searched, escape="\\")


def holding(search: Search) -> dict[str, str]:
    """
    The parameters of a search.
    """
    return {"name": _pattern(search.name), "email": _pattern(search.email)}


def _pattern(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


_OWN_ACCOUNT = _ACCOUNTS.household == _HOUSEHOLDS.id
_FOUND = _records.HOUSEHOLD.select.where(
    _HOUSEHOLDS.joined_to.is_(None),
    _HOUSEHOLDS.entered_at.is_not(None) | sa.exists().where(_OWN_ACCOUNT),
    _holds(_HOUSEHOLDS.alike, "name")
    | sa.exists().where(_OWN_ACCOUNT, _holds(_ACCOUNTS.email, "email"))
    | sa.exists().where(
        schema.CUSTODIES.c.household == _HOUSEHOLDS.id,
        schema.CUSTODIES.c.child == schema.CHILDREN.c.id,
        _holds(schema.CHILDREN.c.alike, "name"),
    ),
)
DOSSIERS = (
    _FOUND.order_by(_HOUSEHOLDS.alike, _HOUSEHOLDS.id)
    .limit(LIMIT)
    .offset(SKIP)
)
DOSSIERS_COUNT = _FOUND.with_only_columns(sa.func.count())


# Households that share someone ----------------------------------------------


def _sharing(
    one: Any, other: Any, alike: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    """
    Pairs of the households of two people who are *alike*.
    """
    registered, dossier = (
        schema.HOUSEHOLDS.alias("registered"),
        schema.HOUSEHOLDS.alias("dossier"),
    )
    return sa.select(registered.c.id, dossier.c.id).where(
        alike,
        registered.c.id == one,
        registered.c.entered_at.is_(None),
        registered.c.joined_to.is_(None),
        sa.exists().where(
            _ACCOUNTS.household == registered.c.id,
            _ACCOUNTS.state == AccountState.ACTIVE,
        ),
        dossier.c.id == other,
        dossier.c.entered_at.is_not(None),
        dossier.c.joined_to.is_(None),
        ~sa.exists().where(
            _DISMISSALS.registered == registered.c.id,
            _DISMISSALS.dossier == dossier.c.id,
        ),
    )


def _alike(one: Any, other: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        one.alike == other.alike, one.birth_date == other.birth_date
    )


_CHILD, _OTHER_CHILD = (schema.CHILDREN.alias(n).c for n in ("one", "other"))
_OWN, _OTHERS = (schema.CUSTODIES.alias(n).c for n in ("own", "others"))
_ADULT, _OTHER_ADULT = (
    schema.HOUSEHOLD_ADULTS.alias(name).c for name in ("one", "other")
)

_PAIRS = sa.union(
    _sharing(
        _OWN.household,
        _OTHERS.household,
        sa.and_(
            _alike(_CHILD, _OTHER_CHILD),
            _CHILD.id != _OTHER_CHILD.id,
            _OWN.child == _CHILD.id,
            _OTHERS.child == _OTHER_CHILD.id,
        ),
    ),
    _sharing(
        _ADULT.household, _OTHER_ADULT.household, _alike(_ADULT, _OTHER_ADULT)
    ),
).subquery()
MATCHES = sa.select(*_PAIRS.c)

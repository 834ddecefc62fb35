"""
Families in their tables.
"""

from __future__ import annotations

from portail_core.domain.accounts import Account, Session
from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.likeness import name_alike, names_alike
from portail_core.domain.links import Link
from portail_core.domain.matches import Dismissal
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.registrations import Registration
from portail_sql import schema
from portail_sql._shapes import Row, Rows, Shape, flat, named, numbered, picked

_ADULT = (
    "account",
    "first_name",
    "last_name",
    "birth_date",
    "family_situation",
    "email",
    "home_phone",
    "mobile_phone",
    "occupation",
    "employer",
    "work_phone",
)
_CHILD = ("id", "first_name", "last_name", "birth_date")
_ADDRESS = ("street", "postcode", "town")


def _spread_household(household: Household) -> tuple[Row, Rows]:
    quotient = household.quotient
    row = {
        "id": household.id,
        **_spread_address(household.address),
        "phone": household.phone,
        "children_count": household.children_count,
        "facts": household.facts,
        "quotient": quotient and quotient.value,
        "quotient_month": quotient and quotient.month,
        "quotient_evidence": quotient and quotient.evidence,
        "quotient_recorded_at": quotient and quotient.recorded_at,
        "entered_at": household.entered_at,
        "joined_to": household.joined_to,
        "alike": names_alike(household),
    }
    adults = numbered(
        (
            {
                **picked(adult, _ADULT),
                **_spread_address(adult.address),
                "alike": name_alike(adult.last_name, adult.first_name),
            }
            for adult in household.adults
        ),
        household=household.id,
    )
    return row, {schema.HOUSEHOLD_ADULTS: adults}


def _gather_household(row: Row, rows: Rows) -> Household:
    return Household(
        id=row["id"],
        adults=tuple(
            Adult(**named(adult, _ADULT), address=_address(adult))
            for adult in rows[schema.HOUSEHOLD_ADULTS]
        ),
        address=_address(row),
        phone=row["phone"],
        children_count=row["children_count"],
        quotient=None if row["quotient"] is None else _quotient(row),
        facts=row["facts"],
        entered_at=row["entered_at"],
        joined_to=row["joined_to"],
    )


def _spread_address(address: Address | None) -> Row:
    return {name: getattr(address, name, None) for name in _ADDRESS}


def _address(row: Row) -> Address | None:
    if row["street"] is None:
        return None
    return Address(**named(row, _ADDRESS))


def _quotient(row: Row) -> QuotientFamilial:
    return QuotientFamilial(
        value=row["quotient"],
        month=row["quotient_month"],
        evidence=row["quotient_evidence"],
        recorded_at=row["quotient_recorded_at"],
    )


def _spread_child(child: Child) -> tuple[Row, Rows]:
    alike = name_alike(child.last_name, child.first_name)
    return {**picked(child, _CHILD), "alike": alike}, {}


def _gather_child(row: Row, _: Rows) -> Child:
    return Child(**named(row, _CHILD))


HOUSEHOLD = Shape(
    kind=Household,
    table=schema.HOUSEHOLDS,
    key=("id",),
    parts=(schema.HOUSEHOLD_ADULTS,),
    spread=_spread_household,
    gather=_gather_household,
)
ACCOUNT = flat(Account, schema.ACCOUNTS, "id")
LINK = flat(Link, schema.LINKS, "id")
SESSION = flat(Session, schema.SESSIONS, "digest")
REGISTRATION = flat(Registration, schema.REGISTRATIONS, "digest")
CHILD = Shape(
    kind=Child,
    table=schema.CHILDREN,
    key=("id",),
    spread=_spread_child,
    gather=_gather_child,
)
DISMISSAL = flat(Dismissal, schema.DISMISSALS, "registered", "dossier")
CUSTODY = flat(Custody, schema.CUSTODIES, "household", "child")
CHANGE = flat(Change, schema.CHANGES, "id")

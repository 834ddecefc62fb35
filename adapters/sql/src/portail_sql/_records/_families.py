"""
Families in their tables.
"""

from __future__ import annotations

from portail_core.domain.accounts import Account, Session
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.links import Link
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_sql import schema
from portail_sql._shapes import Row, Rows, Shape, flat, numbered


def _spread_household(household: Household) -> tuple[Row, Rows]:
    address, quotient = household.address, household.quotient
    row = {
        "id": household.id,
        "street": address and address.street,
        "postcode": address and address.postcode,
        "town": address and address.town,
        "quotient": quotient and quotient.value,
        "quotient_month": quotient and quotient.month,
        "quotient_evidence": quotient and quotient.evidence,
        "quotient_recorded_at": quotient and quotient.recorded_at,
    }
    adults = numbered(
        (
            {
                "first_name": adult.first_name,
                "last_name": adult.last_name,
                "account": adult.account,
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
            Adult(
                first_name=adult["first_name"],
                last_name=adult["last_name"],
                account=adult["account"],
            )
            for adult in rows[schema.HOUSEHOLD_ADULTS]
        ),
        address=None if row["street"] is None else _address(row),
        quotient=None if row["quotient"] is None else _quotient(row),
    )


def _address(row: Row) -> Address:
    return Address(
        street=row["street"], postcode=row["postcode"], town=row["town"]
    )


def _quotient(row: Row) -> QuotientFamilial:
    return QuotientFamilial(
        value=row["quotient"],
        month=row["quotient_month"],
        evidence=row["quotient_evidence"],
        recorded_at=row["quotient_recorded_at"],
    )


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
CHILD = flat(Child, schema.CHILDREN, "id")
CUSTODY = flat(Custody, schema.CUSTODIES, "household", "child")

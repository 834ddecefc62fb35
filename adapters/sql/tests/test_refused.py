"""
What must never be is refused by the databases, to every program and hand.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portail_core.testing import builders, samples
from portail_sql import SqlStore
from portail_sql._tables import METADATA

TABLES = {
    table.name.removeprefix("portail__"): table
    for table in METADATA.sorted_tables
}
KEPT = [name for name, table in TABLES.items() if table.info.get("kept")]

CHECKS = {
    "attempts_credits_within_total": {"credits_cents": "total_cents + 1"},
    "children_version_from_1": {"version": "0"},
    "counters_value_from_1": {"value": "0"},
    "dismissals_two": {"dossier_id": "registered_id"},
    "documents_review_whole": {"reviewed_by": "'accueil'"},
    "documents_sha256_whole": {"sha256": "'abc'"},
    "documents_valid_in_order": {
        "valid_from": "'2026-05-14'",
        "valid_to": "'2026-05-13'",
    },
    "household_adults_address_whole": {
        "street": "'1 place'",
        "postcode": "NULL",
    },
    "households_address_whole": {"street": "'1 place'", "town": "NULL"},
    "households_joined_to_another": {"joined_to_id": "id"},
    "households_quotient_not_negative": {"quotient": "-1"},
    "households_quotient_whole": {
        "quotient": "650",
        "quotient_month": "NULL",
    },
    "invoices_credits_within_total": {
        "paid_with_credits_cents": "total_cents + 1"
    },
    "pre_registrations_decision_whole": {"decided_by": "'accueil'"},
    "request_lines_hours_in_order": {
        "arrives": "'17:30'",
        "leaves": "'17:30'",
    },
    "request_lines_hours_whole": {"arrives": "'17:30'", "leaves": "NULL"},
    "request_lines_paid_once_paid": {"state": "'held'", "paid_cents": "1"},
    "request_lines_rank_among_siblings": {"rank": "2", "siblings": "1"},
    "request_lines_ranked_whole": {"rank": "1", "siblings": "NULL"},
    "requests_pin_whole": {"pinned_by": "'T'", "pinned_until": "NULL"},
    "requests_taken_while_held": {
        "held_until": "'2026-05-13T11:12:56.000000Z'",
        "taken_until": "'2026-05-13T11:12:55.000000Z'",
    },
}
"""By constraint: what a row is refused for, whatever else it holds."""

IMPLIED = {"attempts_total_not_negative", "invoices_total_not_negative"}
"""Never alone: the part that avoirs pay is below zero then, or above them."""

OTHERS = {
    "a second invoice": ("invoices", {"number": "'X'"}),
    "an avoir twice": ("ledger_credits", {"position": "9"}),
    "a part of an avoir twice": ("ledger_reservations", {"position": "9"}),
    "a line of a child that did not ask": (
        "request_lines",
        {"day": "'2026-06-10'", "child_id": "'zoe'"},
    ),
    "a part of the day of another child": (
        "taken_parts",
        {"child_id": "'zoe'"},
    ),
    "a place of another child": (
        "taken_places",
        {"part": "'soir'", "child_id": "'zoe'"},
    ),
    "a line for no request": (
        "invoice_lines",
        {"position": "9", "request_number": "99"},
    ),
    "a line for no child": (
        "invoice_lines",
        {"position": "9", "child_id": "'nobody'"},
    ),
    "a day of no request given back": (
        "credit_note_lines",
        {"position": "9", "request_number": "99"},
    ),
    "a day of no child given back": (
        "credit_note_lines",
        {"position": "9", "child_id": "'nobody'"},
    ),
    "an avoir that was never issued": (
        "ledger_credits",
        {"position": "9", "credit_note_number": "'none'"},
    ),
    "a part of no avoir": (
        "ledger_reservations",
        {"position": "9", "credit_note_number": "'none'"},
    ),
    "a part for no attempt": (
        "ledger_reservations",
        {"position": "9", "attempt_reference": "'none'"},
    ),
}
"""A row like one that is there, but for this: the table, and what differs."""

GENERAL = {
    "_known": "'lost'",
    "_not_negative": "-1",
    "_from_0": "-1",
    "_from_1": "0",
}
"""By the end of a constraint's name: what its column may not be."""


def checks():
    """
    Every check of the schema: its table, its name, and what it refuses.
    """
    for name, table in TABLES.items():
        found = (
            *table.constraints,
            *(one for column in table.columns for one in column.constraints),
        )
        for constraint in sorted(found, key=lambda one: str(one.name)):
            if isinstance(constraint, sa.CheckConstraint):
                short = str(constraint.name).removeprefix("ck_portail__")
                if short not in IMPLIED:
                    other = refused_by(name, short)
                    yield pytest.param(name, short, other, id=short)


def refused_by(name, short):
    if short in CHECKS:
        return CHECKS[short]
    what = short.removeprefix(f"{name}_")
    (end,) = (end for end in GENERAL if what.endswith(end))
    column = what.removesuffix(end)
    if column not in {c.name for c in TABLES[name].columns}:
        column = f"{column}_cents"
    return {column: GENERAL[end]}


def like(name, **other):
    """
    One more row like one that is there, but for *other*.
    """
    columns = [column.name for column in TABLES[name].columns]
    values = [other.get(column, column) for column in columns]
    return (
        f"INSERT INTO {name} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {name} LIMIT 1"
    )


@pytest.fixture(name="kept", scope="module", params=["sqlite", "postgresql"])
def _kept(request, tmp_path_factory):
    """
    A row in every table; one database for all: what is refused changes none.
    """
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('kept')}/portail.db"
    else:
        url = request.getfixturevalue("databases").make()
    store = SqlStore.open(url)
    with store.transaction([(builders.POOL, builders.WEDNESDAY)]) as tx:
        for record in samples.RECORDS:
            tx.put(record)
        tx.append(samples.entry("request/16"))
        tx.next_number("requests")
    store.close()
    return url


def edit(url, statement):
    """
    What someone else does to the database.
    """
    named = url.replace("postgresql:", "postgresql+psycopg:")
    engine = sa.create_engine(named)
    try:
        with engine.connect() as connection:
            if engine.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            else:
                connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            connection.exec_driver_sql(statement)
            connection.commit()
    finally:
        engine.dispose()


@pytest.mark.parametrize(("name", "short", "other"), [*checks()])
def test_check(kept, name, short, other):
    """
    Each check refuses what it is there for, and says which it is.
    """
    with pytest.raises(IntegrityError, match=f"ck_{short}"):
        edit(kept, like(name, **other))


@pytest.mark.parametrize(("name", "other"), OTHERS.values(), ids=OTHERS)
def test_other(kept, name, other):
    """
    Nothing is there twice, and nothing refers to what is not there.
    """
    with pytest.raises(IntegrityError, match=r"(?i)unique|foreign"):
        edit(kept, like(name, **other))


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("what", ["UPDATE", "DELETE"])
def test_kept(kept, name, what):
    """
    What was printed or has happened is neither changed nor deleted.
    """
    column = next(iter(TABLES[name].columns)).name
    statement = {
        "UPDATE": f"UPDATE {name} SET {column} = {column}",
        "DELETE": f"DELETE FROM {name}",
    }[what]

    with pytest.raises(IntegrityError, match=f"{name} is only added to"):
        edit(kept, statement)


@pytest.mark.parametrize("name", KEPT)
def test_emptied(kept, name):
    """
    PostgreSQL does not empty it at once either; SQLite has no word for that.
    """
    if kept.startswith("postgresql"):
        with pytest.raises(IntegrityError, match=f"{name} is only added to"):
            edit(kept, f"TRUNCATE {name} CASCADE")

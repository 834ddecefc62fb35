"""
The tables as an analyst finds them: each thing said, each query true.
"""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from portail_core.domain.ids import AccueilCode
from portail_core.domain.money import eur
from portail_core.domain.requests import LineState
from portail_core.testing import builders, samples
from portail_sql import SqlStore
from portail_sql._tables import METADATA
from portail_sql.reference import page

PAGE = page()
COMMITTED = Path(__file__).parents[3] / "docs" / "reference" / "tables.md"
QUERIES = dict(
    re.findall(r"### ([^\n]*)\n[^#]*?```sql\n(.*?)```", PAGE, re.DOTALL)
)
AN_EVENING = dt.date(2026, 5, 20)

ANSWERS = {
    "Places taken, by day and pool": [
        ("2026-05-20", "AUBIGNOSC", "matin", 1),
        ("2026-05-27", "AUBIGNOSC", "apres-midi", 1),
        ("2026-05-27", "AUBIGNOSC", "matin", 1),
        ("2026-05-27", "AUBIGNOSC", "repas", 1),
        ("2026-06-03", "AUBIGNOSC", "apres-midi", 1),
        ("2026-06-03", "AUBIGNOSC", "repas", 1),
    ],
    "Children that come on a day": [
        ("SOIRS", "Martin-Durand", "Lou", "MATIN"),
    ],
    "Child-days by accueil, month and what became of them": [
        ("MERCREDIS", "2026-05", "held", 1),
        ("MERCREDIS", "2026-06", "held", 1),
        ("SOIRS", "2026-05", "cancelled", 1),
        ("SOIRS", "2026-05", "confirmed", 1),
    ],
    "Income by accueil and month of the days": [
        ("MERCREDIS", "2026-05", 1250, 1250),
    ],
    "Requests that wait to be paid": [
        (16, "martin-durand", "MERCREDIS", 1, "2026-05-27"),
        (17, "martin-durand", "MERCREDIS", 1, "2026-06-03"),
    ],
    "Avoirs that are not used up": [
        ("martin-durand", builders.CREDIT_NOTE, 1250, 250, 1000),
    ],
    "Invoices, their lines, and what was given back": [
        (builders.INVOICE, 1250, 2, 1250, 1250),
    ],
    "Households by bracket of quotient": [
        ("551 to 700", 1),
        ("none", 1),
    ],
}
"""What each query finds in the samples, and in a request for evenings."""


@pytest.fixture(name="kept")
def _kept(url):
    """
    The samples, and days that were paid, one of them cancelled since.
    """
    evenings = builders.request(
        18,
        asked=builders.asked(accueil=AccueilCode("SOIRS")),
        lines=(
            builders.line(
                day=AN_EVENING,
                amplitude=builders.MATIN,
                state=LineState.CONFIRMED,
                paid=eur("5.00"),
            ),
            builders.line(
                day=AN_EVENING + dt.timedelta(days=1),
                state=LineState.CANCELLED,
                paid=eur("5.00"),
            ),
        ),
    )
    store = SqlStore.open(url)
    with store.transaction() as tx:
        for record in (*samples.RECORDS, evenings):
            tx.put(record)
    store.close()
    return url


def asked(url, query):
    """
    What a program that is not ours is answered; both databases alike.
    """
    engine = sa.create_engine(
        url.replace("postgresql:", "postgresql+psycopg:")
    )
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(query).fetchall()
    engine.dispose()
    return [tuple(map(_plain, row)) for row in rows]


def _plain(value):
    if isinstance(value, Decimal):
        return int(value)
    return value.isoformat() if isinstance(value, dt.date) else value


class TestSaid:
    def test_everything(self):
        """
        Each table and each column says what it is.
        """
        silent = [
            str(thing)
            for table in METADATA.tables.values()
            for thing in (table, *table.columns)
            if not str(thing.comment or "").endswith((".", "…"))
        ]

        assert [] == silent

    def test_null(self):
        """
        What may be NULL says when it is, and nothing else does.
        """
        wrong = [
            str(column)
            for table in METADATA.tables.values()
            for column in table.columns
            if column.nullable
            and "NULL" not in f"{column.comment}{table.comment}"
        ]

        assert [] == wrong

    def test_in_postgresql(self, postgresql):
        """
        PostgreSQL shows the same to whoever asks it.
        """
        SqlStore.open(postgresql).close()

        with psycopg.connect(postgresql) as connection:
            said = connection.execute(
                "SELECT c.relname, a.attname,"
                " col_description(c.oid, a.attnum), obj_description(c.oid)"
                " FROM pg_class AS c JOIN pg_attribute AS a"
                " ON a.attrelid = c.oid AND a.attnum > 0"
                " WHERE c.relkind = 'r' AND c.relname <> 'alembic_version'"
                " AND c.relnamespace = current_schema()::regnamespace"
            ).fetchall()

        assert {
            (table.name.removeprefix("portail__"), c.name, c.comment)
            for table in METADATA.tables.values()
            for c in table.columns
        } == {row[:3] for row in said}
        assert {t.comment for t in METADATA.tables.values()} == {
            row[3] for row in said
        }


class TestPage:
    def test_committed(self):
        """
        What is committed is what the schema makes.
        """
        written = COMMITTED.read_text(encoding="utf-8")

        assert PAGE == written, (
            "run python -m portail_sql.reference > docs/reference/tables.md"
        )

    def test_whole(self):
        """
        Every table has its section, every column its row.
        """
        sections = dict(
            re.findall(
                r"### `(\w+)`\n(.*?)(?=\n### |\n## |\Z)", PAGE, re.DOTALL
            )
        )
        missing = [
            f"{name}.{column.name}"
            for table in METADATA.tables.values()
            for name in (table.name.removeprefix("portail__"),)
            for column in table.columns
            if f"| `{column.name}` |" not in sections.get(name, "")
        ]

        assert len(METADATA.tables) == len(sections)
        assert [] == missing

    def test_links(self):
        """
        Whatever it links to on itself is there.
        """
        links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))

        assert set() == links - set(re.findall(r'<a id="(\w+)">', PAGE))

    def test_types(self, postgresql):
        """
        Columns have the types that the page says.
        """
        SqlStore.open(postgresql).close()
        with psycopg.connect(postgresql) as connection:
            types = connection.execute(
                "SELECT column_name, data_type"
                " FROM information_schema.columns"
                " WHERE table_schema = current_schema()"
                " AND table_name <> 'alembic_version'"
            ).fetchall()

        rows = set(re.findall(r"\n\| `(\w+)` \| \w+ \| ([\w ]+) \|", PAGE))
        named = {"character varying": "varchar"}
        assert {(name, named.get(type_, type_)) for name, type_ in types} == (
            rows
        )


class TestQueries:
    def test_answered(self):
        """
        Every query of the page has an answer here.
        """
        assert [*QUERIES] == [*ANSWERS]

    @pytest.mark.parametrize("query", ANSWERS)
    def test_answer(self, kept, query):
        """
        A query of the page finds the same on both databases, as it stands.
        """
        assert ANSWERS[query] == asked(kept, QUERIES[query])

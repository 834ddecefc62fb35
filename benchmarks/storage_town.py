"""
What `benchmarks.storage` measures on: a portal, its families, and their rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

from portail_core import Portal, Wish
from portail_core.application.checkout import Checkout
from portail_core.domain.accounts import Email
from portail_core.domain.documents import DocumentState
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    ChildId,
    DocumentCode,
    DocumentId,
    FileKey,
    HouseholdId,
    PeriodCode,
    PreRegistrationId,
    ProviderKey,
)
from portail_core.domain.money import Money
from portail_core.domain.payments import AttemptState, Outcome
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.domain.reglement import Reglement
from portail_core.ports.store import Transaction
from portail_core.reglement_toml import read_reglement
from portail_core.testing import (
    CheapPasswords,
    CountedTokens,
    KeptMail,
    ScriptedPayments,
    StoppedClock,
    builders,
)
from portail_sql import SqlStore

from .storage_drivers import PostgreSQL, SQLite, moment
from .storage_floor import ByHand, Family, Rows
from .storage_rows import MODEL, family, like, without

ROOT = Path(__file__).parent.parent
PERIOD = PeriodCode("mercredis-2025-2026")
FULL_DAY = AmplitudeCode("JOURNEE-REPAS")
POOLS = ("six-ans-et-plus",)
NOW = dt.datetime(2025, 9, 1, 9, 12, 56, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=3)
"""When nobody's place is held any more."""

FIRST_MADE = 10_000_000
"""Above the numbers that requests get from the portal."""

TABLES = (
    "attempts",
    "commands",
    "counters",
    "invoice_lines",
    "invoice_parties",
    "invoices",
    "journal",
    "ledgers",
    "outbox",
    "request_lines",
    "requests",
    "taken_parts",
    "taken_places",
)


def reglement() -> Reglement:
    """
    The example, open every day of the week, with places for a whole town.
    """
    file = ROOT / "docs" / "examples" / "petites-bouilles.toml"
    text = file.read_text(encoding="utf-8")
    week = ("monday", "tuesday", "wednesday", "thursday", "friday")
    for before, after in (
        ('["wednesday"]', str(list(week)).replace("'", '"')),
        ("capacity = 24", "capacity = 100000"),
    ):
        assert before in text, f"the example says {before}"
        text = text.replace(before, after)
    return read_reglement(text)


def rank_of(of: Family) -> int:
    """
    The rank whose ids *of* has.
    """
    return int(of.household.rpartition("-")[2])


@define
class Town:
    """
    A portal, and a connection by hand to the same database.
    """

    database: str
    store: SqlStore
    hand: ByHand
    clock: StoppedClock = field(init=False)
    payment: ScriptedPayments = field(init=False, factory=ScriptedPayments)
    portal: Portal = field(init=False)
    wednesdays: tuple[dt.date, ...] = field(init=False)
    month_days: tuple[dt.date, ...] = field(init=False)
    _made: int = field(init=False, default=0)
    _settled: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        self.clock = StoppedClock(NOW)
        self.portal = Portal.open(
            reglement(),
            storage=self.store,
            mail=KeptMail(),
            payment=self.payment,
            links="https://portail.example.org",
            clock=self.clock,
            tokens=CountedTokens(),
            passwords=CheapPasswords(),
        )
        calendar = self.portal.reglement.period(PERIOD).calendar
        days = tuple(
            day
            for count in range(
                (calendar.last_day - calendar.first_day).days + 1
            )
            if calendar.is_open(
                day := calendar.first_day + dt.timedelta(days=count)
            )
        )
        self.wednesdays = tuple(day for day in days if day.weekday() == 2)
        self.month_days = tuple(
            day for day in days if (day.year, day.month) == (2026, 3)
        )
        assert len(self.wednesdays) == 36, "a school year without holidays"
        self.settle_down(1)

    # Families ---------------------------------------------------------------

    def settle_down(self, count: int) -> Sequence[Family]:
        """
        That many families more, each ready to book for one child.
        """
        ranks = range(self._settled, self._settled + count)
        self._settled += count
        with self.store.transaction() as tx:
            for rank in ranks:
                _settle(tx, family(rank))
        return [family(rank) for rank in ranks]

    def wish(self, of: Family) -> tuple[Wish, Money]:
        """
        What a family wishes, and the price that it saw.
        """
        wish = Wish(
            child=ChildId(of.child),
            period=PERIOD,
            days=dict.fromkeys(self.wednesdays, FULL_DAY),
        )
        desk = self.portal.trusted.family(AccountId(of.account))
        return wish, desk.planning.quote(wish).total

    def place(self, of: Family, wish: Wish, total: Money) -> int:
        """
        Ask for the days that were quoted.
        """
        desk = self.portal.trusted.family(AccountId(of.account))
        return desk.planning.request(
            wish, shown_total=total, command="days"
        ).number

    def check_out(self, of: Family, total: Money) -> Checkout:
        """
        To the provider's page.
        """
        desk = self.portal.trusted.family(AccountId(of.account))
        return desk.basket.check_out(shown_total=total, command="pay")

    def paid(self, checkout: Checkout) -> ProviderKey:
        """
        The provider has the money; its key.
        """
        key = ProviderKey(str(checkout.redirect_url).rpartition("/")[2])
        self.payment.answer(key, Outcome.PAID)
        return key

    def settle(self, key: ProviderKey) -> None:
        """
        The provider says so.
        """
        state = self.portal.payments.settle(key)
        assert state is AttemptState.PAID, state

    # Rows -------------------------------------------------------------------

    def rows(
        self, table: str, column: str, value: Any
    ) -> list[dict[str, Any]]:
        """
        The rows of a table, as the driver has them.
        """
        names = [name for name, *_ in self._columns(table)]
        order = "ORDER BY sequence" if table == "journal" else ""
        found = self.hand.driver.rows(
            f"SELECT {', '.join(names)} FROM {table}"
            f" WHERE {column} = ? {order}",
            value,
        )
        return [dict(zip(names, row, strict=True)) for row in found]

    def _columns(self, table: str) -> Sequence[tuple[Any, ...]]:
        if self.database == "sqlite":
            return self.hand.driver.rows(
                "SELECT name FROM pragma_table_info(?)", table
            )
        return self.hand.driver.rows(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = ?"
            " ORDER BY ordinal_position",
            table,
        )

    def _count(self) -> Mapping[str, int]:
        """
        How many rows each table has.
        """
        return {
            table: self.hand.driver.rows(f"SELECT count(*) FROM {table}")[0][0]
            for table in TABLES
        }

    @contextmanager
    def same_rows(self) -> Iterator[Callable[[], None]]:
        """
        Accept that what happens before and after the call given adds as many
        rows to each table.
        """
        counts = [self._count()]
        yield lambda: counts.append(self._count())
        before, between, after = *counts, self._count()
        by_hand = {t: between[t] - before[t] for t in before}
        by_portal = {t: after[t] - between[t] for t in before}
        assert by_hand == by_portal, (by_hand, by_portal)

    def moment(self, value: dt.datetime) -> Any:
        """
        As the database keeps it.
        """
        return moment(self.database, value)

    def day(self, value: dt.date) -> Any:
        """
        As the database keeps it.
        """
        return value.isoformat() if self.database == "sqlite" else value

    def asked_rows(self, number: int) -> Rows:
        """
        What asking wrote for the model, without the request's number.
        """
        household = family(MODEL).household
        found = {
            "requests": self.rows("requests", "number", number),
            **{
                table: self.rows(table, "request_number", number)
                for table in ("request_lines", "taken_parts", "taken_places")
            },
            "commands": self.rows("commands", "household_id", household),
            "journal": self.rows("journal", "stream", f"request/{number}"),
        }
        return {
            table: [without(row, "number", "request_number") for row in rows]
            for table, rows in found.items()
        }

    def book(
        self,
        asked: Rows,
        bookings: Iterable[tuple[int, Sequence[dt.date]]],
        **lines: Any,
    ) -> None:
        """
        Requests by hand, each of a family, by its rank, for some days.
        """
        day = asked["request_lines"][0]["day"]
        made: dict[str, list[dict[str, Any]]] = {}
        for rank, days in bookings:
            self._made += 1
            number = FIRST_MADE + self._made
            request = like(asked["requests"][0], rank)
            made.setdefault("requests", []).append(
                {"number": number, **request}
            )
            for table in ("request_lines", "taken_parts", "taken_places"):
                rows = [like(r, rank) for r in asked[table] if r["day"] == day]
                made.setdefault(table, []).extend(
                    {
                        **row,
                        **{k: v for k, v in lines.items() if k in row},
                        "request_number": number,
                        "day": self.day(other),
                    }
                    for other in days
                    for row in rows
                )
        self.hand.driver.rows(self.hand.driver.begins)
        for table, rows in made.items():
            self.hand.driver.insert(table, rows)
        self.hand.driver.rows("COMMIT")


def _settle(tx: Transaction, of: Family) -> None:
    account, household = AccountId(of.account), HouseholdId(of.household)
    child = ChildId(of.child)
    adult = builders.adult(account=account)
    tx.put(builders.household(id=household, adults=(adult,)))
    tx.put(
        builders.account(
            id=account,
            household=household,
            email=Email(f"{account}@example.org"),
        )
    )
    tx.put(builders.child(id=child, birth_date=dt.date(2017, 4, 2)))
    tx.put(builders.custody(child=child, household=household))
    before = NOW - dt.timedelta(days=3)
    for kind in ("fiche-sanitaire", "vaccinations", "assurance"):
        name = f"{of.household}-{kind}"
        tx.put(
            builders.document(
                id=DocumentId(name),
                kind=DocumentCode(kind),
                household=household,
                child=child,
                file=FileKey(name),
                submitted_by=account,
                submitted_at=before,
                state=DocumentState.ACCEPTED,
                valid_from=before.date(),
                reviewed_at=before,
            )
        )
    tx.put(
        builders.pre_registration(
            id=PreRegistrationId(of.household),
            household=household,
            child=child,
            accueil=AccueilCode("mercredis"),
            asked_by=account,
            asked_at=before,
            state=PreRegistrationState.ACCEPTED,
            decided_at=before,
        )
    )
    tx.put(builders.acceptance(account=account, at=before))


@contextmanager
def sqlite(folder: Path) -> Iterator[Town]:
    """
    A town in a new file.
    """
    file = folder / "portail.db"
    store = SqlStore.open(f"sqlite:///{file}")
    try:
        yield Town("sqlite", store, ByHand(SQLite.open(str(file))))
    finally:
        store.close()


@contextmanager
def postgresql(_: Path) -> Iterator[Town]:
    """
    A town on a server of its own, which waits for the disk.
    """
    from adapters.sql.tests.postgres import Databases, running

    with running(durable=True) as template:
        databases = Databases(template)
        url = databases.make()
        store = SqlStore.open(url)
        try:
            yield Town("postgresql", store, ByHand(PostgreSQL.open(url)))
        finally:
            store.close()
            databases.close()

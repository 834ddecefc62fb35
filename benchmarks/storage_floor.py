"""
The floor of `benchmarks.storage`: the same rows, by hand.

What somebody would write who has no portal, only this database: plain SQL in
the fewest statements, sent as it stands by sqlite3 or psycopg, in as many
commits, under the same locks and constraints.  The rows are made beforehand:
they cost the floor nothing.  Work on speed leaves this file alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, frozen

from .storage_drivers import Driver, Row

Rows = Mapping[str, Sequence[Row]]
"""By table; without the numbers that only the database gives."""

BATCH = 200
"""Requests released in one commit: a family waits no longer than elsewhere."""


@frozen(kw_only=True)
class Family:
    """
    Who asks, for which child.
    """

    account: str
    household: str
    child: str


@frozen(kw_only=True)
class Payment:
    """
    What the three commits of a payment write, as rows and as values.

    Attributes:
        reference: Of the attempt, which one key names beside the provider's.

        pins: Until when places are kept: first, then once presented.

        presented: Columns of the attempt, and their values.

        paid: By day.

        series: Of the invoice's number, as its counter is called and as it
            is printed.
    """

    request: int
    reference: str
    regie: str
    pins: tuple[Any, Any]
    opened: Rows
    presented: Row
    told_presented: Sequence[Row]
    settled: Rows
    ledger: Row
    paid: Mapping[Any, int]
    series: tuple[str, str]


@define
class ByHand:
    """
    One connection and its statements.
    """

    driver: Driver

    # 36 days ----------------------------------------------------------------

    def place(
        self, family: Family, rows: Rows, pools: Sequence[str], at: Any
    ) -> int:
        """
        Ask for days: judged on what is there, then kept.

        Returns:
            The request's number.
        """
        run, days = self.driver.rows, [r["day"] for r in rows["request_lines"]]
        run(self.driver.begins)
        pairs = sorted((pool, day) for pool in pools for day in days)
        self.driver.lock(
            (_LOCK_PAIRS, tuple(list(c) for c in zip(*pairs, strict=True))),
            (_LOCK_HOUSEHOLD, (family.household,)),
        )
        command = rows["commands"][0]
        run(_COMMAND, family.household, command["command_key"])
        run(_CHILD, family.household, family.child)
        run(_ACCOUNT, family.account)
        run(_HOUSEHOLD, family.household)
        run(_DOCUMENTS, family.household, family.household)
        run(_PRE_REGISTRATIONS, family.household)
        run(_ACCEPTANCES, family.account)
        run(_PAYABLE, family.household, at)
        listed = self.driver.several(days)
        run(f"{_LIVE} {self.driver.among('line.day')}", family.child, listed)
        run(
            f"{_TAKEN} {self.driver.among('pool')} {_COUNTED}",
            min(days),
            max(days),
            at,
            self.driver.several(list(pools)),
        )
        ((number,),) = run(_COUNT_ON, "requests", 1)
        self.driver.insert(
            "requests", [{"number": number, **rows["requests"][0]}]
        )
        for table in ("request_lines", "taken_parts", "taken_places"):
            self.driver.insert(
                table,
                [{"request_number": number, **row} for row in rows[table]],
            )
        self.driver.insert("commands", rows["commands"])
        self._tell(rows["journal"], stream=f"request/{number}")
        run("COMMIT")
        return int(number)

    # A payment --------------------------------------------------------------

    def pay(self, family: Family, of: Payment) -> None:
        """
        To the provider's page, and its answer.
        """
        self.check_out(family, of)
        self.settle(family, of)

    def check_out(self, family: Family, of: Payment) -> None:
        """
        The attempt is kept before the provider hears of it, its page before
        the payer does.
        """
        run = self.driver.rows
        self._begin_paying(family, of)
        run(_ACCOUNT, family.account)
        run(
            _COMMAND, family.household, of.opened["commands"][0]["command_key"]
        )
        run(_LINES, of.request)
        run(_LEDGER, family.household, of.regie)
        run(_ATTEMPTS, family.household, of.regie)
        for table, rows in of.opened.items():
            if table != "journal":
                self.driver.insert(table, rows)
        self._pin(of, of.pins[0])
        self._tell(of.opened["journal"])
        run("COMMIT")

        self._begin_paying(family, of)
        run(_ATTEMPT, of.reference)
        run(_LINES, of.request)
        self._update("attempts", of.presented, "reference", of.reference)
        self._pin(of, of.pins[1])
        self._tell(of.told_presented)
        run("COMMIT")

    def settle(self, family: Family, of: Payment) -> None:
        """
        Bookings, invoice, money and notices in one commit.
        """
        run = self.driver.rows
        self._begin_paying(family, of)
        run(_ATTEMPT, of.reference)
        run(_LINES, of.request)
        run(_LEDGER, family.household, of.regie)
        run(_HOUSEHOLD, family.household)
        counter, printed = of.series
        ((last,),) = run(_COUNT_ON, counter, 1)
        number = f"{printed}-{last:06}"
        run(_PAID, of.reference)
        run(_CONFIRM, of.request)
        amounts = set(of.paid.values())
        if len(amounts) == 1:
            run(_CONFIRM_LINES, *amounts, of.request)
        else:
            self.driver.each(
                _CONFIRM_LINE,
                [(paid, of.request, day) for day, paid in of.paid.items()],
            )
        run(_FOR_GOOD.format("taken_parts"), of.request)
        run(_FOR_GOOD.format("taken_places"), of.request)
        self._update("ledgers", of.ledger, "household_id", family.household)
        for table, rows in of.settled.items():
            if table in _NUMBERED:
                name = _NUMBERED[table]
                self.driver.insert(
                    table, [{name: number, **row} for row in rows]
                )
            elif table != "journal":
                self.driver.insert(table, rows)
        self._tell(of.settled["journal"])
        run("COMMIT")

    def _begin_paying(self, family: Family, of: Payment) -> None:
        self.driver.rows(self.driver.begins)
        self.driver.lock(
            (_LOCK_TAKEN, (of.request,)),
            (_LOCK_HOUSEHOLD, (family.household,)),
        )

    def _pin(self, of: Payment, until: Any) -> None:
        run = self.driver.rows
        run(_PIN, of.reference, until, until, of.request)
        run(_UNTIL.format("taken_parts"), until, of.request)
        run(_UNTIL.format("taken_places"), until, of.request)

    def _update(self, table: str, row: Row, key: str, value: Any) -> None:
        changes = ", ".join(f"{name} = ?" for name in row)
        self.driver.rows(
            f"UPDATE {table} SET {changes}, version = version + 1"
            f" WHERE {key} = ?",
            *row.values(),
            value,
        )

    # Expiry -----------------------------------------------------------------

    def expire(self, at: Any, told: Row) -> int:
        """
        Release what is over, batch by batch.
        """
        run, count = self.driver.rows, 0
        while True:
            run(self.driver.begins)
            stale = run(_STALE, at, BATCH)
            if not stale:
                run("COMMIT")
                return count
            numbers = [number for number, _ in stale]
            self.driver.lock(
                (_LOCK_HOUSEHOLDS, (sorted({who for _, who in stale}),)),
            )
            listed = self.driver.several(numbers)
            for statement, column in _RELEASE:
                run(f"{statement} {self.driver.among(column)}", listed)
            self._tell([{**told, "stream": f"request/{n}"} for n in numbers])
            run("COMMIT")
            count += len(numbers)

    # A month ----------------------------------------------------------------

    def month(
        self,
        family: Family,
        pools: Sequence[str],
        days: Sequence[Any],
        at: Any,
    ) -> int:
        """
        All that a month of the planning is made of, in one snapshot.

        Returns:
            How many rows that is.
        """
        run, found = self.driver.rows, 0
        run("BEGIN")
        found += len(run(_CHILD, family.household, family.child))
        found += len(run(_ACCOUNT, family.account))
        found += len(run(_HOUSEHOLD, family.household))
        found += len(run(_DOCUMENTS, family.household, family.household))
        found += len(run(_PRE_REGISTRATIONS, family.household))
        found += len(run(_ACCEPTANCES, family.account))
        found += len(
            run(
                f"{_LIVE} {self.driver.among('line.day')}",
                family.child,
                self.driver.several(days),
            )
        )
        found += len(
            run(
                f"{_TAKEN} {self.driver.among('pool')} {_COUNTED}",
                min(days),
                max(days),
                at,
                self.driver.several(list(pools)),
            )
        )
        run("COMMIT")
        return found

    def _tell(self, rows: Sequence[Row], **same: Any) -> None:
        ((last,),) = self.driver.rows(_COUNT_ON, "journal", len(rows))
        self.driver.insert(
            "journal",
            [
                {**row, **same, "sequence": sequence}
                for sequence, row in enumerate(rows, last - len(rows) + 1)
            ],
        )


_NUMBERED = {
    "invoices": "number",
    "invoice_lines": "invoice_number",
    "invoice_parties": "invoice_number",
}
_LOCK_PAIRS = (
    "SELECT 1 FROM pool_days JOIN unnest(?::text[], ?::date[])"
    " AS wanted(pool, day) USING (pool, day)"
    " ORDER BY pool, day FOR NO KEY UPDATE OF pool_days"
)
_LOCK_TAKEN = (
    "SELECT 1 FROM pool_days WHERE (pool, day) IN (SELECT pool, day"
    " FROM taken_places WHERE request_number = ?)"
    " ORDER BY pool, day FOR NO KEY UPDATE"
)
_LOCK_HOUSEHOLD = "SELECT 1 FROM households WHERE id = ? FOR NO KEY UPDATE"
_LOCK_HOUSEHOLDS = (
    "SELECT 1 FROM households WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE"
)

_COMMAND = "SELECT * FROM commands WHERE household_id = ? AND command_key = ?"
_CHILD = (
    "SELECT * FROM children JOIN custodies ON child_id = id"
    " WHERE household_id = ? AND child_id = ?"
)
_ACCOUNT = "SELECT * FROM accounts WHERE id = ?"
_HOUSEHOLD = (
    "SELECT * FROM households JOIN household_adults ON household_id = id"
    " WHERE id = ?"
)
_DOCUMENTS = (
    "SELECT * FROM documents WHERE household_id = ? AND child_id IS NULL"
    " OR child_id IN (SELECT child_id FROM custodies WHERE household_id = ?)"
)
_PRE_REGISTRATIONS = (
    "SELECT * FROM pre_registrations WHERE child_id IN"
    " (SELECT child_id FROM custodies WHERE household_id = ?)"
)
_ACCEPTANCES = "SELECT * FROM acceptances WHERE account_id = ?"
_WITH_LINES = (
    "SELECT * FROM requests JOIN request_lines AS line"
    " ON request_number = number WHERE"
)
_PAYABLE = (
    f"{_WITH_LINES} household_id = ? AND taken_until > ? AND state = 'held'"
)
_LIVE = (
    f"{_WITH_LINES} line.child_id = ? AND state IN ('held', 'confirmed') AND"
)
_LINES = f"{_WITH_LINES} number = ?"
_TAKEN = (
    "SELECT pool, day, part, count(*) FROM taken_places WHERE day BETWEEN ?"
    " AND ? AND (taken_until IS NULL OR taken_until > ?) AND"
)
_COUNTED = "GROUP BY pool, day, part"
_COUNT_ON = (
    "INSERT INTO counters (series, value) VALUES (?, ?) ON CONFLICT (series)"
    " DO UPDATE SET value = counters.value + excluded.value RETURNING value"
)
_LEDGER = "SELECT * FROM ledgers WHERE household_id = ? AND regie = ?"
_ATTEMPTS = "SELECT * FROM attempts WHERE household_id = ? AND regie = ?"
_ATTEMPT = "SELECT * FROM attempts WHERE reference = ?"
_PIN = (
    "UPDATE requests SET pinned_by = ?, pinned_until = ?, taken_until = ?,"
    " version = version + 1 WHERE number = ?"
)
_UNTIL = "UPDATE {} SET taken_until = ? WHERE request_number = ?"
_FOR_GOOD = "UPDATE {} SET taken_until = NULL WHERE request_number = ?"
_PAID = (
    "UPDATE attempts SET state = 'paid', version = version + 1"
    " WHERE reference = ?"
)
_CONFIRM = (
    "UPDATE requests SET pinned_by = NULL, pinned_until = NULL,"
    " taken_until = held_until, version = version + 1 WHERE number = ?"
)
_CONFIRM_LINES = (
    "UPDATE request_lines SET state = 'confirmed', paid_cents = ?"
    " WHERE request_number = ?"
)
_CONFIRM_LINE = f"{_CONFIRM_LINES} AND day = ?"
_STALE = (
    "SELECT number, household_id FROM requests WHERE taken_until <= ?"
    " AND number IN (SELECT request_number FROM request_lines"
    " WHERE state = 'held') ORDER BY number LIMIT ?"
)
_RELEASE = (
    (
        (
            "UPDATE requests SET pinned_by = NULL, pinned_until = NULL,"
            " taken_until = held_until, version = version + 1 WHERE"
        ),
        "number",
    ),
    ("UPDATE request_lines SET state = 'expired' WHERE", "request_number"),
    ("DELETE FROM taken_parts WHERE", "request_number"),
    ("DELETE FROM taken_places WHERE", "request_number"),
)

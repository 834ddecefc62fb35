"""
The rows of one family, as those of another: what the floor writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from .storage_drivers import Row
from .storage_floor import Family, Payment

if TYPE_CHECKING:
    from .storage_town import Town

MODEL = 0
"""The family whose rows the floor copies."""


def family(rank: int) -> Family:
    """
    The ids of one family, all as long as another's.
    """
    name = f"famille-{rank:06}"
    return Family(account=f"{name}-a", household=name, child=f"{name}-e")


def like(
    row: Row, rank: int, *others: tuple[str, str], model: int = MODEL
) -> dict[str, Any]:
    """
    A row of the model, as that of the family of this *rank*.

    Numbers within wire texts stay the model's: nobody reads them.
    """
    swaps = ((f"famille-{model:06}", f"famille-{rank:06}"), *others)
    found = dict(row)
    for name, value in row.items():
        if isinstance(value, str):
            for before, after in swaps:
                found[name] = found[name].replace(before, after)
    return found


def without(row: Row, *names: str) -> dict[str, Any]:
    """
    A row but for these columns.
    """
    return {name: row[name] for name in row if name not in names}


def payment_rows(
    town: Town, model: int, number: int
) -> Callable[[int, int], Payment]:
    """
    What paying its request *number* wrote for a family, by its rank: as
    another's, by its rank and the number of its request.
    """
    whose = family(model).household
    (attempt,) = town.rows("attempts", "household_id", whose)
    (ledger,) = town.rows("ledgers", "household_id", whose)
    (invoice,) = town.rows("invoices", "household_id", whose)
    own = {
        table: town.rows(table, "invoice_number", invoice["number"])
        for table in ("invoice_lines", "invoice_parties")
    }
    reference = attempt["reference"]
    told = [
        entry
        for stream in (
            f"request/{number}",
            f"attempt/{reference}",
            f"ledger/{whose}/{ledger['regie']}",
        )
        for entry in town.rows("journal", "stream", stream)
    ]
    told.sort(key=itemgetter("sequence"))
    tellings = _by_commit([without(row, "sequence") for row in told])
    series = town.portal.reglement.regies[0].series
    commands = [
        row
        for row in town.rows("commands", "household_id", whose)
        if row["command_key"].startswith("check_out/")
    ]
    notices = [
        without(row, "id")
        for key in (f"payment-confirmed/{reference}", f"recap/{reference}")
        for row in town.rows("outbox", "key", key)
    ]
    lines = town.rows("request_lines", "request_number", number)

    def payment(rank: int, request: int) -> Payment:
        mine = f"F{rank:0{len(reference) - 1}}"

        def own_of(rows: Sequence[Row]) -> list[Row]:
            swap = (reference, mine)
            return [like(row, rank, swap, model=model) for row in rows]

        opened = {
            **attempt,
            "state": "created",
            "provider_key": None,
            "redirect_url": None,
            "version": 1,
        }
        nothing = dict.fromkeys(("received_cents", "invoiced_cents"), 0)
        return Payment(
            request=request,
            reference=mine,
            regie=ledger["regie"],
            pins=(
                town.moment(town.clock.moment + dt.timedelta(minutes=15)),
                attempt["open_until"],
            ),
            opened={
                "attempts": own_of([opened]),
                "ledgers": own_of([{**ledger, **nothing, "version": 1}]),
                "commands": own_of(commands),
                "journal": own_of(tellings[0]),
            },
            presented={
                "state": "presented",
                "provider_key": f"{mine}-key",
                "redirect_url": attempt["redirect_url"],
                "open_until": attempt["open_until"],
            },
            told_presented=own_of(tellings[1]),
            settled={
                "invoices": own_of([without(invoice, "number")]),
                **{
                    table: own_of(
                        [without(row, "invoice_number") for row in rows]
                    )
                    for table, rows in own.items()
                },
                "outbox": own_of(notices),
                "journal": own_of(tellings[2]),
            },
            ledger={
                "received_cents": ledger["received_cents"],
                "invoiced_cents": ledger["invoiced_cents"],
            },
            paid={line["day"]: line["paid_cents"] for line in lines},
            series=(
                f"invoice/{series}/{town.clock.moment.year}",
                f"{series}-{town.clock.moment.year}",
            ),
        )

    return payment


def _by_commit(told: Sequence[Row]) -> Sequence[Sequence[Row]]:
    """
    What was told when the attempt was opened, presented and paid.
    """
    first = next(
        at for at, row in enumerate(told) if "AttemptPresented" in row["event"]
    )
    paid = next(
        at for at, row in enumerate(told) if "AttemptPaid" in row["event"]
    )
    held = next(
        at for at, row in enumerate(told) if "RequestHeld" in row["event"]
    )
    return told[held + 1 : first], told[first:paid], told[paid:]

"""
What a quote that explains itself costs, beside a loop written by hand.

    python -m benchmarks.quotes [--runs N]

Two children, 36 Wednesdays, brackets of quotient, a rebate for the second
child.  The loop knows all that by heart, and returns the same lines, equal to
the last explanation; then families in bulk.  Nothing is asserted of time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.ids import ChildId, PrestationCode
from portail_core.domain.money import Money, UnitPrice
from portail_core.domain.quotes import (
    Adjusted,
    PricedLine,
    Visit,
    Visits,
    Why,
    price,
)
from portail_core.domain.quotient_familial import Received
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import Nature, fixed_prices
from portail_core.reglement_toml import read_reglement

ROOT = Path(__file__).parent.parent

REBATE = """
[[tariffs.adjustments]]
label = "-20 % à partir du deuxième enfant"
when = { rank = { at_least = 2 } }
prestations = ["journee"]
factor = "0.80"
"""
SIBLINGS = '[siblings]\ncounted = "present"\n'
WEDNESDAYS = tuple(
    dt.date(2025, 9, 3) + dt.timedelta(weeks=week) for week in range(36)
)
BOOKED_ON = dt.date(2025, 8, 20)
ELDEST, YOUNGEST = ChildId("lou"), ChildId("noa")


def reglement() -> Reglement:
    """
    The example, with a rebate for the second child.
    """
    file = ROOT / "docs" / "examples" / "petites-bouilles.toml"
    text = file.read_text(encoding="utf-8")
    return read_reglement(
        text.replace("[operator]", f"{SIBLINGS}\n[operator]") + REBATE
    )


def family(of: Reglement, quotient: int) -> Callable[[], object]:
    """
    A quote of two children, by the engine.
    """
    amplitude = of.find_amplitude(of.accueils[0].amplitudes[0])
    assert amplitude is not None, "it offers one"
    days = tuple(Visit(day=day, amplitude=amplitude) for day in WEDNESDAYS)
    children = tuple(
        Visits(
            child=child,
            period=of.periods[0],
            days=days,
            birth_date=dt.date(year, 3, 2),
        )
        for child, year in ((ELDEST, 2017), (YOUNGEST, 2019))
    )
    household = HouseholdFacts(
        quotients=(
            Received(
                Decimal(quotient), dt.date(2025, 8, 1), dt.date(2025, 8, 4)
            ),
        )
    )
    return lambda: price(
        children, household=household, reglement=of, booked_on=BOOKED_ON
    )


CENT = Decimal("0.01")


def by_hand(of: Reglement, quotient: int) -> Callable[[], object]:
    """
    The same by a loop that knows the règlement by heart.
    """
    (decision,) = of.tariffs_of(of.periods[0]).decisions
    source = decision.source
    table = [
        (
            bracket.bounds.up_to,
            bracket.label,
            fixed_prices(bracket.prices),
        )
        for bracket in decision.value.grid.brackets
    ]
    billed = (
        (PrestationCode("journee"), "Journée", Nature.CARE),
        (PrestationCode("repas"), "Repas", Nature.MEAL),
    )
    one = Decimal(1)

    def loop() -> tuple[PricedLine, ...]:
        lines = []
        for child, rank in ((ELDEST, 1), (YOUNGEST, 2)):
            for day in WEDNESDAYS:
                at, (_, label, prices) = next(
                    (at, row)
                    for at, row in enumerate(table)
                    if row[0] is None or quotient < row[0]
                )
                for code, designation, nature in billed:
                    euros = prices[code]
                    adjusted: tuple[Adjusted, ...] = ()
                    if rank > 1 and code == "journee":
                        euros *= Decimal("0.80")
                        adjusted = (
                            Adjusted(
                                path="tariffs[0].adjustments[0]",
                                label="-20 % à partir du deuxième enfant",
                                unit_price=UnitPrice(euros),
                            ),
                        )
                    amount = euros.quantize(CENT, rounding=ROUND_HALF_UP)
                    lines.append(
                        PricedLine(
                            child=child,
                            day=day,
                            prestation=code,
                            designation=designation,
                            nature=nature,
                            quantity=one,
                            unit_price=UnitPrice(euros),
                            amount=Money(int(amount * 100)),
                            why=Why(
                                rule="tariff.bracket",
                                path=f"tariffs[0].brackets[{at}]",
                                label=label,
                                source=source,
                                adjusted=adjusted,
                            ),
                        )
                    )
        return tuple(lines)

    return loop


def median(run: Callable[[], object], times: int) -> float:
    """
    Seconds, the median of *times*.
    """
    found = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def main() -> None:
    """
    Print the table.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    of = reglement()
    engine, loop = family(of, 650), by_hand(of, 650)
    assert engine() == loop(), "the same lines, to the last explanation"
    each, hand = median(engine, runs), median(loop, runs)
    print("36 Wednesdays × 2 children, 144 explained lines, median")
    print(f"  by hand     {hand * 1e3:8.2f} ms")
    print(f"  the engine  {each * 1e3:8.2f} ms   × {each / hand:.2f}")
    print("families in bulk, one quote each")
    for count in (1_000, 3_000, 10_000):
        spent = 0.0
        for quotient in range(count):
            quote = family(of, quotient % 2_500)
            began = time.perf_counter()
            quote()
            spent += time.perf_counter() - began
        print(
            f"  {count:6}  {spent:8.2f} s   {spent / count * 1e3:.2f} ms each"
        )


if __name__ == "__main__":
    main()

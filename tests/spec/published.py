"""
Reading tests/data/published_prices.toml: what published règlements ask.
"""

import datetime as dt
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from portail_core.reglement_toml import load_reglement
from tests.spec.tariffs import ask, family, visit

DATA = Path(__file__).parents[1] / "data"
PRICES = tomllib.loads(
    (DATA / "published_prices.toml").read_text(encoding="utf-8")
)
IDS = sorted(file.stem for file in (DATA / "reglements").glob("*.toml"))
HOUSEHOLD = {"quotient", "residency", "scheme", "income", "dependants"}
VISIT = {"booked", "rank", "siblings", "age", "arrives", "leaves"}


@cache
def reglement(name):
    return load_reglement(DATA / "reglements" / f"{name}.toml")


def lines(name, case):
    """
    What the days of *case* cost, line by line.
    """
    of = reglement(name)
    first = case.get("day", PRICES["days"][name])
    days = [
        first + dt.timedelta(days=rank) for rank in range(case.get("count", 1))
    ]
    told = {key: case[key] for key in VISIT & case.keys()}
    return ask(
        of,
        *(visit(of, day, case["amplitude"], **told) for day in days),
        household=family(
            named=case.get("named", {}),
            **{key: case[key] for key in HOUSEHOLD & case.keys()},
        ),
        amounts={
            code: Decimal(amount)
            for code, amount in case.get("amounts", {}).items()
        },
        cost=case.get("cost"),
    )

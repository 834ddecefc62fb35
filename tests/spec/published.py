"""
Reading tests/data/published_grids.toml: grids as communes printed them.
"""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import eur
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Grid,
    WithoutQuotient,
)

DATA = Path(__file__).parents[1] / "data" / "published_grids.toml"
GRIDS: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))[
    "grids"
]


def brackets(printed: dict[str, Any]) -> tuple[Bracket, ...]:
    return tuple(
        Bracket(
            label=row["label"],
            above=Decimal(row.get("from", row.get("above"))),
            above_included="from" in row,
            up_to=Decimal(end)
            if (end := row.get("to", row.get("below")))
            else None,
            up_to_included="to" in row,
            prices={
                PrestationCode(code): eur(price)
                for code, price in row["prices"].items()
            },
        )
        for row in printed["brackets"]
    )


def grid(printed: dict[str, Any], between: Between | None) -> Grid:
    return Grid(
        brackets=brackets(printed),
        between=between,
        without_quotient=WithoutQuotient.LAST_BRACKET,
    )


def as_voted(printed: dict[str, Any]) -> Grid:
    """
    With what the règlement says of quotients that the print leaves open.
    """
    policy = printed.get("between")
    return grid(printed, Between(policy) if policy else None)

"""
What a field holds, and who may fill it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = str | int | dt.date | Enum | None
"""What a field holds; `None` is empty."""

Values: TypeAlias = Mapping[str, Value]
"""What the fields of a form hold, by their keys."""


class FieldUse(Enum):
    """
    What an operator makes of a field.
    """

    HIDDEN = "hidden"  # not in its forms at all
    SHOWN = "shown"  # the service fills it in, the family reads it
    EDITABLE = "editable"
    MANDATORY = "mandatory"  # with an asterisk

    @property
    def is_open(self) -> bool:
        """
        Whether the family may fill it in.
        """
        return self in {FieldUse.EDITABLE, FieldUse.MANDATORY}


def written(value: Value) -> str | None:
    """
    A value as a form holds it, which `filled` reads back; `None` if empty.

    >>> written(dt.date(2019, 3, 2))
    '2019-03-02'
    """
    if value is None:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)

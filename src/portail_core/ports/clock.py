"""
What time it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """
    Asked once by each use case, which stamps everything it does with it.
    """

    def now(self) -> dt.datetime:
        """
        The present moment, in UTC.
        """
        ...

"""
The port's exceptions, for those of the tools below.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from attrs import frozen
from sqlalchemy import exc

from portail_core.ports.store import StorageBusy, StorageFailed

if TYPE_CHECKING:
    from ._connection import Database


@frozen
class translated:  # noqa: N801 - a block, as a function would make it, in less time
    """
    The port's exceptions, for those of the tools below.
    """

    database: Database

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        _: type[BaseException] | None,
        error: BaseException | None,
        __: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            self._raise(error)

    def _raise(self, error: Exception) -> None:
        if isinstance(error, exc.TimeoutError):
            msg = "every connection is in use"
            raise StorageBusy(msg) from error
        told: BaseException = error
        if isinstance(error, exc.DBAPIError):
            told = error.orig or error
        if isinstance(error, (*self.database.errors, exc.DBAPIError)):
            raise self.database.meant(told) from self.database.cause(told)
        if isinstance(error, exc.SQLAlchemyError):
            raise StorageFailed(str(error)) from error
        if isinstance(error, (TypeError, ValueError, OverflowError)):
            msg = (
                "the database cannot hold this, or holds no such thing: "
                f"{error}"
            )
            raise StorageFailed(msg) from error

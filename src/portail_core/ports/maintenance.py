"""
What is done to a storage as a whole, while its tables may be of another
version.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from attrs import frozen


class NotEmpty(Exception):
    """
    Something is kept where a backup should be restored; nothing was written.
    """


class NotABackup(Exception):
    """
    The file is none of ours, is damaged, or is of a later version; nothing
    was written.
    """


@frozen(kw_only=True)
class Upgraded:
    """
    What an upgrade did.

    Attributes:
        before: The version of the tables; `None` if there were none.

        after: The same, if there was nothing to do.
    """

    before: str | None
    after: str


class Maintenance(Protocol):
    """
    A storage as its operator sees it.

    Each raises `StorageBusy` if others keep the storage for too long,
    `StorageFailed` if it is broken, in a sentence without any secret of the
    URL.
    """

    def upgrade(self) -> Upgraded:
        """
        Bring the tables to the version that this adapter reads and writes,
        in one commit; again changes nothing.

        Raises:
            StorageFailed: If they are of a later version.
        """
        ...

    def backup(self, file: Path) -> None:
        """
        Write everything that is kept at one moment to *file*, whole or not at
        all, while others go on writing.

        Raises:
            FileExistsError: If there is such a file: it is left as it is.
            OSError: If it cannot be written.
        """
        ...

    def restore(self, file: Path) -> None:
        """
        Keep what *file* holds, in one commit, in the tables of this version.

        Raises:
            NotEmpty: If anything is kept already.
            NotABackup: If *file* is no backup that this adapter reads.
            OSError: If it cannot be read.
        """
        ...

    def close(self) -> None:
        """
        Let go of files and connections.
        """
        ...

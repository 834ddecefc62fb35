"""
The contents of documents: kept once under a key of ours, read, deleted.
"""

from __future__ import annotations

from typing import Protocol

from portail_core.domain.ids import FileKey


class FilesFailed(Exception):
    """
    The files cannot be reached, or not as they were kept; trying again may
    help, and an administrator should look.
    """


class FileMissing(Exception):
    """
    Nothing is kept under this key.
    """


class Files(Protocol):
    """
    Where contents are kept.

    A key is 1 to 64 letters without accents, digits, hyphens and
    underscores; no other is ever kept, whatever it looks like.
    """

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Keep *content* for good before this returns, whole or not at all.

        Raises:
            FilesFailed: Nothing was kept; also if something is kept under
                *key* already, which stays as it was.
        """
        ...

    def read(self, key: FileKey) -> bytes:
        """
        What is kept under *key*.

        Raises:
            FileMissing: If nothing is.
            FilesFailed: If it cannot be read.
        """
        ...

    def delete(self, key: FileKey) -> None:
        """
        Keep nothing under *key* any more; again changes nothing.

        Raises:
            FilesFailed: If it may still be there.
        """
        ...

"""
Places for files that break one promise each; `KeptFiles` and `LocalFiles`
keep them all.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from threading import Event

from portail_core.domain.ids import FileKey
from portail_core.local_files import LocalFiles
from portail_core.ports.files import FileMissing, FilesFailed

from ._base import Faults


class WritesOver(LocalFiles):
    """
    Breaks: what is there is never written over.
    """

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Whatever is there.
        """
        self.delete(key)
        super().keep(key, content)


class KeepsLines(LocalFiles):
    """
    Breaks: a content comes back to the byte.
    """

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        As text has it.
        """
        super().keep(key, content.replace(b"\r\n", b"\n"))


class KeepsAMegabyte(LocalFiles):
    """
    Breaks: a content comes back whole.
    """

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Its beginning.
        """
        super().keep(key, content[: 2**20])


class ReadsOnce(LocalFiles):
    """
    Breaks: a content is read as often as one likes.
    """

    def read(self, key: FileKey) -> bytes:
        """
        And gone.
        """
        content = super().read(key)
        self.delete(key)
        return content


class DeletesAll(LocalFiles):
    """
    Breaks: each key has its own content.
    """

    def delete(self, key: FileKey) -> None:
        """
        And the others.
        """
        super().delete(key)
        for other in self.folder.glob("*"):
            other.unlink()

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


class DeletesNothing(LocalFiles):
    """
    Breaks: what was deleted is missing.
    """

    def delete(self, key: FileKey) -> None:
        """
        Later, perhaps.
        """


class FailsToDeleteAgain(LocalFiles):
    """
    Breaks: deleting again changes nothing.
    """

    def delete(self, key: FileKey) -> None:
        """
        Once.
        """
        try:
            self.read(key)
        except FileMissing:
            raise FilesFailed(key) from None
        super().delete(key)


class MissesNothing(LocalFiles):
    """
    Breaks: what was never kept is missing.
    """

    def read(self, key: FileKey) -> bytes:
        """
        Nothing, if need be.
        """
        with contextlib.suppress(FileMissing):
            return super().read(key)
        return b""


class TakesAnyKey:
    """
    Breaks: what is no key keeps nothing, opens nothing, deletes nothing.
    """

    def __init__(self, place: Path) -> None:
        del place
        self._contents: dict[str, bytes] = {}

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Under any name.
        """
        if key in self._contents:
            raise FilesFailed(key)
        self._contents[key] = content

    def read(self, key: FileKey) -> bytes:
        """
        Under any name.
        """
        if key not in self._contents:
            raise FileMissing(key)
        return self._contents[key]

    def delete(self, key: FileKey) -> None:
        """
        Under any name.
        """
        self._contents.pop(key, None)


class LooksBeforeItKeeps(TakesAnyKey):
    """
    Breaks: of several that keep a content under one key at once, one does.
    """

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Looks, waits a little, and keeps.
        """
        free = key not in self._contents
        Event().wait(0.01)
        if not free:
            raise FilesFailed(key)
        self._contents[key] = content


FILES: Faults = {
    WritesOver: ("test_kept_once",),
    KeepsLines: ("test_round_trip",),
    KeepsAMegabyte: ("test_round_trip",),
    ReadsOnce: ("test_round_trip",),
    DeletesAll: ("test_apart",),
    DeletesNothing: ("test_deleted", "test_kept_again"),
    FailsToDeleteAgain: ("test_deleted",),
    MissesNothing: ("test_missing", "test_deleted"),
    TakesAnyKey: ("test_hostile_key", "test_reopened"),
    LooksBeforeItKeeps: ("test_at_once",),
}
"""Broken places for files, and the checks of `FilesContract` that see it."""

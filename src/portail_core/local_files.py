"""
Contents of documents in a folder of the machine: what a portal uses unless
told otherwise.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from .domain.ids import FileKey
from .ports.files import FileMissing, FilesFailed

SCHEME = "directory"

# No dot and no slash: a key is never a path, nor the name of a file in the
# making.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class LocalFiles:
    """
    A file for each content, for the portal's own user alone.

    Args:
        folder: Made when the first content is kept.
    """

    def __init__(self, folder: Path | str) -> None:
        self._folder = Path(folder)

    @classmethod
    def open(cls, url: str) -> LocalFiles:
        """
        « directory:documents »: a folder, relative to the current one.

        Raises:
            ValueError: If no folder is named.
        """
        folder = url.partition(":")[2]
        if not folder:
            msg = f"{url!r} names no folder: write « {SCHEME}:documents »"
            raise ValueError(msg)
        return cls(folder)

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Written beside, put on the disk, then given its name at once.
        """
        path = self._path(key)
        if path is None:
            msg = "the key of a content is no key of ours"
            raise FilesFailed(msg)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=".new-") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                # Unlike a rename, a link never takes the place of another.
                os.link(file.name, path)
            self._settle()
        except OSError as error:
            raise FilesFailed(_said("keep", error)) from error

    def read(self, key: FileKey) -> bytes:
        """
        The whole of it.
        """
        path = self._path(key)
        if path is None:
            raise FileMissing
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise FileMissing from None
        except OSError as error:
            raise FilesFailed(_said("read", error)) from error

    def delete(self, key: FileKey) -> None:
        """
        Nothing to do if it is not there.
        """
        path = self._path(key)
        if path is None:
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise FilesFailed(_said("delete", error)) from error

    def _path(self, key: FileKey) -> Path | None:
        return self._folder / key if _KEY.fullmatch(key) else None

    def _settle(self) -> None:
        # The name of a file is on the disk once its folder is.
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _said(what: str, error: OSError) -> str:
    return f"cannot {what} a document: {error.strerror}"

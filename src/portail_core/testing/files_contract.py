"""
What every place for the contents of documents must do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import pytest

from portail_core.domain.ids import FileKey
from portail_core.ports.files import FileMissing, Files, FilesFailed

from ._kit import Capability, Kit, Maker, needs

KEY = FileKey("0123456789abcdef0123456789abcdef")
OTHER = FileKey("fedcba9876543210fedcba9876543210")

CONTENTS = {
    "empty": b"",
    "every byte": bytes(range(256)),
    "ends of lines": b"\r\n\n\r\x00\x1a",
    "big": b"0123456789" * 1_000_000,
}

HOSTILE_KEYS = {
    "empty": "",
    "here": ".",
    "upwards": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "deeper": "a/b",
    "backwards": "a\\b",
    "null": "a\x00b",
    "newline": "a\n",
    "hidden": ".new-1",
    "dot": "a.pdf",
    "accents": "é" * 32,
    "digits of elsewhere": "\u0660" * 32,
    "long": "0" * 65,
    "endless": "0" * 5_000,
}


@pytest.fixture(name="files")
def _made_files(self: FilesContract, place: Path) -> Files:
    return self.make_files(place)


class FilesContract(Kit):
    """
    The checks, in three lines.

        class TestMyFiles(FilesContract):
            make_files = staticmethod(make_files)

    `make_files(place)` opens what is kept in the folder *place*, empty at
    first.  A fixture `files`, empty and ready, does as well.
    """

    make_files: ClassVar[Maker[Files]]
    _maker: ClassVar[str] = "make_files"
    _made: ClassVar[Mapping[str, Any]] = {"files": _made_files}

    @pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
    def test_round_trip(self, files: Files, content: bytes) -> None:
        """
        What was kept is read, to the byte, as often as one likes.
        """
        files.keep(KEY, content)

        assert content == files.read(KEY)
        assert content == files.read(KEY)

    def test_apart(self, files: Files) -> None:
        """
        Each key has its own content.
        """
        files.keep(KEY, b"one")
        files.keep(OTHER, b"two")
        files.delete(KEY)

        assert b"two" == files.read(OTHER)

    def test_kept_once(self, files: Files) -> None:
        """
        What is there is never written over.
        """
        files.keep(KEY, b"first")

        with pytest.raises(FilesFailed):
            files.keep(KEY, b"second")

        assert b"first" == files.read(KEY)

    def test_missing(self, files: Files) -> None:
        """
        What was never kept is missing.
        """
        files.keep(KEY, b"one")

        with pytest.raises(FileMissing):
            files.read(OTHER)

    def test_deleted(self, files: Files) -> None:
        """
        What was deleted is missing; deleting it again changes nothing.
        """
        files.keep(KEY, b"one")
        files.delete(KEY)
        files.delete(KEY)
        files.delete(OTHER)

        with pytest.raises(FileMissing):
            files.read(KEY)

    def test_kept_again(self, files: Files) -> None:
        """
        A key whose content was deleted is free.
        """
        files.keep(KEY, b"one")
        files.delete(KEY)
        files.keep(KEY, b"two")

        assert b"two" == files.read(KEY)

    @needs(Capability.REOPENS)
    def test_reopened(self, place: Path) -> None:
        """
        What was kept is there for who opens the place again, and what was
        deleted is not.
        """
        files = self.make_files(place)
        files.keep(KEY, b"one")
        files.keep(OTHER, b"two")
        files.delete(OTHER)

        again = self.make_files(place)

        assert b"one" == again.read(KEY)
        with pytest.raises(FileMissing):
            again.read(OTHER)

    @needs(Capability.THREADS)
    def test_at_once(self, files: Files) -> None:
        """
        Of eight that keep a content under one key at the same time, one does,
        and its content is whole.
        """
        contents = [bytes([number]) * 100_000 for number in range(8)]

        def keep(content: bytes) -> bytes | None:
            with contextlib.suppress(FilesFailed):
                files.keep(KEY, content)
                return content
            return None

        with ThreadPoolExecutor(max_workers=8) as pool:
            kept = [c for c in pool.map(keep, contents) if c is not None]

        assert kept == [files.read(KEY)]

    @needs(Capability.THREADS)
    def test_side_by_side(self, files: Files) -> None:
        """
        Eight that keep theirs at the same time all do.
        """
        keys = [FileKey(f"{number:032x}") for number in range(8)]

        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(lambda key: files.keep(key, key.encode()), keys))

        assert keys == [files.read(key).decode() for key in keys]

    @pytest.mark.parametrize("key", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS)
    def test_hostile_key(self, files: Files, key: str) -> None:
        """
        What is no key keeps nothing, opens nothing and deletes nothing.
        """
        with pytest.raises(FilesFailed):
            files.keep(FileKey(key), b"x")
        with pytest.raises(FileMissing):
            files.read(FileKey(key))
        files.delete(FileKey(key))

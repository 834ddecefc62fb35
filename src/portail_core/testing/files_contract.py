"""
What every place for the contents of documents must do.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from portail_core.domain.ids import FileKey
from portail_core.ports.files import FileMissing, Files, FilesFailed

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


class FilesContract:
    """
    The checks; an author gives a fixture `files`, empty and ready.

        class TestMyFiles(FilesContract):
            @pytest.fixture
            def files(self, tmp_path):
                return MyFiles(tmp_path)
    """

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

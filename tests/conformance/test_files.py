"""
The fake and the folder keep the contract of files.
"""

import pytest

from portail_core.domain.ids import FileKey
from portail_core.local_files import LocalFiles
from portail_core.ports.files import FilesFailed
from portail_core.testing import FilesContract, KeptFiles
from portail_core.testing.files_contract import KEY


class TestKeptFiles(FilesContract):
    @pytest.fixture(name="files")
    def _files(self):
        """
        As an author may who has no place.
        """
        return KeptFiles()


def make_files(place):
    return LocalFiles(place / "new" / "documents")


class TestLocalFiles(FilesContract):
    make_files = staticmethod(make_files)

    def test_only_its_owner(self, tmp_path):
        """
        Folder and file are their owner's alone, and nothing else is there.
        """
        folder = tmp_path / "documents"

        LocalFiles(folder).keep(KEY, b"one")

        assert [folder / KEY] == list(folder.iterdir())
        assert 0o700 == folder.stat().st_mode & 0o777
        assert 0o600 == (folder / KEY).stat().st_mode & 0o777

    def test_nothing_made_before(self, tmp_path):
        """
        The folder is made when the first content is kept.
        """
        files = LocalFiles(tmp_path / "documents")

        files.delete(KEY)

        assert [] == list(tmp_path.iterdir())

    def test_half_written(self, tmp_path):
        """
        A content that could not be named leaves nothing behind.
        """
        files = LocalFiles(tmp_path)
        files.keep(KEY, b"one")

        with pytest.raises(FilesFailed):
            files.keep(KEY, b"two")

        assert [tmp_path / KEY] == list(tmp_path.iterdir())

    def test_url(self, tmp_path, monkeypatch):
        """
        A folder is named after the colon; none is an error that says so.
        """
        monkeypatch.chdir(tmp_path)

        LocalFiles.open("directory:a/b").keep(KEY, b"one")

        assert (tmp_path / "a" / "b" / KEY).is_file()
        with pytest.raises(ValueError, match="write « directory:documents »"):
            LocalFiles.open("directory:")

    def test_out_of_order(self, tmp_path):
        """
        What the system refuses is told in the port's own words, without the
        path.
        """
        (tmp_path / "file").write_bytes(b"")
        under_a_file = LocalFiles(tmp_path / "file")
        over_a_folder = LocalFiles(tmp_path)
        (tmp_path / "folder").mkdir()
        folder = FileKey("folder")

        for failing in (
            lambda: under_a_file.keep(KEY, b"one"),
            lambda: over_a_folder.read(folder),
            lambda: over_a_folder.delete(folder),
        ):
            with pytest.raises(FilesFailed) as told:
                failing()
            assert str(tmp_path) not in str(told.value)

"""
Letters kept in a folder, one file each: for a demo, a test, or a courier.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from attrs import field, frozen

from portail_core.ports.mail import Envelope, Letter, MailDelayed

from ._message import compose, digest


def _absolute(path: Path | str) -> Path:
    return Path(path).absolute()


@frozen
class MaildirMailer:
    """
    Puts letters into a Maildir, made if it is missing.

    A letter is there whole or not at all, and on the disk when `send` returns.
    Sent again, it replaces itself; once read (moved to `cur`), it stays as it
    is.  Folders and files are for this user alone: letters hold links.

    Attributes:
        path: Made absolute at once.
    """

    path: Path = field(converter=_absolute)

    def __attrs_post_init__(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in ("tmp", "new", "cur"):
            (self.path / folder).mkdir(mode=0o700, exist_ok=True)

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        Keep one letter.

        Raises:
            MailDelayed: If the disk refuses it.
            MailRejected: If it cannot be written.
        """
        message = compose(envelope, letter)
        content = message.as_bytes(policy=message.policy.clone(linesep="\n"))
        name = digest(envelope)
        try:
            if not any((self.path / "cur").glob(f"{name}*")):
                self._keep(name, content)
        except OSError as error:
            msg = f"the Maildir {self.path} cannot be written: {error}"
            raise MailDelayed(msg) from error

    def _keep(self, name: str, content: bytes) -> None:
        handle, unfinished = tempfile.mkstemp(dir=self.path / "tmp")
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(self.path / "new" / name)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise
        _sync_folder(self.path / "new")


def _sync_folder(folder: Path) -> None:
    # The file is on the disk; its name is only once its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""
On which line of the file each value stands: tomllib does not say.

The text is TOML that was read already, so nothing is checked here: what has
opened closes.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_SINGLE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}\n#]*",
    re.DOTALL,
)
_IN_PATH = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Lines:
    """
    Where everything stands in a TOML text, counted from 1.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [m.start() for m in re.finditer("\n", text)]
        self._at = 0
        self.found: dict[Path, int] = {}
        # Of the tables that are written apart, the rank of the last.
        self._last: dict[Path, int] = {}
        self._read()

    def line_of(self, path: str, data: Mapping[str, Any]) -> int | None:
        """
        The line of « tariffs[0].since », or of the nearest that there is
        above it; a table may be named by its code: « periods.ete-2027 ».
        """
        steps = _steps(path, data)
        while steps and steps not in self.found:
            steps = steps[:-1]
        return self.found.get(steps)

    def _read(self) -> None:
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        start = self._at
        is_listed = self._text.startswith("[[", start)
        self._at += 1 + is_listed
        self._skip(_BLANK)
        *above, name = self._key()
        self._skip(_BLANK)
        self._at += 1 + is_listed
        path: Path = ()
        for part in above:
            path = (*path, part)
            self._note(path, start)
            path = self._inner(path)
        path = (*path, name)
        self._note(path, start)
        if is_listed:
            self._last[path] = self._last.get(path, -1) + 1
            path = self._inner(path)
            self._note(path, start)
        return path

    def _inner(self, path: Path) -> Path:
        """
        The last of several tables, where there are several.
        """
        return (*path, self._last[path]) if path in self._last else path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._skip(_EQUALS)
        self._value(path)

    def _value(self, path: Path) -> None:
        match self._text[self._at : self._at + 1]:
            case "[":
                self._several(path, "]")
            case "{":
                self._several(path, "}")
            case _:
                self._skip(_SINGLE)

    def _several(self, path: Path, end: str) -> None:
        self._at += 1
        rank = 0
        while self._text[self._skip(_BLANK)] != end:
            if self._text[self._at] == ",":
                self._at += 1
            elif end == "}":
                self._pair(path)
            else:
                self._note((*path, rank), self._at)
                self._value((*path, rank))
                rank += 1
        self._at += 1

    def _key(self) -> list[str]:
        parts = [self._part()]
        while (dot := _DOT.match(self._text, self._at)) is not None:
            self._at = dot.end()
            parts.append(self._part())
        return parts

    def _part(self) -> str:
        written = self._text[self._at : self._skip(_KEY)]
        if written[0] in "\"'":
            return str(tomllib.loads(f"x = {written}")["x"])
        return written

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        assert found is not None, "what was read as TOML is TOML"
        self._at = found.end()
        return self._at

    def _note(self, path: Path, start: int) -> None:
        self.found.setdefault(path, bisect_right(self._breaks, start) + 1)


def _steps(path: str, data: Any) -> Path:
    steps: list[str | int] = []
    for index, name in _IN_PATH.findall(path):
        step: str | int = int(index) if index else name
        if isinstance(data, list) and name:
            step = _coded(data, name)
        steps.append(step)
        data = _at(data, step)
    return tuple(steps)


def _coded(tables: list[Any], code: str) -> int:
    """
    Which of them has this code; beyond them all if none has.
    """
    for rank, table in enumerate(tables):
        if isinstance(table, dict) and table.get("code") == code:
            return rank
    return len(tables)


def _at(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None

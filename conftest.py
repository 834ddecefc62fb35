"""
How examples are run, wherever they are written, and how many are tried.

Every ```python fence of README.md and docs/, and every doctest of a
docstring, is a test.  A document runs from its first example to its last, in
a folder of its own, where it may leave files.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

ROOT = Path(__file__).parent

# Conformance kits are tried on pages of their own.
pytest_plugins = ("pytester",)

# What every page finds in its folder.
EXAMPLE = "docs/examples/petites-bouilles.toml"

FULL = os.environ.get("PORTAIL_PROOF") == "full"

# The same examples for everyone, every time: a red build is never luck.
settings.register_profile(
    "tests", derandomize=True, deadline=None, database=None
)
# Other examples each time, many more, from a seed that is printed.
settings.register_profile(
    "full",
    deadline=None,
    database=None,
    max_examples=2_000,
    print_blob=True,
)
settings.load_profile("full" if FULL else "tests")


def _enter_folder(namespace: dict[str, Any]) -> None:
    folder = ExitStack()
    folder.enter_context(
        chdir(folder.enter_context(tempfile.TemporaryDirectory()))
    )
    shutil.copy(ROOT / EXAMPLE, "reglement.toml")
    namespace["_folder"] = folder


def _leave_folder(namespace: dict[str, Any]) -> None:
    namespace.pop("_folder").close()


def _pages(folder: str, pattern: str) -> Sybil:
    return Sybil(
        name="pages",
        path=folder,
        parsers=[PythonCodeBlockParser(), SkipParser()],
        pattern=pattern,
        setup=_enter_folder,
        teardown=_leave_folder,
    )


def _docstrings(folder: Path) -> Sybil:
    return Sybil(
        name="docstrings",
        path=str(folder),
        parsers=[DocTestParser()],
        pattern="*.py",
        document_types={".py": PythonDocStringDocument},
    )


# A pattern with ** means one level only before Python 3.13: hence a folder
# for each.
pytest_collect_file = SybilCollection(
    [
        _pages(".", "README.md"),
        _pages("docs", "*.md"),
        _docstrings(ROOT / "src"),
        *(_docstrings(folder) for folder in ROOT.glob("adapters/*/src")),
    ]
).pytest()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """
    Choose the seed, so that it can be told.
    """
    if FULL and config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = secrets.randbelow(2**32)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """
    Say how to see the same examples again.
    """
    if not FULL:
        return []
    seed = config.getoption("hypothesis_seed")
    return [f"proof: repeat with --hypothesis-seed={seed}"]

"""
The house is as its plans say.
"""

import ast
import importlib
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PROJECTS = [
    ROOT / "pyproject.toml",
    *sorted(ROOT.glob("adapters/*/pyproject.toml")),
]


def read(project):
    return tomllib.loads(project.read_text(encoding="utf-8"))


NAMES = [read(path)["project"]["name"] for path in PROJECTS]
ADAPTERS = [path.parent.name for path in PROJECTS[1:]]

# What is asked of the outside is asked through a port.
PURE = {
    "__future__",
    "abc",
    "attrs",
    "base64",
    "bisect",
    "calendar",
    "collections",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "hmac",
    "itertools",
    "math",
    "operator",
    "portail_core",
    "re",
    "string",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
    "zoneinfo",
}


def imported(source):
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module).split(".")[0]


def requirements():
    """
    Each requirement of constraints.txt, with its hashes, as one line.
    """
    return CONSTRAINTS.replace("\\\n", " ").splitlines()


class TestConstraints:
    def test_pinned(self):
        """
        Every requirement is one version, and has a hash.
        """
        bare = [
            line
            for line in requirements()
            if not re.match(
                r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line
            )
        ]

        assert requirements()
        assert [] == bare

    def test_no_address(self):
        """
        Nothing says where packages come from: that is the machine's affair.
        """
        assert not re.search(
            r"://| @ |--(extra-)?index|--find-links", CONSTRAINTS
        )

    @pytest.mark.parametrize("project", PROJECTS, ids=NAMES)
    def test_complete(self, project):
        """
        What a distribution asks for at run time is pinned.
        """
        pinned = {line.split("==")[0] for line in requirements()}
        ours = {read(path)["project"]["name"] for path in PROJECTS}
        asked = {
            re.split(r"[^a-z0-9-]", dependency.lower())[0]
            for dependency in read(project)["project"]["dependencies"]
        }

        assert set() == asked - pinned - ours


class TestDomain:
    def test_standard_library_and_attrs(self):
        """
        The domain imports what computes, and nothing that looks outside.
        """
        domain = ROOT / "src" / "portail_core" / "domain"
        outside = {
            f"{source.relative_to(domain)}: {module}"
            for source in domain.rglob("*.py")
            for module in imported(source)
            if module not in PURE
        }

        assert set() == outside


class TestAdapters:
    @pytest.mark.parametrize("adapter", ADAPTERS)
    def test_watched(self, adapter):
        """
        Imports, types and coverage of every adapter are looked at.
        """
        tool = read(ROOT / "pyproject.toml")["tool"]
        package = f"portail_{adapter}"

        assert package in tool["importlinter"]["root_packages"]
        assert package in tool["coverage"]["run"]["source_pkgs"]
        assert package in tool["ruff"]["lint"]["isort"]["known-first-party"]
        assert any(f"/{adapter}/src" in p for p in tool["mypy"]["mypy_path"])

    @pytest.mark.parametrize("project", PROJECTS, ids=NAMES)
    def test_typed(self, project):
        """
        Every distribution says that it has types, and its licence.
        """
        assert list(project.parent.glob("src/*/py.typed"))
        assert (project.parent / "LICENSE").is_file()
        assert "MIT" == read(project)["project"]["license"]

    @pytest.mark.parametrize("project", PROJECTS, ids=NAMES)
    def test_installed(self, project):
        """
        What is tested is what is in this folder, under this version.
        """
        ours = read(project)["project"]
        package = importlib.import_module(ours["name"].replace("-", "_"))

        assert ours["version"] == metadata.version(ours["name"])
        assert Path(str(package.__file__)).is_relative_to(
            project.parent / "src"
        )

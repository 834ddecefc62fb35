"""
What `./portail tests` runs, in this order.

Sessions use the environment that `./portail` has made: they say what is
checked, not with which versions (constraints.txt does).
"""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "none"

# The tools beside this Python, also where .venv/bin is not on the path.
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
)

CORE = "src/portail_core"
ADAPTERS = sorted(str(path.parent) for path in Path().glob("adapters/*/src"))


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """
    Is every file as ruff formats it?
    """
    session.run("ruff", "format", "--check", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """
    Does ruff find anything to say?
    """
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """
    Do the types hold?  Strictly in what is shipped.
    """
    sources = [f"{adapter}/src" for adapter in ADAPTERS]
    tests = [
        str(path)
        for pattern in ("tests", "adapters/*/tests", "benchmarks")
        for path in sorted(Path().glob(pattern))
        if any(path.rglob("*.py"))
    ]
    session.run("mypy", "src", *sources, "conftest.py", *tests)


@nox.session
def imports(session: nox.Session) -> None:
    """
    Do imports point down only?
    """
    session.run("lint-imports", "--no-logo")


@nox.session
def tests(session: nox.Session) -> None:
    """
    Does everything pass, and does it reach every branch of the core?
    """
    session.run("coverage", "erase")
    # A file a process: the examples of a page go on from each other.
    two = ("-n", "2", "--dist", "loadfile")
    session.run("coverage", "run", "-m", "pytest", "--every-rule", *two)
    session.run("coverage", "combine", "--quiet")
    session.log("the adapters, for information:")
    session.run(
        "coverage", "report", "--include=adapters/*", success_codes=[0, 1]
    )
    session.log("the core, every branch:")
    report = ("coverage", "report", f"--include={CORE}/*")
    session.run(*report, "--fail-under=100")

"""
What a host pays for an import, and what it finds there.
"""

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys

import pytest

import portail_core

# Those that an adapter, a test or an opened règlement brings.
HEAVY = (
    "argon2",
    "dateutil",
    "holidays",
    "hypothesis",
    "jinja2",
    "pytest",
    "sqlalchemy",
    "sqlite3",
)
# What the core stands on while it is imported.
LIGHT = {
    "attr",
    "attrs",
    "cattrs",
    "pluggy",
    "portail_core",
    "typing_extensions",
}


def public_modules():
    """
    Every module of the core that a host may import from.
    """
    found = pkgutil.walk_packages(portail_core.__path__, "portail_core.")
    names = [module.name for module in found]
    return [
        "portail_core",
        *(n for n in names if not any(p[0] == "_" for p in n.split("."))),
    ]


def public_names(module):
    """
    The classes and functions that *module* offers, and their public methods.
    """
    for name, value in vars(module).items():
        ours = getattr(value, "__module__", "").startswith(module.__name__)
        if name.startswith("_") or not callable(value) or not ours:
            continue
        yield f"{module.__name__}.{name}", value
        for part, member in vars(value).items():
            if not part.startswith("_") and (
                inspect.isfunction(member) or isinstance(member, property)
            ):
                yield f"{module.__name__}.{name}.{part}", member


def modules_after(code):
    """
    The modules of a new process that ran *code*, and nothing else.
    """
    # Measured, it would have coverage's own modules.
    unmeasured = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COVERAGE_")
    }
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=unmeasured,
    )
    return shown.stdout.split()


@pytest.fixture(name="loaded", scope="module")
def _loaded():
    return modules_after("from portail_core import Portal")


class TestImport:
    @pytest.mark.parametrize("heavy", HEAVY)
    def test_absent(self, loaded, heavy):
        """
        A host that imports the portal does not pay for what it may not use.
        """
        assert [] == [m for m in loaded if m.split(".")[0] == heavy]

    def test_adapters(self, loaded):
        """
        Nor for any adapter, nor for the tools of tests.
        """
        ours = [m for m in loaded if m.startswith("portail_")]

        assert ours
        assert [] == [
            m
            for m in ours
            if not m.startswith("portail_core")
            or m.startswith("portail_core.testing")
        ]

    def test_all(self, loaded):
        """
        The rest is small, and named here.
        """
        before = {name.split(".")[0] for name in modules_after("")}
        after = {name.split(".")[0] for name in loaded}

        others = after - before - sys.stdlib_module_names - LIGHT

        # The standard library's own, named after the machine.
        assert [] == [n for n in others if not n.startswith("_sysconfigdata")]


class TestNames:
    @pytest.mark.parametrize("name", public_modules())
    def test_docstrings(self, name):
        """
        Every module that a host may import, and every name in it, says what
        it is.
        """
        module = importlib.import_module(name)

        assert module.__doc__
        assert [] == [
            path
            for path, value in public_names(module)
            if not (inspect.getdoc(value) or "").strip()
        ]

    @pytest.mark.parametrize("name", public_modules())
    def test_offered(self, name):
        """
        What a module offers by `__all__` is there.
        """
        module = importlib.import_module(name)

        offered = list(getattr(module, "__all__", ()))

        assert [] == [n for n in offered if not hasattr(module, n)]
        assert len(offered) == len(set(offered))

"""
A conformance kit without a test file, and a report of what it found.

    python -m portail_core.testing.conformance my_package:make_store

`my_package:make_store` is the function, or the class, that an author would
give to `StoreContract`.  The kit is run by pytest, in a process of its own,
from this folder.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import xml.etree.ElementTree as ET
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from ._kit import Capability, Kit
from .files_contract import FilesContract
from .mail_contract import MailContract
from .payment_contract import PaymentContract
from .store_contract import StoreContract

KITS: dict[str, type[Kit]] = {
    "store": StoreContract,
    "mail": MailContract,
    "payment": PaymentContract,
    "files": FilesContract,
}

PAGE = """
from {module} import {name} as made
from portail_core.testing import Capability, {kit}


class TestConformance({kit}):
    {maker} = staticmethod(made{attribute})
    lacks = {{{lacks}}}
"""
"""The author's three lines, when there is no file of theirs."""

WHY = "said so on the command line"


@frozen(kw_only=True)
class Broken:
    """
    A case of a check that failed.

    Attributes:
        said: The end of what pytest says of it.
    """

    name: str
    said: str

    @property
    def check(self) -> str:
        """
        The check, whatever the case.
        """
        return self.name.partition("[")[0]


@frozen(kw_only=True)
class Report:
    """
    What a run of a kit found.

    Attributes:
        not_applicable: How many, by reason.
    """

    kept: int
    not_applicable: Counter[str]
    broken: tuple[Broken, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run a kit, and print what it found; 0 if nothing is broken, or else 1.
    """
    asked = _parser().parse_args(arguments)
    kit = KITS[asked.kit]
    if unknown := [name for name in asked.only if not hasattr(kit, name)]:
        sys.stderr.write(f"{kit.__name__} has no check {unknown[0]!r}.\n")
        return 2
    report = run(asked)
    for line in told(asked, report):
        sys.stdout.write(f"{line}\n")
    return 1 if report.broken or not report.kept else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m portail_core.testing.conformance",
        description="Hold an adapter to every check of its port.",
    )
    parser.add_argument(
        "maker",
        type=_importable,
        metavar="MODULE:FUNCTION",
        help="opens the adapter on the folder that it is given",
    )
    parser.add_argument("--kit", choices=KITS, default="store")
    parser.add_argument(
        "--lacks",
        nargs="+",
        default=[],
        choices=[capability.name for capability in Capability],
        help="what the adapter cannot do; checks of it do not apply",
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="CHECK", help="and no other"
    )
    return parser


def _importable(text: str) -> str:
    module, colon, name = text.partition(":")
    if not (module and colon and name):
        msg = f"{text!r}: write module:function, as my_package:make_store"
        raise ArgumentTypeError(msg)
    # As for « python -m »: what is in this folder is found.
    sys.path.insert(0, "")
    try:
        made = attrgetter(name)(importlib.import_module(module))
    except (ImportError, AttributeError) as error:
        msg = f"{text!r} is not found from this folder: {error}"
        raise ArgumentTypeError(msg) from None
    finally:
        sys.path.remove("")
    if not callable(made):
        msg = f"{text!r} is nothing that one calls with a folder"
        raise ArgumentTypeError(msg)
    return text


def run(asked: Namespace) -> Report:
    """
    Run the kit that is asked for.
    """
    with TemporaryDirectory(prefix="conformance-") as folder:
        page = Path(folder) / "test_conformance.py"
        page.write_text(_page(asked), encoding="utf-8")
        (page.parent / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        found = page.parent / "found.xml"
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "--tb=short"),
                *("-c", str(page.parent / "pytest.ini")),
                *("-p", "no:cacheprovider", "--import-mode=importlib"),
                *(f"--basetemp={folder}/places", f"--junitxml={found}"),
                *_chosen(page, asked.only),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if not found.exists():
            said = (ran.stdout + ran.stderr).strip()
            return _report([Broken(name="the kit was not run", said=said)], [])
        cases = list(ET.parse(found).iter("testcase"))
    return _report(_broken(cases), cases)


def _page(asked: Namespace) -> str:
    module, _, attribute = asked.maker.partition(":")
    name, dot, rest = attribute.partition(".")
    kit = KITS[asked.kit]
    return PAGE.format(
        module=module,
        name=name,
        attribute=dot + rest,
        kit=kit.__name__,
        maker=kit._maker,  # noqa: SLF001 - ours
        lacks=", ".join(
            f"Capability.{lacking}: {WHY!r}" for lacking in asked.lacks
        ),
    )


def _chosen(page: Path, only: Iterable[str]) -> Iterator[str]:
    chosen = [f"{page}::TestConformance::{name}" for name in only]
    yield from chosen or [str(page)]


def _broken(cases: Iterable[ET.Element]) -> Iterator[Broken]:
    for case in cases:
        for kind in ("failure", "error"):
            if (failure := case.find(kind)) is not None:
                said = failure.get("message") or failure.text or kind
                yield Broken(name=case.get("name", ""), said=said)


def _report(broken: Iterable[Broken], cases: Sequence[ET.Element]) -> Report:
    found = tuple(broken)
    reasons = Counter(
        skipped.get("message", "").removeprefix("not applicable: ")
        for case in cases
        if (skipped := case.find("skipped")) is not None
    )
    failed = {one.name for one in found}
    return Report(
        kept=len(cases)
        - reasons.total()
        - sum(case.get("name") in failed for case in cases),
        not_applicable=reasons,
        broken=found,
    )


# The report -----------------------------------------------------------------


def told(asked: Namespace, report: Report) -> Iterator[str]:
    """
    *report*, line by line.
    """
    counts = (
        f"{report.kept} checks kept,"
        f" {report.not_applicable.total()} not applicable,"
        f" {len(report.broken)} broken"
    )
    yield f"{KITS[asked.kit].__name__} on {asked.maker}: {counts}."
    for reason, count in sorted(report.not_applicable.items()):
        yield f"  not applicable ({count}): {reason}"
    for broken in report.broken:
        yield from _told_of(KITS[asked.kit], broken)
    if report.broken:
        yield from _next(asked, report.broken[0])
    elif not report.kept:
        yield "Nothing was proven: no check applies."


def _told_of(kit: type[Kit], broken: Broken) -> Iterator[str]:
    check = getattr(kit, broken.check, None)
    yield ""
    yield f"  broken: {broken.name}"
    if check is not None:
        promise = " ".join(check.__doc__.split())
        yield f"    promised: {promise}"
    for line in broken.said.splitlines()[:8]:
        yield f"    {line}"


def _next(asked: Namespace, broken: Broken) -> Iterator[str]:
    kit = KITS[asked.kit]
    definer = next((c for c in kit.__mro__ if broken.check in vars(c)), None)
    yield ""
    if definer is None:
        yield "What to do next: put right what is said above."
        return
    yield (
        f"What to do next: read {broken.check} in {definer.__module__}, put"
        " the adapter right, and run that check alone:"
    )
    options = f" --kit {asked.kit}" if asked.kit != "store" else ""
    yield (
        "  python -m portail_core.testing.conformance"
        f" {asked.maker}{options} --only {broken.check}"
    )


if __name__ == "__main__":
    sys.exit(main())

"""
`portail db …` and `portail journal export`: a storage, looked at and kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from portail_core.application.auditing import Audit, Discrepancy, audit
from portail_core.application.journal import export
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.maintenance import Maintenance
from portail_core.ports.store import Store
from portail_core.standard import SystemClock

from . import _typed
from ._local import local

DB = ("check", "upgrade", "backup", "restore")

NEXT = (
    "Next: `portail jobs run`, which finds the payments that were made since "
    "the backup and sends the mails that wait."
)


def add(word: argparse.ArgumentParser, name: str) -> None:
    """
    What a word of storage needs, beside its URL.
    """
    match name:
        case "db check":
            word.description = (
                "Count places, cents and numbers a second time, from what is "
                "kept and from the journal.  It changes nothing, and a portal "
                "may go on working.  Ends with 0 if every promise holds, 1 if "
                "not, 2 if it cannot look."
            )
            word.set_defaults(run=_check, failed=2)
            word.add_argument(
                "--json", action="store_true", help="the same, for a program"
            )
        case "db upgrade":
            word.set_defaults(run=_upgrade)
        case "db backup":
            word.set_defaults(run=_backup)
            _add_file(word, "a file that is not there yet")
        case "db restore":
            word.description = (
                "Keep what a backup holds, then look at it as `portail db "
                "check` does."
            )
            word.set_defaults(run=_restore)
            _add_file(word, "what `portail db backup` wrote")
        case _:
            word.set_defaults(run=_export)
            word.add_argument(
                "--from",
                dest="first",
                type=_typed.rank,
                default=1,
                metavar="NUMBER",
                help="the first entry to print (1, unless given)",
            )


def _add_file(word: argparse.ArgumentParser, told: str) -> None:
    word.add_argument("file", type=Path, metavar="FILE", help=told)


def _plugins(options: argparse.Namespace) -> Plugins:
    # Also so that the kinds of règlements that are kept can be read.
    return options.plugins or Plugins()


def _store(options: argparse.Namespace) -> Store:
    plugins = _plugins(options)
    found = plugins.adapter(AdapterKind.STORAGE, options.storage)
    return cast("Store", found)


def _maintenance(options: argparse.Namespace) -> closing[Maintenance]:
    return closing(_plugins(options).maintenance(options.storage))


# Words ----------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    with closing(_store(options)) as store:
        found = audit(store=store, clock=SystemClock())
    if not found.reglements and not found.discrepancies:
        msg = "no portal was ever opened on this storage: look at its address"
        raise ValueError(msg)
    print(as_json(found) if options.json else "\n".join(as_text(found)))
    return 1 if found.discrepancies else 0


def _upgrade(options: argparse.Namespace) -> None:
    with _maintenance(options) as maintenance:
        done = maintenance.upgrade()
    if done.before is None:
        print(f"made, in version {done.after}")
    elif done.before == done.after:
        print(f"in version {done.after} already: nothing to do")
    else:
        print(f"upgraded from version {done.before} to {done.after}")


def _backup(options: argparse.Namespace) -> None:
    file: Path = options.file
    if file.exists():
        msg = f"{file} is there already: a backup is a file of its own"
        raise FileExistsError(msg)
    with _maintenance(options) as maintenance:
        maintenance.backup(file)
    print(f"{file}: {file.stat().st_size} bytes; keep it on another machine")


def _restore(options: argparse.Namespace) -> int:
    file: Path = options.file
    if not file.is_file():
        msg = f"{file} is no file"
        raise FileNotFoundError(msg)
    with _maintenance(options) as maintenance:
        maintenance.restore(file)
    with closing(_store(options)) as store:
        found = audit(store=store, clock=SystemClock())
    print(f"{file}: restored")
    print("\n".join(as_text(found)))
    print(NEXT)
    return 1 if found.discrepancies else 0


def _export(options: argparse.Namespace) -> None:
    with closing(_store(options)) as store:
        for line in export(store=store, after=options.first - 1):
            print(line)


# Told -----------------------------------------------------------------------


def as_text(found: Audit) -> Iterator[str]:
    """
    How much was looked at, then each promise that does not hold, what
    differs, and what to do.
    """
    wrong = len(found.discrepancies)
    verdict = (
        _count(wrong, "discrepancy", "discrepancies")
        if wrong
        else "every promise holds"
    )
    yield (
        f"{local(found.at)}: {verdict}; looked at "
        f"{_count(found.entries, 'journal entry', 'journal entries')}, "
        f"{_count(found.requests, 'request', 'requests')}, "
        f"{_count(found.attempts, 'attempt', 'attempts')} to pay"
    )
    yield from _groups(found.discrepancies)
    if found.explained:
        yield ""
        yield "Nothing is wrong with what follows; somebody may have to act."
        yield from _groups(found.explained)


def _groups(found: tuple[Discrepancy, ...]) -> Iterator[str]:
    by_promise = groupby(found, key=lambda one: one.promise)
    for promise, those in by_promise:
        yield ""
        number = f" (promise {promise.value})" if promise.value else ""
        yield f"{promise.words}{number}"
        ordered = sorted(those, key=lambda one: one.question.code)
        for question, some in groupby(ordered, key=lambda one: one.question):
            yield f"  {question.asks} [{question.code}]:"
            for one in some:
                yield (
                    f"    {one.where}: expected {one.expected}, "
                    f"found {one.found}"
                )
            yield f"    → {question.to_do}"


def as_json(found: Audit) -> str:
    """
    The same as one JSON object.
    """
    tree = {
        "at": local(found.at),
        "entries": found.entries,
        "requests": found.requests,
        "attempts": found.attempts,
        "discrepancies": [_tree(one) for one in found.discrepancies],
        "explained": [_tree(one) for one in found.explained],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2)


def _tree(one: Discrepancy) -> dict[str, Any]:
    return {
        "promise": one.promise.value,
        "says": one.promise.words,
        "code": one.question.code,
        "asks": one.question.asks,
        "where": one.where,
        "expected": one.expected,
        "found": one.found,
        "to_do": one.to_do,
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

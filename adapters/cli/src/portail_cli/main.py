"""
The `portail` command, word by word.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from portail_core.application.reglements import ReglementNotActive
from portail_core.domain.extended import KindBroken
from portail_core.plugins import PluginError, Plugins
from portail_core.ports.maintenance import NotABackup, NotEmpty
from portail_core.ports.store import StorageBusy, StorageFailed
from portail_core.reglement_toml import check_reglement, inquiries, reference

from . import (
    _typed,
    answering,
    calendar,
    checking,
    deadlines,
    demo,
    operating,
    words,
)
from .composition import sandbox_command

WORDS = {
    "demo": "play the user guide with an invented family, here",
    "check": "read a règlement, and say all that is wrong or odd",
    "deadlines": "say until when a day is booked, changed, cancelled",
    "calendar": "say on which days of a month an accueil is open, and why",
    "quote": "say what days cost, and why",
    "cancel": "say what cancelling days gives back, and why",
    "reglement start": "print a règlement to start from",
    "reglement reference": "print the reference page of the file",
    "reglement schema": "print its JSON Schema, for editors",
    "reglement request": "print the reference page of requests",
    "reglement activate": "put a règlement in force, from a day on",
    "jobs run": "expire requests, find lost payments, send mails, once",
    "journal export": "print what happened, as lines of JSON",
    "db check": "say which promises the storage breaks, and what to do",
    "db upgrade": "bring the storage to the version of this program",
    "db backup": "write all that is kept to a new file",
    "db restore": "keep what a backup holds, where nothing is kept yet",
    "sandbox": "list, decide or serve the payments of the sandbox",
}
FAILURES = (
    KindBroken,
    NotABackup,
    NotEmpty,
    OSError,
    PluginError,
    ReglementNotActive,
    StorageBusy,
    StorageFailed,
    ValueError,  # a URL, a secret, every fault of a règlement
)


def main(
    arguments: Sequence[str] | None = None, *, plugins: Plugins | None = None
) -> int:
    """
    Run `portail` with *arguments*, else those of the process; storage is
    operated with *plugins*, else with those that are installed.

    Returns 0; 1 when what was asked could not be done, with a line for each
    thing that is wrong; 2 when there was nothing to understand, or when
    `db check` could not look.  A word that it does not know raises
    `SystemExit(2)`, as argparse does.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["sandbox"]:
        return sandbox_command(given[1:])
    parser = _parser()
    options = parser.parse_args(given)
    if options.word is None:
        parser.print_usage(sys.stderr)
        return 2
    options.plugins = plugins
    try:
        return options.run(options) or 0
    except FAILURES as error:
        lines = str(error).splitlines()
        if getattr(options, "json", False):
            errors = [{"message": line} for line in lines]
            print(json.dumps({"errors": errors}, ensure_ascii=False, indent=2))
        for line in lines:
            print(f"portail: {line}", file=sys.stderr)
        return int(getattr(options, "failed", 1))


def _parser() -> argparse.ArgumentParser:
    # argparse's own list of words breaks lines, and hides the second words.
    listed = "\n".join(f"  {word:20}{line}" for word, line in WORDS.items())
    parser = argparse.ArgumentParser(
        prog="portail",
        usage="portail [-h] WORD ...",
        description=f"A French family portal.\n\n{listed}",
        epilog="« portail WORD --help » says what a word needs.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    choices = parser.add_subparsers(
        dest="word", prog="portail", metavar="WORD", help="one of the above"
    )
    _add_demo(choices)
    _add_check(choices)
    _add_deadlines(choices)
    _add_calendar(choices)
    for name in ("quote", "cancel"):
        answering.add(choices.add_parser(name, description=WORDS[name]), name)
    reglement = _seconds(choices, "reglement")
    _add_printed(_second(reglement, "reglement start"), reference.start)
    _add_printed(_second(reglement, "reglement reference"), _page)
    _add_printed(_second(reglement, "reglement schema"), _schema)
    _add_printed(_second(reglement, "reglement request"), inquiries.page)
    _add_activate(_second(reglement, "reglement activate"))
    _add_jobs(_second(_seconds(choices, "jobs"), "jobs run"))
    _add_operations(choices)
    choices.add_parser("sandbox")
    return parser


Choices = argparse._SubParsersAction  # noqa: SLF001 - argparse names it so


def _seconds(
    choices: Choices[argparse.ArgumentParser], first: str
) -> Choices[argparse.ArgumentParser]:
    group = choices.add_parser(first)
    return group.add_subparsers(required=True, metavar="WORD")


def _second(
    seconds: Choices[argparse.ArgumentParser], word: str
) -> argparse.ArgumentParser:
    return seconds.add_parser(word.split()[1], help=WORDS[word])


def _add_printed(
    word: argparse.ArgumentParser, text: Callable[[], str]
) -> None:
    word.set_defaults(run=lambda _: print(text(), end=""))


def _add_demo(choices: Choices[argparse.ArgumentParser]) -> None:
    word = choices.add_parser("demo", description=WORDS["demo"])
    word.set_defaults(run=_demo)
    word.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="a new or empty folder to write in (else a temporary one)",
    )


def _add_check(choices: Choices[argparse.ArgumentParser]) -> None:
    word = choices.add_parser("check", description=WORDS["check"])
    word.set_defaults(run=_check)
    word.add_argument(
        "file", type=Path, metavar="FILE", help="a règlement, in TOML"
    )
    word.add_argument(
        "--json", action="store_true", help="the same, for a program"
    )


def _add_deadlines(choices: Choices[argparse.ArgumentParser]) -> None:
    word = choices.add_parser(
        "deadlines",
        description=WORDS["deadlines"],
        epilog="As in: portail deadlines reglement.toml --accueil mercredis "
        "--day 2026-05-27 --at 2026-05-25T12:00.  A fact that a condition "
        "asks for and that nobody stated is told by its name.",
    )
    word.set_defaults(run=_deadlines)
    _add_accueil(word)
    word.add_argument(
        "--day",
        type=_typed.day,
        metavar="DAY",
        required=True,
        help="2026-05-27",
    )
    for name, explained in (
        ("period", "its code, if the day is in several"),
        ("amplitude", "its code, if deadlines depend on it"),
    ):
        word.add_argument(f"--{name}", metavar="CODE", help=explained)
    word.add_argument(
        "--at",
        type=_typed.moment,
        metavar="MOMENT",
        help="say what is late then: 2026-05-25T12:00, in Paris",
    )
    word.add_argument(
        "--fact",
        dest="facts",
        type=_typed.fact,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what else is known, as residency=commune or age=5",
    )


def _add_calendar(choices: Choices[argparse.ArgumentParser]) -> None:
    word = choices.add_parser(
        "calendar",
        description=WORDS["calendar"],
        epilog="As in: portail calendar reglement.toml --accueil mercredis "
        "--month 2026-05.",
    )
    word.set_defaults(run=_calendar)
    _add_accueil(word)
    word.add_argument(
        "--month",
        type=_typed.month,
        metavar="MONTH",
        required=True,
        help="2026-05",
    )


def _add_accueil(word: argparse.ArgumentParser) -> None:
    word.add_argument(
        "file", type=Path, metavar="FILE", help="a règlement, in TOML"
    )
    word.add_argument(
        "--accueil", metavar="CODE", required=True, help="its code"
    )
    word.add_argument(
        "--json", action="store_true", help="for programs, not for people"
    )


def _add_activate(word: argparse.ArgumentParser) -> None:
    word.description = (
        "Put a règlement in force from a day on; the portals of this storage "
        "are then opened with it.  Bookings keep the règlement under which "
        "they were priced."
    )
    word.set_defaults(run=_activate)
    word.add_argument(
        "file", type=Path, metavar="FILE", help="a règlement, in TOML"
    )
    word.add_argument(
        "--from",
        dest="since",
        type=_typed.day,
        metavar="DAY",
        required=True,
        help="the first day it is in force: 2026-09-01",
    )
    _add_storage(word)


def _add_jobs(word: argparse.ArgumentParser) -> None:
    word.description = (
        "Expire the requests that nobody paid in time, ask the provider "
        "about payments without an answer, send the mails that wait: once, "
        "then end.  Run it every minute from a scheduler; several at once do "
        "no harm."
    )
    word.epilog = (
        "The portal's secret comes from PORTAIL_SECRET, else from a file that "
        "is made beside the règlement: a command line is no place for one."
    )
    word.set_defaults(run=_run_jobs)
    word.add_argument(
        "--reglement",
        type=Path,
        metavar="FILE",
        required=True,
        help="the règlement in force, in TOML",
    )
    _add_storage(word)
    for name, example in (
        ("mail", "maildir:mails"),
        ("payment", "sandbox:paiements"),
        ("links", "https://portail.example.org"),
    ):
        word.add_argument(
            f"--{name}", metavar="URL", required=True, help=f"as {example}"
        )


def _add_operations(choices: Choices[argparse.ArgumentParser]) -> None:
    db, journal = _seconds(choices, "db"), _seconds(choices, "journal")
    for name, group in (
        *((f"db {second}", db) for second in operating.DB),
        ("journal export", journal),
    ):
        word = _second(group, name)
        _add_storage(word)
        operating.add(word, name)


def _add_storage(word: argparse.ArgumentParser) -> None:
    word.add_argument(
        "--storage",
        metavar="URL",
        required=True,
        help="where the portal keeps what it knows, as sqlite:///portail.db",
    )


def _demo(options: argparse.Namespace) -> None:
    folder = options.out or Path(tempfile.mkdtemp(prefix="portail-demo-"))
    demo.play(folder, print)


def _page() -> str:
    return reference.page(words.kinds())


def _schema() -> str:
    return reference.schema_text(words.kinds())


def _check(options: argparse.Namespace) -> int:
    checked = check_reglement(options.file, kinds=words.kinds())
    if options.json:
        print(checking.as_json(options.file, checked))
        return 1 if checked.errors else 0
    if checked.errors:
        raise ValueError(
            "\n".join(checking.told(options.file, checked.errors))
        )
    print("\n".join(checking.as_text(options.file, checked)))
    return 0


def _once(facts: Sequence[tuple[str, str]]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for name, value in facts:
        if name in stated:
            msg = f"{name} is stated twice: {stated[name]} and {value}"
            raise ValueError(msg)
        stated[name] = value
    return stated


def _deadlines(options: argparse.Namespace) -> None:
    told = deadlines.as_json if options.json else deadlines.as_text
    asked = deadlines.Asked(
        accueil=options.accueil,
        day=options.day,
        period=options.period,
        amplitude=options.amplitude,
        at=options.at,
        facts=_once(options.facts),
    )
    print(told(options.file, asked))


def _calendar(options: argparse.Namespace) -> None:
    told = calendar.as_json if options.json else calendar.as_text
    print(told(options.file, options.accueil, options.month))


def _activate(options: argparse.Namespace) -> None:
    print(
        words.activate(
            options.file, since=options.since, storage=options.storage
        )
    )


def _run_jobs(options: argparse.Namespace) -> None:
    words.run_jobs(
        options.reglement,
        storage=options.storage,
        mail=options.mail,
        payment=options.payment,
        links=options.links,
        say=print,
    )

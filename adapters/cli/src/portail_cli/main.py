"""
The `portail` command, word by word.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portail_core.reglement_toml import load_reglement
from portail_core.wire import Unreadable

from . import demo
from .composition import sandbox_command


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run `portail` with *arguments*, else those of the process.

    Returns 0; 1 when what was asked could not be done; 2 when there was
    nothing to understand.  A word that it does not know raises `SystemExit`,
    as argparse does.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["sandbox"]:
        return sandbox_command(given[1:])
    parser = _parser()
    chosen = parser.parse_args(given)
    if chosen.word is None:
        parser.print_usage(sys.stderr)
        return 2
    try:
        if chosen.word == "demo":
            return _demo(chosen.out)
        return _check(chosen.file)
    except (OSError, Unreadable) as error:
        print(f"portail: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="portail", description="A French family portal."
    )
    words = parser.add_subparsers(dest="word", metavar="WORD")
    played = words.add_parser(
        "demo", help="play the user guide, on an embedded portal"
    )
    played.add_argument(
        "--out",
        type=Path,
        help="folder to write in (else a temporary one)",
    )
    checked = words.add_parser(
        "check", help="say everything that is wrong with a règlement"
    )
    checked.add_argument("file", type=Path, help="a règlement, in TOML")
    words.add_parser(
        "sandbox", help="list, decide or serve the sandbox's payments"
    )
    return parser


def _demo(out: Path | None) -> int:
    folder = out or Path(tempfile.mkdtemp(prefix="portail-demo-"))
    demo.play(folder, print)
    return 0


def _check(file: Path) -> int:
    reglement = load_reglement(file)
    days = sum(len(p.calendar.open_days) for p in reglement.periods)
    print(
        f"{file}: {reglement.operator.name}, "
        f"{len(reglement.accueils)} accueil(s), {days} opening days"
    )
    return 0

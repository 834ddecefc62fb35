"""
`portail quote` and `portail cancel`: a règlement and a request in, an answer
or a no out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml.inquiries import Inquiry, cancel, quote

from . import _asking as asking, cancelling, quoting
from ._asking import Answer, Tree


def add(word: argparse.ArgumentParser, name: str) -> None:
    """
    What `portail quote` or `portail cancel` needs.
    """
    word.epilog = (
        f"As in: portail {name} reglement.toml request.toml --json.  "
        "docs/reference/request.md says what a request holds."
    )
    word.set_defaults(run=_run, answers=_ANSWERS[name])
    word.add_argument(
        "file", type=Path, metavar="FILE", help="a règlement, in TOML"
    )
    word.add_argument(
        "request",
        type=Path,
        metavar="REQUEST",
        help="days and the facts of a household, in TOML or JSON",
    )
    word.add_argument(
        "--json", action="store_true", help="for programs, not for people"
    )


def _run(options: argparse.Namespace) -> int:
    try:
        answer = asking.answer(options.file, options.request, options.answers)
    except asking.Faulty as faulty:
        told, tree = asking.faults_text(faulty), asking.faults_tree(faulty)
    except Refused as refused:
        told = asking.refusals_text(refused.refusals)
        tree = asking.refusals_tree(refused.refusals)
    else:
        print(asking.dumped(answer.tree) if options.json else answer.text)
        return 0
    _deny(options, told, tree)
    return 1


def _deny(
    options: argparse.Namespace, told: Iterable[str], tree: Tree
) -> None:
    if options.json:
        print(asking.dumped(tree))
    for line in told:
        print(f"portail: {line}", file=sys.stderr)


def _quote(reglement: Reglement, inquiry: Inquiry) -> Answer:
    found = quote(inquiry, reglement)
    return Answer(
        tree=quoting.as_tree(inquiry, found),
        text="\n".join(quoting.as_lines(inquiry, found)),
    )


def _cancel(reglement: Reglement, inquiry: Inquiry) -> Answer:
    found = cancel(inquiry, reglement)
    return Answer(
        tree=cancelling.as_tree(inquiry, found),
        text="\n".join(cancelling.as_lines(inquiry, found)),
    )


_ANSWERS = {"quote": _quote, "cancel": _cancel}

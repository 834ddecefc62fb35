"""
The sandbox from a terminal: list payments, decide them, serve their page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import signal
import sys
from collections.abc import Sequence
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path

from portail_core.ports.payment import KeyUnknown
from portail_core.wire import Unreadable

from ._records import Decision, Payment
from .desk import AlreadyPaid, SandboxDesk, TicketNotWritten
from .notifications import Answered
from .page import serve

DEFAULT_PORT = 8010
ROW = "{:32}  {:25}  {:30}  {:>12}  {:20}  {}"


def main(arguments: Sequence[str]) -> int:
    """
    Run `portail_sandbox` with *arguments*.

    Returns 0, or 1 when the answer is no or nobody answered, and says why on
    stderr; what it does not understand raises `SystemExit(2)`, as argparse
    does.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyUnknown as error:
        return _failed(f"no payment has the key {error}")
    except AlreadyPaid as error:
        return _failed(f"{error}: it can no longer change")
    except (OSError, Unreadable) as error:
        return _failed(f"{options.directory} is unusable: {error}")


def _failed(sentence: str) -> int:
    sys.stderr.write(f"portail_sandbox: {sentence}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="portail_sandbox",
        description="Decide what becomes of payments; no money moves.",
    )
    words = parser.add_subparsers(required=True, metavar="WORD")
    word = words.add_parser("list", help="show every payment, oldest first")
    word.set_defaults(run=_list)
    word.add_argument("directory", type=Path, metavar="DIR")

    word = words.add_parser("decide", help="decide a payment")
    word.set_defaults(run=_decide)
    word.add_argument("directory", type=Path, metavar="DIR")
    word.add_argument("key", metavar="KEY")
    choices = [decision.value for decision in Decision]
    word.add_argument(
        "decision",
        choices=choices,
        metavar="DECISION",
        help=f"one of {', '.join(choices)}",
    )
    word.add_argument(
        "--notify", action="store_true", help="then tell the portal"
    )

    word = words.add_parser("serve", help="serve the payment page")
    word.set_defaults(run=_serve)
    word.add_argument("directory", type=Path, metavar="DIR")
    word.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help="0 is any free one"
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 2**16):
        msg = f"{text} is not a port, from 0 to 65535"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _list(options: argparse.Namespace) -> int:
    payments = SandboxDesk(options.directory).list()
    heads = ("KEY", "CREATED (UTC)", "REFERENCE", "EUR", "DECISION", "LABEL")
    rows = [heads, *map(_row, payments)]
    for row in rows if payments else ():
        sys.stdout.write(ROW.format(*row).rstrip() + "\n")
    if not payments:
        sys.stderr.write(f"no payment yet in {options.directory}\n")
    return 0


def _row(payment: Payment) -> tuple[str, ...]:
    order = payment.order
    decision = payment.decision
    return (
        payment.key,
        f"{order.at:%Y-%m-%d %H:%M:%S}",
        order.reference,
        f"{Decimal(order.amount.cents) / 100:.2f}",
        "pending" if decision is None else decision.value,
        order.label,
    )


def _decide(options: argparse.Namespace) -> int:
    desk = SandboxDesk(options.directory)
    now = dt.datetime.now(dt.UTC)
    status = 0
    try:
        desk.decide(options.key, Decision(options.decision), now)
    except TicketNotWritten as error:
        status = _failed(f"{error}; decide again once that is mended")
    sys.stdout.write(f"{options.key} is {options.decision}\n")
    return (
        max(status, _notify(desk, options.key)) if options.notify else status
    )


def _notify(desk: SandboxDesk, key: str) -> int:
    (answer,) = desk.notify(key)
    match answer:
        case Answered(status=HTTPStatus.OK):
            sys.stdout.write("the portal was told\n")
            return 0
        case Answered(status=status):
            return _failed(f"the portal answered {status}")
        case _:
            return _failed(f"the portal did not answer: {answer.problem}")


def _serve(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    # Held back until asked for below, so that none comes half-way.
    ends = (signal.SIGINT, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    folder = options.directory
    with serve(folder, options.port) as page:
        sys.stdout.write(
            f"payments of {folder} are decided on {page.url}/pay/KEY; the "
            f"portal's setting is sandbox:{folder}?page={page.url}; Ctrl-C "
            "ends this\n"
        )
        sys.stdout.flush()
        signal.sigwait(ends)
    return 0

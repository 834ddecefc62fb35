"""
What `portail quote` and `portail cancel` share: a règlement, a request, and
saying no.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import asdict, fields, frozen

from portail_core import french
from portail_core.domain.money import Money, UnitPrice
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml import load_reglement
from portail_core.reglement_toml.inquiries import (
    Inquiry,
    Note,
    key_of,
    load_inquiry,
)
from portail_core.wire import Fault, Unreadable

from . import words
from .checking import told

Tree = Mapping[str, Any]


@frozen(kw_only=True)
class Answer:
    """
    The same twice.

    Attributes:
        tree: For programs.

        text: For people.
    """

    tree: Tree
    text: str


@frozen
class Faulty(Exception):
    """
    A file that cannot be read.
    """

    file: Path
    faults: tuple[Fault, ...]


def answer(
    file: Path, request: Path, run: Callable[[Reglement, Inquiry], Answer]
) -> Answer:
    """
    What *run* makes of a règlement, and of what is asked under it.

    Raises:
        OSError: If one of the two files is not there.
        Faulty: With every fault of the first that cannot be read.
        Refused: As *run* does.
    """
    which = file
    try:
        reglement = load_reglement(file, kinds=words.kinds())
        which = request
        return run(reglement, load_inquiry(request, reglement))
    except Unreadable as error:
        raise Faulty(which, error.faults) from error


# For programs ----------------------------------------------------------------


def dumped(tree: Tree) -> str:
    """
    An answer, as one JSON object.
    """
    return json.dumps(tree, ensure_ascii=False, indent=2, default=str)


def faults_tree(faulty: Faulty) -> Tree:
    """
    What is wrong with a file.
    """
    return {
        "errors": [
            {"file": str(faulty.file), **asdict(fault)}
            for fault in faulty.faults
        ]
    }


def refusals_tree(refusals: Iterable[Refusal]) -> Tree:
    """
    Every reason why not: its rule, a sentence, the key of the request that
    would help, and what it is about.
    """
    return {
        "refusals": [
            {
                "rule": refusal.rule,
                "sentence": french.refusal(refusal),
                "key": key_of(refusal),
                **{
                    key.name: getattr(refusal, key.name)
                    for key in fields(type(refusal))
                },
            }
            for refusal in refusals
        ]
    }


def notes_tree(notes: Iterable[Note]) -> list[Tree]:
    """
    What is worth knowing beside the figures.
    """
    return [asdict(note) for note in notes]


def euros(amount: Money) -> str:
    """
    An amount in euros, as figures of a règlement are written.

    >>> euros(Money(1250))
    '12.50'
    """
    sign = "-" if amount.cents < 0 else ""
    whole, cents = divmod(abs(amount.cents), 100)
    return f"{sign}{whole}.{cents:02}"


def price(unit: UnitPrice) -> str:
    """
    A unit price in euros, which may be finer than a cent.
    """
    whole, _, decimals = f"{unit.euros:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def times(quantity: Decimal) -> str:
    """
    A quantity, without idle zeros.

    >>> times(Decimal("1.50"))
    '1.5'
    """
    return f"{quantity.normalize():f}"


# For people ------------------------------------------------------------------


def faults_text(faulty: Faulty) -> Iterator[str]:
    """
    A line for each fault, which begins with the file.
    """
    return told(faulty.file, faulty.faults)


def refusals_text(refusals: Iterable[Refusal]) -> Iterator[str]:
    """
    A line for each reason why not.
    """
    for refusal in refusals:
        key = key_of(refusal)
        told = f", à écrire dans la demande : {key}" if key else ""
        yield f"{french.refusal(refusal)} [{refusal.rule}{told}]"


def notes_text(notes: Iterable[Note]) -> Iterator[str]:
    """
    A line for each note.
    """
    for note in notes:
        yield f"note: {note}"

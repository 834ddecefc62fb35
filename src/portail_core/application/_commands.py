"""
The same command twice: the first answer, and nothing the second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import ClassVar, TypeVar

from attrs import field, frozen

from portail_core.domain.checks import not_empty, printed
from portail_core.domain.ids import CommandKey, HouseholdId
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.store import KeptCommand, Transaction
from portail_core.wire import dump, load

T = TypeVar("T")


@frozen
class CommandReused(Refusal):
    """
    The command key was used before, for something else: a fault of the host.
    """

    rule: ClassVar[str] = "request.command.reused"
    key: CommandKey


@frozen(kw_only=True)
class Command:
    """
    What a household asks, under a key of its host's choice.

    Attributes:
        key: A line of at most 200 characters; another is a fault of the host,
            a `ValueError`.

        name: The use case: each has keys of its own, so that one form may
            ask for days and check them out under one key.

        arguments: Everything it was asked with.
    """

    household: HouseholdId
    key: CommandKey = field(validator=[not_empty, printed])
    name: str
    arguments: tuple[object, ...]

    @property
    def kept_key(self) -> CommandKey:
        """
        Under which the answer is kept.
        """
        return CommandKey(f"{self.name}/{self.key}")

    def digest(self) -> str:
        """
        Equal for equal questions.
        """
        asked = dump(self.arguments)
        return hashlib.sha256(asked.encode()).hexdigest()


def recall(tx: Transaction, command: Command, answer: type[T]) -> T | None:
    """
    What *command* was answered before, if it was.

    Raises:
        Refused: `CommandReused`.
    """
    kept = tx.of(command.household).command(command.kept_key)
    if kept is None:
        return None
    if kept.arguments != command.digest():
        raise Refused(CommandReused(command.key))
    return load(answer, kept.answer)


def remember(tx: Transaction, command: Command, answer: object) -> None:
    """
    Keep what *command* was answered.
    """
    tx.put(
        KeptCommand(
            household=command.household,
            key=command.kept_key,
            arguments=command.digest(),
            answer=dump(answer),
        )
    )


def once(
    tx: Transaction, command: Command, answer: type[T], act: Callable[[], T]
) -> T:
    """
    The answer to *command*: by *act* the first time, then from memory.

    Raises:
        Refused: `CommandReused`, and what *act* refuses.
    """
    known = recall(tx, command, answer)
    if known is not None:
        return known
    answered = act()
    remember(tx, command, answered)
    return answered

"""
What families and operators typed, made harmless for a letter.
"""

from __future__ import annotations

import unicodedata
from typing import Any, TypeVar

from attrs import evolve, fields, has

from portail_core.ports.mail import MailRejected

T = TypeVar("T")

# Controls, halves of characters, separators of lines and of paragraphs.
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})

# They show what follows in another order: « gro.elpmaxe » for example.org.
_REORDERING = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def one_line(text: str) -> str:
    """
    *text*, for a header.

    Raises:
        MailRejected: If it has a line break or a control character: nobody
            types one by mistake, and it would begin another header.
    """
    if _cleaned(text) != text:
        msg = "a name, an address or a subject holds a control character"
        raise MailRejected(msg)
    return text


def cleaned(value: T) -> T:
    """
    The same value, in which no text breaks a line or reorders another.

    Raises:
        MailRejected: If a text that must say something says nothing.
    """
    try:
        return _walked(value)  # type: ignore[no-any-return]  # of its own type
    except ValueError as error:
        msg = f"the letter cannot be written: {error}"
        raise MailRejected(msg) from error


def _walked(value: Any) -> Any:
    if isinstance(value, str):
        return _cleaned(value)
    if isinstance(value, tuple):
        return tuple(_walked(part) for part in value)
    if has(type(value)):
        return evolve(
            value,
            **{
                field.name: _walked(getattr(value, field.name))
                for field in fields(type(value))
            },
        )
    return value


def _cleaned(text: str) -> str:
    return "".join(
        " "
        if unicodedata.category(char) in _BREAKING or char in _REORDERING
        else char
        for char in text
    )

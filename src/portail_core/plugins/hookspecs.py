"""
The questions put to every plugin.

Each hook says when it is asked, what becomes of the answers, and whether their
order counts.  Order never counts for anything that touches money: pluggy calls
the last registered first, and installation order is nobody's decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from portail_core.domain.kinds import Kind

from ._adapters import Adapter
from ._markers import hookspec


@hookspec
def portail_adapters() -> Iterable[Adapter]:  # type: ignore[empty-body]  # a question has no body
    """
    Offer adapters.

    Asked:   once, when a portal is opened.
    Answers: all kept, by kind and scheme; one twice is `DuplicateName`.
    Order:   does not count.
    """


@hookspec
def portail_kinds() -> Iterable[Kind]:  # type: ignore[empty-body]  # a question has no body
    """
    Offer kinds that a règlement may then say: ways to make a price,
    adjustments, deadlines, what cancelling gives back.

    Asked:   once, when plugins are collected, before a règlement is read.
    Answers: all kept, by their leading keys; one twice, or one of ours, is
             `DuplicateName`.
    Order:   does not count: the file says which kind answers.
    """

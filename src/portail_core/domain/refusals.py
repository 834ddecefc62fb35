"""
Saying no: a refusal is a value, and names the rule that stands in the way.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen


@frozen
class Refusal:
    """
    One reason why a request was refused.

    Attributes:
        rule: The rule's label, under which `docs/spec` explains it and
            `portail_core.french` words it for families.
    """

    rule: ClassVar[str]


class Refused(Exception):
    """
    The request was understood, and the answer is no.

    Attributes:
        refusals: Every reason, at least one: a family with three problems
            hears of three.
    """

    def __init__(self, *refusals: Refusal) -> None:
        assert refusals, "a refusal needs at least one reason"
        super().__init__(*refusals)
        self.refusals = refusals

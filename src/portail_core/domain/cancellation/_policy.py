"""
What a règlement says of cancellations: outcomes in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from enum import Enum
from typing import Any

from attrs import Attribute, field, frozen, validators

from portail_core.domain.checks import not_empty, positive, whole_number
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import History
from portail_core.domain.deadlines import Deadline
from portail_core.domain.ids import PrestationCode, ReasonCode
from portail_core.domain.spans import Each

from ._gifts import Gift


class Extent(Enum):
    """
    How much of what the child has booked must be cancelled together.
    """

    ANY = "any"
    WHOLE_WEEK = "whole-week"  # all that it has booked from Monday to Sunday
    WHOLE_PERIOD = "whole-period"  # all that it has booked of the period


class Counted(Enum):
    """
    Which days of an absence are counted.
    """

    CALENDAR = "calendar"  # every one, Sundays too
    OPENING = "opening"  # those on which the period is open
    BOOKED = "booked"  # those that the child has booked


class FirstDay(Enum):
    """
    Whether the first day of an absence is one of its waiting days.
    """

    INCLUDED = "included"
    EXCLUDED = "excluded"  # it is kept, and the count begins on the next one


class Whose(Enum):
    """
    Whose earlier days use a quota up.
    """

    CHILD = "child"
    HOUSEHOLD = "household"


class Aids(Enum):
    """
    What becomes of an aid that a third party paid for the day.
    """

    LEFT = "left"  # the third party's affair
    REBILLED = "rebilled"  # the family owes it: nobody pays for an empty seat


@frozen(kw_only=True)
class InARow:
    """
    « À partir de N jours consécutifs. »

    Attributes:
        days: N itself is enough.

        counted: Calendar and opening days in a row are ended by an opening
            day that is not cancelled, booked days by a booked one.
    """

    days: int = field(validator=[whole_number, positive])
    counted: Counted


@frozen(kw_only=True)
class Waiting:
    """
    « Carence »: the first days of an absence stay due, whatever it gives
    back.  An absence lasts until a day on which the child comes.
    """

    days: int = field(validator=[whole_number, positive])
    counted: Counted
    first_day: FirstDay
    waived_by: tuple[ReasonCode, ...] = ()


@frozen(kw_only=True)
class Quota:
    """
    « N jours d'annulation par an. »

    Attributes:
        days: Cancelled days that this outcome answers; the next one is
            answered by the outcomes below.

        each: Counted by the day cancelled, not by when.
    """

    days: int = field(validator=[whole_number, positive])
    each: Each
    whose: Whose


@frozen(kw_only=True)
class Outcome:
    """
    One line of the règlement: « jusqu'à …, … % sont remboursés en avoir ».

    Attributes:
        label: The règlement's own sentence, quoted to the family.

        gift: What it gives back.

        prestations: Of which ones; the others are kept.  `None` is all.

        until: Last moment, included; `None` for any.

        when: What must hold of the child-day.

        reasons: One of them must be given; `None` answers with or without.

        waiting: First days that are kept all the same.
    """

    label: str = field(validator=not_empty)
    gift: Gift
    prestations: tuple[PrestationCode, ...] | None = field(
        default=None, validator=validators.optional(not_empty)
    )
    until: Deadline | None = None
    when: When = ALWAYS
    reasons: tuple[ReasonCode, ...] | None = field(
        default=None, validator=validators.optional(not_empty)
    )
    extent: Extent = Extent.ANY
    in_a_row: InARow | None = None
    quota: Quota | None = None
    waiting: Waiting | None = None
    aids: Aids = Aids.LEFT

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """
        What it names that the règlement declares elsewhere, by key.
        """
        waived = self.waiting.waived_by if self.waiting else ()
        return {
            "reasons": self.reasons or (),
            "prestations": self.prestations or (),
            "waiting.waived_by": waived,
        }

    def is_the_rest(self) -> bool:
        """
        Whether it answers every cancellation.
        """
        return (
            self.until is None
            and self.when == ALWAYS
            and self.reasons is None
            and self.extent is Extent.ANY
            and self.in_a_row is None
            and self.quota is None
        )


def _ends_open(
    _: object, __: Attribute[Any], outcomes: tuple[Outcome, ...]
) -> None:
    if not outcomes[-1].is_the_rest():
        msg = (
            "the last outcome must have no condition, as it answers the "
            'rest: end the list with { credited_share = "0", label = "…" }'
        )
        raise ValueError(msg)
    for rank, outcome in enumerate(outcomes[:-1]):
        if outcome.is_the_rest():
            msg = (
                f"outcome {rank + 1} has no condition, and would answer "
                "before those below it: only the last one may have none"
            )
            raise ValueError(msg)


@frozen(kw_only=True)
class Policy:
    """
    What a règlement says of cancellations; the first outcome that answers
    does.
    """

    outcomes: tuple[Outcome, ...] = field(validator=[not_empty, _ends_open])


def unknown_names(
    policies: History[Policy], known: Mapping[str, AbstractSet[str]]
) -> Iterator[str]:
    """
    What outcomes name and nothing declares, each with its place.

    Args:
        policies: Of one level of the règlement.

        known: Codes of « reasons » and of « prestations ».
    """
    for decision in policies.decisions:
        where = decision.path or f"cancellations of {decision.since}"
        for rank, outcome in enumerate(decision.value.outcomes):
            for key, codes in outcome.names.items():
                kind = "prestations" if key == "prestations" else "reasons"
                for code in codes:
                    if code not in known[kind]:
                        listed = ", ".join(sorted(known[kind])) or "nothing"
                        yield (
                            f"{where}.outcomes[{rank}].{key}: {code!r} is "
                            f"not among [[{kind}]]: {listed}"
                        )

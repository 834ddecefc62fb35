"""
Forms at work: what was typed is read, and what changed is noted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from portail_core.domain.changes import Change, RecordChanged
from portail_core.domain.days import day_of
from portail_core.domain.forms import (
    BLOCKS,
    Block,
    FieldUse,
    Values,
    filled,
    written,
)
from portail_core.domain.ids import (
    ChangeId,
    FieldName,
    HouseholdId,
    ReglementDigest,
)
from portail_core.ports.store import JournalEntry, Transaction
from portail_core.ports.tokens import Tokens

from .members import Member, account_of
from .reglements import ActiveReglement


@frozen(kw_only=True)
class Clerk:
    """
    Fills in forms of one household, for one actor, at one moment.

    The history says what a field held; the journal, which is kept longer,
    says that it changed.

    Attributes:
        uses: What the operator makes of the fields.

        actor: « account/… », « agent/… ».

        reglement: The active version, for the journal.
    """

    tx: Transaction
    tokens: Tokens
    uses: Mapping[FieldName, FieldUse]
    household: HouseholdId
    actor: str
    at: dt.datetime
    reglement: ReglementDigest

    def fill(
        self,
        subject: str,
        block: Block,
        typed: Mapping[str, str],
        *,
        held: Values,
    ) -> Values:
        """
        What the fields hold once *typed* was read; what changed is noted.

        Raises:
            Refused: One refusal for each field with a fault.
        """
        values = filled(
            block,
            typed,
            held=held,
            uses=self.uses,
            today=day_of(self.at),
        )
        self.note(subject, block, before=held, after=values)
        return values

    def note(
        self, subject: str, block: Block, *, before: Values, after: Values
    ) -> None:
        """
        Note the fields of *block* that differ.
        """
        changed = [
            field
            for field in BLOCKS[block]
            if before[field.key] != after[field.key]
        ]
        for field in changed:
            self.tx.put(
                Change(
                    id=ChangeId(self.tokens.new_id()),
                    household=self.household,
                    subject=subject,
                    field_name=field.name,
                    before=written(before[field.key]),
                    after=written(after[field.key]),
                    actor=self.actor,
                    at=self.at,
                )
            )
        if changed:
            self.tx.append(
                JournalEntry(
                    stream=f"household/{self.household}",
                    actor=self.actor,
                    at=self.at,
                    reglement=self.reglement,
                    event=RecordChanged(
                        fields=tuple(field.name for field in changed)
                    ),
                )
            )


def clerk_of(
    member: Member,
    tx: Transaction,
    tokens: Tokens,
    reglement: ActiveReglement,
    at: dt.datetime,
) -> Clerk:
    """
    Fills in the forms of *member*'s household, as they do.

    Raises:
        Refused: `SessionEnded`, if they are of another household by now.
    """
    account_of(tx, member)
    return Clerk(
        tx=tx,
        tokens=tokens,
        uses=reglement.value.fields,
        household=member.household,
        actor=member.actor,
        at=at,
        reglement=reglement.digest,
    )

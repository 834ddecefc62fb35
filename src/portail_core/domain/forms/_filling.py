"""
Filling in a form: every fault at once, and nothing by halves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from portail_core.domain.ids import FieldName
from portail_core.domain.refusals import Refusal, Refused

from ._catalogue import ADDRESS, BLOCKS, Block, Field
from ._readers import LONGEST
from ._refusals import FieldClosed, FieldEmpty, FieldRefusal, FieldUnknown
from ._values import FieldUse, Value, Values, written


@frozen(kw_only=True)
class ShownField:
    """
    A field as a screen shows it.

    Attributes:
        text: What it holds, as `filled` reads it; `None` if empty.

        use: MANDATORY is marked with an asterisk; SHOWN cannot be filled in.
    """

    key: str
    name: FieldName
    use: FieldUse
    text: str | None


@frozen(kw_only=True)
class Form:
    """
    A block as a screen shows it, without its hidden fields.
    """

    block: Block
    fields: tuple[ShownField, ...]

    def text(self, key: str) -> str | None:
        """
        What the field *key* holds; `None` if it is empty, or hidden.
        """
        return next((f.text for f in self.fields if f.key == key), None)


def shown(
    block: Block, values: Values, uses: Mapping[FieldName, FieldUse]
) -> Form:
    """
    The form of *block*, as it is filled in.
    """
    return Form(
        block=block,
        fields=tuple(
            ShownField(
                key=field.key,
                name=field.name,
                use=use,
                text=written(values[field.key]),
            )
            for field in BLOCKS[block]
            if (use := field.used(uses)) is not FieldUse.HIDDEN
        ),
    )


def missing(
    block: Block, values: Values, uses: Mapping[FieldName, FieldUse]
) -> tuple[FieldName, ...]:
    """
    The mandatory fields of *block* that are still empty.
    """
    return tuple(
        field.name
        for field in BLOCKS[block]
        if field.used(uses) is FieldUse.MANDATORY and values[field.key] is None
    )


def filled(
    block: Block,
    typed: Mapping[str, str],
    *,
    held: Values,
    uses: Mapping[FieldName, FieldUse],
    today: dt.date,
) -> Values:
    """
    What the fields of *block* hold once *typed* was read.

    A field that is not typed keeps what it holds; one typed empty is emptied.

    Args:
        block: Filled in as a whole: its mandatory fields must then be full.

        typed: Text by the keys of the fields; spaces around it do not count.

        held: What the fields hold now.

        uses: What the operator makes of them.

        today: In Paris.

    Raises:
        Refused: One refusal for each field with a fault: `FieldEmpty`,
            `FieldClosed`, `FieldUnknown`, or what its reader says.
    """
    refusals: list[Refusal] = []
    values: dict[str, Value] = {}
    for field in BLOCKS[block]:
        read = _read(field, typed.get(field.key), held, uses, today)
        if isinstance(read, FieldRefusal):
            refusals.append(read)
        else:
            values[field.key] = read
    refusals.extend(_begun(block, values))
    refusals.extend(_unknown(block, typed))
    if refusals:
        raise Refused(*refusals)
    return {**held, **values}


def _read(
    field: Field,
    typed: str | None,
    held: Values,
    uses: Mapping[FieldName, FieldUse],
    today: dt.date,
) -> Value | FieldRefusal:
    use = field.used(uses)
    if typed is not None and not use.is_open:
        return FieldClosed(field.name)
    if typed is None:
        value: Value | FieldRefusal = held[field.key]
    else:
        trimmed = typed.strip()
        value = field.read(trimmed, field.name, today) if trimmed else None
    if value is None and use is FieldUse.MANDATORY:
        return FieldEmpty(field.name)
    return value


def _begun(block: Block, values: Values) -> tuple[FieldRefusal, ...]:
    # An address that was begun is finished; a part that is wrong is not there.
    if all(values.get(key) is None for key in ADDRESS):
        return ()
    return tuple(
        FieldEmpty(field.name)
        for field in BLOCKS[block]
        if field.key in ADDRESS and values.get(field.key, "wrong") is None
    )


def _unknown(
    block: Block, typed: Mapping[str, str]
) -> tuple[FieldRefusal, ...]:
    known = {field.key for field in BLOCKS[block]}
    return tuple(
        FieldUnknown(f"{block.section}.{key[:LONGEST]}")
        for key in typed
        if key not in known
    )

"""
Every field of every form, as the guide names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen

from portail_core.domain.households import FamilySituation
from portail_core.domain.ids import FieldName

from . import _readers
from ._readers import Reader
from ._values import FieldUse


class Block(Enum):
    """
    What is filled in and validated together: a block of the guide's tiles, or
    a step of « Créer mon compte ».
    """

    COORDINATES = "profile/coordinates"  # « adresses et contact »
    PERSONAL = "profile/personal"  # « Informations personnelles »
    PROFESSIONAL = "profile/professional"  # « Informations professionnelles »
    PARTNER = "partner"  # « Mon/Ma conjoint-e »
    HOUSEHOLD = "household"  # « Coordonnées du foyer »
    MORE = "household/more"  # « Informations complémentaires »
    CHILD = "child"  # « Mes enfants »

    @property
    def section(self) -> str:
        """
        What the names of its fields begin with.
        """
        return self.value.split("/", maxsplit=1)[0]


@frozen(kw_only=True)
class Field:
    """
    A field of a form.

    Attributes:
        key: Its name within the block: « street ».

        name: Its name among all: « household.street ».

        setting: What a règlement calls it: an address is one setting, and
            three fields that are filled in together.

        use: Unless the règlement says otherwise; `None` for a field that no
            règlement can change: it is always mandatory.
    """

    key: str
    name: FieldName
    setting: FieldName
    use: FieldUse | None
    read: Reader = field(repr=False)

    def used(self, uses: Mapping[FieldName, FieldUse]) -> FieldUse:
        """
        What an operator that decided *uses* makes of it.
        """
        if self.use is None:
            return FieldUse.MANDATORY
        return uses.get(self.setting, self.use)


PROFILE = (Block.COORDINATES, Block.PERSONAL, Block.PROFESSIONAL)
"""The blocks of « Mon profil », each filled in by itself."""

HOUSEHOLD = (Block.HOUSEHOLD, Block.MORE)
"""Those of « Mon foyer » that are neither adult's."""

ADDRESS = ("street", "postcode", "town")


def _field(
    block: Block, key: str, read: Reader, use: FieldUse | None
) -> Field:
    section = block.section
    setting = "address" if key in ADDRESS else key
    return Field(
        key=key,
        name=f"{section}.{key}",
        setting=f"{section}.{setting}",
        use=use,
        read=read,
    )


def _names(block: Block) -> tuple[Field, ...]:
    return (
        _field(block, "first_name", _readers.text, None),
        _field(block, "last_name", _readers.text, None),
    )


def _address(block: Block, use: FieldUse) -> tuple[Field, ...]:
    return (
        _field(block, "street", _readers.text, use),
        _field(block, "postcode", _readers.postcode, use),
        _field(block, "town", _readers.text, use),
    )


def _filled_at_will(block: Block, **readers: Reader) -> tuple[Field, ...]:
    return tuple(
        _field(block, key, read, FieldUse.EDITABLE)
        for key, read in readers.items()
    )


BLOCKS: Mapping[Block, tuple[Field, ...]] = MappingProxyType(
    {
        Block.COORDINATES: (
            *_address(Block.COORDINATES, FieldUse.EDITABLE),
            *_filled_at_will(
                Block.COORDINATES,
                home_phone=_readers.phone,
                mobile_phone=_readers.phone,
            ),
        ),
        Block.PERSONAL: (
            *_names(Block.PERSONAL),
            *_filled_at_will(
                Block.PERSONAL,
                birth_date=_readers.birth_date,
                family_situation=_readers.choice(FamilySituation),
            ),
        ),
        Block.PROFESSIONAL: _filled_at_will(
            Block.PROFESSIONAL,
            occupation=_readers.text,
            employer=_readers.text,
            work_phone=_readers.phone,
        ),
        Block.PARTNER: (
            *_names(Block.PARTNER),
            *_filled_at_will(Block.PARTNER, birth_date=_readers.birth_date),
            *_address(Block.PARTNER, FieldUse.EDITABLE),
            *_filled_at_will(
                Block.PARTNER,
                email=_readers.email,
                home_phone=_readers.phone,
                mobile_phone=_readers.phone,
                employer=_readers.text,
                work_phone=_readers.phone,
            ),
        ),
        Block.HOUSEHOLD: (
            *_address(Block.HOUSEHOLD, FieldUse.MANDATORY),
            *_filled_at_will(Block.HOUSEHOLD, phone=_readers.phone),
        ),
        Block.MORE: _filled_at_will(Block.MORE, children_count=_readers.count),
        Block.CHILD: (
            *_names(Block.CHILD),
            _field(Block.CHILD, "birth_date", _readers.birth_date, None),
        ),
    }
)

SETTINGS: frozenset[FieldName] = frozenset(
    field.setting
    for fields in BLOCKS.values()
    for field in fields
    if field.use is not None
)
"""Fields whose use a règlement may decide."""

"""
Kinds that plugins add to what a règlement may say.

A kind is told by its leading key, as the built-in ones are: a class whose
attributes are the keys of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import get_type_hints

import attrs
from attrs import NOTHING, AttrsInstance, field, frozen, validators

from .cancellation import GiftKind
from .deadlines import DeadlineKind
from .extended import package_of
from .tariffs import FormulaKind, StepKind


class Extends(Enum):
    """
    What a kind is one more of.
    """

    FORMULA = "formula"  # a price: domain.tariffs.FormulaKind
    ADJUSTMENT = "adjustment"  # of a price: domain.tariffs.StepKind
    DEADLINE = "deadline"  # domain.deadlines.DeadlineKind
    GIFT = "gift"  # what an outcome gives back: domain.cancellation.GiftKind


BASES: Mapping[Extends, type] = MappingProxyType(
    {
        Extends.FORMULA: FormulaKind,
        Extends.ADJUSTMENT: StepKind,
        Extends.DEADLINE: DeadlineKind,
        Extends.GIFT: GiftKind,
    }
)
"""The class that every kind of each fills."""


@frozen(kw_only=True)
class Kind:
    """
    One kind that a plugin adds.

    Attributes:
        key: Its leading key, small letters, digits and underscores: the
            attribute of *shape* that must be written.

        shape: A frozen attrs class which fills the base class of what it
            extends; each attribute is a key in TOML.
    """

    extends: Extends
    key: str = field(validator=validators.matches_re(r"[a-z][a-z0-9_]*"))
    shape: type[AttrsInstance]

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise ValueError(*faults)

    @property
    def package(self) -> str:
        """
        Where it comes from.
        """
        return package_of(self.shape)

    @property
    def keys(self) -> Mapping[str, attrs.Attribute[object]]:
        """
        The keys that are its own, without the options of its base class.
        """
        base = BASES[self.extends]
        options = attrs.fields_dict(base) if attrs.has(base) else {}
        return {
            name: key
            for name, key in attrs.fields_dict(self.shape).items()
            if name not in options
        }


def _faults(kind: Kind) -> Iterator[str]:
    shape = kind.shape
    base = BASES[kind.extends]
    given: object = shape
    if not (isinstance(given, type) and issubclass(given, base)):
        yield f"{given!r} is no {base.__name__}"
        return
    name = given.__name__
    unsaid: frozenset[str] = vars(given)["__abstractmethods__"]
    if unsaid:
        yield f"{name} does not say {', '.join(sorted(unsaid))}"
    if "__attrs_attrs__" not in vars(shape):
        yield f"{name} is no attrs class: put @attrs.frozen above it"
        return
    told = attrs.inspect(shape)
    if not told.is_frozen or told.hashability.value != "hashable":
        yield f"{name} is not frozen and hashable: use @attrs.frozen"
    for attribute in kind.keys.values():
        if not attribute.init or attribute.alias != attribute.name:
            yield f"{name}.{attribute.name} cannot be written as a key"
    try:
        get_type_hints(given)
    except NameError as error:
        yield f"{name}: {error}"
    leading = kind.keys.get(kind.key)
    if leading is None or leading.default is not NOTHING:
        yield f"{kind.key!r} is no attribute of {name} that must be written"

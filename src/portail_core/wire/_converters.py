"""
How each kind of value is written, and strictly read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial
from typing import Any, Union, get_args, get_origin

from attrs import frozen, has
from cattrs import Converter
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    mapping_structure_factory,
)
from cattrs.strategies import configure_tagged_union

from portail_core.domain import (
    arrears,
    cancellation,
    capacity,
    conditions,
    deadlines,
    documents,
    ledger,
    notices,
    payments,
    requests,
    tariffs,
)
from portail_core.domain.kinds import BASES
from portail_core.domain.money import Money
from portail_core.ports import store

from ._kinds import EXTENSIBLE, PACKAGE, of_class, of_key

TAGGED: tuple[tuple[Any, str], ...] = (
    (store.Event, "event"),
    (requests.Event, "event"),
    (payments.Event, "event"),
    (ledger.Event, "event"),
    (notices.Notice, "notice"),
    (arrears.Arrears, "arrears"),
    (conditions.Test, "test"),
    (deadlines.Deadline, "deadline"),
    (tariffs.Formula, "formula"),
    (tariffs.Step, "step"),
    (conditions.Test, "test"),
    (cancellation.Gift, "gift"),
    (documents.Validity, "validity"),
    (documents.Grace, "grace"),
)


def _nothing(_: object, __: str) -> str:
    return ""


@frozen(kw_only=True)
class Manner:
    """
    How a value of another type is told.

    Attributes:
        show: The value, as who wrote it would recognise it.

        how: How to write what was expected in its place; nothing if there is
            nothing to add.
    """

    show: Callable[[object], str] = repr
    how: Callable[[object, str], str] = _nothing

    def is_not(self, value: object, expected: str) -> str:
        """
        « 7 is not text: write it between quotes ».
        """
        how = self.how(value, expected)
        told = f"{self.show(value)} is not {expected}"
        return f"{told}: {how}" if how else told


def make_converter(manner: Manner | None = None) -> Converter:
    """
    A converter for JSON-like values: no extra key, no guess, every error.
    """
    told = manner or Manner()
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (int, str, bool):
        converter.register_structure_hook(kind, _exactly(kind, told))
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Money, _money)
    converter.register_unstructure_hook(Money, lambda money: money.cents)
    converter.register_structure_hook(dt.datetime, _moment)
    converter.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    converter.register_structure_hook(dt.date, _day)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_structure_hook(dt.time, _time)
    converter.register_unstructure_hook(dt.time, dt.time.isoformat)
    converter.register_structure_hook(dt.timedelta, _span)
    converter.register_unstructure_hook(
        dt.timedelta, lambda span: span // dt.timedelta(microseconds=1)
    )
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, Enum),
        partial(_member, told),
    )
    converter.register_structure_hook_func(
        lambda kind: kind == capacity.Capacity, _capacity
    )
    converter.register_unstructure_hook_func(
        lambda kind: kind == capacity.Capacity, lambda value: value
    )
    _register_containers(converter, told)
    for union, tag in TAGGED:
        built_in = _built_in(union)
        if built_in != union:
            # Before the rest: a deadline by weekday holds deadlines, and how
            # they are written is looked up once.
            _take_kinds(converter, union, tag)
        configure_tagged_union(built_in, converter, tag_name=tag)
        _name_unknown_tags(converter, built_in, tag)
        _or_none(converter, union)
    return converter


def _register_containers(converter: Converter, manner: Manner) -> None:
    # cattrs reads fields from anything, and a text as a sequence of its
    # letters.
    for is_one, name, container, reader in (
        (has, "a table of fields", dict, _record),
        (_is_mapping, "a table", dict, _mapping),
        (_is_sequence, "a list", list, _sequence),
    ):
        only = partial(_only, container, name, manner)
        converter.register_structure_hook_factory(
            is_one, partial(_contained, only, reader)
        )


def _contained(
    only: Callable[[Any], Any], reader: Any, kind: Any, converter: Converter
) -> Any:
    return only(reader(kind, converter))


def _record(kind: Any, converter: Converter) -> Any:
    return converter.gen_structure_attrs_fromdict(kind)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _mapping(kind: Any, converter: Converter) -> Any:
    return mapping_structure_factory(kind, converter)


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis


def _sequence(kind: Any, converter: Converter) -> Any:
    return homogenous_tuple_structure_factory(kind, converter)


def _only(container: type, name: str, manner: Manner, read: Any) -> Any:
    def read_it(value: Any, kind: Any) -> Any:
        if not isinstance(value, container):
            raise TypeError(manner.is_not(value, name))
        return read(value, kind)

    return read_it


def _name_unknown_tags(converter: Converter, union: Any, tag: str) -> None:
    # cattrs reads an unknown tag as a missing field of the first class.
    known = converter.get_structure_hook(union)
    names = sorted(kind.__name__ for kind in get_args(union))

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict) or value.get(tag) not in names:
            msg = f"{tag} must be one of {', '.join(names)}"
            raise ValueError(msg)
        return known(value, kind)

    converter.register_structure_hook(union, read)


def _built_in(union: Any) -> Any:
    if union not in EXTENSIBLE:
        return union
    base = BASES[EXTENSIBLE[union]]
    own = tuple(kind for kind in get_args(union) if kind is not base)
    return Union[own]  # noqa: UP007 - they are not known here


def _take_kinds(converter: Converter, union: Any, tag: str) -> None:
    # They are not known yet when a converter is made.
    extends, built_in = EXTENSIBLE[union], _built_in(union)

    def read(value: Any, _: Any) -> Any:
        if not (isinstance(value, dict) and PACKAGE in value):
            return converter.structure(value, built_in)
        key, package = value.get(tag), value[PACKAGE]
        kind = of_key(extends, key)
        if kind is None:
            msg = (
                f"{key!r} is a {extends.value} that the package {package!r} "
                "adds, and no plugin that is installed here: install the "
                "distribution that it came with"
            )
            raise ValueError(msg)
        fields = {k: v for k, v in value.items() if k not in {tag, PACKAGE}}
        return converter.structure(fields, kind.shape)

    def write(value: Any) -> Any:
        if not isinstance(value, BASES[extends]):
            return converter.unstructure(value, unstructure_as=built_in)
        kind = of_class(extends, type(value))
        fields = converter.unstructure(value, unstructure_as=kind.shape)
        return {**fields, tag: kind.key, PACKAGE: kind.package}

    converter.register_structure_hook(union, read)
    converter.register_unstructure_hook(union, write)


def _or_none(converter: Converter, union: Any) -> None:
    # `Deadline | None` is one flat union, which is not the tagged one.
    optional = union | None

    def read(value: Any, _: Any) -> Any:
        return None if value is None else converter.structure(value, union)

    def write(value: Any) -> Any:
        if value is None:
            return None
        return converter.unstructure(value, unstructure_as=union)

    converter.register_structure_hook_func(lambda kind: kind == optional, read)
    converter.register_unstructure_hook_func(
        lambda kind: kind == optional, write
    )


def _exactly(kind: type, manner: Manner) -> Any:
    names = {int: "a whole number", str: "text", bool: "true or false"}

    def read(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(manner.is_not(value, names[kind]))
        return value

    return read


def _decimal(value: Any, _: Any) -> Decimal:
    if type(value) is not str:
        msg = f"{value!r} must be written between quotes, as '{value}'"
        raise TypeError(msg)
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        msg = f"{value!r} is not a number such as '7.10'"
        raise ValueError(msg)
    return number


def _money(value: Any, _: Any) -> Money:
    return Money(value)


def _moment(value: Any, _: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(value, "2026-05-13T09:12:56Z"))
    if moment.tzinfo is None:
        msg = f"{value!r} has no offset, so it names no moment"
        raise ValueError(msg)
    return moment.astimezone(dt.UTC)


def _day(value: Any, _: Any) -> dt.date:
    return dt.date.fromisoformat(_text(value, "2026-05-27"))


def _time(value: Any, _: Any) -> dt.time:
    return dt.time.fromisoformat(_text(value, "12:00"))


def _span(value: Any, _: Any) -> dt.timedelta:
    return dt.timedelta(microseconds=_exactly(int, Manner())(value, int))


def _text(value: Any, example: str) -> str:
    if type(value) is not str:
        msg = f"{value!r} must be written as {example!r}"
        raise TypeError(msg)
    return value


def _member(manner: Manner, value: Any, kind: type[Enum]) -> Enum:
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(repr(member.value) for member in kind)
        msg = manner.is_not(value, f"one of {choices}")
        raise ValueError(msg) from None


def _capacity(value: Any, _: Any) -> capacity.Capacity:
    if value == "unlimited" or type(value) is int:
        return value  # type: ignore[no-any-return]  # just checked
    msg = f"{value!r} is neither a whole number nor 'unlimited'"
    raise ValueError(msg)

"""
JSON text of our own: what `dump` wrote, `load` reads back equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar, get_type_hints

from cattrs import Converter, StructureHandlerNotFoundError

from portail_core.domain.kinds import Kind

from ._converters import make_converter
from ._kinds import keep
from ._structure import Fault, Unreadable, structure

T = TypeVar("T")


def dump(value: object, kind: Any = None) -> str:
    """
    Write *value* as one line of JSON, keys in the order of the fields.

    Args:
        value: Any value of the domain or of the ports.

        kind: The union that it is read back as, if it is read as one.
    """
    return json.dumps(
        _converter().unstructure(value, unstructure_as=kind),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(kind: type[T], text: str) -> T:
    """
    Read a value of *kind*, which may be a union of events or of notices.

    Raises:
        Unreadable: With every fault and its path; also for keys from the
            future, rather than drop them.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Fault("", f"not JSON: {error}")) from error
    return structure(_converter(), data, kind)


def know(kinds: Iterable[Kind]) -> None:
    """
    Read and write values of *kinds* from now on; again changes nothing.

    Raises:
        ValueError: If a name is that of another class already, a class has
            another name, or holds what cannot be written.
    """
    for kind in kinds:
        for name, held in get_type_hints(kind.shape).items():
            try:
                _converter().get_structure_hook(held)
            except StructureHandlerNotFoundError as error:
                msg = f"{kind.shape.__qualname__}.{name}: {error}"
                raise ValueError(msg) from error
        keep(kind)


@lru_cache(maxsize=1)
def _converter() -> Converter:
    # A tenth of the time of `import portail_core`, for who reads nothing.
    return make_converter()

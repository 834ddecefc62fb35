"""
What the reference page says of a key, beside the key itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import Attribute, AttrsInstance, fields

from portail_core.wire import EXAMPLE, SAYS

OTHERWISE = "otherwise"


def says(
    sentence: str, *, example: str, otherwise: str = ""
) -> Mapping[str, str]:
    """
    The metadata of a field that stands in the file.

    Args:
        sentence: What it is, with its unit and bounds.

        example: As one would write it after the « = »; « [[tariffs]] » for
            tables that are written apart.

        otherwise: What holds where the key is not written, if its default
            does not say it.
    """
    return {SAYS: sentence, EXAMPLE: example, OTHERWISE: otherwise}


def only(file: AttrsInstance, *keys: str, of: str) -> None:
    """
    Accept a table that says nothing but *keys*.

    Raises:
        ValueError: With *of*, which says what there may be.
    """
    for key in fields(type(file)):
        said = getattr(file, key.name) != _default(key)
        if said and key.name not in keys:
            msg = f"{key.name} does not go with {keys[0]}: {of}"
            raise ValueError(msg)


def _default(key: Attribute[Any]) -> object:
    default: Any = key.default
    made = getattr(default, "factory", None)  # as attrs keeps `factory=`
    return default if made is None else made()

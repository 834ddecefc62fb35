"""
What the reference page says of a key, beside the key itself.
"""

from __future__ import annotations

from collections.abc import Mapping

SAYS = "says"
EXAMPLE = "example"


def says(sentence: str, *, example: str) -> Mapping[str, str]:
    """
    The metadata of a field that stands in the file.

    Args:
        sentence: What it is, with its unit and bounds.

        example: As one would write it after the « = ».
    """
    return {SAYS: sentence, EXAMPLE: example}

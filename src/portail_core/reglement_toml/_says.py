"""
What the reference page says of a key, beside the key itself.
"""

from __future__ import annotations

from collections.abc import Mapping

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

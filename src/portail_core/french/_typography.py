"""
The spaces that French puts where a line must not break.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
MINUS = "\u2212"

# After these, or before those, a space never ends a line.
_LOOSE = re.compile(r"(?<=[«°]) | (?=[:;!?»])")


def typeset(text: str) -> str:
    r"""
    *text* with no-break spaces before « : ; ! ? » », and after « « » and n°.

    It changes spaces, and puts none where there was none: the colon of an
    address or of an hour stays as it is.

    >>> typeset("Trop tard : le 27 à 13:12 !")
    'Trop tard\xa0: le 27 à 13:12\xa0!'
    """
    return _LOOSE.sub(NO_BREAK, text)

"""
The two examples as text, and what the loader says of a text.
"""

from pathlib import Path

import pytest

from portail_core.reglement_toml import read_reglement
from portail_core.wire import Unreadable

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
# Where households live, so that conditions may ask for it.
RESIDENCIES = """
[[residencies]]
code = "commune"
label = "Habite la commune"

[[residencies]]
code = "ailleurs"
label = "Habite ailleurs"
"""
PETITES_BOUILLES = (EXAMPLES / "petites-bouilles.toml").read_text(
    "utf-8"
) + RESIDENCIES
CHEMAUDIN = (EXAMPLES / "chemaudin.toml").read_text("utf-8")


def with_changes(*changes, text=PETITES_BOUILLES):
    """
    *text* with the first of each pair replaced by the second, once.
    """
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def faults(text):
    """
    All that is wrong, as printed.
    """
    with pytest.raises(Unreadable) as caught:
        read_reglement(text)
    return [str(fault) for fault in caught.value.faults]

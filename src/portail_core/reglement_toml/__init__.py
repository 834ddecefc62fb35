"""
The règlement as one TOML file that an operator writes and reads.

Loading reports every error at once, each with its path and a sentence.  What
is read is the file's own shape; what comes out is the domain's `Reglement`,
with calendars expanded to dates.
"""

from ._added import clash
from ._checking import Checked, Warned, check_reglement
from ._file import SCHEMA, taken_keys, untold_keys
from ._reading import load_reglement, read_kind, read_reglement
from ._says import says
from ._why import OpeningReasons, load_opening_reasons

__all__ = [
    "SCHEMA",
    "Checked",
    "OpeningReasons",
    "Warned",
    "check_reglement",
    "clash",
    "load_opening_reasons",
    "load_reglement",
    "read_kind",
    "read_reglement",
    "says",
    "taken_keys",
    "untold_keys",
]

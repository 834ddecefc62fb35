"""
Text in, values out: the only place that knows cattrs.

`dump` never loses a cent, a microsecond or a type; `load` guesses nothing – no
text becomes a number – and reports every error at once, each with its path.
"""

from ._csv import read_table
from ._documents import load_document, parse_json
from ._json import dump, know, load
from ._structure import (
    EXAMPLE,
    NO_SUCH_KEY,
    SAYS,
    Fault,
    Unreadable,
    is_header,
)
from ._toml import Shape, load_toml, parse_toml, read_figure, shown

__all__ = [
    "EXAMPLE",
    "NO_SUCH_KEY",
    "SAYS",
    "Fault",
    "Shape",
    "Unreadable",
    "dump",
    "is_header",
    "know",
    "load",
    "load_document",
    "load_toml",
    "parse_json",
    "parse_toml",
    "read_figure",
    "read_table",
    "shown",
]

"""
The request document of `portail quote` and `portail cancel`: days and the
facts of a household, stated in TOML or JSON, without any stored family.
"""

from ._inquiry import Cancelled, Inquiry, Note
from ._quoting import quote
from ._reading import load_inquiry, read_inquiry

__all__ = [
    "Cancelled",
    "Inquiry",
    "Note",
    "load_inquiry",
    "quote",
    "read_inquiry",
]

"""
The request document of `portail quote` and `portail cancel`: days and the
facts of a household, stated in TOML or JSON, without any stored family.
"""

from ._cancelling import (
    Cancellation,
    CancelledDay,
    Judged,
    cancel,
)
from ._inquiry import Cancelled, Inquiry, Note
from ._keys import key_of
from ._late import local
from ._page import page
from ._quoting import quote
from ._reading import load_inquiry, read_inquiry

__all__ = [
    "Cancellation",
    "Cancelled",
    "CancelledDay",
    "Inquiry",
    "Judged",
    "Note",
    "cancel",
    "key_of",
    "load_inquiry",
    "local",
    "page",
    "quote",
    "read_inquiry",
]

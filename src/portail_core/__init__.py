"""
The domain of a French family portal, as a library.

A host application opens a `Portal` on a règlement, a storage, a mailer and a
payment provider, and serves families with it.
"""

from .domain.refusals import Refusal, Refused

__all__ = ["Refusal", "Refused"]

__version__ = "0.1.0"

"""
What an adapter says of itself.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from attrs import field, frozen, validators


class AdapterKind(Enum):
    """
    What an adapter is for: the port that its object fills.
    """

    STORAGE = "storage"  # portail_core.ports.store.Store
    MAIL = "mail"  # portail_core.ports.mail.Mailer
    PAYMENT = "payment"  # portail_core.ports.payment.PaymentProvider
    FILES = "files"  # portail_core.ports.files.Files


@frozen(kw_only=True)
class Adapter:
    """
    One adapter that a distribution offers.

    Attributes:
        scheme: The part of the URL before the colon, small letters, digits
            and `+`: « sqlite ».

        open: Makes the port's object from the whole URL.  It raises
            `ValueError`, in a sentence, for a URL that it cannot use.
    """

    kind: AdapterKind
    scheme: str = field(validator=validators.matches_re(r"[a-z][a-z0-9+]*"))
    open: Callable[[str], object]

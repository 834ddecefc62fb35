"""
What an adapter says of itself.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from attrs import field, frozen, validators

from portail_core.ports.maintenance import Maintenance


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

        maintain: For a storage that the portal may upgrade, back up and
            restore: makes what does, from the whole URL, whatever version its
            tables are of.  It raises as *open*; `None` if others do it.
    """

    kind: AdapterKind
    scheme: str = field(validator=validators.matches_re(r"[a-z][a-z0-9+]*"))
    open: Callable[[str], object]
    maintain: Callable[[str], Maintenance] | None = None

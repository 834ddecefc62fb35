"""
What this distribution offers to a portal.
"""

from __future__ import annotations

from collections.abc import Iterable

from portail_core.plugins import Adapter, AdapterKind, hookimpl

from ._urls import maildir_mailer, smtp_mailer


@hookimpl
def portail_adapters() -> Iterable[Adapter]:
    """
    `maildir:PATH`, `smtp://…` and `smtps://…`.
    """
    return (
        Adapter(kind=AdapterKind.MAIL, scheme="maildir", open=maildir_mailer),
        Adapter(kind=AdapterKind.MAIL, scheme="smtp", open=smtp_mailer),
        Adapter(kind=AdapterKind.MAIL, scheme="smtps", open=smtp_mailer),
    )

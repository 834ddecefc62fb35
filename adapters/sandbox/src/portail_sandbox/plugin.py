"""
What this distribution offers to a portal.
"""

from __future__ import annotations

from portail_core.plugins import Adapter, AdapterKind, hookimpl

from ._url import open_url


@hookimpl
def portail_adapters() -> tuple[Adapter, ...]:
    """
    The payment adapter of `sandbox:` URLs.
    """
    return (
        Adapter(kind=AdapterKind.PAYMENT, scheme="sandbox", open=open_url),
    )

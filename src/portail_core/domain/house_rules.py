"""
The règlement intérieur as families read it, and their accepting it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from .checks import moment, not_empty
from .ids import AccountId, HouseRulesVersion
from .refusals import Refusal

_ADDRESS = re.compile(r"(https?://[!-~]+|/[!-~]*)")


def _address(_: object, attribute: Attribute[Any], text: str) -> None:
    if not _ADDRESS.fullmatch(text):
        msg = (
            f"{attribute.name} is {text!r}, expected an address: "
            '"https://…", or a path of the portal that begins with "/"'
        )
        raise ValueError(msg)


@frozen(kw_only=True)
class HouseRules:
    """
    « Nous vous invitons à consulter le règlement intérieur disponible sur le
    portail famille. »

    Attributes:
        version: What the operator calls it; another is accepted anew.

        url: Where it is read: a web address, or a path of the portal.
    """

    version: HouseRulesVersion = field(validator=not_empty)
    url: str = field(validator=_address)


@frozen(kw_only=True)
class Acceptance:
    """
    An account accepted a version of the règlement intérieur; never undone.
    """

    account: AccountId
    version: HouseRulesVersion
    at: dt.datetime = field(validator=moment)


@frozen
class HouseRulesNotInForce(Refusal):
    """
    The version to accept is not the one in force.
    """

    rule: ClassVar[str] = "house-rules.version.in-force"
    version: HouseRulesVersion

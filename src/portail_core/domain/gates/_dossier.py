"""
What gates look at.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.domain.accounts import Account
from portail_core.domain.arrears import Debt
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.households import Household
from portail_core.domain.pre_registrations import PreRegistration


@frozen(kw_only=True)
class Dossier:
    """
    What a family did and gave before it books.

    Attributes:
        account: Who asks.

        documents: The household's, and those of its children.

        pre_registrations: Of its children.

        acceptances: What the account accepted of the règlement intérieur.

        debts: What the household had to pay, at whatever régie.
    """

    account: Account
    household: Household
    documents: tuple[Document, ...]
    pre_registrations: tuple[PreRegistration, ...]
    acceptances: tuple[Acceptance, ...]
    debts: tuple[Debt, ...]

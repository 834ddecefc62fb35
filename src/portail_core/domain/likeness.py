"""
Names as people compare them: whatever the case, the accents and the dashes.
"""

from __future__ import annotations

import unicodedata

from attrs import frozen

from .checks import is_control
from .households import Adult, Household

LONGEST_SEARCH = 1_000
"""Characters; the longest name has fewer."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


def alike(text: str) -> str:
    """
    The letters and figures of *text*: equal for two ways to write one name.

    Text without any is compared by itself.

    >>> alike("Martin-Durand") == alike(" MARTIN DURAND")
    True
    >>> alike("Zoé L’Hœrissier")
    'zoelhoerissier'
    """
    plain = unicodedata.normalize(
        "NFKD", text.casefold().translate(_LIGATURES)
    )
    letters = "".join(filter(str.isalnum, plain))
    return letters or text.strip().casefold()


def name_alike(last_name: str | None, first_name: str | None) -> str:
    """
    What is compared of someone's name, and searched: the last name comes
    twice, so that both orders are in it.

    >>> name_alike("Petit", "Zoé")
    'petitzoepetit'
    """
    last, first = alike(last_name or ""), alike(first_name or "")
    return f"{last}{first}{last}"


def names_alike(household: Household) -> str:
    """
    The same of all its adults, the first first: dossiers are listed by it.
    """
    return " ".join(map(_adult, household.adults))


def _adult(adult: Adult) -> str:
    return name_alike(adult.last_name, adult.first_name)


@frozen(kw_only=True)
class Search:
    """
    What someone looks for among dossiers; all of them, if both are empty.

    Attributes:
        name: Stands in a name, as `name_alike` gives it.

        email: Stands in an address.
    """

    name: str
    email: str


def search(typed: str) -> Search:
    """
    What was *typed* to look for a dossier: a name, an address, or a part; its
    first 1,000 characters.
    """
    # No name holds a control character, and storages stumble over them.
    sought = "".join(
        "\N{REPLACEMENT CHARACTER}" if is_control(one) else one
        for one in typed.strip()[:LONGEST_SEARCH]
    )
    return Search(name=alike(sought), email=sought.lower())

"""
docs/spec/fact.md: what conditions may ask for.
"""

import pytest
from attrs import evolve

from portail_core.domain.conditions import OneOf, When
from portail_core.domain.deadlines import Case, Deadlines, one_deadline
from portail_core.domain.ids import FactName
from portail_core.testing.reglements import changed
from tests.spec.guide import BOOK_UNTIL, REGLEMENT, always


def asking(fact, word, **others):
    """
    A règlement whose deadline depends on this fact.
    """
    (rest,) = one_deadline(BOOK_UNTIL).cases
    when = When((OneOf(FactName(fact), (word,)),))
    cases = Deadlines((Case(when=when, deadline=rest.deadline), rest))
    return changed(
        REGLEMENT, book_until=always(cases, "book_until[0]"), **others
    )


@pytest.mark.rule("fact.when.named")
@pytest.mark.parametrize(
    ("fact", "word", "others", "told"),
    [
        (
            "residency",
            "ailleurs",
            {},
            "asks for the residency 'ailleurs', which is not among commune",
        ),
        (
            "residency",
            "commune",
            {"residencies": ()},
            (
                "asks for the residency 'commune', and none is declared: "
                r"write \[\[residencies\]\]"
            ),
        ),
        (
            "sieste",
            "oui",
            {},
            (
                r"'sieste' is no fact: declare it in \[facts\], with the "
                "words that it may be"
            ),
        ),
        (
            "sieste",
            "peut-être",
            {"named_facts": {"sieste": ("oui", "non")}},
            "asks for the sieste 'peut-être', which is not among non, oui",
        ),
    ],
    ids=["another", "none declared", "no fact", "another word"],
)
def test_never(fact, word, others, told):
    """
    A condition that could never hold is told, with its place.
    """
    with pytest.raises(
        ValueError, match=rf"book_until\[0\]\.deadlines\[0\]\.when: {told}"
    ):
        asking(fact, word, **others)


@pytest.mark.rule("fact.when.named")
def test_declared():
    """
    A fact that the règlement names is asked for like any other.
    """
    named = {FactName("sieste"): ("oui", "non")}

    assert asking("sieste", "oui", named_facts=named).named_facts == named


def test_known_words():
    """
    Facts whose words are the library's need no declaration.
    """
    assert asking("season", "school-term") is not None


@pytest.mark.rule("fact.when.named")
def test_named_as_ours():
    """
    A règlement does not name a fact that there is already.
    """
    with pytest.raises(ValueError, match=r"^facts\.age: is a fact already"):
        evolve(REGLEMENT, named_facts={FactName("age"): ("petit", "grand")})

"""
Whatever a request document holds, it is answered, refused or unreadable:
nothing else.
"""

import copy
import random
from pathlib import Path

import pytest

from portail_core import french
from portail_core.domain.money import ZERO, total
from portail_core.domain.refusals import Refused
from portail_core.reglement_toml.inquiries import cancel, quote, read_inquiry
from portail_core.wire import Unreadable, parse_toml
from tests.reglement.inquiring import VALMONT
from tests.reglement.test_fuzz import FULL, SEED, change, nodes

DOCUMENTS = 20_000 if FULL else 400
TEXTS = [
    parse_toml(path.read_text(encoding="utf-8"))
    for path in sorted(
        (Path(__file__).parents[1] / "data" / "requests").glob("*.toml")
    )
]

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600 if FULL else 120)]


def moved_about(chance):
    """
    A document, of which a few values are elsewhere or otherwise.
    """
    data = copy.deepcopy(chance.choice(TEXTS))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        places = list(nodes(data))
        if not places:
            break
        holder, key = chance.choice(places)
        change(chance, places, holder, key)
    return data


def answer(data):
    """
    What was made of a document, in a word.
    """
    try:
        inquiry = read_inquiry(data, VALMONT)
        quoted = quote(inquiry, VALMONT)
        given_back = cancel(inquiry, VALMONT)
    except Unreadable as unreadable:
        return _told("unreadable", [one.message for one in unreadable.faults])
    except Refused as refused:
        return _told("refused", list(map(french.refusal, refused.refusals)))
    assert quoted.total == total(line.amount for line in quoted.lines)
    assert given_back.paid == quoted.total
    assert given_back.released == given_back.kept + given_back.credited
    assert ZERO <= given_back.released
    return "answered"


def _told(how, sentences):
    assert sentences
    assert all(sentences)
    return how


@pytest.mark.rule("inquiry.faults.all", "inquiry.cancel")
def test_answered():
    """
    All three happen, and what is paid is kept, credited or still there.
    """
    chance = random.Random(SEED)
    found = set()
    for number in range(DOCUMENTS):
        data = moved_about(chance)
        try:
            found.add(answer(data))
        except Exception as error:
            error.add_note(f"document {number} of seed {SEED}: {data!r}")
            raise

    assert {"answered", "refused", "unreadable"} == found

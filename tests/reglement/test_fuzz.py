"""
Whatever a file holds, it is read, or told to be unreadable: nothing else.

Two walks: the example's values are moved about, dropped, doubled and replaced;
and its text is cut, stitched and mistyped.  1,000 files each, 50,000 with
PORTAIL_PROOF=full.  What is read goes through the wire and conforms to the
schema for editors; it has its warnings and its brackets, and they have lines.
"""

import copy
import datetime as dt
import os
import random
from typing import Any

import pytest

from portail_core.domain.oddities import grid_reports, warnings
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml import read_reglement, reference
from portail_core.reglement_toml._lines import Lines
from portail_core.reglement_toml._reading import _read
from portail_core.wire import Unreadable, dump, load, parse_toml
from tests.reglement.conforming import as_json, faults as nonconforming
from tests.reglement.written import CHEMAUDIN, PETITES_BOUILLES

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FILES = 50_000 if FULL else 1_000
SEED = random.SystemRandom().randrange(2**32) if FULL else 2026

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600 if FULL else 120)]

SCHEMA = reference.schema()
TEXTS = (PETITES_BOUILLES, CHEMAUDIN, reference.start())
VALUES: tuple[Any, ...] = (
    *(0, 1, -1, 7, 2**63, -(2**63), 10**30),
    *(0.0, 1.5, -0.0, float("inf"), float("nan"), 1e300),
    *("", " ", "0", "1", "-1", "7.10", "1e9", "é" * 80, "\x00", "04", "974"),
    *("monday", "unlimited", "closed", "open", "matin", "MATIN", "mercredis"),
    *(True, False, [], {}, [[]], [{}], {"": ""}, [0, "x"], ["matin"] * 3),
    *(dt.date.min, dt.date.max, dt.date(2026, 2, 28), dt.date(1900, 1, 1)),
    *(dt.datetime.min, dt.datetime.max, dt.datetime(2026, 3, 29, 2, 30)),  # noqa: DTZ001, DTZ901 - as TOML has them
    *(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.time.min, dt.time.max),
)
TYPED = (
    *('"', "'", "[", "]", "{", "}", "=", ".", ",", "#", "\n", "\\", "-"),
    *("[[", "]]", '"""', "0", "9", "e", "_", "T", "Z", "\u00a0", "\x00", "é"),
    *("true", "nan", "1e9", "0x1", "2026-02-30", "24:00:00", "code"),
)


def nodes(data):
    """
    Every place in *data*: what holds it, and under which key.
    """
    keys = data if isinstance(data, dict) else range(len(data))
    for key in list(keys):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from nodes(data[key])


def moved_about(chance):
    """
    The values of an example, a few of them elsewhere or otherwise.
    """
    data = copy.deepcopy(parse_toml(chance.choice(TEXTS)))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        places = list(nodes(data))
        if not places:
            break
        holder, key = chance.choice(places)
        change(chance, places, holder, key)
    return data


def change(chance, places, holder, key):
    other, other_key = chance.choice(places)
    match chance.randrange(6):
        case 0 | 1:
            holder[key] = copy.deepcopy(chance.choice(VALUES))
        case 2:
            del holder[key]
        case 3:
            holder[key] = copy.deepcopy(other[other_key])
        case 4 if isinstance(holder, dict):
            holder[chance.choice(("code", "labl", "é"))] = holder.pop(key)
        case _:
            holder[key] = [copy.deepcopy(holder[key])] * 2


def mistyped(chance):
    """
    The text of an example, cut, stitched and mistyped.
    """
    text = chance.choice(TEXTS)
    for _ in range(chance.choice((1, 1, 2, 5))):
        first, last = sorted(chance.randrange(len(text) + 1) for _ in "ab")
        near = min(last, first + chance.randrange(12))
        match chance.randrange(5):
            case 0:
                text = text[:first] + chance.choice(TYPED) + text[first:]
            case 1:
                text = text[:first] + text[near:]
            case 2:
                text = text[:first] + chance.choice(TYPED) + text[near:]
            case 3:
                text = text[:last] + text[first:near] + text[last:]
            case _:
                lines = text.split("\n")
                line = lines.pop(chance.randrange(len(lines)))
                lines.insert(chance.randrange(len(lines) + 1), line)
                text = "\n".join(lines)
    return text


def of_values(data):
    """
    The règlement of a file's values, which editors agree with.
    """
    reglement = _read(data)
    assert [] == list(nonconforming(SCHEMA, as_json(data)))
    return reglement


def of_text(text):
    """
    The règlement of a file's text, each value of which has its line.
    """
    reglement = read_reglement(text)
    lines = Lines(text)
    for one in warnings(reglement):
        assert lines.line_of(one.path, parse_toml(text))
    return reglement


def read_or_refused(read, given):
    """
    The règlement, which the wire takes too; its faults if it is unreadable.
    """
    try:
        reglement = read(given)
    except Unreadable as error:
        return error.faults
    assert reglement == load(Reglement, dump(reglement))
    assert all(one.sentence for one in warnings(reglement))
    assert grid_reports(reglement)
    return reglement


@pytest.mark.rule("reglement.faults.all")
@pytest.mark.parametrize(
    ("make", "read"),
    [(moved_about, of_values), (mistyped, of_text)],
    ids=["values", "text"],
)
def test_read_or_refused(make, read):
    """
    A file is read or unreadable, and both happen.
    """
    chance = random.Random(SEED)
    answers = []
    for number in range(FILES):
        given = make(chance)
        try:
            answers.append(read_or_refused(read, given))
        except Exception as error:
            error.add_note(f"file {number} of seed {SEED}: {given!r}")
            raise

    refused = [answer for answer in answers if isinstance(answer, tuple)]
    assert 0 < len(refused) < FILES
    assert all(fault.message for faults in refused for fault in faults)
    assert all(refused)

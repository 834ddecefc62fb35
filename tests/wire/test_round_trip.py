"""
What is written is read back equal, and read strictly.
"""

import json
from copy import deepcopy

import pytest
from attrs import has
from hypothesis import given, settings, strategies as st

from portail_core import wire
from portail_core.domain.reglement import Reglement
from tests.spec.guide import REGLEMENT
from tests.wire.kinds import CARRIED, IDS, values

# There are many kinds: a share of the profile's examples for each.
SHARE = settings(max_examples=max(20, settings().max_examples // 10))

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            10**400,
            "2026-05-27",
            "0001-01-01T00:00:00+23:59",
            "9999-12-31T23:59:59-23:59",
            "12.50",
            "NaN",
            "RequestHeld",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(document, here=()):
    """
    Where something can be replaced: every place of a document.
    """
    yield here
    inside = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, value in inside:
        yield from paths(value, (*here, key))


def replaced(document, path, value):
    if not path:
        return value
    document = deepcopy(document)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return document


def removed(document, path):
    document = deepcopy(document)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return document


def added(document, path, value):
    holder = document
    for key in path:
        holder = holder[key]
    if not isinstance(holder, dict):
        return document
    return replaced(document, (*path, "from the future"), value)


@pytest.mark.proof
@pytest.mark.parametrize(("kind", "member"), CARRIED, ids=IDS)
@SHARE
@given(st.data())
def test_round_trip(kind, member, data):
    """
    What is read is what was written, to the microsecond and the cent.
    """
    value = data.draw(values(member))
    text = wire.dump(value, kind)

    assert value == wire.load(kind, text)
    assert text == wire.dump(wire.load(kind, text), kind)
    assert type(value) is type(wire.load(kind, text))


@pytest.mark.proof
@pytest.mark.parametrize(("kind", "member"), CARRIED, ids=IDS)
@SHARE
@given(st.data())
def test_spoiled(kind, member, data):
    """
    A document that was spoiled anywhere is read as it is written, or not at
    all: then every fault says where.
    """
    written = json.loads(wire.dump(data.draw(values(member)), kind))
    path = data.draw(st.sampled_from(list(paths(written))))
    spoil = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if spoil == "replace":
        spoiled = replaced(written, path, data.draw(anything))
    elif spoil == "remove" and path:
        spoiled = removed(written, path)
    else:
        spoiled = added(written, path, data.draw(anything))
    text = json.dumps(spoiled)

    try:
        value = wire.load(kind, text)
    except wire.Unreadable as unreadable:
        faults = unreadable.faults
        value = None
    else:
        faults = ()

    assert all(fault.message for fault in faults)
    if value is None:
        assert faults
        return
    again = json.loads(wire.dump(value, kind))
    assert value == wire.load(kind, json.dumps(again))
    if spoil != "remove":
        assert again in (written, spoiled)


@given(st.text() | anything.map(json.dumps))
def test_garbage(text):
    """
    Whatever text comes, the answer is a value or Unreadable.
    """
    for kind in {kind for kind, _ in CARRIED if has(kind)}:
        with pytest.raises(wire.Unreadable):
            wire.load(kind, text)


def test_reglement():
    """
    A whole règlement is read back equal.
    """
    assert REGLEMENT == wire.load(Reglement, wire.dump(REGLEMENT))

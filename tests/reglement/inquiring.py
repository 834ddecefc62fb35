"""
Request documents under the règlement of an invented commune.
"""

from pathlib import Path

import pytest

from portail_core.reglement_toml import load_reglement
from portail_core.reglement_toml.inquiries import cancel, quote, read_inquiry
from portail_core.wire import Unreadable, parse_toml

FILE = Path(__file__).parents[1] / "data" / "valmont.toml"
VALMONT = load_reglement(FILE)


def asked(text, reglement=VALMONT):
    return read_inquiry(parse_toml(text), reglement)


def quoted(text, reglement=VALMONT):
    return quote(asked(text, reglement), reglement)


def given_back(text, reglement=VALMONT):
    return cancel(asked(text, reglement), reglement)


def faults(text, reglement=VALMONT):
    """
    All that is wrong with a document, as printed.
    """
    with pytest.raises(Unreadable) as caught:
        asked(text, reglement)
    return [str(fault) for fault in caught.value.faults]


def notes(text):
    return [str(note) for note in asked(text).notes]

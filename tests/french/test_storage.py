"""
What is shown when too many write at the same time.
"""

import re

import pytest

from portail_core import french


@pytest.mark.rule("storage.busy")
def test_busy():
    """
    A family hears that nothing was kept, and what to do next.
    """
    said = french.STORAGE_BUSY

    assert "rien n’a été enregistré" in said
    assert "validez à nouveau" in said
    assert not re.search(r" [:;!?»]|« |'", said)

"""
A règlement with kinds of a plugin, kept in SQLite and read by another process.
"""

import subprocess
import sys

import pytest

from portail_core.application import reglements
from portail_core.domain.money import eur
from portail_core.testing import StoppedClock, check_promises
from portail_sql import SqlStore
from tests.application.conftest import ASKED, WEDNESDAY, World
from tests.plugins.kinds import OPEN_TO_ALL, REGLEMENT, stating

ANOTHER = """
import sys
from portail_core.application import reglements
from portail_core.plugins import Plugins
from portail_core.wire import Unreadable
from portail_sql import SqlStore

if sys.argv[2] == "installed":
    from tests.plugins import commune
    Plugins(commune, discover=())
store = SqlStore.open(sys.argv[1])
with store.reading() as reading:
    (version,) = reading.reglements()
    try:
        found = reglements.version(reading, version.digest)
    except Unreadable as unreadable:
        print(unreadable.faults[0].message)
    else:
        print(reglements.digest_of(found) == version.digest)
store.close()
"""


@pytest.fixture(name="url")
def _url(tmp_path):
    url = f"sqlite:///{tmp_path}/portail.db"
    store = SqlStore.open(url)
    reglements.adopt(REGLEMENT, store=store, clock=StoppedClock(ASKED))
    store.close()
    return url


def told(url, which):
    """
    What another process says of the règlement that is kept there.
    """
    shown = subprocess.run(
        [sys.executable, "-c", ANOTHER, url, which],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return shown.stdout.strip()


@pytest.mark.rule("reglement.kinds.stored")
def test_read_back(url):
    """
    Whoever has the plugin reads the règlement that was kept.
    """
    assert "True" == told(url, "installed")


@pytest.mark.rule("reglement.kinds.stored")
def test_not_installed(url):
    """
    Who does not hears what is missing, and of which package.
    """
    assert "that the package 'tests' adds, and no plugin" in told(url, "not")


@pytest.mark.rule("reglement.kinds.stored")
def test_booked_and_cancelled(tmp_path):
    """
    A day is booked, paid and cancelled under the règlement that SQLite keeps.
    """
    store = SqlStore.open(f"sqlite:///{tmp_path}/portail.db")
    world = World(store, OPEN_TO_ALL)
    family = stating(world.family())

    request = family.book(WEDNESDAY)
    cancelled = family.cancel(request.number, WEDNESDAY)

    assert eur("1.67") == cancelled.credited
    check_promises(store, at=world.clock.now())
    store.close()

"""
Another process: buy the last place when told to, and say how it went.
"""

import sys

from portail_core.domain.ids import ChildId
from portail_core.domain.places import Spot
from portail_core.testing import builders
from portail_sql import SqlStore


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


url, number, child = sys.argv[1:]
spot = Spot(builders.POOL, builders.WEDNESDAY, builders.MORNING)
store = SqlStore.open(url)

say("ready")
sys.stdin.readline()
with store.transaction([(spot.pool, spot.day)]) as tx:
    full = tx.taken([spot], builders.ASKED).get(spot, 0) >= 1
    if not full:
        asked = builders.asked(child=ChildId(child))
        tx.put(builders.request(int(number), asked=asked))
store.close()
say("full" if full else "sold")

"""
What may happen at any call of a port: a crash, another writer, time.
"""

from collections import Counter
from contextlib import contextmanager

from portail_core.domain.places import spots
from portail_core.domain.requests import Request
from portail_core.ports.store import ConcurrentChange
from portail_core.testing import Crash, Faults
from portail_core.testing._keys import kept_places


class Chaos(Faults):
    """
    At each point, by chance: the process dies, or something else happens
    meanwhile.

    Attributes:
        meanwhile: What else may happen; set by who simulates.

        quiet: Points at which nothing else may happen: where a store holds
            its writers back, another would wait for ever.
    """

    def __init__(self, random, quiet=()):
        super().__init__()
        self.random = random
        self.quiet = frozenset(quiet)
        self.counts: Counter[str] = Counter()
        self.meanwhile = lambda: None
        self.crash = self.interrupt = self.lose = 0.0
        self.nested = False
        self.on = False

    @contextmanager
    def at_work(self):
        """
        Things may go wrong from here to the end.
        """
        self.on = True
        try:
            yield
        finally:
            self.on = False

    def point(self, name):
        if not self.on or self.nested:
            return
        if self.random.random() < self.crash:
            self.counts[f"crash {name}"] += 1
            raise Crash(name)
        if name not in self.quiet and self.random.random() < self.interrupt:
            self.counts[f"meanwhile {name}"] += 1
            self.nested = True
            try:
                self.meanwhile()
            finally:
                self.nested = False

    def race(self):
        if self.on and self.random.random() < self.lose:
            self.counts["race"] += 1
            msg = "another writer came first"
            raise ConcurrentChange(msg)


class Watched:
    """
    A transaction, and what it takes that it has not locked.
    """

    def __init__(self, tx):
        self._tx = tx
        self._requests = {}

    def __getattr__(self, name):
        return getattr(self._tx, name)

    def put(self, record):
        if isinstance(record, Request):
            self._requests[record.number] = record
        self._tx.put(record)

    def unlocked(self, locks):
        """
        Pools and days where places are taken anew; to keep for longer what
        is taken still takes nothing from anyone.
        """
        before = [
            known
            for after in self._requests.values()
            for known in [
                self._tx.of(after.asked.household).request(after.number)
            ]
            if known is not None
        ]
        more = Counter(kept_spots(self._requests.values()))
        more.subtract(kept_spots(before))
        taken = {
            (spot.pool, spot.day) for spot, count in more.items() if count > 0
        }
        return taken - set(locks)


def kept_spots(requests):
    for request in requests:
        for day, place in kept_places(request):
            yield from spots(day, (place,))


class ChaoticStore:
    """
    A store with a point before each transaction and around each commit; what
    is taken must have been locked.
    """

    def __init__(self, store, chaos):
        self.store = store
        self.chaos = chaos

    def reading(self):
        return self.store.reading()

    @contextmanager
    def transaction(self, locks=()):
        self.chaos.point("before begin")
        with self.store.transaction(locks) as inner:
            tx = Watched(inner)
            yield tx
            assert not tx.unlocked(locks), "promise 1: taken, and not locked"
            self.chaos.point("before commit")
            self.chaos.race()
        self.chaos.point("after commit")

    def back_off(self, lost):
        self.store.back_off(lost)

    def close(self):
        self.store.close()

"""
Another process: keep requests, one commit each, until it is killed.

With « unfinished », stop in the middle of the first commit: everything is
flushed, nothing is committed.
"""

import sys
from itertools import count

from portail_core.domain.ids import ChildId
from portail_core.testing import builders, samples
from portail_sql import SqlStore


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


url, how = sys.argv[1:]
store = SqlStore.open(url)

for _ in count():
    with store.transaction() as tx:
        number = tx.next_number("request")
        child = builders.child(id=ChildId(f"child {number}"))
        tx.put(child)
        tx.put(builders.request(number, asked=builders.asked(child=child.id)))
        tx.put(samples.queued(key=f"notice {number}"))
        tx.append(samples.entry(f"request/{number}"))
        if how == "unfinished":
            tx.flush()
            say("flushed")
            sys.stdin.readline()
    say(number)

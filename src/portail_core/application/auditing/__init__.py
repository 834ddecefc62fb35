"""
Whether a portal keeps its promises, looked up in its storage.

Places, cents and numbers are counted here a second time, from rows and from
the journal, by other code than the use cases': a fault must be made twice to
go unseen.  What does not hold is told with ids alone, and with what to do.
"""

from ._audit import audit
from ._found import Audit, Discrepancy
from ._questions import QUESTIONS, Promise, Question

__all__ = [
    "QUESTIONS",
    "Audit",
    "Discrepancy",
    "Promise",
    "Question",
    "audit",
]

"""
What a store says when it cannot.
"""


class ConcurrentChange(Exception):
    """
    Another writer came first; nothing was written, run the use case again.
    """


class StorageBusy(Exception):
    """
    Too many writers for too long; nothing was written, try again in a moment.
    """


class StorageFailed(Exception):
    """
    The store is broken, or was asked for what cannot be kept; nothing was
    written, and running it again would not help.

    Of a commit whose answer is lost on the way nobody knows: the message says
    so.  Every command has a key, under which it is asked again and happens
    once.
    """

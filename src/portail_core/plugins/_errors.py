"""
What goes wrong with plugins: each names the distribution and the way out.
"""

from __future__ import annotations


class PluginError(Exception):
    """
    Something is wrong with what is installed, not with the program.
    """


class PluginBroken(PluginError):
    """
    A distribution's plugin does not load, or answers no hook of ours.
    """


class DuplicateName(PluginError):
    """
    Two distributions offer an adapter of one kind and scheme, or two kinds
    have one key; or a kind has a key of ours.
    """


class MaintenanceMissing(PluginError):
    """
    The storage adapter leaves upgrades, backups and restores to others.
    """


class AdapterMissing(PluginError):
    """
    No distribution offers an adapter of this kind and scheme.
    """

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
    Two distributions offer an adapter of one kind and scheme.
    """


class AdapterMissing(PluginError):
    """
    No distribution offers an adapter of this kind and scheme.
    """

"""
What the tiles share.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.application.members import Member
from portail_core.portal._ports import Ports


@frozen
class Tile:
    """
    A part of the family's desk: only this family's, whatever is asked.
    """

    _ports: Ports
    _member: Member

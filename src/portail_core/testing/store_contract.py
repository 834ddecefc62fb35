"""
What every store must do, as tests that its author runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from portail_core.ports.store import Store

from ._contract_commits import CommitsContract
from ._contract_dossiers import DossiersContract
from ._contract_intake import IntakeContract
from ._contract_interleaving import InterleavingContract
from ._contract_isolation import IsolationContract
from ._contract_journal import JournalContract
from ._contract_pages import PagesContract
from ._contract_places import PlacesContract
from ._contract_processes import ProcessesContract
from ._contract_queues import QueuesContract
from ._contract_reads import ReadsContract
from ._contract_records import RecordsContract
from ._contract_repeats import RepeatsContract
from ._contract_text import TextContract
from ._contract_uniqueness import UniquenessContract
from ._contract_volume import VolumeContract
from ._kit import Kit, Maker


@pytest.fixture(name="store")
def _made_store(self: StoreContract, place: Path) -> Iterator[Store]:
    store = self.make_store(place)
    yield store
    store.close()


class StoreContract(
    RecordsContract,
    ReadsContract,
    DossiersContract,
    PagesContract,
    IntakeContract,
    CommitsContract,
    UniquenessContract,
    PlacesContract,
    QueuesContract,
    JournalContract,
    InterleavingContract,
    IsolationContract,
    ProcessesContract,
    TextContract,
    RepeatsContract,
    VolumeContract,
    Kit,
):
    """
    The checks of a store, in three lines.

        class TestMyStore(StoreContract):
            make_store = staticmethod(make_store)

    `make_store(place)` opens the store that is kept in the folder *place*,
    empty at first; called again with the same place, perhaps by another
    process, it opens the same store.  To be found by another process it is a
    function, or a class, of a module.

    An author whose store is made otherwise writes a fixture `store`, empty
    and ready, instead; what needs a place is then not applicable.

    Nothing here reads the clock.
    """

    make_store: ClassVar[Maker[Store]]
    _maker: ClassVar[str] = "make_store"
    _made: ClassVar[Mapping[str, Any]] = {"store": _made_store}

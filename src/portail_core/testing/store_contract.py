"""
What every store must do, as tests that its author runs.
"""

from __future__ import annotations

from ._contract_commits import CommitsContract
from ._contract_dossiers import DossiersContract
from ._contract_intake import IntakeContract
from ._contract_journal import JournalContract
from ._contract_pages import PagesContract
from ._contract_places import PlacesContract
from ._contract_queues import QueuesContract
from ._contract_reads import ReadsContract
from ._contract_records import RecordsContract
from ._contract_uniqueness import UniquenessContract


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
):
    """
    The checks of a store; an author gives a fixture `store`, empty and ready.

        class TestMyStore(StoreContract):
            @pytest.fixture
            def store(self, tmp_path):
                return MyStore(tmp_path / "portail.db")

    Races need a store that several threads may use.  Nothing here reads the
    clock.
    """

"""
Fakes, builders and conformance kits for authors of adapters.
"""

import pytest

# Before they are imported: an author reads what differs, not « assert ».
pytest.register_assert_rewrite(
    *(
        f"{__name__}.{module}"
        for module in (
            "_contract_commits",
            "_contract_dossiers",
            "_contract_journal",
            "_contract_intake",
            "_contract_interleaving",
            "_contract_isolation",
            "_contract_pages",
            "_contract_places",
            "_contract_processes",
            "_contract_queues",
            "_contract_reads",
            "_contract_records",
            "_contract_repeats",
            "_contract_text",
            "_contract_tools",
            "_contract_uniqueness",
            "_contract_volume",
            "files_contract",
            "kind_contract",
            "mail_contract",
            "payment_contract",
        )
    )
)

from . import builders, samples  # noqa: E402 - as said above
from ._kit import Capability  # noqa: E402
from .broken import DumpedStore  # noqa: E402
from .fakes import (  # noqa: E402
    CheapPasswords,
    CountedTokens,
    KeptFiles,
    KeptMail,
    ScriptedPayments,
    StoppedClock,
)
from .faults import (  # noqa: E402
    Crash,
    Faults,
    FaultyMail,
    FaultyPayments,
    FaultyStore,
    RacingStore,
)
from .files_contract import FilesContract  # noqa: E402
from .kind_contract import KindContract  # noqa: E402
from .mail_contract import Delivered, Mailbox, MailContract  # noqa: E402
from .memory import MemoryStore  # noqa: E402
from .payment_contract import Payer, PaymentContract  # noqa: E402
from .promises import check_promises, discrepancies  # noqa: E402
from .reglements import reglement  # noqa: E402
from .store_contract import StoreContract  # noqa: E402

__all__ = [
    "Capability",
    "CheapPasswords",
    "CountedTokens",
    "Crash",
    "Delivered",
    "DumpedStore",
    "Faults",
    "FaultyMail",
    "FaultyPayments",
    "FaultyStore",
    "FilesContract",
    "KeptFiles",
    "KeptMail",
    "KindContract",
    "MailContract",
    "Mailbox",
    "MemoryStore",
    "Payer",
    "PaymentContract",
    "RacingStore",
    "ScriptedPayments",
    "StoppedClock",
    "StoreContract",
    "builders",
    "check_promises",
    "discrepancies",
    "reglement",
    "samples",
]

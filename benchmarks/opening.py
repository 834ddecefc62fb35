"""
What it costs to import the portal and to open one: time and memory.

    python -m benchmarks.opening [--runs N]

Every figure is of a new process.  Nothing is asserted: a machine is slow or
fast, so each line is also told as a multiple of the floor, Python itself.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent

OPEN = f"""
import tempfile
from pathlib import Path

from portail_core import Portal

file = Path({str(ROOT / "docs" / "examples" / "petites-bouilles.toml")!r})
folder = tempfile.TemporaryDirectory()
portal = Portal.open(
    file,
    storage=f"sqlite:///{{folder.name}}/portail.db",
    mail=f"maildir:{{folder.name}}/mails",
    payment=f"sandbox:{{folder.name}}/payments",
    links="https://portail.example.org",
    secret="of this benchmark, 32 characters",
)
"""
# Two passwords are derived on the way, as slowly as they should be.
QUOTE = f"""
{OPEN}
import datetime as dt

from portail_core import Wish

public = portal.public
public.register("famille@example.org", "Une-phrase-de-passe-2026")
portal.jobs.relay()
(mail,) = Path(folder.name, "mails", "new").iterdir()
secret = mail.read_text().split("/go/")[1][:32]
public.confirm_email(secret)
session = public.sign_in("famille@example.org", "Une-phrase-de-passe-2026")
family = portal.family(session.token)
child = family.children.add(
    {"first_name": "Lou", "last_name": "Martin", "birth_date": "02/03/2019"}
)
wish = Wish(
    child=child.id,
    period="mercredis-2025-2026",
    days={{dt.date(2026, 5, 27): "JOURNEE-REPAS"}},
)
assert family.planning.quote(wish).total.cents == 1838
"""

WORKLOADS: Mapping[str, str] = {
    "python -c pass": "pass",
    "import attrs": "import attrs",
    "import cattrs": "import cattrs",
    "import pluggy": "import pluggy",
    "import attrs, cattrs, pluggy": "import attrs, cattrs, pluggy",
    "from portail_core import Portal": "from portail_core import Portal",
    "Portal.open, on a new SQLite": OPEN,
    "… and a family's first quote": QUOTE,
}

# Linux counts the parent's memory into a child's ru_maxrss, so its own high
# water mark is read where there is one.
PEAK = """
import os, resource, sys
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.platform == "darwin":
    peak //= 1024
if os.path.exists("/proc/self/status"):
    with open("/proc/self/status") as status:
        peak = next(int(s.split()[1]) for s in status if "VmHWM" in s)
print(peak)
"""


def main() -> None:
    """
    Measure every workload, and print a table.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    runs = parser.parse_args().runs
    print(f"Python {sys.version.split()[0]}, median of {runs} processes each")
    print(f"{'':34}{'ms':>8}{'floor x':>9}{'MiB':>8}{'floor x':>9}")
    floor_ms = floor_mib = 0.0
    for name, code in WORKLOADS.items():
        milliseconds, mebibytes = median_ms(code, runs), peak_mib(code)
        floor_ms = floor_ms or milliseconds
        floor_mib = floor_mib or mebibytes
        print(
            f"{name:34}{milliseconds:8.0f}{milliseconds / floor_ms:9.1f}"
            f"{mebibytes:8.1f}{mebibytes / floor_mib:9.1f}"
        )


def median_ms(code: str, runs: int) -> float:
    """
    Milliseconds from start to end of a process that runs *code*.
    """
    run(code)  # the first one also writes .pyc files
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        run(code)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def peak_mib(code: str) -> float:
    """
    The most memory that such a process ever had, in mebibytes.
    """
    return int(run(f"{code}\n{PEAK}")) / 1024


def run(code: str) -> str:
    """
    What a new process printed that ran *code*.
    """
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\n"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return ended.stdout


if __name__ == "__main__":
    main()

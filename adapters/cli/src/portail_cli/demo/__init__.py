"""
`portail demo`: the user guide, played on its own dates by invented families.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from portail_cli import screens
from portail_cli.stage import Stage, StoppedClock

from .afternoons import let_expire, pay_late, want_the_last_place
from .arriving import be_invited, sign_up
from .booking import (
    book_and_pay,
    cancel_and_book_again,
    change_days,
    see_home,
)
from .describing import describe, give_documents, pre_register

__all__ = ["play"]

FIRST_DAY = dt.date(2026, 5, 5)
GUIDE_DAY = dt.date(2026, 5, 13)


def play(out: Path, say: Callable[[str], None]) -> None:
    """
    Play the guide from its first mail to its last tile, both ways in, then
    the afternoons that go wrong, in the folder *out*.

    Raises:
        FileExistsError: If *out* holds anything already.
        OSError: If *out* is no folder that can be written in.
        ValueError: If the secret that the environment names cannot be used.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        msg = f"{out} is not empty: name a new folder for the demonstration"
        raise FileExistsError(msg)
    reglement, one_place = _reglements(out)

    clock = StoppedClock(FIRST_DAY, dt.time(16, 32))
    guide = Stage(reglement, folder=out / "guide", clock=clock, say=say)
    with guide.portal:
        family = be_invited(guide)
        sign_up(guide)
        describe(guide, family)
        give_documents(guide, family)
        pre_register(guide, family)
        book_and_pay(guide, family)
        change_days(guide, family)
        cancel_and_book_again(guide, family)
        let_expire(guide, family)
        see_home(guide, family)

    clock = StoppedClock(GUIDE_DAY, dt.time(9, 0))
    single = Stage(one_place, folder=out / "une-place", clock=clock, say=say)
    with single.portal:
        pay_late(single)
        want_the_last_place(single)

    say(screens.title("Ce qui a été écrit"))
    say(screens.indented(*_written(out)))


def _reglements(out: Path) -> tuple[Path, Path]:
    packed = files("portail_cli") / "petites-bouilles.toml"
    text = packed.read_text(encoding="utf-8")
    reglement = out / "reglement.toml"
    reglement.write_text(text, encoding="utf-8")
    one_place = out / "reglement-une-place.toml"
    one_place.write_text(
        text.replace("capacity = 24", "capacity = 1"), encoding="utf-8"
    )
    return reglement, one_place


def _written(out: Path) -> Iterator[str]:
    yield f"Tout est dans {out} :"
    yield "- .portail-secret : le secret du portail, pour lui seul"
    for path in sorted(out.glob("*.toml")):
        yield f"- {path.name} : un règlement, à lire ou à changer"
    for folder in (out / "guide", out / "une-place"):
        name = folder.name
        mails = len(list(folder.glob("mails/new/*")))
        papers = len(list(folder.glob("documents/*")))
        yield f"- {name}/portail.db : la base de données (SQLite)"
        yield f"- {name}/mails : {mails} courriels (Maildir)"
        yield f"- {name}/documents : {papers} documents transmis"
        yield f"- {name}/paiements : ce que sait le service de paiement"
        for paper in sorted(folder.glob("factures/*.txt")):
            yield f"- {name}/factures/{paper.name}"

"""
From what stands in a request document to what it asks under a règlement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from attrs import evolve, fields_dict

from portail_core.domain.checks import is_line
from portail_core.domain.days import day_of
from portail_core.domain.facts import NUMBERS, WORDS, HouseholdFacts
from portail_core.domain.ids import FactName
from portail_core.domain.quotes import Visits
from portail_core.domain.reglement import Reglement, every_terms
from portail_core.wire import Unreadable

from ._cancelled import cancelled
from ._days import DayReader, visits_of
from ._file import ChildFile, HouseholdFile, InquiryFile
from ._found import Found, at, listed
from ._inquiry import Inquiry
from ._keys import HOUSEHOLD
from ._late import Timing
from ._quotients import received

LONGEST_NAME = 60
OF_THE_DOCUMENT = ("accueil", "period")
"""Keys of a child that hold for all of them, at the top."""


def meaning(file: InquiryFile, reglement: Reglement) -> Inquiry:
    """
    What *file* asks under *reglement*.

    Raises:
        Unreadable: With every fault and its path.
    """
    found = Found()
    household = _household(file.household, reglement, found)
    children = tuple(_children(file, found))
    for path, child in children:
        _check_child(path, child, reglement, found)
    _check_asked(file, found)
    booked_on = day_of(file.booked_at) if file.booked_at else file.booked_on
    timing = Timing(
        reglement=reglement,
        household=household,
        booked_on=booked_on,
        booked_at=file.booked_at,
        found=found,
    )
    visits = _all_visits(file, children, timing)
    given_back = cancelled(file.cancel, visits, reglement, found)
    if found.faults:
        raise Unreadable(*dict.fromkeys(found.faults))
    return Inquiry(
        household=household,
        visits=visits,
        booked_on=booked_on,
        notes=tuple(dict.fromkeys(found.notes)),
        refusals=tuple(dict.fromkeys(found.refusals)),
        cancelled=given_back,
    )


def _check_asked(file: InquiryFile, found: Found) -> None:
    if file.booked_on is not None and file.booked_at is not None:
        found.wrong("booked_on", "booked_at says the day too: keep one")


# Who -------------------------------------------------------------------------


def _household(
    file: HouseholdFile, reglement: Reglement, found: Found
) -> HouseholdFacts:
    if file.quotient is not None and file.quotients:
        found.wrong(
            at(HOUSEHOLD, "quotient"),
            "is one good on every day, and there are quotients: keep one of "
            "the two keys",
        )
    if file.siblings == 0:
        found.wrong(at(HOUSEHOLD, "siblings"), "is 0: the child itself counts")
    _check_facts(at(HOUSEHOLD, "facts"), file.facts, reglement, found)
    if file.residency is not None:
        codes = [one.code for one in reglement.residencies]
        path = at(HOUSEHOLD, "residency")
        _check_word(path, file.residency, codes, found)
    return HouseholdFacts(
        quotients=tuple(received(file)),
        income=file.income,
        dependants=file.dependants,
        residency=file.residency,
        scheme=file.scheme,
        named=file.facts,
    )


def _check_facts(
    path: str,
    facts: Mapping[FactName, str],
    reglement: Reglement,
    found: Found,
) -> None:
    declared = reglement.named_facts
    by_kinds = _asked_by_kinds(reglement)
    for name, word in facts.items():
        if name in by_kinds:
            continue
        if declared and name not in declared:
            found.wrong(
                at(path, name),
                f"is no fact of this règlement, only {listed(declared)}",
            )
        else:
            _check_word(at(path, name), word, declared.get(name, ()), found)


def _asked_by_kinds(reglement: Reglement) -> frozenset[FactName]:
    """
    The facts that only prices of plugins ask for, whatever is said of them.
    """
    asked = {
        fact
        for terms in every_terms(reglement)
        if terms.tariffs is not None
        for fact in terms.tariffs.facts
    }
    return frozenset(asked - WORDS - NUMBERS - set(reglement.named_facts))


def _check_word(
    path: str, word: str, declared: Collection[str], found: Found
) -> None:
    if not declared:
        found.note(path, "this règlement tells none apart")
    elif word not in declared:
        found.wrong(path, f"{word!r} is not among {listed(declared)}")


def _children(
    file: InquiryFile, found: Found
) -> Iterator[tuple[str, ChildFile]]:
    if not file.children:
        yield "", evolve(file, name=file.name or "1")
        return
    for name, key in fields_dict(ChildFile).items():
        said = getattr(file, name) != getattr(_NOBODY, name)
        if said and name not in OF_THE_DOCUMENT:
            found.wrong(
                key.name,
                "is a child's: write it in [[children]], or leave [[children]]"
                " out",
            )
    names = Counter(child.name for child in file.children if child.name)
    for rank, child in enumerate(file.children):
        path = f"children[{rank}]"
        if names[child.name] > 1:
            found.wrong(at(path, "name"), f"{child.name!r} is there twice")
        yield path, evolve(child, name=child.name or f"{rank + 1}")


_NOBODY = ChildFile()


def _check_child(
    path: str, child: ChildFile, reglement: Reglement, found: Found
) -> None:
    if not is_line(child.name, longest=LONGEST_NAME):
        found.wrong(
            at(path, "name"),
            f"write at most {LONGEST_NAME} characters, on one line",
        )
    if child.birth_date is not None and child.age is not None:
        found.wrong(at(path, "age"), "birth_date says it: keep one")
    if child.rank == 0:
        found.wrong(at(path, "rank"), "is 0: the first child is 1")
    known = {one.code for one in reglement.prestations}
    for code in child.amounts:
        if code not in known:
            found.wrong(
                at(path, f"amounts.{code}"),
                f"is not among the prestations: {listed(known)}",
            )
    _check_facts(at(path, "facts"), child.facts, reglement, found)


# Which days ------------------------------------------------------------------


def _all_visits(
    file: InquiryFile,
    children: tuple[tuple[str, ChildFile], ...],
    timing: Timing,
) -> tuple[Visits, ...]:
    reader = DayReader(document=file, timing=timing)
    visits = [(child, tuple(reader.read(*child))) for child in children]
    some = next((one for _, several in visits for one in several), None)
    found = timing.found
    if some is None:
        if not found.faults and not found.refusals:
            found.wrong(
                "days",
                "there is no day: write days = [{ day = 2026-05-27, "
                'amplitude = "…" }]',
            )
        return ()
    # Who comes on no day counts among siblings all the same.
    return tuple(
        one
        for (_, child), several in visits
        for one in several or (visits_of(child, some.period),)
    )

"""
The reference page, from the classes of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import assert_never

from portail_core.domain.forms import BLOCKS
from portail_core.domain.kinds import Kind as Added
from portail_core.reglement_toml._file import SCHEMA, ReglementFile, shapes
from portail_core.reglement_toml._terms import TermsFile

from ._kinds import Choice, Either, Keyed, Kind, Listed, Plain, Shapes, Table
from ._tables import Key, TableDoc, every_table, name_of

_HERE = Path(__file__).parent

ORDER = (
    "schema",
    "operator",
    "regies",
    "establishments",
    "accueils",
    "periods",
    "school_holidays",
    "prestations",
    "amplitudes",
    "pools",
    "gates",
    "not_asked",
    "arrears",
    "hold",
    "windows",
    "book_until",
    "change_until",
    "rhythms",
    "cancellations",
    "reasons",
    "absences",
    "tariffs",
    "quotients",
    "siblings",
    "combinations",
    "documents",
    "uploads",
    "house_rules",
    "fields",
)
"""In which an author writes; other keys come after these."""

FEW = 2
"""A table that stands in more tables than these comes after all of them."""

HEADER = """\
| key | what stands there | what it is | unless written | example |
| --- | --- | --- | --- | --- |
"""
DECIDES = """\
It may also decide [in the operator's place](#levels), with the keys named
there."""


def start() -> str:
    """
    The smallest complete règlement, in TOML.
    """
    return (_HERE / "start.toml").read_text(encoding="utf-8")


def page(kinds: Iterable[Added] = ()) -> str:
    """
    The reference page, in Markdown.

    Args:
        kinds: Those that plugins add, told beside the built-in ones.
    """
    text = (_HERE / "page.md").read_text(encoding="utf-8")
    tables = _ordered(shapes(frozenset(kinds)))
    found = {
        "schema": str(SCHEMA),
        "start": start(),
        "levels": _levels(),
        "contents": _contents(tables),
        "tables": "\n".join(map(_section, tables)),
        "settings": _settings(),
    }
    for name, value in found.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def in_order(keys: Iterable[Key]) -> tuple[Key, ...]:
    """
    The keys of the whole file, as an author writes them.
    """

    def rank(key: Key) -> int:
        return ORDER.index(key.name) if key.name in ORDER else len(ORDER)

    return tuple(sorted(keys, key=rank))


def _levels() -> str:
    (terms,) = (t for t in every_table() if t.file is TermsFile)
    *most, last = (f"`{key.name}`" for key in terms.keys)
    return (
        f"What is decided of {', '.join(most)} and {last} may stand at "
        "three levels."
    )


def _settings() -> str:
    uses = {
        field.setting: field.use
        for fields in BLOCKS.values()
        for field in fields
        if field.use
    }
    return "".join(
        f'| `[fields.{section}]` | `{key}` | `"{use.value}"` |\n'
        for name, use in sorted(uses.items())
        for section, _, key in [name.partition(".")]
    )


def _contents(tables: Iterable[TableDoc]) -> str:
    links = (f"[{_title(table)}](#{table.name})" for table in tables)
    return " · ".join(links)


def _ordered(read_as: Shapes) -> list[TableDoc]:
    tables = (t for t in every_table(read_as) if t.file is not TermsFile)
    return sorted(tables, key=_rank)


def _rank(table: TableDoc) -> tuple[int, int]:
    """
    The whole file, then its tables, each before what stands in it, then what
    several of them hold.
    """
    if table.file is ReglementFile:
        return (-1, 0)
    roots = {place.split(".")[0] for place in table.places}
    depth = min((place.count(".") for place in table.places), default=0)
    if 0 < len(roots) <= FEW and roots <= set(ORDER):
        return (min(map(ORDER.index, roots)), depth)
    return (len(ORDER), depth)


def _section(table: TableDoc) -> str:
    is_whole = table.file is ReglementFile
    keys = in_order(table.keys) if is_whole else table.keys
    parts = [
        f'<a id="{table.name}"></a>',
        f"### {_title(table)}",
        table.says,
        _places(table),
        f"{HEADER}{''.join(map(row, keys))}".rstrip(),
        DECIDES if table.decides and not is_whole else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _title(table: TableDoc) -> str:
    if table.file is ReglementFile:
        return "The whole file"
    if len(table.places) != 1 or table.places[0].startswith("when."):
        return f"`{table.name}`"
    (place,) = table.places
    return f"`[[{place}]]`" if table.is_listed else f"`[{place}]`"


def _places(table: TableDoc) -> str:
    if len(table.places) < 2:  # noqa: PLR2004 - its title says the one
        return ""
    return f"Stands at {', '.join(f'`{place}`' for place in table.places)}."


def row(key: Key) -> str:
    """
    What a table of keys says of one.
    """
    cells = (
        f"`{key.name}`",
        words(key.kind),
        key.says,
        key.default or "",
        f"`{key.example}`" if key.example else "",
    )
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |\n"


def words(kind: Kind) -> str:
    """
    What stands there, as an author would say it.
    """
    match kind:
        case Plain(said):
            return said
        case Choice(values):
            return " or ".join(f'`"{value}"`' for value in values)
        case Table(file):
            return f"table [{name_of(file)}](#{name_of(file)})"
        case Listed(Table(file)):
            return f"list of tables [{name_of(file)}](#{name_of(file)})"
        case Listed(Choice() as of):
            return f"list of: {words(of).replace(' or ', ', ')}"
        case Listed(of):
            return f"list, each a {words(of)}"
        case Keyed(keys, of):
            return f"table: each key a {words(keys)}, each value {words(of)}"
        case Either(kinds):
            return ", or ".join(map(words, kinds))
        case _:
            assert_never(kind)

"""
JSON Schema of the file, for editors: draft 2020-12.

Editors see TOML as JSON: days, hours and moments as text.  What this schema
does not know, the loader does; whatever the loader reads conforms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, assert_never

from portail_core.domain.kinds import Kind as Added
from portail_core.reglement_toml._file import SCHEMA, ReglementFile, shapes
from portail_core.reglement_toml._terms import TermsFile

from ._kinds import (
    Choice,
    Either,
    Json,
    Keyed,
    Kind,
    Listed,
    Plain,
    Shapes,
    Table,
)
from ._tables import Key, TableDoc, every_table, keys_of, name_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kinds: Iterable[Added] = ()) -> Json:
    """
    The whole schema; each table is a definition, by the name of its section
    on the reference page.

    Args:
        kinds: Those that plugins add, beside the built-in ones.
    """
    read_as = shapes(frozenset(kinds))
    tables = {table.file: table for table in every_table(read_as)}
    whole = tables.pop(ReglementFile)
    del tables[TermsFile]
    return {
        "$schema": DIALECT,
        "title": f"A règlement, version {SCHEMA}",
        **_table(whole, read_as),
        "$defs": {
            table.name: _table(table, read_as) for table in tables.values()
        },
    }


def schema_text(kinds: Iterable[Added] = ()) -> str:
    """
    The same as a file.
    """
    return json.dumps(schema(kinds), ensure_ascii=False, indent=2) + "\n"


def _table(table: TableDoc, read_as: Shapes) -> dict[str, Any]:
    shared = keys_of(TermsFile, read_as) if table.decides else ()
    keys = (*table.keys, *shared)
    return {
        "description": table.says,
        "type": "object",
        "properties": {key.name: _described(key) for key in keys},
        "required": [key.name for key in keys if key.default is None],
        "additionalProperties": False,
    }


def _described(key: Key) -> Json:
    return {"description": _sentence(key), **schema_of(key.kind)}


def _sentence(key: Key) -> str:
    otherwise = f" Unless written: {key.default}." if key.default else ""
    example = f" Example: {key.example}" if key.example else ""
    return f"{key.says}{otherwise}{example}".strip()


def schema_of(kind: Kind) -> Json:
    """
    What editors check it by.
    """
    match kind:
        case Plain(_, schema):
            return schema
        case Choice(values):
            return {"enum": list(values)}
        case Table(file):
            return {"$ref": f"#/$defs/{name_of(file)}"}
        case Listed(of):
            return {"type": "array", "items": schema_of(of)}
        case Keyed(_, of):
            return {"type": "object", "additionalProperties": schema_of(of)}
        case Either(kinds):
            return {"anyOf": [schema_of(one) for one in kinds]}
        case _:
            assert_never(kind)

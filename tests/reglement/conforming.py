"""
JSON Schema, as much of it as the règlement's has.
"""

import datetime as dt
import re

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}
KNOWN = {
    *("$schema", "$defs", "$ref", "title", "description", "type"),
    *("properties", "required", "additionalProperties", "items"),
    *("enum", "const", "pattern", "anyOf", "minimum"),
}


def as_json(value):
    """
    TOML as editors see it: days, hours and moments are text.
    """
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def faults(schema, value, whole=None, path=""):
    """
    Where *value* does not conform; a keyword of no meaning here is a bug.
    """
    whole = schema if whole is None else whole
    assert set() == schema.keys() - KNOWN
    if "$ref" in schema:
        inner = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        yield from faults(inner, value, whole, path)
    kind = schema.get("type")
    if kind is not None and type(value) is not TYPES[kind]:
        yield path
        return
    if "const" in schema and value != schema["const"]:
        yield path
    if "enum" in schema and value not in schema["enum"]:
        yield path
    if "minimum" in schema and value < schema["minimum"]:
        yield path
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield path
    if "anyOf" in schema and all(
        list(faults(one, value, whole, path)) for one in schema["anyOf"]
    ):
        yield path
    if isinstance(value, dict):
        yield from of_table(schema, value, whole, path)
    if isinstance(value, list) and "items" in schema:
        for rank, one in enumerate(value):
            yield from faults(schema["items"], one, whole, f"{path}[{rank}]")


def of_table(schema, value, whole, path):
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    yield from (
        f"{path}.{key}"
        for key in schema.get("required", ())
        if key not in value
    )
    for key, one in value.items():
        inner = known.get(key, others)
        if inner is False:
            yield f"{path}.{key}"
        else:
            yield from faults(inner, one, whole, f"{path}.{key}")

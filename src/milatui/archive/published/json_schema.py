"""Writes the schemas of records as JSON Schema (draft 7), for editors and validators.

A file is valid by its JSON Schema if, and only if, ``milatui check`` finds nothing in it alone: no
unknown key, no value outside of its choices.  Two things JSON Schema cannot say: days that a month
does not have, and intervals that end before they start.  What several records say together
(references, quoted words, ids that are there twice) only ``check`` sees.
"""

# untranslated: the published format is in English
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from milatui.archive import schema
from milatui.archive.kinds import KINDS
from milatui.archive.published.field_descriptions import describe_field
from milatui.archive.schema import ListOf, MapOf, RecordSchema, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.schema import ValueSchema

JsonSchema: TypeAlias = "dict[str, object]"

PARTS: Final[Mapping[str, RecordSchema]] = {
    "source": schema.SOURCE,
    "name": schema.NAME,
    "relation": schema.RELATION,
    "fact": schema.FACT,
    "field-source": schema.FIELD_SOURCE,
    "role": schema.ROLE,
    "original": schema.ORIGINAL,
    "measurement": schema.MEASUREMENT,
    "era": schema.ERA,
}
"""The parts of records, by the name that pages and schemas give them."""
FOLDER: Final = "schema"
"""The folder of an archive that holds its JSON Schemas."""

_YEAR: Final = "[0-9]{4}"
_MONTH: Final = "(0[1-9]|1[0-2])"
_DAY: Final = "(0[1-9]|[12][0-9]|3[01])"
_DATE: Final = (
    f"({_YEAR}(-({_MONTH}(-{_DAY})?|2[1-4]|3[3-6]))?|[0-9]{{2}}XX|[0-9]{{3}}X"
    f"|{_YEAR}-XX(-XX)?|{_YEAR}-{_MONTH}-XX)[?~%]?"
)
_ZONE: Final = "(Z|[+-]([01][0-9]|2[0-3])(:[0-5][0-9])?)?"
_TIME: Final = f"{_YEAR}-{_MONTH}-{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?{_ZONE}"
_PATTERNS: Final = {
    "text": "^[\\s\\S]",
    "date": rf"^({_DATE}|{_TIME}|{_DATE}/({_DATE}|\.\.)?|(\.\.)?/{_DATE})$",
    "id": r"^[^\s\u0000-\u001f\u007f]([^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?$",
    "language": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "country": "^[A-Z]{2}$",
    "address": r"^https?://[^\s\u0000-\u001f\u007f]+$",
}
_SCALARS: Final = ["string", "number", "boolean"]
_TYPES: Final = {"date": ["string", "integer"], "text": _SCALARS, "id": _SCALARS}
"""What a YAML reader may take a text for: ``2018`` is a number to it, ``true`` a truth value."""
_ABSENT: Final = ["", None]
"""What stands for no value where a key is given."""


def json_schemas() -> dict[str, str]:
    """Returns the JSON Schemas of an archive by file name."""
    found = {f"{kind}.json": _of_kind(kind, schema.SCHEMAS[kind]) for kind in KINDS}
    found["archive.json"] = _document("archive", "archive.yaml", schema.METADATA, {})
    return {
        name: json.dumps(each, indent=2, ensure_ascii=False) + "\n" for name, each in found.items()
    }


def modeline(kind: str, above: str = "../") -> str:
    """Returns the comment by which editors find the JSON Schema of a file.

    Args:
        kind: The kind of record, or ``archive``.
        above: The way from the file's folder to that of the archive.
    """
    return f"# yaml-language-server: $schema={above}{FOLDER}/{kind}.json\n"


def _of_kind(kind: str, record: RecordSchema) -> JsonSchema:
    """Returns the schema of a file: one record or a list; of a document, its front matter."""
    if kind == "document":
        # The name of the file is the id of a document that gives none.
        required = tuple(key for key in record.required if key != "id")
        front_matter = RecordSchema(record.fields, required, record.expected)
        return _document(kind, "front matter of a document", front_matter, {})
    one: JsonSchema = {"$ref": f"#/definitions/{kind}"}
    choice: JsonSchema = {
        "if": {"type": "array"},
        "then": {"items": one},
        "else": one,
    }
    return _document(kind, f"{kind}, or a list of such records", record, choice)


def _document(name: str, title: str, record: RecordSchema, shape: JsonSchema) -> JsonSchema:
    parts = {part: _record(part, PARTS[part]) for part in sorted(_parts_of(record))}
    whole = _record(name, record)
    head: JsonSchema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"milatui: {title}",
    }
    if not shape:
        return {**head, **whole, "definitions": dict(parts)}
    return {**head, **shape, "definitions": {name: whole, **parts}}


def _record(name: str, record: RecordSchema) -> JsonSchema:
    needed = (*record.required, *record.expected)
    fields: dict[str, JsonSchema] = {}
    for key in dict.fromkeys((*needed, *sorted(record.fields))):
        value = _value(record.fields[key], absent=key not in needed)
        fields[key] = {"description": describe_field(name, key), **value}
    found: JsonSchema = {"type": "object", "properties": dict(fields)}
    if needed:
        found["required"] = list(needed)
    found["additionalProperties"] = False
    return found


def _value(value: ValueSchema, *, absent: bool = False) -> JsonSchema:
    """Returns the schema of a value; ``absent`` if the key may be there without one."""
    if isinstance(value, Scalar):
        return _scalar(value, absent=absent)
    if isinstance(value, ListOf):
        shape: JsonSchema = {"type": "array", "items": _value(value.item)}
    elif isinstance(value, MapOf):
        inner = _value(value.item, absent=True)
        shape = {"type": "object", "additionalProperties": inner}
    else:
        shape = {"$ref": f"#/definitions/{part_name(value)}"}
    return {"anyOf": [shape, {"enum": _ABSENT}]} if absent else shape


def _scalar(value: Scalar, *, absent: bool) -> JsonSchema:
    if value.choices:
        truth = [True, False] if "true" in value.choices else []
        return {"enum": [*value.choices, *truth, *(_ABSENT if absent else ())]}
    types = _TYPES.get(value.type, ["string"])
    empty = "|^$" if absent else ""
    return {
        "type": [*types, "null"] if absent else types,
        "pattern": _PATTERNS[value.type] + empty,
    }


def part_name(value: RecordSchema) -> str:
    """Returns the name of a part of a record."""
    return next(name for name, each in PARTS.items() if each == value)


def _parts_of(value: ValueSchema) -> set[str]:
    """Returns the names of the parts that occur within a value, at any depth."""
    if isinstance(value, Scalar):
        return set()
    if isinstance(value, ListOf | MapOf):
        inner: list[ValueSchema] = [value.item]
    else:
        inner = list(value.fields.values())
    found: set[str] = set()
    for each in inner:
        if isinstance(each, RecordSchema):
            found.add(part_name(each))
        found |= _parts_of(each)
    return found

"""Writes ``docs/archive-format.md`` from the schemas of ``milatui.archive``.

``python -m tools.generated`` runs it. A field without a meaning here fails the test, so a new field
is documented when it is added.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milatui.archive import schema
from milatui.archive.kinds import FOLDERS, KINDS
from milatui.archive.published.field_descriptions import describe_field
from milatui.archive.published.json_schema import PARTS, json_schemas, part_name
from milatui.archive.schema import (
    GRADES,
    QUALIFIERS,
    RELATION_KINDS,
    ListOf,
    MapOf,
    RecordSchema,
    Scalar,
)
from milatui.catalogue.labels.labels import (
    format_value,
    grade_label,
    kind_label,
    relation_label,
)
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.archive.schema import ValueSchema

PAGE = ROOT / "docs" / "archive-format.md"
SCHEMAS = ROOT / "docs" / "schema"
_TABLES = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- /table -->)", re.DOTALL)
_PARTS = {**PARTS, "archive": schema.METADATA}
_TYPES = {
    "text": "text",
    "id": "id",
    "date": "EDTF date",
    "address": "http(s) address",
    "language": "BCP 47 language",
    "country": "ISO 3166 country",
}


_UNITS = {
    "count": "a bare number of what the measure names",
    "people": "persons",
    "companies": "companies; so `organisations`, `projects`, `jobs`, `places`, `papers`, ...",
    "CAD": "money in a currency, by its ISO 4217 code",
    "dollars": "money, where the text does not say whose dollars",
    "percent": "hundredths",
    "times": "a factor",
    "years": "a length of time; so `months`, `weeks`, `days`, `hours`, `minutes`",
    "year": "the value is a year",
    "date": "the value is an EDTF date",
    "rank": "the value is a place in an order",
    "sq ft": "an area; so `m2`",
    "claim": "the value is in words",
}
_RANGES = {
    "exact": "this number",
    "about": "a number near it",
    "nearly": "a little less",
    "over": "more",
    "at-least": "it or more",
    "at-most": "it or less",
}


def tables() -> dict[str, str]:
    """Returns a Markdown table for each kind of record, each part of one, and lists of values."""
    schemas: dict[str, RecordSchema] = {kind: schema.SCHEMAS[kind] for kind in KINDS}
    schemas |= _PARTS
    values = {
        "partner-kinds": _kinds(schema.PARTNER_KINDS),
        "event-kinds": _kinds(schema.EVENT_KINDS),
        "relation-kinds": _relations(),
        "qualifiers": _qualifiers(),
        "units": _rows("unit | the value is", _UNITS.items()),
        "grades": _rows("grade | meaning", [(each, grade_label(each)) for each in GRADES]),
    }
    return {**{name: _table(name, each) for name, each in schemas.items()}, **values}


def _kinds(kinds: Iterable[str]) -> str:
    return _rows("kind | shown as", [(kind, kind_label(kind)) for kind in kinds])


def _relations() -> str:
    """Returns both directions of each kind, with X the record that holds it and Y its ``to``."""
    return _rows(
        "kind | the page of X says | the page of Y says",
        [
            (kind, f"{relation_label(kind)} Y", f"{relation_label(kind, reverse=True)} X")
            for kind in RELATION_KINDS
        ],
    )


def _qualifiers() -> str:
    return _rows(
        "qualifier | shown as | the number is",
        [(each, format_value("40", each, "people"), _RANGES[each]) for each in QUALIFIERS],
    )


def _rows(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {head} |", "|---" * (head.count("|") + 1) + "|"]
    lines += (f"| `{row[0]}` | {' | '.join(row[1:])} |" for row in rows)
    return "\n".join(lines)


def write_schemas() -> None:
    """Writes the JSON Schemas of records."""
    SCHEMAS.mkdir(exist_ok=True)
    for name, text in json_schemas().items():
        (SCHEMAS / name).write_text(text, encoding="utf-8")


def page(text: str) -> str:
    """Returns the page with the present tables between its markers."""
    present = tables()
    return _TABLES.sub(lambda found: f"{found[1]}{present.pop(found[2])}\n{found[3]}", text)


def folders() -> dict[str, str]:
    """Returns the folder of each kind of record, as the page must name it."""
    return {kind: f"{folder}/" for kind, folder in FOLDERS.items()}


def _table(name: str, record: RecordSchema) -> str:
    lines = ["| key | value | needed | meaning |", "|---|---|---|---|"]
    order = (*record.required, *record.expected, *sorted(record.fields))
    for key in dict.fromkeys(order):
        needed = "yes" if key in record.required else "expected" if key in record.expected else ""
        meaning = describe_field(name, key)
        lines.append(f"| `{key}` | {_type(record.fields[key])} | {needed} | {meaning} |")
    return "\n".join(lines)


def _type(value: ValueSchema) -> str:
    if isinstance(value, Scalar):
        if value.choices:
            return " ".join(f"`{choice}`" for choice in value.choices)
        article = "an" if value.refers == "event" else "a"
        return f"id of {article} {value.refers}" if value.refers else _TYPES[value.type]
    if isinstance(value, ListOf):
        return f"list: {_type(value.item)}"
    if isinstance(value, MapOf):
        return f"mapping: name to {_type(value.item)}"
    part = part_name(value)
    return f"[{part}](#{part})"

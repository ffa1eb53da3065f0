"""Records to plain data in the shape of their YAML, and back.

Plain data (``Data``) holds only text, lists and mappings.  A value that is empty
is the same as one that is absent: ``record_to_dict`` leaves it out and ``record_from_dict``
takes the field's default.  Keys no record knows are kept in ``extra``.
"""

# untranslated: keys and types, written as one text
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TypeAlias, TypeVar

from milatui.archive.kinds import KINDS, Data, Kind
from milatui.archive.records import (
    ArchiveMetadata,
    Document,
    Event,
    Fact,
    FieldSource,
    Figure,
    Measurement,
    Name,
    Original,
    Partner,
    Person,
    Record,
    Relation,
    Role,
    Source,
    Statement,
)

T = TypeVar("T")
Part: TypeAlias = Source | Name | Relation | Fact | FieldSource | Role | Measurement | Original
Reader: TypeAlias = Callable[[Data], object]

_PARTS = (Source, Name, Relation, Fact, FieldSource, Role, Measurement, Original)
ORIGINAL_KEYS = {
    "date": "date",
    "publisher": "publisher",
    "type": "type",
    "source": "address",
    "original_language": "language",
}
"""Fields of a document that are those of its original, and their keys there."""


def record_from_dict(kind: Kind, data: Mapping[str, Data]) -> Record:
    """The record of ``kind`` that ``data`` describes (the inverse of ``record_to_dict``).

    Values are taken as they are, without judging them; a required field that is
    absent becomes empty text.  Raises ``TypeError`` where a value's shape is wrong.
    """
    return _RECORD_READERS[kind](data)


def record_to_dict(record: Record) -> dict[str, Data]:
    """``record`` as plain data in the key order of its class, then the unknown keys.

    What a document has from its original stands in ``original`` only.
    """
    data = _fields_to_data(record)
    if isinstance(record, Document) and record.original is not None:
        for field, key in ORIGINAL_KEYS.items():
            if field in data and data[field] == getattr(record.original, key):
                del data[field]
    return data


def with_original(data: Mapping[str, Data]) -> dict[str, Data]:
    """Fill the fields a document lacks with those of its ``original``."""
    original = data.get("original")
    if not isinstance(original, dict):
        return dict(data)
    filled = {
        field: original[key]
        for field, key in ORIGINAL_KEYS.items()
        if original.get(key) and not data.get(field)
    }
    return {**data, **filled}


def metadata_from_dict(data: Mapping[str, Data]) -> ArchiveMetadata:
    """The archive's head that the content of ``archive.yaml`` describes."""
    return _read(ArchiveMetadata, _HEAD, data)


def metadata_to_dict(head: ArchiveMetadata) -> dict[str, Data]:
    """``head`` as the content of ``archive.yaml``."""
    return _fields_to_data(head)


def kind_of(record: Record) -> Kind:
    """The kind of ``record``: ``partner``, ``person`` and so on."""
    return _KIND_OF[type(record)]


def _read(build: Callable[..., T], table: Mapping[str, Reader], data: Mapping[str, Data]) -> T:
    known: dict[str, object] = {}
    extra: dict[str, Data] = {}
    for key, value in data.items():
        reader = table.get(key)
        if reader is None:
            extra[key] = value
        elif value:
            known[key] = value if reader is _text and type(value) is str else reader(value)
    for name in _REQUIRED[build]:
        if name not in known:
            known[name] = ""
    return build(**known, extra=extra)


def _text(value: Data) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"text expected, not {type(value).__name__}")


def _texts(value: Data) -> tuple[str, ...]:
    return tuple([_text(item) for item in _list(value)])


def _mapping_of_texts(value: Data) -> dict[str, str]:
    return {key: _text(item) for key, item in _mapping(value).items()}


def _list(value: Data) -> list[Data]:
    if isinstance(value, list):
        return value
    raise TypeError(f"list expected, not {type(value).__name__}")


def _mapping(value: Data) -> dict[str, Data]:
    if isinstance(value, dict):
        return value
    raise TypeError(f"mapping expected, not {type(value).__name__}")


def _one(build: Callable[..., object], table: Mapping[str, Reader]) -> Reader:
    return lambda value: _read(build, table, _mapping(value))


def _many(build: Callable[..., object], table: Mapping[str, Reader]) -> Reader:
    return lambda value: tuple([_read(build, table, _mapping(item)) for item in _list(value)])


def _by_field(build: Callable[..., object], table: Mapping[str, Reader]) -> Reader:
    return lambda value: {
        key: _read(build, table, _mapping(item)) for key, item in _mapping(value).items()
    }


def _table(texts: str, /, **others: Reader) -> dict[str, Reader]:
    return {**dict.fromkeys(texts.split(), _text), **others}


_SOURCE = _table("document exact prefix suffix locator url")
_SOURCE_READER = _one(Source, _SOURCE)
_NAME = _table("value language kind source")
_RELATION = _table("to kind announced start end", source=_SOURCE_READER)
_FACT = _table("text", source=_SOURCE_READER)
_BASIS = _table("basis source exact")
_ROLE = _table("title organisation partner as_of", source=_SOURCE_READER)
_MEASUREMENT = _table("measure value unit qualifier as_of note", source=_SOURCE_READER)
_HEAD = _table("title home rights contact description", languages=_texts)
_PARTNER = _table(
    "id name kind relation sector country city founded website note confidence",
    names=_many(Name, _NAME),
    identifiers=_mapping_of_texts,
    relations=_many(Relation, _RELATION),
    facts=_many(Fact, _FACT),
    sources=_many(Source, _SOURCE),
    verified=_by_field(FieldSource, _BASIS),
)
_PERSON = _table("id name credentials note confidence", roles=_many(Role, _ROLE))
_EVENT = _table(
    "id date title kind summary note confidence",
    partners=_texts,
    people=_texts,
    places=_texts,
    figures=_many(Measurement, _MEASUREMENT),
    sources=_many(Source, _SOURCE),
)
_FIGURE = _table(
    "id measure value unit qualifier as_of partner rank note confidence", source=_SOURCE_READER
)
_STATEMENT = _table(
    "id speaker date text organisation about event note confidence", source=_SOURCE_READER
)
_ORIGINAL = _table(
    "title title_supplied publisher date language type address accessed archived sha256"
)
_DOCUMENT = _table(
    "id title body creator created date publisher language type source rights description"
    " translation_of version_of follows original_language grade note confidence",
    original=_one(Original, _ORIGINAL),
    subject=_texts,
    locators=_mapping_of_texts,
)

_REQUIRED: dict[Callable[..., object], tuple[str, ...]] = {
    Source: ("document", "exact"),
    Name: ("value",),
    Relation: ("to", "kind"),
    Fact: ("text",),
    FieldSource: ("basis",),
    Role: ("title", "organisation"),
    Measurement: ("measure", "value", "unit"),
    Original: (),
    ArchiveMetadata: ("title",),
    Partner: ("id", "name", "kind", "relation"),
    Person: ("id", "name"),
    Event: ("id", "date", "title", "kind"),
    Figure: ("id", "measure", "value", "unit"),
    Statement: ("id", "speaker", "date", "text"),
    Document: ("id", "title"),
}
_RECORD_READERS: dict[Kind, Callable[[Mapping[str, Data]], Record]] = {
    "partner": lambda data: _read(Partner, _PARTNER, data),
    "person": lambda data: _read(Person, _PERSON, data),
    "event": lambda data: _read(Event, _EVENT, data),
    "figure": lambda data: _read(Figure, _FIGURE, data),
    "statement": lambda data: _read(Statement, _STATEMENT, data),
    "document": lambda data: _read(Document, _DOCUMENT, with_original(data)),
}
_KIND_OF: dict[type, Kind] = dict(
    zip((Partner, Person, Event, Figure, Statement, Document), KINDS, strict=True)
)
_NAMES: dict[type, tuple[str, ...]] = {
    cls: tuple(field.name for field in fields(cls) if field.name != "extra")
    for cls in (*_PARTS, *_KIND_OF, ArchiveMetadata)
}


def _fields_to_data(item: Record | Part | ArchiveMetadata) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for name in _NAMES[type(item)]:
        value: object = getattr(item, name)
        if value:
            data[name] = value if isinstance(value, str) else _value_to_data(value)
    data.update(item.extra)
    return data


def _value_to_data(value: object) -> Data:
    if isinstance(value, str):
        return value
    if isinstance(value, _PARTS):
        return _fields_to_data(value)
    if isinstance(value, Mapping):
        return {str(key): _value_to_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value_to_data(item) for item in value]
    raise TypeError(f"no plain data for {type(value).__name__}")

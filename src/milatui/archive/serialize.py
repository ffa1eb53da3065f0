"""Converts records to plain data in the shape of their YAML, and back.

Plain data (``Data``) holds only text, lists and mappings. An empty value equals an absent one:
``record_to_dict`` leaves it out, and ``record_from_dict`` takes the field's default. Unknown keys
are kept in ``extra``. How each field is converted follows from its type in ``records``.
"""

# untranslated: errors that only a programmer can cause
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, replace
from typing import Final, NamedTuple, TypeAlias, TypeVar

from milatui.archive.kinds import Data, Kind
from milatui.archive.markdown.rendered_text import StoredText
from milatui.archive.records import (
    ArchiveMetadata,
    Document,
    Era,
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
Part: TypeAlias = (
    Source | Name | Relation | Fact | FieldSource | Role | Measurement | Original | Era
)
Reader: TypeAlias = Callable[[Data], object]

_PARTS: Final = (Source, Name, Relation, Fact, FieldSource, Role, Measurement, Original, Era)
ORIGINAL_KEYS: Final = {
    "date": "date",
    "publisher": "publisher",
    "type": "type",
    "source": "address",
    "original_language": "language",
}
"""Fields of a document that are those of its original, and their keys there."""
_CLASSES: Final[dict[Kind, type[Record]]] = {
    "partner": Partner,
    "person": Person,
    "event": Event,
    "figure": Figure,
    "statement": Statement,
    "document": Document,
}
_KIND_OF: Final[dict[type, Kind]] = {cls: kind for kind, cls in _CLASSES.items()}
_MARKDOWN: Final = "markdown"
"""Key of the Markdown in the body of a document from the index."""
_DERIVED: Final = ("extra", "rendered")
"""Fields that no key of a record gives."""
_ANNOTATION: Final = re.compile(
    r"(?P<one>\w+)(?: \| None)?|Sequence\[(?P<many>\w+)\]|Mapping\[str, (?P<by_key>\w+)\]"
)
"""The types that fields have in ``records``."""


def record_from_dict(kind: Kind, data: Mapping[str, Data]) -> Record:
    """Makes the record of a kind from plain data; the inverse of ``record_to_dict``.

    Values are taken as they are, without checks. A required field that is absent becomes empty
    text.

    Args:
        data: Values by field name, as ``validate`` makes them.

    Raises:
        TypeError: a value has the wrong shape.
    """
    if kind == "document":
        return _document(with_original(data))
    build: Callable[..., Record] = _CLASSES[kind]
    return _from_dict(build, data)


def _document(data: Mapping[str, Data]) -> Document:
    """Makes a document; that of the index may have its rendering with it."""
    body = data.get("body")
    if not isinstance(body, dict):
        return _from_dict(Document, data)
    document = _from_dict(Document, {**data, "body": body[_MARKDOWN]})
    stored = StoredText(_text(body["text"]), _text(body["layout"]))
    return replace(document, rendered=stored)


def record_to_dict(record: Record) -> dict[str, Data]:
    """Returns a record as plain data: keys in the order of its class, then the unknown ones.

    What a document has from its original stands in ``original`` only.
    """
    data = _to_dict(record)
    if isinstance(record, Document) and record.original is not None:
        for field, key in ORIGINAL_KEYS.items():
            if field in data and data[field] == getattr(record.original, key):
                del data[field]
    return data


def with_original(data: Mapping[str, Data]) -> Mapping[str, Data]:
    """Fills the fields that a document lacks with those of its ``original``.

    Args:
        data: Values of a document by field name; not changed.

    Returns:
        ``data`` itself if it has no ``original``, else a mapping with the fields filled.
    """
    original = data.get("original")
    if not isinstance(original, dict):
        return data
    filled = {
        field: original[key]
        for field, key in ORIGINAL_KEYS.items()
        if original.get(key) and not data.get(field)
    }
    return {**data, **filled}


def with_rendering(body: str, stored: StoredText) -> dict[str, Data]:
    """Returns what the index keeps as the body of a document: its Markdown, text and layout."""
    return {_MARKDOWN: body, "text": stored.text, "layout": stored.layout}


def without_rendering(data: Mapping[str, Data]) -> Mapping[str, Data]:
    """Returns the data of a record as its file gives it, without the rendering of the index.

    Args:
        data: Values by field name, as the index keeps them; not changed.

    Returns:
        ``data`` itself unless it is a document with a rendering.
    """
    body = data.get("body")
    return {**data, "body": body[_MARKDOWN]} if isinstance(body, dict) else data


def metadata_from_dict(data: Mapping[str, Data]) -> ArchiveMetadata:
    """Makes the archive's metadata from the content of ``archive.yaml``.

    Args:
        data: Values by key.

    Raises:
        TypeError: a value has the wrong shape.
    """
    return _from_dict(ArchiveMetadata, data)


def part_to_dict(part: Part) -> dict[str, Data]:
    """Returns a part of a record as plain data, keys in the order of its class."""
    return _to_dict(part)


def metadata_to_dict(metadata: ArchiveMetadata) -> dict[str, Data]:
    """Returns the archive's metadata as the content of ``archive.yaml``."""
    return _to_dict(metadata)


def kind_of(record: Record) -> Kind:
    """Returns the kind of a record."""
    return _KIND_OF[type(record)]


def class_of(kind: Kind) -> type[Record]:
    """Returns the class of the records of a kind."""
    return _CLASSES[kind]


class _Table(NamedTuple):
    """How a class is converted.

    Attributes:
        readers: By field name: makes the field's value from plain data.
        required: Names of the fields without a default.
    """

    readers: Mapping[str, Reader]
    required: tuple[str, ...]


def _from_dict(cls: Callable[..., T], data: Mapping[str, Data]) -> T:
    table = _TABLES[cls]
    readers = table.readers
    known: dict[str, object] = {}
    extra: dict[str, Data] = {}
    for key, value in data.items():
        reader = readers.get(key)
        if reader is None:
            extra[key] = value
        elif value:
            known[key] = value if reader is _text and type(value) is str else reader(value)
    for name in table.required:
        if name not in known:
            known[name] = ""
    return cls(**known, extra=extra)


def _table(cls: type[Record | Part | ArchiveMetadata]) -> _Table:
    """Derives the conversion of a class from the types of its fields."""
    known = [field for field in fields(cls) if field.name not in _DERIVED]
    required = (f.name for f in known if f.default is MISSING and f.default_factory is MISSING)
    return _Table({field.name: _reader(field) for field in known}, tuple(required))


def _reader(field: Field[object]) -> Reader:
    match = _ANNOTATION.fullmatch(str(field.type))
    if match is None:
        raise TypeError(f"no conversion for {field.name}: {field.type}")
    shape = match.lastgroup
    name = match[shape or 0]
    if name == "str":
        return {"one": _text, "many": _texts, "by_key": _texts_by_key}[shape or ""]
    part = next(cls for cls in _PARTS if cls.__name__ == name)
    if shape == "one":
        return lambda value: _from_dict(part, _mapping(value))
    if shape == "many":
        return lambda value: tuple([_from_dict(part, _mapping(item)) for item in _list(value)])
    return lambda value: {k: _from_dict(part, _mapping(v)) for k, v in _mapping(value).items()}


def _text(value: Data) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"text expected, not {type(value).__name__}")


def _texts(value: Data) -> tuple[str, ...]:
    return tuple([_text(item) for item in _list(value)])


def _texts_by_key(value: Data) -> dict[str, str]:
    return {key: _text(item) for key, item in _mapping(value).items()}


def _list(value: Data) -> list[Data]:
    if isinstance(value, list):
        return value
    raise TypeError(f"list expected, not {type(value).__name__}")


def _mapping(value: Data) -> dict[str, Data]:
    if isinstance(value, dict):
        return value
    raise TypeError(f"mapping expected, not {type(value).__name__}")


def _to_dict(item: Record | Part | ArchiveMetadata) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for name in _TABLES[type(item)].readers:
        value: object = getattr(item, name)
        if value:
            data[name] = value if isinstance(value, str) else _plain(value)
    data.update(item.extra)
    return data


def _plain(value: object) -> Data:
    if isinstance(value, str):
        return value
    if isinstance(value, _PARTS):
        return _to_dict(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"no plain data for {type(value).__name__}")


_TABLES: Final[dict[Callable[..., object], _Table]] = {
    cls: _table(cls) for cls in (*_PARTS, *_CLASSES.values(), ArchiveMetadata)
}

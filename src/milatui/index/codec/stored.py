"""Stored fields: JSON, compressed in blocks of several documents.

Arrays, for d documents in b blocks:

``stored/block_docs``     (b + 1)  uint32, the first document of each block, and d
``stored/block_offsets``  (b + 1)  uint64, where each compressed block begins, and the end
``stored/doc_offsets``    (d + 1)  uint64, where the JSON of each document begins, uncompressed
``stored/blocks``         uint8    the zlib streams

A document without stored fields takes no bytes. JSON has no bytes, dates, tuples and so on, which
Whoosh's stored fields may hold. Such a value is an object with a single key that begins with
``$``: ``{"$bytes": base64}``, ``{"$datetime": ISO 8601}``, ``$date``, ``$time``,
``{"$timedelta": [days, seconds, microseconds]}``, ``{"$decimal": "1.10"}``, ``{"$float": "nan"}``,
``{"$complex": [real, imaginary]}``, ``$tuple``, ``$set`` and ``$frozenset`` (arrays), ``{"$dict":
[[key, value], ...]}`` (keys that are not strings, or that begin with ``$``). Nothing is pickled: a
value of any other type is refused.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import zlib
from array import array
from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from milatui.index.codec.arrayfile import ArrayFile, ArrayFileWriter

    StoredFields = dict[str, object]

BLOCK_SIZE: Final = 32_768
"""Uncompressed bytes from which a block is written."""
COMPRESSION: Final = 3
"""The level of zlib."""


class StoredValueError(TypeError):
    """A stored field has a value of a type that is not supported."""


def encode_stored(fields: Mapping[str, object]) -> bytes:
    """Encodes the stored fields of a document as JSON.

    Args:
        fields: Values by the name of their field.

    Raises:
        StoredValueError: if a value has a type that is not supported.
    """
    return dump_stored({name: to_json(value, name) for name, value in fields.items()})


def dump_stored(fields: Mapping[str, object]) -> bytes:
    """Encodes stored fields whose values went through ``to_json`` before.

    Args:
        fields: Values by the name of their field.
    """
    if not fields:
        return b""
    if any(name.startswith("$") for name in fields):
        fields = {"$dict": list(fields.items())}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode_stored(data: bytes) -> StoredFields:
    """Decodes what ``encode_stored`` returned."""
    if not data:
        return {}
    hook = _from_json if b'{"$' in data else None
    fields: StoredFields = json.loads(data.decode("utf-8", "surrogatepass"), object_hook=hook)
    return fields


def to_json(value: object, name: str) -> object:
    """Converts the value of a field to JSON types.

    Raises:
        StoredValueError: if it has a type that is not supported.
    """
    kind = type(value)
    if value is None or kind in (str, int, bool):
        return value
    if kind is list:
        return [to_json(item, name) for item in value]  # type: ignore[attr-defined]
    if isinstance(value, dict):
        if all(type(key) is str and not key.startswith("$") for key in value):
            return {key: to_json(item, name) for key, item in value.items()}
        return {"$dict": [[to_json(k, name), to_json(v, name)] for k, v in value.items()]}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$float": repr(float(value))}
    for wanted, tag, encode in _ENCODERS:
        if isinstance(value, wanted):
            encoded = encode(value)
            if isinstance(encoded, list):
                encoded = [to_json(item, name) for item in encoded]
            return encoded if not tag else {tag: encoded}
    raise StoredValueError(f"field {name!r} cannot store a value of type {kind.__name__}")


def _from_json(found: dict[str, object]) -> object:
    if len(found) == 1:
        tag, value = next(iter(found.items()))
        decode = _DECODERS.get(tag)
        if decode is not None:
            return decode(value)
    return found


def _elements(value: frozenset[object] | set[object]) -> list[object]:
    return sorted(value, key=repr)


_ENCODERS: Final[tuple[tuple[type, str, Callable[..., object]], ...]] = (
    (str, "", str),
    (int, "", int),
    (list, "", list),
    (bytes, "$bytes", lambda value: base64.b64encode(value).decode("ascii")),
    (bytearray, "$bytes", lambda value: base64.b64encode(value).decode("ascii")),
    (dt.datetime, "$datetime", dt.datetime.isoformat),
    (dt.date, "$date", dt.date.isoformat),
    (dt.time, "$time", dt.time.isoformat),
    (dt.timedelta, "$timedelta", lambda v: [v.days, v.seconds, v.microseconds]),
    (Decimal, "$decimal", str),
    (complex, "$complex", lambda value: [value.real, value.imag]),
    (tuple, "$tuple", list),
    (set, "$set", _elements),
    (frozenset, "$frozenset", _elements),
)
"""Python type, tag and encoding of values beyond JSON; the first match counts."""

_DECODERS: Final[dict[str, Callable[..., object]]] = {
    "$bytes": base64.b64decode,
    "$datetime": dt.datetime.fromisoformat,
    "$date": dt.date.fromisoformat,
    "$time": dt.time.fromisoformat,
    "$timedelta": lambda value: dt.timedelta(*value),
    "$decimal": Decimal,
    "$float": float,
    "$complex": lambda value: complex(*value),
    "$tuple": tuple,
    "$set": set,
    "$frozenset": frozenset,
    "$dict": lambda pairs: {key: value for key, value in pairs},  # noqa: C416
}


class StoredFieldsWriter:
    """Writes stored fields, document by document.

    Args:
        out: The documents file; no other array may be written before ``close``.
        level: The compression level of zlib.
    """

    def __init__(self, out: ArrayFileWriter, level: int = COMPRESSION) -> None:
        self._out = out
        self._level = level
        self._waiting: list[bytes] = []
        self._size = 0
        self._doc_offsets = array("Q", [0])
        self._block_docs = array("I", [0])
        self._block_offsets = array("Q", [0])

    def __len__(self) -> int:
        """Returns the number of documents."""
        return len(self._doc_offsets) - 1

    def add(self, encoded: bytes) -> None:
        """Adds the next document.

        Args:
            encoded: A JSON object in UTF-8 (``encode_stored``), or nothing.
        """
        self._waiting.append(encoded)
        self._size += len(encoded)
        self._doc_offsets.append(self._doc_offsets[-1] + len(encoded))
        if self._size >= BLOCK_SIZE:
            self._write_block()

    def _write_block(self) -> None:
        compressed = zlib.compress(b"".join(self._waiting), self._level)
        self._out.append("stored/blocks", "B", compressed)
        self._block_offsets.append(self._block_offsets[-1] + len(compressed))
        self._block_docs.append(len(self))
        self._waiting, self._size = [], 0

    def close(self) -> None:
        """Writes the last block and the offsets."""
        if self._waiting:
            self._write_block()
        self._out.append("stored/blocks", "B", b"")
        self._out.add("stored/block_docs", "I", memoryview(self._block_docs))
        self._out.add("stored/block_offsets", "Q", memoryview(self._block_offsets))
        self._out.add("stored/doc_offsets", "Q", memoryview(self._doc_offsets))


class StoredFieldsReader:
    """Reads stored fields; remembers the last block that it decompressed."""

    def __init__(self, file: ArrayFile) -> None:
        self._blocks = file.data("stored/blocks")
        self._block_docs = file.view("stored/block_docs")
        self._block_offsets = file.view("stored/block_offsets")
        self._doc_offsets = file.view("stored/doc_offsets")
        self._last: tuple[int, bytes] = (-1, b"")

    def __len__(self) -> int:
        """Returns the number of documents."""
        return len(self._doc_offsets) - 1

    def __getitem__(self, doc_id: int) -> StoredFields:
        """Returns the stored fields of a document."""
        return decode_stored(self.encoded(doc_id))

    def encoded(self, doc_id: int) -> bytes:
        """Returns the stored fields of a document as they were encoded."""
        begin, end = self._doc_offsets[doc_id], self._doc_offsets[doc_id + 1]
        if begin == end:
            return b""
        block = bisect_right(self._block_docs, doc_id) - 1
        number, content = self._last
        if number != block:
            first, last = self._block_offsets[block], self._block_offsets[block + 1]
            content = zlib.decompress(self._blocks[first:last])
            self._last = block, content
        base = self._doc_offsets[self._block_docs[block]]
        return content[begin - base : end - base]

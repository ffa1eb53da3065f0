"""Term vectors: the terms of one document, where a field's ``vector`` option asks for them.

A vector is a value of a Whoosh ``VarBytesColumn``, stored as array ``f/vector`` of the documents
file. Its items lie one after the other: size of the term (uint32), weight (float32), size of the
encoded posting value (uint32), the term in UTF-8, the value; numbers are little-endian.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from whoosh.columns import VarBytesColumn

if TYPE_CHECKING:
    from collections.abc import Iterable

VECTOR_COLUMN: Final = VarBytesColumn()
_ITEM: Final = Struct("<IfI")


class TermVector(NamedTuple):
    """The terms of a document in order, their weights and their encoded posting values."""

    terms: list[str]
    weights: list[float]
    values: list[bytes]


def encode_vector(items: Iterable[tuple[str, float, bytes | None]]) -> bytes:
    """Encodes term, weight and value of each item.

    Args:
        items: Term, weight and encoded value, in the order of the terms.
    """
    parts: list[bytes] = []
    for text, weight, value in items:
        term, payload = text.encode("utf-8", "surrogatepass"), value or b""
        parts += (_ITEM.pack(len(term), weight, len(payload)), term, payload)
    return b"".join(parts)


def decode_vector(data: bytes) -> TermVector:
    """Decodes what ``encode_vector`` returned."""
    vector = TermVector([], [], [])
    at = 0
    while at < len(data):
        term_size, weight, value_size = _ITEM.unpack_from(data, at)
        middle = at + _ITEM.size + term_size
        vector.terms.append(data[at + _ITEM.size : middle].decode("utf-8", "surrogatepass"))
        vector.weights.append(weight)
        at = middle + value_size
        vector.values.append(data[middle:at])
    return vector

"""Writes Whoosh's files of terms and postings from sorted arrays, a block at a time.

Whoosh would sort every posting through temporary files and write them one by one; here they
are sorted already.  What comes out is Whoosh's own format, read by its own codec.
"""

from __future__ import annotations

import zlib
from array import array
from pickle import dumps
from struct import Struct
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

from milatui.index.engine.blocks import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from milatui.index.engine.stemwise import StemPostings

    Numbers = NDArray[Any]

BLOCK: Final = 128
"""Postings of a block, as Whoosh has it."""
LEVEL: Final = 1
"""zlib's level: three would take twice the time and save a twentieth."""
SMALL: Final = 200
"""Bytes of a block that it is not worth while to compress."""
_PICKLE: Final = 2
"""The protocol Whoosh writes."""

_LENGTH: Final = Struct("!i")
_FIELD: Final = Struct("!H")
_LENGTHS: Final = Struct("!ii")
_DIRECTORY: Final = Struct("!qi")
# Flags, weight, texts, shortest, longest, greatest weight, first text, last text, place, size.
_TERM: Final = Struct("!BfIBBfIIqi")
_MAGIC: Final = b"HSH3"
_CRC: Final = 1
"""Whoosh's number of the checksum that its tables of terms are made with."""
_TABLES: Final = 256


class TermsWriter:
    """Writes the table of terms: sorted keys with their values, found through a hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = self._file.write(_MAGIC + bytes([_CRC]) + bytes(8))
        self._places = array("Q")
        self._hashes = array("I")

    def add(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add terms, which must come in the order of their bytes."""
        parts: list[bytes] = []
        at = self._at
        for key, value in zip(keys, values, strict=True):
            self._places.append(at)
            self._hashes.append(zlib.crc32(key))
            parts += (_LENGTHS.pack(len(key), len(value)), key, value)
            at += _LENGTHS.size + len(key) + len(value)
        self._at = at
        self._file.write(b"".join(parts))

    def finish(self, fields: dict[str, int]) -> None:
        """Write the hash tables, the fields' numbers and the sorted places of the keys."""
        self._file.write(b"".join(self._directory()))
        code = "H" if self._at < 2**16 else "i" if self._at < 2**31 else "q"
        extras = {"fieldmap": fields, "indextype": code, "indexlen": len(self._places)}
        # Whoosh writes the places between the pickle and its length.
        pickled = dumps(extras, _PICKLE)
        places = array(code, self._places)
        places.byteswap()
        data = pickled + places.tobytes()
        self._file.write(data + _LENGTH.pack(len(data)))

    def _directory(self) -> list[bytes]:
        tables: list[list[tuple[int, int]]] = [[] for _table in range(_TABLES)]
        for check, place in zip(self._hashes, self._places, strict=True):
            tables[check & 255].append((check, place))
        parts, directory = [], []
        at = self._at
        for entries in tables:
            size = 2 * len(entries)
            slots: list[int] = [0] * (2 * size)
            for check, place in entries:
                slot = (check >> 8) % size
                while slots[2 * slot + 1]:
                    slot = (slot + 1) % size
                slots[2 * slot : 2 * slot + 2] = check, place
            table = Struct("!" + "Iq" * size).pack(*slots)
            directory.append(_DIRECTORY.pack(at, size))
            parts.append(table)
            at += len(table)
        return [*parts, *directory]


class PostingsWriter:
    """Writes the postings of one field after the other."""

    def __init__(self, file: BinaryIO, terms: TermsWriter) -> None:
        self._file = file
        self._at = 0
        self._terms = terms
        self.fields: dict[str, int] = {}

    def add(
        self, name: str, stems: Sequence[bytes], postings: StemPostings, codes: Numbers
    ) -> None:
        """Add postings of a field.

        Args:
            name: The field; fields come in the order of their names.
            stems: All stems.
            postings: Those of a stretch of them.
            codes: The length of each text in one byte.
        """
        if not postings.stems:
            return
        field = _FIELD.pack(self.fields.setdefault(name, len(self.fields)))
        blocks = _Blocks(postings, codes)
        ends, parts = [], []
        at = self._at
        for data in blocks:
            parts.append(data)
            at += len(data)
            ends.append(at)
        self._file.write(b"".join(parts))
        last = blocks.last.tolist()
        stops = [ends[block] for block in last]
        begins = [self._at, *stops[:-1]]
        self._at = at
        keys = [field + stems[number] for number in postings.stems]
        columns = (column.tolist() for column in blocks.of_terms())
        values = [
            _TERM.pack(0, *numbers, begin, stop - begin)
            for *numbers, begin, stop in zip(*columns, begins, stops, strict=True)
        ]
        self._terms.add(keys, values)

    def finish(self) -> None:
        """Write what comes behind the terms."""
        self._terms.finish(self.fields)


class _Blocks:
    """The postings of a stretch in blocks, as Whoosh writes them."""

    def __init__(self, postings: StemPostings, codes: Numbers) -> None:
        starts, ends = postings.starts[:-1], postings.starts[1:]
        self._starts, self._counts = starts, ends - starts
        self._docs, self._tfs = postings.docs, postings.tfs
        self._codes = codes[postings.docs]
        many = -(-self._counts // BLOCK)
        self.last = np.cumsum(many) - 1
        term = np.repeat(np.arange(len(starts)), many)
        self._begin = starts[term] + BLOCK * spread(np.zeros(len(many), np.int64), many)
        self._end = np.minimum(self._begin + BLOCK, ends[term])
        self._is_last = np.zeros(len(term), bool)
        self._is_last[self.last] = True

    def of_terms(self) -> tuple[Numbers, ...]:
        """What Whoosh keeps of each term; lengths as codes."""
        starts, docs = self._starts, self._docs
        return (
            np.add.reduceat(self._tfs.astype(np.float64), starts),
            self._counts,
            np.minimum.reduceat(self._codes, starts),
            np.maximum.reduceat(self._codes, starts),
            np.maximum.reduceat(self._tfs, starts),
            docs[starts],
            docs[starts + self._counts - 1],
        )

    def __iter__(self) -> Iterator[bytes]:
        begins = self._begin
        steps = self._docs.astype(np.int64)
        steps[1:] -= self._docs[:-1]
        steps[begins] = self._docs[begins]
        ids, weights = steps.tolist(), self._tfs.astype(np.float64).tolist()
        columns = zip(
            begins.tolist(),
            self._end.tolist(),
            self._docs[self._end - 1].tolist(),
            np.minimum.reduceat(self._tfs, begins).tolist(),
            np.maximum.reduceat(self._tfs, begins).astype(np.float64).tolist(),
            np.minimum.reduceat(self._codes, begins).tolist(),
            np.maximum.reduceat(self._codes, begins).tolist(),
            self._is_last.tolist(),
            strict=True,
        )
        first = WHOOSH3_HEADER_MAGIC
        for begin, end, doc, least, most, shortest, longest, is_last in columns:
            weight: Any = most if most > 1 else None
            if least != most:
                weight = tuple(weights[begin:end])
            data, level = dumps((tuple(ids[begin:end]), weight, None), _PICKLE), 0
            if len(data) >= SMALL:
                data, level = zlib.compress(data, LEVEL), LEVEL
            about = dumps((end - begin, doc, most, level, shortest, longest), _PICKLE)
            size = len(about) + len(data)
            yield first + _LENGTH.pack(-size if is_last else size) + about + data
            first = WHOOSH3_HEADER_MAGIC if is_last else b""

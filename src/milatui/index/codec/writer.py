"""Whoosh's field writer: takes postings one by one, as ``SegmentWriter`` gives them.

Postings are collected in chunks of whole terms. Full chunks go to a temporary file; when a field
ends, its sizes are known and the chunks are written to their place in the postings file.
"""

from __future__ import annotations

import tempfile
from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from whoosh import formats
from whoosh.codec import base
from whoosh.system import unpack_uint

from milatui.index.codec.postings_writer import (
    WEIGHT_LIMITS,
    FieldFormat,
    PostingsChunk,
    PostingsWriter,
    position_starts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from numpy.typing import NDArray
    from whoosh.fields import FieldType
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

CHUNK_SIZE: Final = 500_000
"""Postings and positions of a chunk."""
SPOOL_SIZE: Final = 1 << 22
"""Bytes of chunks that are kept in memory."""


class FlatFieldWriter(base.FieldWriter):
    """Writes the postings file of a segment.

    Args:
        file: The file; the writer closes it.
        doc_count: Returns the number of documents of the segment, once all are written.
        folder: Where chunks are spooled; None for the system's temporary folder.
    """

    def __init__(self, file: StructFile, doc_count: Callable[[], int], folder: str | None) -> None:
        self._file = file
        self._doc_count = doc_count
        self._folder = folder
        self._postings = PostingsWriter(file)
        self._field: _FieldPostings
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Begin a field."""
        self._field = _FieldPostings(fieldname, fieldobj.format, self._folder)

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._field.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, _length: int) -> None:
        """Take a posting."""
        self._field.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """End a term."""
        self._field.finish_term()

    def finish_field(self) -> None:
        """Write the field."""
        self._field.write(self._postings, self._doc_count())

    def close(self) -> None:
        """Complete the file and close it."""
        self._postings.close()
        self._file.close()
        self.is_closed = True


class _FieldPostings:
    """Collects the postings of one field."""

    def __init__(self, name: str, format_: Format, folder: str | None) -> None:
        kind = type(format_)
        self._name = name
        self._format = format_
        self._frequencies = kind is formats.Frequency
        self._chars = kind is formats.Characters
        self._has_positions = bool(format_.supports("positions"))
        self._keep_values = kind not in (
            formats.Existence,
            formats.Frequency,
            formats.Positions,
            formats.Characters,
        )
        self._folder = folder
        self._spool: _ChunkSpool | None = None
        self._terms: list[bytes] = []
        self._doc_freqs = array("I")
        self._position_counts = array("Q")
        self._columns = self._empty()
        self._first_posting = self._first_position = 0

    def _empty(self) -> _Columns:
        return _Columns()

    def start_term(self, text: bytes) -> None:
        self._terms.append(text)
        self._first_posting = len(self._columns.doc_ids)
        self._first_position = len(self._columns.positions)

    def add(self, docnum: int, weight: float, value: bytes) -> None:
        columns, format_ = self._columns, self._format
        columns.doc_ids.append(docnum)
        columns.weights.append(weight)
        if self._frequencies:
            # Spelling postings carry the value of another field.
            columns.frequencies.append(
                unpack_uint(value[:4])[0] if len(value) >= 4 else round(weight)
            )
        elif self._chars:
            found = sorted(format_.decode_characters(value))
            columns.position_counts.append(len(found))
            for position, start, end in found:
                columns.positions.append(position)
                columns.char_starts.append(start)
                columns.char_ends.append(end)
        elif self._has_positions:
            positions = sorted(format_.decode_positions(value))
            columns.position_counts.append(len(positions))
            columns.positions.extend(positions)
        if self._keep_values:
            columns.value_sizes.append(len(value))
            columns.values += value

    def finish_term(self) -> None:
        columns = self._columns
        self._doc_freqs.append(len(columns.doc_ids) - self._first_posting)
        self._position_counts.append(len(columns.positions) - self._first_position)
        if len(columns.doc_ids) + len(columns.positions) + len(columns.values) >= CHUNK_SIZE:
            self._spill()

    def _spill(self) -> None:
        if self._spool is None:
            self._spool = _ChunkSpool(self._folder)
        self._spool.add(self._columns)
        self._columns = self._empty()

    def _chunks(self) -> Iterator[_Arrays]:
        if self._spool is not None:
            yield from self._spool
        yield self._columns.arrays()

    def write(self, postings: PostingsWriter, doc_count: int) -> None:
        """Write the field to its place."""
        least, most, whole = 0.0, 0.0, True
        same_frequencies, ones, value_bytes = True, True, 0
        extents = np.zeros(doc_count if self._has_positions else 0, np.uint64)
        for arrays in self._chunks():
            weights = arrays["weights"]
            most = max(most, float(weights.max(initial=0)))
            least = min(least, float(weights.min(initial=0)))
            whole = whole and bool((weights == np.floor(weights)).all())
            ones = ones and bool((weights == 1).all())
            if self._frequencies:
                same_frequencies = same_frequencies and bool(
                    (weights == arrays["frequencies"]).all()
                )
            if self._has_positions:
                owners = np.repeat(arrays["doc_ids"], arrays["position_counts"])
                ends = arrays["positions"].astype(np.uint64) + np.uint64(1)
                np.maximum.at(extents, owners, ends)
            value_bytes += len(arrays["values"])
        if ones:
            weight_type = ""
        elif whole and least >= 0:
            weight_type = next((c for c, limit in WEIGHT_LIMITS.items() if most <= limit), "f")
        else:
            weight_type = "f"
        format_ = FieldFormat(
            weight_type=weight_type,
            frequencies=self._frequencies and not same_frequencies,
            chars=self._chars,
            value_bytes=value_bytes if self._keep_values and value_bytes else None,
        )
        starts = position_starts(extents) if self._has_positions else None
        writer = postings.field(
            self._name,
            self._terms,
            np.array(self._doc_freqs, np.uint32),
            format_,
            np.array(self._position_counts, np.uint64) if self._has_positions else None,
            starts,
        )
        with writer:
            for arrays in self._chunks():
                writer.append(_chunk(arrays, format_, starts))


def _chunk(
    arrays: _Arrays, format_: FieldFormat, starts: NDArray[np.uint32] | None
) -> PostingsChunk:
    positions = None
    if starts is not None:
        owners = np.repeat(arrays["doc_ids"], arrays["position_counts"])
        positions = arrays["positions"] + starts[owners]
    keeps_values = format_.value_bytes is not None
    return PostingsChunk(
        doc_ids=arrays["doc_ids"],
        weights=arrays["weights"],
        positions=positions,
        frequencies=arrays["frequencies"],
        char_starts=arrays["char_starts"] if format_.chars else None,
        char_ends=arrays["char_ends"] if format_.chars else None,
        value_sizes=arrays["value_sizes"] if keeps_values else None,
        values=arrays["values"] if keeps_values else None,
    )


_Arrays = dict[str, Any]


class _Columns:
    """Growing arrays of a chunk."""

    def __init__(self) -> None:
        self.doc_ids = array("I")
        self.weights = array("f")
        self.frequencies = array("I")
        self.position_counts = array("I")
        self.positions = array("I")
        self.char_starts = array("I")
        self.char_ends = array("I")
        self.value_sizes = array("I")
        self.values = bytearray()

    def arrays(self) -> _Arrays:
        return {
            name: np.frombuffer(data, np.uint8 if name == "values" else data.typecode)
            for name, data in vars(self).items()
        }


class _ChunkSpool:
    """Keeps chunks in a temporary file without a name."""

    def __init__(self, folder: str | None) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(SPOOL_SIZE, dir=folder)  # noqa: SIM115
        self._sizes: list[dict[str, tuple[str, int]]] = []

    def add(self, columns: _Columns) -> None:
        sizes = {}
        for name, data in columns.arrays().items():
            self._file.write(data.tobytes())
            sizes[name] = data.dtype.str, data.nbytes
        self._sizes.append(sizes)

    def __iter__(self) -> Iterator[_Arrays]:
        self._file.seek(0)
        for sizes in self._sizes:
            yield {
                name: np.frombuffer(self._file.read(size), kind)
                for name, (kind, size) in sizes.items()
            }
        self._file.seek(0, 2)

"""Whoosh's field writer: takes postings one by one, as ``SegmentWriter`` gives them.

Postings are collected in chunks of whole terms. Full chunks go to a temporary file; when a field
ends, its sizes are known and the chunks are written to their place in the postings file.
"""

from __future__ import annotations

import tempfile
from array import array
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from whoosh import formats
from whoosh.codec import base
from whoosh.system import unpack_uint

from milatui.index.codec.postings_writer import (
    MAX_POSITION,
    WEIGHT_LIMITS,
    FieldFormat,
    PositionOverflowError,
    PostingsChunk,
    PostingsWriter,
    doc_id_type,
    position_starts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from whoosh.fields import FieldType
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

CHUNK_SIZE: Final = 500_000
"""Postings, positions and bytes of values from which a chunk is spilled."""


class FlatFieldWriter(base.FieldWriter):
    """Writes the postings file of a segment.

    Args:
        file: The file; the writer closes it.
        doc_count: Returns the number of documents of the segment, once all are written.
        folder: Where chunks are spilled; None for the system's temporary folder.
    """

    def __init__(self, file: StructFile, doc_count: Callable[[], int], folder: str | None) -> None:
        self._file = file
        self._doc_count = doc_count
        self._folder = folder
        self._postings = PostingsWriter(file)
        self._field = _FieldPostings("", formats.Existence(), folder)
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Begins a field."""
        self._field = _FieldPostings(fieldname, fieldobj.format, self._folder)

    def start_term(self, text: bytes) -> None:
        """Begins a term."""
        self._field.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, _length: int) -> None:
        """Takes a posting; its length is in the documents file already."""
        self._field.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """Ends a term."""
        self._field.finish_term()

    def finish_field(self) -> None:
        """Writes the field."""
        self._field.write(self._postings, self._doc_count())
        self._field.close()

    def close(self) -> None:
        """Completes the file and closes it."""
        self._field.close()
        self._postings.close()
        self._file.close()
        self.is_closed = True


class _Chunk(NamedTuple):
    """Postings of some terms: n postings, m positions.

    The first three arrays and ``position_counts`` have n items, positions and characters m;
    positions count from the beginning of their document.
    """

    doc_ids: NDArray[np.uint32]
    weights: NDArray[np.float32]
    frequencies: NDArray[np.uint32]
    position_counts: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    char_starts: NDArray[np.uint32]
    char_ends: NDArray[np.uint32]
    value_sizes: NDArray[np.uint32]
    values: NDArray[np.uint8]

    def owners(self) -> NDArray[np.uint32]:
        """Returns the document of each position."""
        return np.repeat(self.doc_ids, self.position_counts)


class _ChunkBuilder:
    """Collects the postings of a chunk."""

    def __init__(self) -> None:
        self.doc_ids = array("I")
        self.weights = array("f")
        self.frequencies = array("I")
        self.position_counts = array("I")
        self.positions = array("I")
        self.char_starts = array("I")
        self.char_ends = array("I")
        self.value_sizes = array("I")
        self.values = array("B")

    def __len__(self) -> int:
        return len(self.doc_ids) + len(self.positions) + len(self.values)

    def build(self) -> _Chunk:
        return _Chunk(*(np.frombuffer(data, data.typecode) for data in vars(self).values()))


class _ChunkSpool:
    """Keeps chunks in a temporary file without a name, which is made for the first one."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._layouts: list[list[tuple[np.dtype[Any], int]]] = []

    def add(self, chunk: _Chunk) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        for data in chunk:
            self._file.write(data.tobytes())
        self._layouts.append([(data.dtype, data.nbytes) for data in chunk])

    def __iter__(self) -> Iterator[_Chunk]:
        if self._file is None:
            return
        self._file.seek(0)
        for layout in self._layouts:
            yield _Chunk(*(np.frombuffer(self._file.read(size), kind) for kind, size in layout))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class _FieldStats:
    """Derives how a field is recorded from all of its chunks."""

    def __init__(self, recorded: _Recorded, doc_count: int) -> None:
        self._recorded = recorded
        self._doc_count = doc_count
        self._least = self._most = 1.0
        self._whole = self._same_frequencies = True
        self._value_bytes = 0
        self._extents = np.zeros(doc_count, np.uint64)

    def add(self, chunk: _Chunk) -> None:
        weights = chunk.weights
        self._doc_count = max(self._doc_count, int(chunk.doc_ids.max(initial=0)) + 1)
        self._most = max(self._most, float(weights.max(initial=1)))
        self._least = min(self._least, float(weights.min(initial=1)))
        self._whole = self._whole and bool((weights == np.floor(weights)).all())
        self._value_bytes += len(chunk.values)
        if self._recorded.frequencies:
            same = bool((weights == chunk.frequencies).all())
            self._same_frequencies = self._same_frequencies and same
        if self._recorded.positions:
            missing = self._doc_count - len(self._extents)
            self._extents = np.append(self._extents, np.zeros(missing, np.uint64))
            ends = chunk.positions.astype(np.uint64) + np.uint64(1)
            np.maximum.at(self._extents, chunk.owners(), ends)

    def format(self) -> FieldFormat:
        """Returns what is recorded of each posting."""
        return FieldFormat(
            doc_id_type(self._doc_count),
            weight_type=self._weight_type(),
            frequencies=self._recorded.frequencies and not self._same_frequencies,
            chars=self._recorded.chars,
            value_bytes=self._value_bytes or None,
        )

    def _weight_type(self) -> str:
        if not self._whole or self._least < 0:
            return "f"
        if self._least == self._most == 1:
            return ""
        return next((code for code, limit in WEIGHT_LIMITS.items() if self._most <= limit), "f")

    def starts(self) -> NDArray[np.uint32]:
        """Returns where each document begins on the line of positions."""
        return position_starts(self._extents)


class _Recorded(NamedTuple):
    """What a Whoosh format records of a posting beside its weight."""

    frequencies: bool
    positions: bool
    chars: bool
    values: bool

    @classmethod
    def by(cls, format_: Format) -> _Recorded:
        kind = type(format_)
        return cls(
            frequencies=kind is formats.Frequency,
            positions=bool(format_.supports("positions")),
            chars=kind is formats.Characters,
            values=kind not in _REPRODUCED,
        )


_REPRODUCED: Final = (
    formats.Existence,
    formats.Frequency,
    formats.Positions,
    formats.Characters,
)
"""Formats whose encoded values follow from the arrays."""


class _FieldPostings:
    """Collects the postings of one field."""

    def __init__(self, name: str, format_: Format, folder: str | None) -> None:
        self._name = name
        self._format = format_
        self._recorded = _Recorded.by(format_)
        self._spool = _ChunkSpool(folder)
        self._terms: list[bytes] = []
        self._doc_freqs = array("I")
        self._position_counts = array("Q")
        self._builder = _ChunkBuilder()
        self._first_posting = self._first_position = 0

    def start_term(self, text: bytes) -> None:
        self._terms.append(text)
        self._first_posting = len(self._builder.doc_ids)
        self._first_position = len(self._builder.positions)

    def add(self, docnum: int, weight: float, value: bytes) -> None:
        builder = self._builder
        builder.doc_ids.append(docnum)
        builder.weights.append(weight)
        if self._recorded.positions:
            self._add_positions(value)
        elif self._recorded.frequencies:
            # Spelling postings carry the value of another field's format.
            known = len(value) >= 4
            builder.frequencies.append(unpack_uint(value[:4])[0] if known else round(weight))
        if self._recorded.values:
            builder.value_sizes.append(len(value))
            builder.values.frombytes(value)

    def _add_positions(self, value: bytes) -> None:
        try:
            self._decode_positions(value)
        except OverflowError as error:
            message = f"field {self._name!r} has a position beyond {MAX_POSITION}"
            raise PositionOverflowError(message) from error

    def _decode_positions(self, value: bytes) -> None:
        builder = self._builder
        if not value:
            builder.position_counts.append(0)
        elif self._recorded.chars:
            found = sorted(self._format.decode_characters(value))
            builder.position_counts.append(len(found))
            for position, start, end in found:
                builder.positions.append(position)
                builder.char_starts.append(start)
                builder.char_ends.append(end)
        else:
            positions = sorted(self._format.decode_positions(value))
            builder.position_counts.append(len(positions))
            builder.positions.extend(positions)

    def finish_term(self) -> None:
        builder = self._builder
        self._doc_freqs.append(len(builder.doc_ids) - self._first_posting)
        self._position_counts.append(len(builder.positions) - self._first_position)
        if len(builder) >= CHUNK_SIZE:
            self._spool.add(builder.build())
            self._builder = _ChunkBuilder()

    def _chunks(self) -> Iterator[_Chunk]:
        return chain(self._spool, (self._builder.build(),))

    def write(self, postings: PostingsWriter, doc_count: int) -> None:
        """Writes the field where its sizes say."""
        stats = _FieldStats(self._recorded, doc_count)
        for chunk in self._chunks():
            stats.add(chunk)
        format_ = stats.format()
        counts = starts = None
        if self._recorded.positions:
            counts, starts = np.array(self._position_counts, np.uint64), stats.starts()
        doc_freqs = np.array(self._doc_freqs, np.uint32)
        with postings.field(self._name, self._terms, doc_freqs, format_, counts, starts) as field:
            for chunk in self._chunks():
                field.append(_postings_chunk(chunk, starts))

    def close(self) -> None:
        """Removes what was spilled."""
        self._spool.close()


def _postings_chunk(chunk: _Chunk, starts: NDArray[np.uint32] | None) -> PostingsChunk:
    """Shifts the positions of a chunk to where its documents begin on the line of positions."""
    positions = None if starts is None else chunk.positions + starts[chunk.owners()]
    return PostingsChunk(
        doc_ids=chunk.doc_ids,
        weights=chunk.weights,
        positions=positions,
        frequencies=chunk.frequencies,
        char_starts=chunk.char_starts,
        char_ends=chunk.char_ends,
        value_sizes=chunk.value_sizes,
        values=chunk.values,
    )

"""Writes the postings file of a segment from arrays, in chunks of any size.

The layout is described in ``postings``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import numpy as np

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.codec.postings import POSITION_GAP
from milatui.index.codec.terms import add_offsets, write_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from milatui.index.codec.arrayfile import OutputFile

    Integers = NDArray[np.integer[Any]]

MAX_POSITION: Final = (1 << 32) - 1
WEIGHT_LIMITS: Final = {"B": 255, "H": 65535}
"""The greatest weight of the integer weight types; greater ones are clipped."""


SMALL_SEGMENT: Final = 1 << 16
"""Documents of a segment up to which their numbers fit into 16 bits."""


def doc_id_type(doc_count: int) -> str:
    """Returns the type of document numbers in a segment: ``H`` (uint16) or ``I`` (uint32)."""
    return "H" if doc_count <= SMALL_SEGMENT else "I"


class PositionOverflowError(OverflowError):
    """The documents of a segment have more positions than 32 bits can number."""


class FieldFormat(NamedTuple):
    """What is recorded of each posting of a field.

    Attributes:
        doc_id_type: The type of document numbers, see ``doc_id_type``.
        weight_type: ``B`` (uint8), ``H`` (uint16) or ``f`` (float32); empty if every weight is 1.
        frequencies: Whether frequencies are recorded beside the weights.
        chars: Whether the offsets of tokens in their text are recorded with the positions.
        value_bytes: The size of all encoded posting values, None if they are not recorded.
    """

    doc_id_type: str
    weight_type: str = ""
    frequencies: bool = False
    chars: bool = False
    value_bytes: int | None = None


class PostingsChunk(NamedTuple):
    """Some postings in a row: n postings with m positions, by term, then document.

    Attributes:
        doc_ids: Shape (n,).
        weights: Shape (n,); those above the limit of an integer weight type are clipped.
        positions: Shape (m,), on the line of positions, ascending within each term.
        frequencies: Shape (n,).
        char_starts: Shape (m,).
        char_ends: Shape (m,).
        value_sizes: Bytes of each encoded posting value, shape (n,).
        values: The encoded values, one after the other.
    """

    doc_ids: Integers
    weights: NDArray[Any] | None = None
    positions: Integers | None = None
    frequencies: Integers | None = None
    char_starts: Integers | None = None
    char_ends: Integers | None = None
    value_sizes: Integers | None = None
    values: bytes | NDArray[np.uint8] | None = None


class PostingsWriter:
    """Writes the postings file of a segment, one field after the other.

    Args:
        file: See ``ArrayFileWriter``.
    """

    def __init__(self, file: OutputFile) -> None:
        self._out = ArrayFileWriter(file)
        self._fields: list[str] = []

    def field(
        self,
        name: str,
        terms: Sequence[bytes],
        doc_freqs: Integers,
        format_: FieldFormat,
        position_counts: Integers | None = None,
        starts: NDArray[np.uint32] | None = None,
    ) -> FieldPostingsWriter:
        """Begins a field.

        Args:
            name: The field.
            terms: Its terms in the order of their bytes, each once.
            doc_freqs: In how many documents each occurs, shape (n,).
            format_: What is recorded of postings.
            position_counts: How many positions each term has, shape (n,); None if they are not
                recorded.
            starts: What ``position_starts`` returned for all documents of the segment.

        Raises:
            ValueError: if the terms are not sorted, one has no postings, or shapes disagree.
        """
        if len(doc_freqs) != len(terms):
            raise ValueError(f"field {name!r} has {len(terms)} terms, not {len(doc_freqs)}")
        if not np.all(doc_freqs):
            raise ValueError(f"field {name!r} has terms without postings")
        writer = FieldPostingsWriter(self._out, name, format_)
        write_terms(self._out, name, terms)
        writer.reserve_postings(doc_freqs)
        if position_counts is not None:
            if starts is None or len(position_counts) != len(terms):
                raise ValueError(f"field {name!r} lacks positions of terms, or of documents")
            writer.reserve_positions(position_counts, starts)
        self._fields.append(name)
        return writer

    def add_array(self, name: str, typecode: str, data: NDArray[Any]) -> None:
        """Adds an array that the codec does not know; ``FlatSegment.open`` gives access to it.

        Args:
            name: The name of the array in the file.
            typecode: The type of its items, as in ``array.array``.
            data: The items.
        """
        self._out.add(name, typecode, np.ascontiguousarray(data, typecode))

    def close(self) -> None:
        """Completes the file; its owner closes it."""
        self._out.close({"fields": sorted(self._fields)})


class FieldPostingsWriter:
    """Writes the postings of one field; made by ``PostingsWriter.field``.

    As a context manager it checks that all postings were written.
    """

    def __init__(self, out: ArrayFileWriter, name: str, format_: FieldFormat) -> None:
        self._out = out
        self._name = name
        self._format = format_
        self._expected_postings = self._expected_positions = 0
        self._postings = self._positions = self._value_bytes = 0
        self._value_type = "I"

    def reserve_postings(self, doc_freqs: Integers) -> None:
        """Allocates the arrays that have an item for each posting."""
        offsets = add_offsets(self._out, f"{self._name}/posting_offsets", doc_freqs)
        count = self._expected_postings = int(offsets[-1])
        self._reserve("doc_ids", self._format.doc_id_type, count)
        if self._format.weight_type:
            self._reserve("weights", self._format.weight_type, count)
        if self._format.frequencies:
            self._reserve("frequencies", "I", count)
        size = self._format.value_bytes
        if size is not None:
            self._value_type = "I" if size < 1 << 32 else "Q"
            self._reserve("value_offsets", self._value_type, count + 1)
            self._reserve("values", "B", size)

    def reserve_positions(self, counts: Integers, starts: NDArray[np.uint32]) -> None:
        """Allocates the arrays that have an item for each position.

        Args:
            counts: The number of positions of each term.
            starts: Where each document begins, shape (documents + 1,).
        """
        offsets = add_offsets(self._out, f"{self._name}/position_offsets", counts)
        count = self._expected_positions = int(offsets[-1])
        self._out.add(f"{self._name}/position_starts", "I", starts)
        self._reserve("positions", "I", count)
        if self._format.chars:
            self._reserve("char_starts", "I", count)
            self._reserve("char_ends", "I", count)

    def _reserve(self, part: str, typecode: str, count: int) -> None:
        self._out.reserve(f"{self._name}/{part}", typecode, count)

    def append(self, chunk: PostingsChunk) -> None:
        """Writes the next postings, and the next positions.

        Either may run ahead of the other: a chunk without documents brings positions only.
        """
        if len(chunk.doc_ids):
            self._append_postings(chunk)
        if chunk.positions is not None:
            start = self._positions
            self._write("positions", "I", chunk.positions, start)
            self._positions += len(chunk.positions)
            if self._format.chars:
                self._write("char_starts", "I", chunk.char_starts, start)
                self._write("char_ends", "I", chunk.char_ends, start)

    def _append_postings(self, chunk: PostingsChunk) -> None:
        start = self._postings
        self._write("doc_ids", self._format.doc_id_type, chunk.doc_ids, start)
        self._postings += len(chunk.doc_ids)
        if self._format.weight_type:
            self._write("weights", self._format.weight_type, chunk.weights, start)
        if self._format.frequencies:
            self._write("frequencies", "I", chunk.frequencies, start)
        if self._format.value_bytes is not None:
            self._append_values(chunk.value_sizes, chunk.values, start)

    def _append_values(
        self, sizes: Integers | None, values: bytes | NDArray[np.uint8] | None, start: int
    ) -> None:
        if sizes is None or values is None:
            raise ValueError(f"field {self._name!r} got postings without values")
        offsets = np.cumsum(sizes, dtype=np.uint64) + np.uint64(self._value_bytes)
        self._write("value_offsets", self._value_type, offsets, start + 1)
        self._out.write(f"{self._name}/values", values, self._value_bytes)
        self._value_bytes += len(values)

    def _write(self, part: str, typecode: str, data: NDArray[Any] | None, start: int) -> None:
        if data is None:
            raise ValueError(f"field {self._name!r} got postings without {part}")
        if part == "weights":
            data = clip_weights(data, typecode)
        converted = np.ascontiguousarray(data, typecode)
        self._out.write(f"{self._name}/{part}", converted, start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        written = self._postings, self._positions
        expected = self._expected_postings, self._expected_positions
        if kind is None and written != expected:
            raise ValueError(
                f"field {self._name!r} got {written} postings and positions, not {expected}"
            )


def position_starts(extents: Integers) -> NDArray[np.uint32]:
    """Computes where each document begins on the line of positions.

    Args:
        extents: The greatest position of each document plus one, 0 if it has none; shape (d,).

    Returns:
        Where each begins, and the end: uint32, shape (d + 1,).

    Raises:
        PositionOverflowError: if 32 bits are not enough; the segment must be split.
    """
    starts = np.zeros(len(extents) + 1, np.uint64)
    steps = extents.astype(np.uint64)
    steps[steps > 0] += np.uint64(POSITION_GAP)
    np.cumsum(steps, out=starts[1:])
    if starts[-1] > MAX_POSITION:
        raise PositionOverflowError(
            f"the segment has {int(starts[-1])} positions, more than {MAX_POSITION}; split it"
        )
    return starts.astype(np.uint32)


def clip_weights(weights: NDArray[Any], weight_type: str) -> NDArray[Any]:
    """Converts weights to a weight type; those above its limit become the limit.

    Args:
        weights: One for each posting, shape (postings,).
        weight_type: A NumPy type code; see ``WEIGHT_LIMITS``.

    Returns:
        The weights in that type, same shape.
    """
    limit = WEIGHT_LIMITS.get(weight_type)
    clipped = weights if limit is None else np.minimum(weights, limit)
    return clipped.astype(weight_type, copy=False)

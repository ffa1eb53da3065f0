"""Writes Whoosh's postings from the sorted arrays of the flat ones, a block at a time.

Whoosh would sort every posting through temporary files and write them one by one; here they
are sorted already.  What comes out is Whoosh's own format, read by its own codec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.index.engine.laying import StemPostings

BLOCK: Final = 128
"""Postings of a block, as Whoosh has it."""
COMPRESSION: Final = 1
"""zlib's level: three would take twice the time and save a twentieth."""


class Pool:
    """Takes the place of Whoosh's pool of postings and holds them back until all are sorted."""

    def __init__(self) -> None:
        self.fields: dict[str, StemPostings] = {}

    def add(self, item: object) -> None:
        """Drop a posting that Whoosh hands over; the flat arrays have it."""

    def iter_postings(self) -> Pool:
        """The pool itself, for ``BlockWriter.add_postings``."""
        return self

    def cleanup(self) -> None:
        """Let go of the arrays."""
        self.fields = {}


class BlockWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's writer of terms and postings, fed with whole blocks."""

    def add_postings(self, schema: Any, lengths: Any, items: Pool | Iterable[Any]) -> None:
        """Write the postings of all fields, which come in the order of their names."""
        if not isinstance(items, Pool):
            super().add_postings(schema, lengths, items)
            return
        for name, postings in sorted(items.fields.items()):
            self.start_field(name, schema[name])
            for stem, docs, weights in postings:
                self.start_term(stem)
                self._write(docs, weights, postings.lengths)
                self.finish_term()
            self.finish_field()

    def _write(self, docs: list[int], weights: list[int], lengths: list[int]) -> None:
        writer = self._postwriter
        size = len(docs)
        for start in range(0, size, BLOCK):
            ids = docs[start : start + BLOCK]
            found = [lengths[doc] for doc in ids]
            writer._ids = ids
            writer._weights = [float(weight) for weight in weights[start : start + BLOCK]]
            writer._minlength = min(found)
            writer._maxlength = max(found)
            writer._maxweight = max(writer._weights)
            if start + BLOCK < size:
                writer._write_block()


class FlatCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with a faster writer; segments name the plain codec as theirs."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=COMPRESSION)

    def field_writer(self, storage: Any, segment: Any) -> BlockWriter:
        """The writer of a segment."""
        return BlockWriter(self, storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """A segment that any Whoosh reads."""
        return W3Segment(W3Codec(), indexname)


class Length:
    """Stands for a text whose postings are in the arrays: Whoosh keeps its length only."""

    __slots__ = ("words",)

    def __init__(self, words: int) -> None:
        self.words = words

    def posting(self) -> Iterator[tuple[bytes, int, float, bytes]]:
        """One posting, for ``Pool.add`` to drop, that carries the length."""
        yield b"", self.words, 0.0, b""

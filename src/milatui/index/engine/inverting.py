"""Collects the words of texts and turns them round: for each word, the texts that hold it.

The stream of word numbers is sorted a chunk at a time, in the order of the words, and the
sorted entries are put by on disk, so that memory stays bounded; ``laying`` then reads all chunks
from their beginnings to their ends and puts them together.
"""

from __future__ import annotations

import mmap
import sys
import tempfile
from array import array
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.analysis.language import language_of
from milatui.index.analysis.stemmer import stem_uncached
from milatui.index.analysis.tokenizer import TokenCache, words
from milatui.index.engine.container import release
from milatui.index.engine.formula import TITLE_WEIGHT
from milatui.index.engine.laying import Chunk, Layout, grouped
from milatui.index.engine.lengths import length_code
from milatui.index.engine.segment import MARK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

GAP: Final = 64
"""Empty places between title and body, and between texts: nothing is near across them."""
CHUNK: Final = 1_000_000
"""Words that are sorted at a time."""
_WIDTH: Final = 4
"""Bytes of the number of a word."""
_Place = tuple[int, int, Any]
"""Of a column that was put by: where it begins, how many items it has, and their type."""


class Inverter:
    """Takes one text after the other and writes a segment of flat postings.

    Texts get the numbers 0, 1, 2, ... in the order they are added.

    Args:
        folder: Where a file without a name may lie meanwhile; the system's place for them
            if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._tables: dict[str, TokenCache] = {}
        self._terms: dict[str, int] = {}
        self._stems: list[bytes] = []
        self._stream = bytearray()
        self._starts = array("I")
        self._bodies = array("I")
        self._first = 0
        self._place = 0
        self._place_starts = array("I", [0])
        self._lengths = bytearray()
        self._title_lengths = array("H")
        self._tokens = array("I")
        self._chunks: list[tuple[str, list[_Place]]] = []
        self._spool: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, title: str, body: str, language: str, otherwise: str = "xx") -> None:
        """Add a text.

        Args:
            title: Its title, which weighs double.
            body: The rest.
            language: Its BCP 47 tag; if empty, the words tell.
            otherwise: The language if they do not.
        """
        base = language[:2].lower()
        if base not in ("en", "fr"):
            base = language_of(language, words(f"{title} {body[:2000]}"), otherwise)
        table = self._tables.get(base)
        if table is None:
            numbers = _TermNumbers(self._terms, self._stems, base)
            table = self._tables[base] = TokenCache(numbers.encode)
        stream = self._stream
        self._starts.append(len(stream) // _WIDTH)
        head = table.encode(title)
        stream += head
        self._bodies.append(len(stream) // _WIDTH)
        rest = table.encode(body)
        stream += rest
        in_title, in_body = len(head) // _WIDTH, len(rest) // _WIDTH
        length = TITLE_WEIGHT * in_title + in_body
        self._lengths.append(length_code(length))
        self._title_lengths.append(min(in_title, 0xFFFF))
        self._tokens.append(length)
        self._place += in_title + in_body + 2 * GAP
        self._place_starts.append(self._place)
        if len(stream) >= CHUNK * _WIDTH:
            self._sort()

    def _sort(self) -> None:
        """Sort the collected stream by word, text and place, and put it by."""
        stream = np.frombuffer(self._stream, np.uint32)
        starts = np.frombuffer(self._starts, np.uint32)
        lengths = np.append(starts[1:], np.uint32(len(stream))) - starts
        doc = np.repeat(np.arange(len(starts), dtype=np.uint32), lengths)
        within = np.arange(len(stream), dtype=np.uint32)
        in_title = within < np.frombuffer(self._bodies, np.uint32)[doc]
        place = np.frombuffer(self._place_starts, np.uint32)[self._first + doc]
        place += within - starts[doc]
        place[~in_title] += np.uint32(GAP)
        names = list(self._terms)
        present = np.flatnonzero(np.bincount(stream)).tolist()
        words = np.array(sorted(present, key=names.__getitem__), np.uint32)
        rank = np.zeros(len(names), np.uint32)
        rank[words] = np.arange(len(words))
        ranked = rank[stream]
        order = _in_order(ranked)
        term, doc = ranked[order], doc[order] + np.uint32(self._first)
        titled = in_title[order]
        weight = np.where(titled, TITLE_WEIGHT, 1)
        _all, *post = grouped(term, doc, weight)
        self._put_by("post", words, *post)
        self._put_by("place", words, np.bincount(term), place[order])
        term, doc = term[titled], doc[titled]
        found, *title = grouped(term, doc, np.ones(len(term), np.int64))
        self._put_by("title", words[found], *title)
        self._stream, self._starts, self._bodies = bytearray(), array("I"), array("I")
        self._first = len(self)

    def _put_by(self, name: str, words: Numbers, counts: Numbers, *columns: Numbers) -> None:
        """Put entries of a list by, with the words and how many entries each has."""
        if self._spool is None:
            self._spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - kept open
        places: list[_Place] = []
        for column in (words, counts.astype(np.uint32), *columns):
            places.append((self._spool.tell(), len(column), column.dtype))
            # Whole words: NumPy looks at the file as an array.
            self._spool.write(column.tobytes() + bytes(-column.nbytes % 8))
        self._chunks.append((name, places))

    def write(self, path: Path, tick: Callable[[float], None] = lambda _part: None) -> list[bytes]:
        """Write the segment; nothing can be added afterwards.

        Args:
            path: The file.
            tick: Told now and then which part of the work is done.

        Returns:
            The sorted stems.
        """
        if self._stream:
            self._sort()
        spool = self._mapped()
        chunks = []
        for name, places in self._chunks:
            terms, counts, *columns = (
                np.frombuffer(spool, kind, size, offset) if size else np.zeros(0, kind)
                for offset, size, kind in places
            )
            chunks.append(Chunk(name, terms, counts, columns))
        texts = {
            "length": ("B", self._lengths),
            "title_length": ("H", self._title_lengths),
            "doc_place": ("I", self._place_starts),
            "tokens": ("I", self._tokens),
        }
        layout = Layout(self._terms, self._stems, chunks, texts, tick)
        self._tables, self._terms, self._stems = {}, {}, []

        def stretch_written(part: float) -> None:
            release(spool)
            tick(part)

        layout.write(path, stretch_written)
        return layout.stems

    def _mapped(self) -> mmap.mmap | bytes:
        """What was put by; the file goes when nobody looks at it any more."""
        if self._spool is None or not self._spool.tell():
            return b""
        self._spool.flush()
        try:
            return mmap.mmap(self._spool.fileno(), 0, access=mmap.ACCESS_READ)
        finally:
            self._spool.close()

    def close(self) -> None:
        """Let go of the file without a name."""
        if self._spool is not None:
            with suppress(OSError):
                self._spool.close()


class _TermNumbers:
    """Numbers the words of a language, four bytes each."""

    def __init__(self, terms: dict[str, int], stems: list[bytes], language: str) -> None:
        self._terms = terms
        self._stems = stems
        self._language = language

    def encode(self, word: str) -> bytes:
        """Returns the number of a word, a new one for a new word."""
        key = f"{word}{MARK}{self._language}"
        number = self._terms.get(key)
        if number is None:
            number = self._terms[key] = len(self._terms)
            stem = stem_uncached(word, self._language)
            self._stems.append(f"{stem}{MARK}{self._language}".encode())
        return number.to_bytes(_WIDTH, sys.byteorder)


def _in_order(stream: Numbers) -> Numbers:
    """Where the numbers stand in order; equal ones stay in theirs.

    Sorting by 16 bits at a time is twice as fast as sorting pairs of number and place.
    """
    order = np.argsort(stream.astype(np.uint16), kind="stable")
    high = (stream >> np.uint32(16)).astype(np.uint16)
    if not high.any():
        return order
    return order[np.argsort(high[order], kind="stable")]

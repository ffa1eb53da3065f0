"""Collects the words of texts and turns them round: for each word, the texts that hold it.

The stream of word numbers is sorted a chunk at a time, so that memory stays bounded; the
chunks are then laid behind one another, word by word, into the arrays of one segment.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from milatui.index.engine.container import write_arrays
from milatui.index.engine.laying import by_stem, grouped, laid_out, stem_arrays, word_arrays
from milatui.index.engine.lengths import LENGTHS, length_code
from milatui.index.engine.segment import MARK
from milatui.index.engine.splitting import RAW, composed, words
from milatui.index.engine.stemming import language_of, stem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.engine.laying import StemPostings

    Numbers = NDArray[Any]

TITLE_WEIGHT: Final = 2
"""A word of the title counts this often in the whole text."""
GAP: Final = 64
"""Empty places between title and body, and between texts: nothing is near across them."""
MOST_RAW: Final = 500_000
"""Raw tokens whose words are remembered at most."""
CHUNK: Final = 3_000_000
"""Words that are sorted at a time."""


class _Part(NamedTuple):
    """A chunk, sorted by word: which words, how many entries each, and the entries."""

    terms: Numbers
    counts: Numbers
    docs: Numbers
    tfs: Numbers
    place_counts: Numbers
    places: Numbers
    title_terms: Numbers
    title_counts: Numbers
    title_docs: Numbers
    title_tfs: Numbers


class Inverter:
    """Takes one text after the other and writes a segment of flat postings.

    Texts get the numbers 0, 1, 2, ... in the order they are added.
    """

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}
        self._terms: dict[str, int] = {}
        self._stems: list[bytes] = []
        self._stream = array("I")
        self._starts = array("I")
        self._bodies = array("I")
        self._first = 0
        self._place = 0
        self._place_starts = array("I", [0])
        self._lengths = bytearray()
        self._title_lengths = array("H")
        self._tokens = array("I")
        self._parts: list[_Part] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, title: str, body: str, language: str, otherwise: str = "xx") -> tuple[int, int]:
        """Add a text; the words of its title, and of the title twice and the body.

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
            table = self._tables[base] = _Table(self._terms, self._stems, base)
        head = [n for raw in RAW.findall(composed(title)) for n in table[raw]]
        rest = [n for raw in RAW.findall(composed(body)) for n in table[raw]]
        self._starts.append(len(self._stream))
        self._stream.extend(head)
        self._bodies.append(len(self._stream))
        self._stream.extend(rest)
        length = TITLE_WEIGHT * len(head) + len(rest)
        self._lengths.append(length_code(length))
        self._title_lengths.append(min(len(head), 0xFFFF))
        self._tokens.append(length)
        self._place += len(head) + len(rest) + 2 * GAP
        self._place_starts.append(self._place)
        if len(self._stream) >= CHUNK:
            self._sort()
        return len(head), length

    def _sort(self) -> None:
        """Turn the collected stream into a part, sorted by word, then by text and place."""
        if not len(self._stream):
            self._starts, self._bodies = array("I"), array("I")
            self._first = len(self)
            return
        stream = np.frombuffer(self._stream, np.uint32)
        size = len(stream)
        starts = np.frombuffer(self._starts, np.uint32)
        bodies = np.frombuffer(self._bodies, np.uint32)
        lengths = np.diff(np.append(starts, size))
        doc = np.repeat(np.arange(len(starts), dtype=np.uint32), lengths)
        within = np.arange(size, dtype=np.uint32)
        in_title = within < bodies[doc]
        base = np.frombuffer(self._place_starts, np.uint32)[self._first + doc]
        place = base + (within - starts[doc]) + np.where(in_title, 0, GAP).astype(np.uint32)
        # Word and place in one 64-bit key: sorting keys is much faster than sorting by two.
        order = np.sort(stream.astype(np.uint64) << np.uint64(32) | within.astype(np.uint64))
        at = (order & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        term = (order >> np.uint64(32)).astype(np.uint32)
        doc = doc[at] + np.uint32(self._first)
        titled = in_title[at]
        weight = np.where(titled, TITLE_WEIGHT, 1)
        terms, counts, docs, tfs = grouped(term, doc, weight)
        title = grouped(term[titled], doc[titled], np.ones(int(titled.sum()), np.int64))
        _all, place_counts = np.unique(term, return_counts=True)
        self._parts.append(
            _Part(terms, counts, docs, tfs, place_counts, place[at].astype(np.uint32), *title)
        )
        self._stream, self._starts, self._bodies = array("I"), array("I"), array("I")
        self._first = len(self)

    def write(self, path: Path) -> dict[str, StemPostings]:
        """Write the segment; nothing can be added afterwards.

        Returns:
            The postings of whole texts (``text``) and of titles (``title``) by stem.
        """
        self._sort()
        names = sorted(self._terms, key=str.encode)
        count = len(names)
        rank = np.zeros(count, np.int64)
        for position, name in enumerate(names):
            rank[self._terms[name]] = position
        arrays: dict[str, tuple[str, Any]] = {}
        parts = self._parts
        arrays |= laid_out(count, rank, [(p.terms, p.counts, p.docs, p.tfs) for p in parts], "post")
        arrays |= laid_out(
            count,
            rank,
            [(p.title_terms, p.title_counts, p.title_docs, p.title_tfs) for p in parts],
            "title",
        )
        arrays |= laid_out(
            count, rank, [(p.terms, p.place_counts, p.places) for p in parts], "place"
        )
        self._parts = []
        arrays |= word_arrays(names)
        stems_of_words = [self._stems[self._terms[name]] for name in names]
        stems = sorted(set(stems_of_words))
        arrays |= stem_arrays(stems, stems_of_words)
        arrays["length"] = ("B", bytes(self._lengths) or b"")
        arrays["title_length"] = ("H", self._title_lengths)
        arrays["doc_place"] = ("I", self._place_starts)
        arrays["tokens"] = ("I", self._tokens)
        write_arrays(path, arrays, {"docs": len(self), "lengths": LENGTHS})
        return {
            "text": by_stem(arrays, "post", stems, [LENGTHS[code] for code in self._lengths]),
            "title": by_stem(
                arrays, "title", stems, [LENGTHS[length_code(n)] for n in self._title_lengths]
            ),
        }


class _Table(dict[str, tuple[int, ...]]):
    """Raw token -> the numbers of its words in texts of one language."""

    def __init__(self, terms: dict[str, int], stems: list[bytes], language: str) -> None:
        super().__init__()
        self._terms = terms
        self._stems = stems
        self._language = language

    def __missing__(self, raw: str) -> tuple[int, ...]:
        numbers = tuple(self._number(word) for word in words(raw))
        if len(self) > MOST_RAW:
            self.clear()
        self[raw] = numbers
        return numbers

    def _number(self, word: str) -> int:
        key = f"{word}{MARK}{self._language}"
        number = self._terms.get(key)
        if number is None:
            number = self._terms[key] = len(self._terms)
            self._stems.append(f"{stem(word, self._language)}{MARK}{self._language}".encode())
        return number

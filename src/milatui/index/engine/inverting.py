"""Collects the words of texts and turns them round: for each word, the texts that hold it.

The stream of word numbers is sorted a chunk at a time, so that memory stays bounded; the
chunks are then laid behind one another, word by word, into the arrays of one segment.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from milatui.index.engine.container import write_arrays
from milatui.index.engine.lengths import LENGTHS, length_code
from milatui.index.engine.segment import MARK
from milatui.index.engine.splitting import RAW, composed, words
from milatui.index.engine.stemming import language_of, stem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

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


class Counts(NamedTuple):
    """How often each stem (as Whoosh keeps it) stands in a text, title twice, and in its title."""

    text: dict[bytes, int]
    title: dict[bytes, int]


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

    def add(self, title: str, body: str, language: str, otherwise: str = "xx") -> Counts:
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
        return self._counted(head, rest)

    def _counted(self, head: list[int], rest: list[int]) -> Counts:
        stems = self._stems
        text: dict[bytes, int] = {}
        title: dict[bytes, int] = {}
        for number, count in Counter(head).items():
            key = stems[number]
            title[key] = title.get(key, 0) + count
            text[key] = text.get(key, 0) + TITLE_WEIGHT * count
        for number, count in Counter(rest).items():
            key = stems[number]
            text[key] = text.get(key, 0) + count
        return Counts(text, title)

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
        terms, counts, docs, tfs = _grouped(term, doc, weight)
        title = _grouped(term[titled], doc[titled], np.ones(int(titled.sum()), np.int64))
        _all, place_counts = np.unique(term, return_counts=True)
        self._parts.append(
            _Part(terms, counts, docs, tfs, place_counts, place[at].astype(np.uint32), *title)
        )
        self._stream, self._starts, self._bodies = array("I"), array("I"), array("I")
        self._first = len(self)

    def write(self, path: Path) -> None:
        """Write the segment; nothing can be added afterwards."""
        self._sort()
        names = sorted(self._terms, key=str.encode)
        count = len(names)
        rank = np.zeros(count, np.int64)
        for position, name in enumerate(names):
            rank[self._terms[name]] = position
        arrays: dict[str, tuple[str, Any]] = {}
        parts = self._parts
        arrays |= _laid(count, rank, [(p.terms, p.counts, p.docs, p.tfs) for p in parts], "post")
        arrays |= _laid(
            count,
            rank,
            [(p.title_terms, p.title_counts, p.title_docs, p.title_tfs) for p in parts],
            "title",
        )
        arrays |= _laid(count, rank, [(p.terms, p.place_counts, p.places) for p in parts], "place")
        self._parts = []
        arrays |= _words(names)
        arrays |= _stems([self._stems[self._terms[name]] for name in names])
        arrays["length"] = ("B", bytes(self._lengths) or b"")
        arrays["title_length"] = ("H", self._title_lengths)
        arrays["doc_place"] = ("I", self._place_starts)
        arrays["tokens"] = ("I", self._tokens)
        write_arrays(path, arrays, {"docs": len(self), "lengths": LENGTHS})


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


def _grouped(
    term: Numbers, doc: Numbers, weight: Numbers
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Terms, postings per term, and per posting its text and summed weight."""
    if not len(term):
        empty = np.zeros(0, np.uint32)
        return empty, np.zeros(0, np.int64), empty, empty
    new = np.empty(len(term), bool)
    new[0] = True
    np.not_equal(term[1:], term[:-1], out=new[1:])
    new[1:] |= doc[1:] != doc[:-1]
    first = np.flatnonzero(new)
    tfs = np.minimum(np.add.reduceat(weight, first), 0xFFFF).astype(np.uint16)
    terms, counts = np.unique(term[first], return_counts=True)
    return terms, counts, doc[first], tfs


def _laid(
    count: int, rank: Numbers, parts: list[tuple[Numbers, ...]], name: str
) -> dict[str, tuple[str, Any]]:
    """Lay the entries of all parts behind one another, word by word in the words' order."""
    totals = np.zeros(count, np.int64)
    for terms, counts, *_rest in parts:
        totals[rank[terms]] += counts
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(totals, out=starts[1:])
    columns = 1 if name == "place" else 2
    kinds = (np.uint32, np.uint16)[:columns]
    laid = [np.zeros(int(starts[-1]), kind) for kind in kinds]
    used = starts[:-1].copy()
    for terms, counts, *entries in parts:
        ranks = rank[terms]
        begin = np.cumsum(counts) - counts
        target = np.repeat(used[ranks] - begin, counts) + np.arange(int(counts.sum()))
        for column, entry in zip(laid, entries, strict=True):
            column[target] = entry
        used[ranks] += counts
    found: dict[str, tuple[str, Any]] = {f"{name}.from": ("I", starts.astype(np.uint32))}
    for suffix, code, column in zip(("", ".tf"), "IH", laid, strict=False):
        found[f"{name}{suffix}"] = (code, column)
    return found


def _words(names: list[str]) -> dict[str, tuple[str, Any]]:
    """The sorted words: their bytes, where each begins, heads for bisection, checksums."""
    coded = [name.encode() for name in names]
    starts = np.zeros(len(coded) + 1, np.uint32)
    np.cumsum([len(c) for c in coded], out=starts[1:])
    bare = [c[: c.rindex(1)] for c in coded]
    heads = np.array([int.from_bytes(c[:8].ljust(8, b"\0"), "big") for c in bare], np.uint64)
    checks = np.array([zlib.crc32(c) for c in bare], np.uint32)
    order = np.argsort(checks, kind="stable").astype(np.uint32)
    return {
        "word": ("B", b"".join(coded)),
        "word.from": ("I", starts),
        "head": ("Q", heads),
        "check": ("I", checks[order]),
        "check.word": ("I", order),
    }


def _stems(stems_of_words: list[bytes]) -> dict[str, tuple[str, Any]]:
    """The sorted stems (``stem`` MARK ``language``) and the words that have each."""
    forms: dict[bytes, list[int]] = {}
    for number, key in enumerate(stems_of_words):
        forms.setdefault(key, []).append(number)
    stems = sorted(forms)
    stem_of = np.zeros(len(stems_of_words), np.uint32)
    for number, key in enumerate(stems):
        stem_of[forms[key]] = number
    starts = np.zeros(len(stems) + 1, np.uint32)
    np.cumsum([len(key) for key in stems], out=starts[1:])
    form_starts = np.zeros(len(stems) + 1, np.uint32)
    np.cumsum([len(forms[key]) for key in stems], out=form_starts[1:])
    return {
        "stem": ("B", b"".join(stems)),
        "stem.from": ("I", starts),
        "stem.of": ("I", stem_of),
        "form.from": ("I", form_starts),
        "form": ("I", array("I", [n for key in stems for n in forms[key]])),
    }

"""Lays sorted chunks of entries behind one another, word by word, into the file of a segment.

A stretch of words is put together at a time, so that memory does not grow with the archive.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.engine.blocks import spread
from milatui.index.engine.container import ContainerWriter
from milatui.index.engine.lengths import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

STRETCH: Final = 200_000
"""Entries that are put together at a time."""
COLUMNS: Final = {
    "post": (("post", "I", np.uint32), ("post.tf", "H", np.uint16)),
    "title": (("title", "I", np.uint32), ("title.tf", "H", np.uint16)),
    "place": (("place", "I", np.uint32),),
}
"""What lists the words of a segment have: name, typecode and type of each column."""


@dataclass(slots=True)
class Chunk:
    """Entries of one list, in the order of their words.

    Attributes:
        name: The list.
        terms: Which words, by number.
        counts: How many entries each has.
        columns: The entries.
        shift: What is to be added to the first column (of texts, or of places).
    """

    name: str
    terms: Numbers
    counts: Numbers
    columns: list[Numbers]
    shift: int = 0


class Layout:
    """The arrays of a segment in the making.

    Args:
        terms: Words (``word`` MARK ``language``) and their numbers.
        stems: The stem of each, by number.
        chunks: Their entries.
        texts: Columns with one item for each text.
        tick: Called now and then.

    Attributes:
        stems: The sorted stems.
        docs: How many texts there are.
        arrays: All arrays that are small, by name.
    """

    def __init__(
        self,
        terms: Mapping[str, int],
        stems: Sequence[bytes],
        chunks: Sequence[Chunk],
        texts: Mapping[str, tuple[str, Any]],
        tick: Callable[[float], None],
    ) -> None:
        self.docs = len(texts["length"][1])
        # Code points stand in the order of their bytes.
        names = sorted(terms)
        tick(0.0)
        numbers = [terms[name] for name in names]
        rank = np.zeros(len(names), np.int64)
        rank[numbers] = np.arange(len(names))
        tick(0.0)
        self.arrays: dict[str, tuple[str, Any]] = dict(texts)
        self._lists = {
            name: _List(len(names), rank, [c for c in chunks if c.name == name], name)
            for name in COLUMNS
        }
        for name, entries in self._lists.items():
            self.arrays[f"{name}.from"] = ("I", entries.starts.astype(np.uint32))
        tick(0.0)
        self.arrays |= _word_arrays([name.encode() for name in names], tick)
        tick(0.0)
        stems_of_words = [stems[number] for number in numbers]
        self.stems = sorted(set(stems_of_words))
        tick(0.0)
        self.arrays |= _stem_arrays(self.stems, stems_of_words)

    def write(self, path: Path, tick: Callable[[float], None]) -> None:
        """Write the segment; ``tick`` is told which part is written, after each stretch."""
        sizes = {
            name: (code, memoryview(data).nbytes // memoryview(data).itemsize)
            for name, (code, data) in self.arrays.items()
        }
        for name, entries in self._lists.items():
            for column, code, _type in COLUMNS[name]:
                sizes[column] = (code, entries.size)
        done, total = 0, sum(entries.size for entries in self._lists.values()) or 1
        with ContainerWriter(path, sizes, {"docs": self.docs, "lengths": LENGTHS}) as file:
            for name, (_code, data) in self.arrays.items():
                file.put(name, data)
            for name, entries in self._lists.items():
                for at, columns in entries.stretches():
                    for (column, *_types), data in zip(COLUMNS[name], columns, strict=True):
                        file.put(column, data, at)
                    done += len(columns[0])
                    tick(done / total)


class _List:
    """The entries of all words in one list, in the order of the words."""

    def __init__(self, words: int, rank: Numbers, chunks: Sequence[Chunk], name: str) -> None:
        self._types = [np.dtype(kind) for _column, _code, kind in COLUMNS[name]]
        self._runs = [_Run(chunk, rank) for chunk in chunks]
        totals = np.zeros(words, np.int64)
        for chunk in chunks:
            totals[rank[chunk.terms]] += chunk.counts
        self.starts = np.zeros(words + 1, np.int64)
        np.cumsum(totals, out=self.starts[1:])
        self.size = int(self.starts[-1])

    def stretches(self) -> Iterator[tuple[int, list[Numbers]]]:
        """Stretches of the columns and where each begins."""
        first = 0
        for last in stretches(self.starts):
            begin, end = int(self.starts[first]), int(self.starts[last])
            columns = [np.zeros(end - begin, kind) for kind in self._types]
            used = self.starts[first:last] - begin
            for run in self._runs:
                words, counts, stored = run.take(first, last)
                target = spread(used[words], counts)
                for column, values in zip(columns, stored, strict=True):
                    column[target] = values
                used[words] += counts
            yield begin, columns
            first = last


class _Run:
    """The entries of a chunk, taken from its beginning to its end."""

    def __init__(self, chunk: Chunk, rank: Numbers) -> None:
        self._chunk = chunk
        self._rank = rank
        self._word = self._entry = 0

    def take(self, first: int, last: int) -> tuple[Numbers, Numbers, list[Numbers]]:
        """The next entries: those of the words ``first`` to ``last``, with how many each has."""
        chunk = self._chunk
        words = self._rank[chunk.terms[self._word : self._word + last - first]]
        words = words[: np.searchsorted(words, last)] - first
        counts = chunk.counts[self._word : self._word + len(words)].astype(np.int64)
        end = self._entry + int(counts.sum())
        columns = [column[self._entry : end] for column in chunk.columns]
        if chunk.shift:
            columns[0] = columns[0] + columns[0].dtype.type(chunk.shift)
        self._word += len(words)
        self._entry = end
        return words, counts, columns


def stretches(starts: Numbers, most: int = STRETCH) -> Iterator[int]:
    """Ends of stretches of lists, given by their starts, that hold about ``most`` items each."""
    last, lists = 0, len(starts) - 1
    while last < lists:
        end = int(np.searchsorted(starts, starts[last] + most, "right")) - 1
        last = min(max(end, last + 1), lists)
        yield last


def grouped(
    term: Numbers, doc: Numbers, weight: Numbers
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Terms, postings per term, and per posting its text and summed weight."""
    if not len(term):
        empty = np.zeros(0, np.uint32)
        return empty, np.zeros(0, np.int64), empty, np.zeros(0, np.uint16)
    new = np.empty(len(term), bool)
    new[0] = True
    np.not_equal(term[1:], term[:-1], out=new[1:])
    new[1:] |= doc[1:] != doc[:-1]
    first = np.flatnonzero(new)
    tfs = np.minimum(np.add.reduceat(weight, first), 0xFFFF).astype(np.uint16)
    terms, counts = np.unique(term[first], return_counts=True)
    return terms, counts, doc[first], tfs


def _word_arrays(
    coded: Sequence[bytes], tick: Callable[[float], None]
) -> dict[str, tuple[str, Any]]:
    """The sorted words: their bytes, where each begins, heads for bisection, checksums."""
    bare = [name[: name.rindex(1)] for name in coded]
    heads = np.array([int.from_bytes(c[:8].ljust(8, b"\0"), "big") for c in bare], np.uint64)
    tick(0.0)
    checks = np.array([zlib.crc32(c) for c in bare], np.uint32)
    order = np.argsort(checks, kind="stable").astype(np.uint32)
    return {
        "word": ("B", b"".join(coded)),
        "word.from": ("I", _starts(coded)),
        "head": ("Q", heads),
        "check": ("I", checks[order]),
        "check.word": ("I", order),
    }


def _stem_arrays(
    stems: Sequence[bytes], stems_of_words: Sequence[bytes]
) -> dict[str, tuple[str, Any]]:
    """The sorted stems (``stem`` MARK ``language``) and the words that have each."""
    number_of = {stem: number for number, stem in enumerate(stems)}
    stem_of = np.array([number_of[stem] for stem in stems_of_words], np.uint32)
    starts = np.zeros(len(stems) + 1, np.uint32)
    np.cumsum(np.bincount(stem_of, minlength=len(stems)), out=starts[1:])
    return {
        "stem": ("B", b"".join(stems)),
        "stem.from": ("I", _starts(stems)),
        "stem.of": ("I", stem_of),
        "form.from": ("I", starts),
        "form": ("I", np.argsort(stem_of, kind="stable").astype(np.uint32)),
    }


def _starts(strings: Sequence[bytes]) -> Numbers:
    starts = np.zeros(len(strings) + 1, np.uint32)
    np.cumsum([len(string) for string in strings], out=starts[1:])
    return starts

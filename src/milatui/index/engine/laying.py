"""Lays sorted entries behind one another, word by word, into the arrays of a segment."""

from __future__ import annotations

import zlib
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[Any]


class StemPostings:
    """Stems with the texts that hold them and how often, in the order of the coded stems.

    ``lengths`` are those of all texts, as far as one byte tells them.
    """

    def __init__(
        self, stems: list[bytes], starts: list[int], docs: Numbers, tfs: Numbers, lengths: list[int]
    ) -> None:
        self._stems = stems
        self._starts = starts
        self._docs = docs
        self._tfs = tfs
        self.lengths = lengths

    def __iter__(self) -> Iterator[tuple[bytes, list[int], list[int]]]:
        bounds = pairwise(self._starts)
        for stem_key, (start, end) in zip(self._stems, bounds, strict=True):
            if start < end:
                yield stem_key, self._docs[start:end].tolist(), self._tfs[start:end].tolist()


def grouped(
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


def laid_out(
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


def word_arrays(names: list[str]) -> dict[str, tuple[str, Any]]:
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


def stem_arrays(stems: list[bytes], stems_of_words: list[bytes]) -> dict[str, tuple[str, Any]]:
    """The sorted stems (``stem`` MARK ``language``) and the words that have each."""
    forms: dict[bytes, list[int]] = {}
    for number, key in enumerate(stems_of_words):
        forms.setdefault(key, []).append(number)
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


def by_stem(
    arrays: dict[str, tuple[str, Any]], name: str, stems: list[bytes], lengths: list[int]
) -> StemPostings:
    """The postings of words, put together by the stems of the words."""
    starts = arrays[f"{name}.from"][1].astype(np.int64)
    docs, tfs = arrays[name][1], arrays[f"{name}.tf"][1]
    stem_of = np.repeat(arrays["stem.of"][1].astype(np.uint64), np.diff(starts))
    order = np.argsort(stem_of << np.uint64(32) | docs.astype(np.uint64), kind="stable")
    numbers, counts, docs, sums = grouped(stem_of[order], docs[order], tfs[order].astype(np.int64))
    bounds = np.zeros(len(stems) + 1, np.int64)
    bounds[1:][numbers.astype(np.int64)] = counts
    return StemPostings(stems, np.cumsum(bounds).tolist(), docs, sums, lengths)

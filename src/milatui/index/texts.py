"""Records and postings out of a generation's Whoosh index, under the records' own numbers."""

from __future__ import annotations

import json
import struct
import weakref
import zlib
from collections import OrderedDict
from itertools import islice
from pickle import UnpicklingError
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError
from whoosh.matching import FilterMatcher

from milatui.index.arrays import NONE, damaged
from milatui.index.errors import IndexUnusable
from milatui.index.schema import engine
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.archive.records import Data
    from milatui.index.arrays import Columns

Postings = tuple[list[int], list[float]]
"""Record numbers and frequencies; in no particular order."""

CACHED: Final = 1_000_000
"""Postings held in memory at most."""

_DAMAGE: Final = (
    *(OSError, ValueError, KeyError, IndexError, EOFError, AssertionError, AttributeError),
    *(TypeError, struct.error, zlib.error, UnpicklingError, FileFormatError),
    *(whoosh_index.IndexError, whoosh_index.EmptyIndexError, ImportError),
)
"""What Whoosh raises when it reads bytes that it did not write."""


class Texts:
    """An open Whoosh index; its methods may be called by several threads, one at a time."""

    def __init__(self, folder: Path, made_by: str, columns: Columns) -> None:
        if made_by != engine():
            message = _("the index was made by another version of Whoosh")
            raise IndexUnusable("foreign version", message)
        self._lock = RLock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self._doc = columns["doc"]
        self._number = columns["number"]
        try:
            self._reader = whoosh_index.open_dir(str(folder)).reader()
            # Catalogues are dropped, not closed, when the next generation comes.
            self._closing = weakref.finalize(self, self._reader.close)
            self._leaves = self._reader.leaf_readers()
        except _DAMAGE as error:
            raise damaged("Whoosh") from error

    def record(self, number: int) -> dict[str, Data]:
        """A record as plain data."""
        with self._lock:
            try:
                stored = self._reader.stored_fields(self._doc[number])
                data: dict[str, Data] = json.loads(stored["record"])
            except _DAMAGE as error:
                raise damaged("Whoosh") from error
        return data

    def postings(self, field: str, term: str) -> Postings:
        """The records that have a term, and how often."""
        key = (field, term)
        with self._lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
                return found
            try:
                found = self._read(field, term)
            except _DAMAGE as error:
                raise damaged("Whoosh") from error
            self._cache[key] = found
            self._cached += len(found[0])
            while self._cached > CACHED and len(self._cache) > 1:
                _key, dropped = self._cache.popitem(last=False)
                self._cached -= len(dropped[0])
            return found

    def _read(self, field: str, term: str) -> Postings:
        numbers: list[int] = []
        weights: list[float] = []
        number_of = self._number
        for leaf, offset in self._leaves:
            if (field, term) not in leaf:
                continue
            for ids, found in _blocks(leaf.postings(field, term)):
                for doc, weight in zip(ids, found, strict=True):
                    number = number_of[doc + offset]
                    if number != NONE:
                        numbers.append(number)
                        weights.append(weight)
        return numbers, weights

    def positions(self, term: str, wanted: set[int]) -> dict[int, list[int]]:
        """Where a term stands in the texts of the wanted records."""
        found: dict[int, list[int]] = {}
        with self._lock:
            try:
                for leaf, offset in self._leaves:
                    if ("text", term) in leaf:
                        matcher = leaf.postings("text", term)
                        while matcher.is_active():
                            number = self._number[matcher.id() + offset]
                            if number in wanted:
                                found[number] = matcher.value_as("positions")
                            matcher.next()
            except _DAMAGE as error:
                raise damaged("Whoosh") from error
        return found

    def has_word(self, word: str) -> bool:
        """Whether any text has a folded word as it is written."""
        return any(("words", word) in leaf for leaf, _offset in self._leaves)

    def frequency(self, word: str) -> int:
        """In how many texts a folded word stands."""
        with self._lock:
            return sum(leaf.doc_frequency("words", word) for leaf, _offset in self._leaves)

    def completions(self, prefix: str, most: int) -> list[str]:
        """The words that begin so, at most ``most`` of them from each segment."""
        found: set[str] = set()
        with self._lock:
            try:
                for leaf, _offset in self._leaves:
                    words: Iterator[bytes] = leaf.expand_prefix("words", prefix)
                    found.update(word.decode() for word in islice(words, most))
            except _DAMAGE as error:
                raise damaged("Whoosh") from error
        return list(found)

    def close(self) -> None:
        """Close Whoosh's files."""
        with self._lock:
            self._closing()


def _blocks(matcher: Any) -> Iterator[tuple[list[int], list[float]]]:
    """Ids and weights of a matcher, whole blocks at a time where Whoosh keeps them so."""
    if isinstance(matcher, FilterMatcher):
        # Deleted documents have no number, so the filter only costs time.
        matcher = matcher.child
    if not hasattr(matcher, "_read_ids"):
        ids, weights = [], []
        while matcher.is_active():
            ids.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        yield ids, weights
        return
    while matcher.is_active():
        matcher.id()
        matcher.weight()
        yield matcher._ids, matcher._weights
        matcher._next_block()

"""Reads the postings of all segments as arrays, their documents numbered through.

Document numbers here are Whoosh's: those of a segment plus its offset.  Everything leaves out
deleted documents, so an index that grew by updates answers as one that was built at once.
"""

# untranslated: errors that only a programmer can cause
from __future__ import annotations

from array import array
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from milatui.index.codec.codec import FlatSegment
from milatui.index.codec.lengths import LENGTHS
from milatui.index.field_names import (
    NO_TITLE,
    STEM,
    STEM_NUMBERS,
    STEM_OFFSETS,
    TITLE,
    TITLE_NUMBERS,
)
from milatui.index.scoring import bm25
from milatui.index.scoring.weighting import field_b
from milatui.index.search.lru_cache import ByteBoundedLRU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray
    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher

    from milatui.index.codec.postings import FieldReader, Postings
    from milatui.index.query.index_terms import TermNumbers

    DeadDocFreqs = Mapping[str, tuple[NDArray[np.uint32], NDArray[np.uint32]]]
    _Part = tuple[NDArray[Any], NDArray[Any]]

MAX_POSTINGS: Final = 4_000_000
"""Maximum number of postings that are read for one word of a query (a regular expression)."""
LEAST: Final = 1 << 18
"""Postings that are read of a word however late it is: a few milliseconds' work."""
CHUNK: Final = 1 << 18
"""Postings that are gathered at a time."""
BLOCK: Final = 8192
"""Postings that are counted at a time: larger arrays leave the processor's cache, and the system
gives memory for them page by page."""
CACHED_POSTINGS: Final = 4 << 20
"""Bytes of merged postings that are cached: while a query is typed, its first words stay."""
FEW_DEAD: Final = 64
"""Deleted documents up to which looking for each among postings is faster than asking of each
posting whether its document is alive."""
FEW_TERMS: Final = 8
"""Terms up to which looking up one after the other is faster than all at once."""
DENSE: Final = 3
"""A term that at least one document in three has is scored for all documents in order."""
_SPARSE: Final = 32
"""Ratio of documents to postings from which sorting postings is faster than counting."""


class TermPostings:
    """The documents of a term, or of several that count as one.

    Args:
        docs: Ascending document numbers, each once; integers of any width.
        weights: The term frequency in each, weighted by field.
        complete: Whether all terms were read, as they are up to ``MAX_POSTINGS``.

    Attributes:
        dense: The weights of all documents, 0 where there is no term: float32, shape (size,);
            None where only those of ``docs`` are known.
        flags: Which documents have a weight in ``dense``: shape (size,), or None.
    """

    __slots__ = ("_count", "_docs", "_weights", "complete", "dense", "flags")

    def __init__(self, docs: NDArray[Any], weights: NDArray[Any], *, complete: bool = True) -> None:
        self._docs: NDArray[Any] | None = docs
        self._weights: NDArray[Any] | None = weights
        self._count = len(docs)
        self.complete = complete
        self.dense: NDArray[np.float32] | None = None
        self.flags: NDArray[np.bool_] | None = None

    @classmethod
    def from_dense(cls, dense: NDArray[np.float32], *, complete: bool) -> TermPostings:
        """Makes the postings of the documents whose weights are not 0.

        Args:
            dense: The weight of the term in each document, shape (documents,), 0 where it does not
                occur.
            complete: Whether no document that has the term was left out.
        """
        made = cls(_NO_DOCS, _NO_DOCS, complete=complete)
        made._docs = made._weights = None
        made.dense = dense
        # Of truth values: counting and listing them is four times as fast as of numbers.
        made.flags = dense != 0
        made._count = int(np.count_nonzero(made.flags))
        return made

    @property
    def is_common(self) -> bool:
        """Whether enough documents have a weight for scoring all in order to be faster."""
        return self.dense is not None and self._count * DENSE > len(self.dense)

    @property
    def docs(self) -> NDArray[Any]:
        """Ascending document numbers, each once; integers of any width.

        Returns:
            Shape (doc_freq,).
        """
        if self._docs is not None:
            return self._docs
        assert self.flags is not None  # noqa: S101 - it or documents are given
        docs = np.flatnonzero(self.flags)
        if not self.is_common:
            self._docs = docs
        return docs

    @property
    def weights(self) -> NDArray[Any]:
        """The term frequency in each of ``docs``, weighted by field; of several terms the sum.

        Returns:
            Shape (doc_freq,), parallel to ``docs``.
        """
        if self._weights is not None:
            return self._weights
        assert self.dense is not None  # noqa: S101 - it or weights are given
        weights: NDArray[np.float32] = self.dense[self.docs]
        if not self.is_common:
            self._weights = weights
        return weights

    @property
    def nbytes(self) -> int:
        """Size of the arrays in bytes, those included that are made when they are asked for."""
        if self.dense is None or self.flags is None:
            return self.docs.nbytes + self.weights.nbytes
        listed = 0 if self.is_common else self._count * (8 + self.dense.itemsize)
        return self.dense.nbytes + self.flags.nbytes + listed

    def mask(self, size: int) -> NDArray[np.bool_]:
        """Gives the documents as a mask.

        Args:
            size: Number of documents in the index.

        Returns:
            A truth value each, shape (size,); it must not be changed.
        """
        if self.flags is not None:
            return self.flags
        mask = np.zeros(size, np.bool_)
        mask[self.docs] = True
        return mask

    def add_to(self, counts: NDArray[np.unsignedinteger[Any]]) -> None:
        """Adds 1 to the count of each of its documents.

        Args:
            counts: One for each document of the index, shape (size,).
        """
        if self.flags is not None:
            counts += self.flags
        else:
            counts[self.docs] += 1

    def __len__(self) -> int:
        return self._count


class Leaf(NamedTuple):
    """One segment of an index.

    Attributes:
        fields: The fields that have terms, by name.
        doc_count: Number of documents, deleted ones included.
        deleted: Numbers of the deleted documents within the segment.
        dead_doc_freqs: By field, numbers of terms and how many deleted documents hold each; the
            terms of a field that is missing here are counted with the deleted documents.
        stem_map: Which terms of ``stem`` the occurrences of a word have: word n of ``text`` has
            ``numbers[offsets[n]:offsets[n + 1]]``; given as offsets and numbers.
        title_map: For each term of ``stem`` the number of the same term in ``title``, or
            ``NO_TITLE``; without it terms are looked up.
    """

    fields: Mapping[str, FieldReader]
    doc_count: int
    deleted: Sequence[int] = ()
    dead_doc_freqs: DeadDocFreqs = MappingProxyType({})
    stem_map: tuple[NDArray[np.uint32], NDArray[np.uint32]] | None = None
    title_map: NDArray[np.uint32] | None = None


class IndexArrays:
    """The arrays of an index; its methods may be called from several threads.

    Args:
        leaves: The segments in the order of their offsets.

    Attributes:
        leaves: The same.
        offsets: The document number of the first document of each segment.
        size: Number of documents, deleted ones included: arrays by document have this length.
        doc_count: Number of documents that are not deleted.
        alive: A truth value per document, or None if no document is deleted.
    """

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = tuple(leaves)
        ends = np.cumsum([0, *(leaf.doc_count for leaf in leaves)]).tolist()
        self.offsets: tuple[int, ...] = tuple(ends[:-1])
        self.size: int = ends[-1]
        dead = [
            offset + doc
            for leaf, offset in zip(self.leaves, self.offsets, strict=True)
            for doc in leaf.deleted
        ]
        self.doc_count = self.size - len(dead)
        self.alive: NDArray[np.bool_] | None = None
        self._dead = np.array(dead, np.int64)
        if dead:
            self.alive = np.ones(self.size, np.bool_)
            self.alive[dead] = False
        self._codes: dict[str, NDArray[np.uint8]] = {}
        self._averages: dict[str, float] = {}
        self._norms: dict[str, NDArray[np.float64]] = {}
        self._merged: ByteBoundedLRU[TermPostings] = ByteBoundedLRU(CACHED_POSTINGS)
        self._gone: dict[tuple[str, int], NDArray[np.bool_]] = {}

    @classmethod
    def of_searcher(cls, searcher: Searcher) -> IndexArrays:
        """Gives the arrays of Whoosh's searcher, which are opened once for each searcher.

        Raises:
            TypeError: as ``of_reader``.
        """
        with _lock:
            arrays = _by_searcher.get(searcher)
            if arrays is None:
                arrays = _by_searcher[searcher] = cls.of_reader(searcher.reader())
            return arrays

    @classmethod
    def of_reader(
        cls, reader: IndexReader, dead_doc_freqs: Sequence[DeadDocFreqs] = ()
    ) -> IndexArrays:
        """Opens the arrays of Whoosh's reader.

        Args:
            reader: A reader of one or more segments.
            dead_doc_freqs: What ``Leaf.dead_doc_freqs`` is of each segment, if known.

        Raises:
            TypeError: a segment was not written by ``milatui.index.codec``.
        """
        leaves = []
        for number, (leaf, _offset) in enumerate(reader.leaf_readers()):
            segment = leaf.segment()
            if not isinstance(segment, FlatSegment):
                raise TypeError(f"{segment!r} is not a segment of milatui.index.codec")
            opened = segment.open(leaf.storage())
            file = opened.postings_file
            stem_map = title_map = None
            if STEM_OFFSETS in file:
                stem_map = file.array(STEM_OFFSETS), file.array(STEM_NUMBERS)
            if TITLE_NUMBERS in file:
                title_map = file.array(TITLE_NUMBERS)
            leaves.append(
                Leaf(
                    opened.fields,
                    segment.doc_count_all(),
                    list(segment.deleted_docs()),
                    dead_doc_freqs[number] if dead_doc_freqs else {},
                    stem_map,
                    title_map,
                )
            )
        return cls(leaves)

    def release_caches(self) -> None:
        """Drops what is kept for the next query only; it is read again when needed."""
        self._merged.clear()
        self._codes.clear()

    def readers(self, name: str) -> list[FieldReader | None]:
        """Gives the readers of a field, None for segments that lack it."""
        return [leaf.fields.get(name) for leaf in self.leaves]

    # Terms

    @property
    def segment_count(self) -> int:
        """Number of segments."""
        return len(self.leaves)

    def term_numbers(self, name: str, terms: Iterable[bytes]) -> TermNumbers:
        """Looks up terms in every segment; those that a segment lacks are left out.

        A segment lacks a term that only its deleted documents have.

        Returns:
            For each segment the ascending numbers of the terms that it has.
        """
        distinct = list(dict.fromkeys(terms))
        if len(distinct) <= FEW_TERMS:
            return [
                self._few_numbers(name, segment, distinct) for segment in range(len(self.leaves))
            ]
        found = self.lookup(name, distinct)
        return [np.sort(own[own >= 0]).tolist() for own in found]

    def _few_numbers(self, name: str, segment: int, terms: Sequence[bytes]) -> list[int]:
        reader = self.leaves[segment].fields.get(name)
        if reader is None:
            return []
        found = [number for term in terms if (number := reader.term_number(term)) is not None]
        if found and self.leaves[segment].deleted:
            found = np.array(found)[self._have_living(name, segment, np.array(found))].tolist()
        return sorted(found)

    def lookup(
        self, name: str, terms: Sequence[bytes], known: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Looks up terms in every segment.

        Args:
            name: The field.
            terms: The terms.
            known: What is returned, as far as it is known, else -1.

        Returns:
            Their numbers, shape (segments, len(terms)); -1 where no living document has a term.
        """
        found = np.full((len(self.leaves), len(terms)), -1, np.int64) if known is None else known
        for segment, reader in enumerate(self.readers(name)):
            indexes = np.flatnonzero(found[segment] < 0)
            if reader is None or not len(indexes):
                continue
            numbers = reader.term_numbers([terms[index] for index in indexes.tolist()])
            found[segment, indexes] = numbers
            if self.leaves[segment].deleted:
                known_here = indexes[numbers >= 0]
                living = self._have_living(name, segment, found[segment, known_here])
                found[segment, known_here[~living]] = -1
        return found

    def lookup_doc_freqs(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sums the document frequencies of looked up terms over all segments.

        Args:
            name: The field.
            numbers: What ``lookup`` returned, shape (segments, terms).

        Returns:
            Shape (terms,).
        """
        counts = np.zeros(numbers.shape[1], np.int64)
        for segment, own in enumerate(numbers):
            known = np.flatnonzero(own >= 0)
            if len(known):
                counts[known] += self.doc_freqs(name, segment, own[known])
        return counts

    def _have_living(
        self, name: str, segment: int, numbers: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tells which of some terms documents have that are not deleted."""
        leaf = self.leaves[segment]
        if name not in leaf.dead_doc_freqs:
            return np.array(
                [self._has_living(name, segment, n) for n in numbers.tolist()], np.bool_
            )
        gone = self._gone.get((name, segment))
        if gone is None:
            reader = leaf.fields[name]
            terms, counts = leaf.dead_doc_freqs[name]
            gone = np.zeros(len(reader), np.bool_)
            gone[terms[counts >= reader.doc_freqs(terms)]] = True
            self._gone[name, segment] = gone
        living: NDArray[np.bool_] = ~gone[numbers]
        return living

    def _has_living(self, name: str, segment: int, number: int) -> bool:
        """Tells the same of one term, where nobody counted what the deleted documents hold."""
        leaf = self.leaves[segment]
        docs = leaf.fields[name].doc_ids(number)
        if len(docs) > len(leaf.deleted) or self.alive is None:
            return True
        return bool(self.alive[docs.astype(np.int64) + self.offsets[segment]].any())

    def terms(self, name: str, numbers: TermNumbers) -> list[bytes]:
        """Lists the terms with some numbers, each once.

        Args:
            numbers: For each segment numbers of terms.
        """
        found: dict[bytes, None] = {}
        for segment, own in enumerate(numbers):
            found.update(dict.fromkeys(self.segment_terms(name, segment, own)))
        return list(found)

    def translated(self, name: str, numbers: TermNumbers, other: str) -> TermNumbers:
        """Looks up the same terms in another field.

        Args:
            name: Field that the numbers belong to.
            numbers: For each segment numbers of terms.
            other: Field to look the terms up in.

        Returns:
            For each segment the ascending numbers in ``other``; terms that it lacks are left out.
        """
        found: list[list[int]] = []
        for leaf, own in zip(self.leaves, numbers, strict=True):
            here, there = leaf.fields.get(name), leaf.fields.get(other)
            if not len(own) or here is None or there is None:
                found.append([])
            elif leaf.title_map is not None and (name, other) == (STEM, TITLE):
                titles = leaf.title_map[np.asarray(own, np.int64)]
                found.append(titles[titles != NO_TITLE].tolist())
            else:
                same = there.term_numbers(here.terms.chosen(own))
                found.append([number for number in same.tolist() if number >= 0])
        return found

    def doc_freq(self, name: str, numbers: TermNumbers) -> int:
        """Sums the document frequencies of terms: documents with several count for each.

        Args:
            numbers: For each segment numbers of terms.
        """
        return sum(
            int(self.doc_freqs(name, segment, np.asarray(own, np.int64)).sum())
            for segment, own in enumerate(numbers)
            if len(own)
        )

    def doc_freqs(
        self, name: str, segment: int, numbers: range | NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Gives in how many documents of a segment each of some terms occurs.

        Args:
            name: The field.
            segment: Index of the segment.
            numbers: Ascending term numbers of the segment.

        Returns:
            Shape (len(numbers),).
        """
        leaf = self.leaves[segment]
        counts = leaf.fields[name].doc_freqs(numbers)
        dead = leaf.dead_doc_freqs.get(name)
        if dead is None or not len(dead[0]) or not len(numbers):
            return counts
        terms, dead_counts = dead
        if isinstance(numbers, range):
            first, last = np.searchsorted(terms, (numbers.start, numbers.stop))
            counts[terms[first:last] - numbers.start] -= dead_counts[first:last]
            return counts
        chosen = np.asarray(numbers, np.int64)
        at = np.minimum(np.searchsorted(terms, chosen), len(terms) - 1)
        return counts - np.where(terms[at] == chosen, dead_counts[at], 0)

    def doc_freq_of(self, name: str, term: bytes) -> int:
        """Counts the documents that hold a term."""
        return len(self.postings(name, self.term_numbers(name, [term])))

    def term_doc_freqs(self, name: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Gives the document frequencies of terms over all segments, 0 for unknown ones.

        Returns:
            One number for each of ``terms``, shape (len(terms),).
        """
        return self.lookup_doc_freqs(name, self.lookup(name, terms))

    def prefix_doc_freqs(self, name: str, prefixes: Sequence[bytes]) -> NDArray[np.int64]:
        """Sums the document frequencies of the terms that begin with each of some prefixes.

        Returns:
            One number for each of ``prefixes``, shape (len(prefixes),); deleted documents do not
            count.
        """
        counts = np.zeros(len(prefixes), np.int64)
        for leaf, reader in zip(self.leaves, self.readers(name), strict=True):
            if reader is None:
                continue
            ranges = [reader.terms.prefix_range(prefix) for prefix in prefixes]
            edges = np.array([(within.start, within.stop) for within in ranges], np.int64)
            offsets = reader.posting_offsets[edges].astype(np.int64)
            counts += offsets[:, 1] - offsets[:, 0]
            dead = leaf.dead_doc_freqs.get(name)
            if dead is not None and len(dead[0]):
                sums = np.cumsum([0, *dead[1].tolist()])[np.searchsorted(dead[0], edges)]
                counts -= sums[:, 1] - sums[:, 0]
        return counts

    def prefix_range(self, name: str, segment: int, prefix: bytes) -> range:
        """Gives the numbers of the terms of a segment that begin with a prefix."""
        reader = self.leaves[segment].fields.get(name)
        return range(0) if reader is None else reader.terms.prefix_range(prefix)

    def segment_terms(self, name: str, segment: int, numbers: range | Sequence[int]) -> list[bytes]:
        """Lists the terms of a segment with some numbers."""
        if not len(numbers):
            return []
        terms = self.leaves[segment].fields[name].terms
        return terms.terms(numbers) if isinstance(numbers, range) else terms.chosen(numbers)

    def term_lines(self, name: str, segment: int, numbers: range, longest: int) -> bytes:
        """Lists consecutive terms of a segment, one a line.

        Args:
            name: The field.
            segment: Index of the segment.
            numbers: Term numbers, at least one, of step 1.
            longest: Maximum size in bytes; for a longer term there is an empty line.
        """
        return self.leaves[segment].fields[name].terms.lines(numbers, longest)

    def term_sizes(self, name: str, segment: int, numbers: range) -> NDArray[Any]:
        """Gives the sizes in bytes of consecutive terms of a segment.

        Returns:
            One number for each term, shape (len(numbers),); empty if the segment lacks the field.
        """
        reader = self.leaves[segment].fields.get(name)
        return np.zeros(0, np.int64) if reader is None else reader.terms.sizes(numbers)

    def stems_of(self, segment: int, numbers: Sequence[int]) -> list[list[int]] | None:
        """Maps terms of ``text`` to those of ``stem`` that their occurrences have.

        Returns:
            For each term the numbers of its stems; None if the segment does not know them.
        """
        stem_map = self.leaves[segment].stem_map
        if stem_map is None:
            return None
        offsets, stems = stem_map
        own = np.asarray(numbers, np.int64)
        ranges = zip(offsets[own].tolist(), offsets[own + 1].tolist(), strict=True)
        return [stems[first:last].tolist() for first, last in ranges]

    def words_of_stems(self, numbers: TermNumbers) -> TermNumbers:
        """Finds the terms of ``text`` whose occurrences have some stems: the forms of a word.

        Args:
            numbers: Terms of ``stem`` by segment.

        Returns:
            Terms of ``text`` by segment; none in a segment that has no ``stem_map``.
        """
        found: list[list[int]] = []
        for leaf, own in zip(self.leaves, numbers, strict=True):
            if not len(own) or leaf.stem_map is None:
                found.append([])
                continue
            offsets, stems = leaf.stem_map
            wanted = np.zeros(len(leaf.fields[STEM]), np.bool_)
            wanted[np.asarray(own, np.int64)] = True
            at = np.flatnonzero(wanted.take(stems))
            words = np.searchsorted(offsets, at, "right") - 1
            found.append(_distinct(words).tolist())
        return found

    # Postings

    def postings(
        self, name: str, numbers: TermNumbers, stop: Callable[[], bool] = lambda: False
    ) -> TermPostings:
        """Merges the postings of terms that count as one.

        Args:
            name: The field.
            numbers: Terms by segment.
            stop: Asked between chunks; once true, what is read so far is given.
        """
        if sum(map(len, numbers)) < 2:
            return self._read_postings(name, numbers, stop)
        key = (name, *map(_key, numbers))
        found = self._merged.get(key)
        if found is None:
            found = self._read_postings(name, numbers, stop)
            # What is cut because it is too much is the same the next time.
            if found.complete or not stop():
                self._merged.put(key, found, found.nbytes)
        return found

    def _read_postings(
        self, name: str, numbers: TermNumbers, stop: Callable[[], bool]
    ) -> TermPostings:
        count = self.doc_freq(name, numbers)
        if not count:
            return _NO_POSTINGS
        complete = count <= MAX_POSTINGS or sum(map(len, numbers)) == 1
        if not complete:
            numbers = self._commonest(name, numbers)
        single = max(map(len, numbers)) == 1
        if not single and count * _SPARSE >= self.size:
            return self._counted(name, numbers, stop, complete=complete)
        numbered = [
            (found.doc_ids.astype(np.int64) + offset if offset else found.doc_ids, found.weights)
            for leaf, offset, own in zip(self.leaves, self.offsets, numbers, strict=True)
            if len(own)
            for found in _read(leaf.fields[name], own)
        ]
        if len(numbered) == 1:
            docs, weights = numbered[0]
        elif single:
            docs = np.concatenate([docs for docs, _weights in numbered])
            weights = np.concatenate([weights for _docs, weights in numbered])
        else:
            docs, weights = _sorted(numbered)
        return TermPostings(*self._without_dead(docs, weights), complete=complete)

    def _commonest(self, name: str, numbers: TermNumbers) -> TermNumbers:
        """Keeps the commonest of many terms, which have ``MAX_POSTINGS`` together at most."""
        counts = [
            self.doc_freqs(name, segment, np.asarray(own, np.int64))
            for segment, own in enumerate(numbers)
        ]
        ordered = np.sort(np.concatenate(counts))[::-1]
        limit = int(np.searchsorted(np.cumsum(ordered), MAX_POSTINGS, "right"))
        return [
            np.asarray(own)[freqs > ordered[limit]].tolist()
            for own, freqs in zip(numbers, counts, strict=True)
        ]

    def _counted(
        self, name: str, numbers: TermNumbers, stop: Callable[[], bool], *, complete: bool
    ) -> TermPostings:
        """Adds up weights by document, block by block."""
        sums = np.zeros(self.size, np.float32)
        counted = 0
        for leaf, offset, own in zip(self.leaves, self.offsets, numbers, strict=True):
            if not len(own):
                continue
            here = sums[offset : offset + leaf.doc_count]
            for docs, weights in _blocks(_read(leaf.fields[name], own)):
                np.add.at(here, docs, weights)
                counted += len(docs)
                # A search that is late answers from something, at least.
                if counted > LEAST and stop():
                    return TermPostings.from_dense(self._living(sums), complete=False)
        return TermPostings.from_dense(self._living(sums), complete=complete)

    def _living(self, sums: NDArray[np.float32]) -> NDArray[np.float32]:
        sums[self._dead] = 0
        return sums

    def _without_dead(self, docs: NDArray[Any], weights: NDArray[Any]) -> _Part:
        """Leaves out deleted documents."""
        dead = self._dead
        if self.alive is None or not len(docs):
            return docs, weights
        if len(dead) > FEW_DEAD or docs.dtype != dead.dtype:
            living = self.alive.take(docs)
            return docs[living], weights[living]
        indexes = np.minimum(docs.searchsorted(dead), len(docs) - 1)
        indexes = indexes[docs[indexes] == dead]
        if not len(indexes):
            return docs, weights
        return np.delete(docs, indexes), np.delete(weights, indexes)

    # Lengths

    def length_codes(self, name: str) -> NDArray[np.uint8]:
        """Gives Whoosh's length codes of a field: uint8, shape (size,).

        Returns:
            Codes as ``whoosh.util.numeric.length_to_byte`` makes them; 0 where a segment lacks the
            field.
        """
        codes = self._codes.get(name)
        if codes is None:
            parts = []
            for leaf in self.leaves:
                reader = leaf.fields.get(name)
                own = None if reader is None else reader.length_codes
                parts.append(np.zeros(leaf.doc_count, np.uint8) if own is None else own)
            codes = parts[0] if len(parts) == 1 else np.concatenate([_NO_CODES, *parts])
            self._codes[name] = codes
        return codes

    def lengths(self, name: str, docs: NDArray[Any]) -> NDArray[np.float64]:
        """Gives the lengths in tokens of a field in some documents, as exact as their codes.

        Args:
            docs: Document numbers, shape (n,).

        Returns:
            Tokens in the field, shape (n,).
        """
        return LENGTHS.take(self.length_codes(name).take(docs))

    def average_length(self, name: str) -> float:
        """Gives the mean length of a field in tokens."""
        average = self._averages.get(name)
        if average is None:
            codes = self.length_codes(name)
            counts = np.bincount(codes if self.alive is None else codes[self.alive], minlength=256)
            average = float(counts @ LENGTHS) / max(self.doc_count, 1)
            self._averages[name] = average
        return average

    def norms(self, name: str, docs: NDArray[Any]) -> NDArray[np.float64]:
        """Gives ``bm25.length_norm`` of a field in some documents.

        Args:
            docs: Document numbers, shape (n,).

        Returns:
            Factors, shape (n,).
        """
        return self._norm_table(name).take(self.length_codes(name).take(docs))

    def all_norms(self, name: str, docs: slice) -> NDArray[np.float64]:
        """Gives ``bm25.length_norm`` of a field in consecutive documents.

        Args:
            docs: The range of document numbers.

        Returns:
            Factors, one for each document of the range.
        """
        return self._norm_table(name).take(self.length_codes(name)[docs])

    def _norm_table(self, name: str) -> NDArray[np.float64]:
        table = self._norms.get(name)
        if table is None:
            table = bm25.length_norm(LENGTHS, self.average_length(name), field_b(name))
            self._norms[name] = table
        return table

    # Positions

    def has_positions(self, name: str) -> bool:
        """Returns whether all segments that have a field have its positions."""
        return all(reader is None or reader.has_positions for reader in self.readers(name))

    def positions(
        self, name: str, segment: int, numbers: Sequence[int]
    ) -> list[NDArray[np.uint32]]:
        """Lists the positions of terms in a segment, ascending for each term, without copying.

        Returns:
            For each of ``numbers`` a read-only array of positions, counted over all texts of the
            segment.
        """
        if not len(numbers):
            return []
        reader = self.leaves[segment].fields[name]
        return [reader.positions(number) for number in numbers]

    def position_starts(self, name: str, segment: int) -> NDArray[np.uint32]:
        """Gives the first position of each document of a segment, and the end.

        Returns:
            Shape (documents of the segment + 1,).
        """
        return self.leaves[segment].fields[name].position_starts


_lock: Final = Lock()
_by_searcher: Final[WeakKeyDictionary[Searcher, IndexArrays]] = WeakKeyDictionary()

_NO_CODES: Final = np.zeros(0, np.uint8)
_NO_DOCS: Final = np.zeros(0, np.intp)
_NO_POSTINGS: Final = TermPostings(_NO_DOCS, _NO_DOCS)
_SLICED: Final = 64
"""Terms up to which reading a slice for each is faster than gathering all at once."""


def _key(numbers: Sequence[int]) -> tuple[int, ...] | bytes:
    return numbers.tobytes() if isinstance(numbers, array) else tuple(numbers)


def _read(reader: FieldReader, numbers: Sequence[int]) -> Iterator[Postings]:
    """Reads documents and weights of terms, a slice a term or many terms in one chunk."""
    if len(numbers) <= _SLICED:
        yield from reader.each_postings(numbers)
        return
    own = np.asarray(numbers, np.int64)
    ends = np.cumsum(reader.doc_freqs(own))
    edges = np.searchsorted(ends, np.arange(CHUNK, int(ends[-1]) + CHUNK, CHUNK), "right")
    for chunk in np.split(own, _distinct(edges)):
        if len(chunk):
            yield reader.all_postings(chunk)


def _distinct(ascending: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns each number once; NumPy's own function loads masked arrays for that."""
    return ascending[np.diff(ascending, prepend=-1) > 0]


def _sorted(parts: Sequence[_Part]) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Adds up the weights of the same document by sorting."""
    docs, inverse = np.unique(np.concatenate([docs for docs, _w in parts]), return_inverse=True)
    weights = np.concatenate([weights for _docs, weights in parts])
    return docs, np.bincount(inverse, weights).astype(np.float64, copy=False)


def _blocks(found: Iterable[Postings]) -> Iterator[_Part]:
    """Cuts long postings, and puts short ones together, up to about ``BLOCK``."""
    docs: list[NDArray[Any]] = []
    weights: list[NDArray[Any]] = []
    count = 0
    for part in found:
        size = len(part.doc_ids)
        for start in range(0, size, BLOCK):
            stop = min(start + BLOCK, size)
            docs.append(part.doc_ids[start:stop])
            weights.append(part.weights[start:stop])
            count += stop - start
            if count >= BLOCK:
                yield _concatenated(docs, weights)
                docs, weights, count = [], [], 0
    if docs:
        yield _concatenated(docs, weights)


def _concatenated(docs: Sequence[NDArray[Any]], weights: Sequence[NDArray[Any]]) -> _Part:
    # In the types that counting takes, so that nothing is converted once more.
    return (
        np.concatenate(docs, dtype=np.intp, casting="unsafe"),
        np.concatenate(weights, dtype=np.float32, casting="unsafe"),
    )

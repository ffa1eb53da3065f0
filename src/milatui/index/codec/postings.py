"""The postings of a field as arrays: documents, weights, positions, characters.

Arrays of field ``f``, for n terms, p postings (ordered by term number, then document), q
positions (ordered by term number, then document, then position) and d documents:

``f/posting_offsets``   (n + 1)  uint32 or uint64, where the postings of each term begin
``f/doc_ids``           (p)      uint16 in segments of up to 65,536 documents, else uint32
``f/weights``           (p)      uint8, uint16 or float32; absent if every weight is 1
``f/frequencies``       (p)      uint32; only if the field's format records them and weights differ
``f/position_offsets``  (n + 1)  uint32 or uint64, where the positions of each term begin
``f/positions``         (q)      uint32, on one line through all documents
``f/position_starts``   (d + 1)  uint32, where each document begins on that line
``f/char_starts``       (q)      uint32, offsets of the token in its text; and ``f/char_ends``
``f/value_offsets``     (p + 1)  uint32 or uint64; with ``f/values`` (uint8) the encoded posting
                                 values of formats that the arrays above cannot reproduce

**The line of positions**: position p of document d is stored as ``position_starts[d] + p``, and at
least ``POSITION_GAP`` unused positions separate two documents. A phrase is then a comparison of
plain sorted numbers over the whole segment, without looking at documents: no distance below the
gap reaches across. Greater distances need a check of the document.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from milatui.index.codec.terms import TermDictionary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from milatui.index.codec.arrayfile import ArrayFile
    from milatui.index.codec.lengths import FieldLengths

    DocIds = NDArray[np.uint16] | NDArray[np.uint32]
    Weights = NDArray[Any]

POSITION_GAP: Final = 64


class Postings(NamedTuple):
    """Postings of one term, or of several one after the other.

    Attributes:
        doc_ids: uint16 or uint32, shape (n,); ascending within each term.
        weights: uint8, uint16 or float32, shape (n,).
    """

    doc_ids: DocIds
    weights: Weights


class FieldReader:
    """Reads the terms and postings of one field of a segment.

    Args:
        file: The postings file of the segment.
        name: The field.
        lengths: Its lengths, None if they are not kept.

    Attributes:
        terms: The term dictionary.
        posting_offsets: uint32 or uint64, shape (terms + 1,).
        lengths: Its lengths in the documents, or None.
    """

    def __init__(self, file: ArrayFile, name: str, lengths: FieldLengths | None = None) -> None:
        self._file = file
        self.name = name
        self.terms = TermDictionary(file, name)
        self.lengths = lengths
        self.posting_offsets = file.array(f"{name}/posting_offsets")
        self._doc_ids = file.array(f"{name}/doc_ids")
        self._weights = file.array(f"{name}/weights") if f"{name}/weights" in file else None

    @property
    def length_codes(self) -> NDArray[np.uint8] | None:
        """Returns Whoosh's length code of each document: uint8, shape (documents,), or None.

        Returns:
            Codes that ``lengths`` translates; None if the field stores no lengths.
        """
        return None if self.lengths is None else self.lengths.codes

    def _has(self, part: str) -> bool:
        return f"{self.name}/{part}" in self._file

    def _array(self, part: str) -> NDArray[Any]:
        return self._file.array(f"{self.name}/{part}")

    def __len__(self) -> int:
        """Returns the number of terms."""
        return len(self.terms)

    def term_number(self, term: bytes) -> int | None:
        """Returns the term number of a term, None if the field does not have it."""
        return self.terms.number(term)

    def term_numbers(self, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Looks up the numbers of many terms.

        Args:
            terms: Encoded terms, in any order.

        Returns:
            Shape (len(terms),); -1 for a term that the field does not have.
        """
        return self.terms.numbers(terms)

    def doc_freq(self, number: int) -> int:
        """Returns in how many documents a term occurs, deleted ones included."""
        return int(self.posting_offsets[number + 1]) - int(self.posting_offsets[number])

    def doc_freqs(self, numbers: range | NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Returns the document frequencies of many terms.

        Args:
            numbers: Term numbers; a range of step 1 is quickest.

        Returns:
            Shape (len(numbers),).
        """
        offsets = self.posting_offsets
        if isinstance(numbers, range) and numbers.step == 1:
            return np.diff(offsets[numbers.start : numbers.stop + 1]).astype(np.int64)
        chosen = np.asarray(numbers, np.int64)
        counts: NDArray[np.int64] = (offsets[chosen + 1] - offsets[chosen]).astype(np.int64)
        return counts

    def doc_ids(self, number: int) -> DocIds:
        """Returns the documents of a term: shape (doc_freq,), ascending, not a copy."""
        return self._doc_ids[
            int(self.posting_offsets[number]) : int(self.posting_offsets[number + 1])
        ]

    def weights(self, number: int) -> Weights:
        """Returns a term's weight in each of its documents: shape (doc_freq,)."""
        begin, end = int(self.posting_offsets[number]), int(self.posting_offsets[number + 1])
        return np.ones(end - begin, np.uint8) if self._weights is None else self._weights[begin:end]

    def postings(self, number: int) -> Postings:
        """Returns the postings of a term."""
        return Postings(self.doc_ids(number), self.weights(number))

    def each_postings(self, numbers: Sequence[int]) -> list[Postings]:
        """Returns the postings of each of several terms, without copying them.

        Args:
            numbers: Term numbers, in any order.
        """
        chosen = np.asarray(numbers, np.int64)
        bounds = zip(
            self.posting_offsets[chosen].tolist(),
            self.posting_offsets[chosen + 1].tolist(),
            strict=True,
        )
        docs, weights = self._doc_ids, self._weights
        if weights is None:
            return [Postings(docs[a:b], np.ones(b - a, np.uint8)) for a, b in bounds]
        return [Postings(docs[a:b], weights[a:b]) for a, b in bounds]

    def all_postings(self, numbers: Sequence[int] | range | NDArray[np.integer[Any]]) -> Postings:
        """Returns the postings of many terms, one after the other, in the order of ``numbers``.

        A document stands there once for each of the terms that it has. The postings of a range of
        term numbers are not copied.

        Args:
            numbers: Term numbers.
        """
        index: slice | NDArray[np.int64]
        if isinstance(numbers, range) and numbers.step == 1 and numbers:
            begin, end = self.posting_offsets[[numbers.start, numbers.stop]].tolist()
            index = slice(begin, end)
        else:
            chosen = np.asarray(numbers, np.int64)
            begins = self.posting_offsets[chosen].astype(np.int64)
            counts = self.posting_offsets[chosen + 1].astype(np.int64) - begins
            index = ranges(begins, counts)
        doc_ids = self._doc_ids[index]
        if self._weights is None:
            return Postings(doc_ids, np.ones(len(doc_ids), np.uint8))
        return Postings(doc_ids, self._weights[index])

    @property
    def has_positions(self) -> bool:
        """Returns whether positions are recorded."""
        return self._has("positions")

    @property
    def has_chars(self) -> bool:
        """Returns whether offsets of tokens in their text are recorded."""
        return self._has("char_starts")

    @property
    def has_values(self) -> bool:
        """Returns whether encoded posting values are recorded beside the arrays."""
        return self._has("values")

    def positions(self, number: int) -> NDArray[np.uint32]:
        """Returns the positions of a term in all documents, on the line of positions, ascending.

        Returns:
            Positions counted over all texts of the segment: ``position_starts`` tells where each
            begins.
        """
        offsets = self._array("position_offsets")
        return self._array("positions")[int(offsets[number]) : int(offsets[number + 1])]

    @property
    def position_starts(self) -> NDArray[np.uint32]:
        """Returns where each document begins on the line of positions: shape (documents + 1,).

        Returns:
            Ascending offsets; the last one is the end of the line.
        """
        return self._array("position_starts")

    def chars(self, number: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Returns the character offsets of the tokens at ``positions(number)``.

        Returns:
            Two arrays of offsets, one item for each position: where the token begins, and where it
            ends.
        """
        offsets = self._array("position_offsets")
        begin, end = int(offsets[number]), int(offsets[number + 1])
        return self._array("char_starts")[begin:end], self._array("char_ends")[begin:end]

    def position_bounds(self, number: int) -> NDArray[np.int64]:
        """Returns which of a term's positions belong to which posting.

        Returns:
            Shape (doc_freq + 1,): those of posting i are ``positions(number)[b[i]:b[i + 1]]``.
        """
        positions = self.positions(number)
        begins = positions.searchsorted(self.position_starts[self.doc_ids(number)])
        return np.append(begins, len(positions))

    def frequencies(self, number: int) -> NDArray[Any]:
        """Returns how often a term occurs in each of its documents, without boosts.

        Returns:
            Whole numbers, one for each of the term's documents, shape (doc_freq,).
        """
        if self._has("frequencies"):
            begin, end = int(self.posting_offsets[number]), int(self.posting_offsets[number + 1])
            return self._array("frequencies")[begin:end]
        if self.has_positions:
            return np.diff(self.position_bounds(number))
        return self.weights(number)

    def values(self, number: int) -> list[bytes]:
        """Returns the encoded values of a term's postings, if ``has_values``."""
        begin, end = int(self.posting_offsets[number]), int(self.posting_offsets[number + 1])
        offsets = self._array("value_offsets")[begin : end + 1].tolist()
        data = self._file.data(f"{self.name}/values")
        return [bytes(data[a:b]) for a, b in pairwise(offsets)]


def ranges(begins: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Concatenates ``range(begin, begin + count)`` of each pair.

    Args:
        begins: The first number of each range.
        counts: The length of each range, same shape.

    Returns:
        int64, shape (counts.sum(),).
    """
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(begins - (ends - counts), counts) + np.arange(total)

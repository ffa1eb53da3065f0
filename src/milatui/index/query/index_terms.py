"""What query expansion needs to know of an index: its terms and how many documents hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    TermNumbers: TypeAlias = Sequence[Sequence[int]]
    """Terms that count as one: for each segment the ascending numbers of those it has."""


class IndexTerms(Protocol):
    """The term dictionaries of all segments of an index.

    Terms are UTF-8 and sorted by their bytes; a term's number is its rank in that order within
    its segment.  Document frequencies leave out deleted documents.  ``name`` is a field.
    """

    @property
    def segment_count(self) -> int:
        """The number of segments."""

    def term_numbers(self, name: str, terms: Iterable[bytes]) -> TermNumbers:
        """Looks up terms in every segment; those that a segment lacks are left out.

        Returns:
            For each segment the ascending numbers of the terms that it has.
        """

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

    def lookup_doc_freqs(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sums the document frequencies of looked up terms over all segments.

        Args:
            name: The field.
            numbers: What ``lookup`` returned.

        Returns:
            Shape (len(terms),).
        """

    def doc_freq(self, name: str, numbers: TermNumbers) -> int:
        """Sums the document frequencies of terms: documents with several count for each.

        Args:
            numbers: For each segment numbers of terms.
        """

    def doc_freqs(self, name: str, segment: int, numbers: range | NDArray[Any]) -> NDArray[Any]:
        """Gives the document frequencies of ascending terms in a segment.

        Args:
            numbers: Ascending numbers of terms of the segment, shape (n,).

        Returns:
            Documents that have the term, deleted ones not counted, shape (n,).
        """

    def term_doc_freqs(self, name: str, terms: Sequence[bytes]) -> NDArray[Any]:
        """Gives the document frequencies of many terms in all segments.

        Returns:
            Shape (len(terms),); 0 for terms that do not occur.
        """

    def prefix_doc_freqs(self, name: str, prefixes: Sequence[bytes]) -> NDArray[Any]:
        """Sums the document frequencies of the terms that begin with each of many prefixes.

        Returns:
            Shape (len(prefixes),), of all segments.
        """

    def prefix_range(self, name: str, segment: int, prefix: bytes) -> range:
        """Gives the numbers of the terms of a segment that begin with a prefix."""

    def segment_terms(self, name: str, segment: int, numbers: range | Sequence[int]) -> list[bytes]:
        """Lists the terms of a segment with some numbers."""

    def term_lines(self, name: str, segment: int, numbers: range, longest: int) -> bytes:
        """Lists consecutive terms of a segment, one a line.

        Args:
            name: The field.
            segment: Index of the segment.
            numbers: Term numbers, at least one, of step 1.
            longest: Maximum size in bytes; for a longer term there is an empty line.
        """

    def term_sizes(self, name: str, segment: int, numbers: range) -> NDArray[Any]:
        """Gives the sizes in bytes of consecutive terms of a segment.

        Returns:
            One number for each term, shape (len(numbers),).
        """

    def stems_of(self, segment: int, numbers: Sequence[int]) -> Sequence[Sequence[int]] | None:
        """Maps terms of ``text`` to those of ``stem`` that their occurrences have.

        Returns:
            For each term the numbers of its stems; None if the segment does not know them.
        """

"""The term dictionary of a field: its sorted terms, looked up by bisection.

Arrays of field ``f``, for n terms in the order of their bytes:

``f/terms``         uint8    the terms, one after the other
``f/term_offsets``  (n + 1)  uint32 or uint64, where each begins, and the end
``f/term_heads``    (n)      uint64, the first eight bytes of each as a big-endian number

Bisection reads the heads, which lie close together; terms themselves are only compared where
heads are equal. A term's index in this order is its *term number*.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from operator import lt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from milatui.index.codec.arrayfile import ArrayFile, ArrayFileWriter

HEAD_SIZE: Final = 8
_MAX_ALIKE: Final = 64
"""Maximum number of terms with one head that are read to look up several."""
SMALL: Final = 4096
"""Number of terms of a dictionary up to which all of them are read when some are looked up."""
_FEW_TERMS: Final = 5
"""Number of wanted terms from which they are looked up together."""
_FEW_ALIKE: Final = 4
"""Number of wanted terms with one head from which all of that head are read."""


class TermDictionary:
    """Looks up the terms of one field.

    Args:
        file: The postings file of a segment.
        field: A field that it has.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file = file
        self._field = field
        self._terms = file.data(f"{field}/terms")
        self._offsets = file.view(f"{field}/term_offsets")
        self._heads = file.view(f"{field}/term_heads")
        self._size = len(self._heads)
        self._numbers: dict[bytes, int] | None = None

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> bytes:
        """Returns the term with a term number."""
        return bytes(self._terms[self._offsets[number] : self._offsets[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.terms(range(self._size)))

    def terms(self, numbers: range) -> list[bytes]:
        """Returns consecutive terms, in the order of their bytes.

        Args:
            numbers: A range of term numbers, of step 1.
        """
        if not numbers:
            return []
        offsets = self._offsets[numbers.start : numbers.stop + 1].tolist()
        first = offsets[0]
        data = bytes(self._terms[first : offsets[-1]])
        return [data[begin - first : end - first] for begin, end in pairwise(offsets)]

    def lines(self, numbers: range, longest: int) -> bytes:
        """Returns consecutive terms, one a line.

        Args:
            numbers: A range of term numbers, of step 1, not empty.
            longest: Maximum size in bytes; for a longer term there is an empty line.
        """
        offsets = self._file.array(f"{self._field}/term_offsets")
        bounds = offsets[numbers.start : numbers.stop + 1].astype(np.int64)
        sizes = np.diff(bounds)
        letters = np.frombuffer(self._terms[int(bounds[0]) : int(bounds[-1])], np.uint8)
        short = sizes <= longest
        if not short.all():
            letters, sizes = letters[np.repeat(short, sizes)], sizes * short
        joined = np.full(len(letters) + len(sizes), ord("\n"), np.uint8)
        inside = np.ones(len(joined), np.bool_)
        inside[np.cumsum(sizes + 1) - 1] = False
        joined[inside] = letters
        return joined[:-1].tobytes()

    def chosen(self, numbers: Sequence[int] | NDArray[np.int64]) -> list[bytes]:
        """Returns some terms.

        Args:
            numbers: Their term numbers, in any order.
        """
        offsets = self._file.array(f"{self._field}/term_offsets")
        own = np.asarray(numbers, np.int64)
        data = self._terms
        bounds = zip(offsets[own].tolist(), offsets[own + 1].tolist(), strict=True)
        return [bytes(data[begin:end]) for begin, end in bounds]

    def sizes(self, numbers: range) -> NDArray[np.unsignedinteger[Any]]:
        """Returns the size in bytes of consecutive terms, shape (len(numbers),).

        Returns:
            Bytes of UTF-8 of each term.
        """
        offsets = self._file.array(f"{self._field}/term_offsets")
        return np.diff(offsets[numbers.start : numbers.stop + 1])

    def lower_bound(self, term: bytes) -> int:
        """Returns the number of the first term that is not less, or the number of terms."""
        head = _head(term)
        first = bisect_left(self._heads, head)
        last = bisect_right(self._heads, head, lo=first)
        return bisect_left(range(self._size), term, first, last, key=self.__getitem__)

    def number(self, term: bytes) -> int | None:
        """Returns the term number of a term, None if the field does not have it."""
        if self._numbers is not None:
            return self._numbers.get(term)
        number = self.lower_bound(term)
        return number if number < self._size and self[number] == term else None

    def numbers(self, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Looks up many terms at once.

        Args:
            terms: Encoded terms, in any order.

        Returns:
            Their term numbers, shape (len(terms),); -1 for terms that the field does not have.
        """
        found = np.full(len(terms), -1, np.int64)
        if len(terms) < _FEW_TERMS:
            for index, term in enumerate(terms):
                number = self.number(term)
                found[index] = -1 if number is None else number
            return found
        if self._size <= SMALL:
            everything = self._all
            return np.array([everything.get(term, -1) for term in terms], np.int64)
        wanted = _heads(terms)
        heads = self._file.array(f"{self._field}/term_heads")
        first = np.minimum(heads.searchsorted(wanted), self._size - 1)
        alike = heads[first] == wanted
        sizes = np.fromiter(map(len, terms), np.int64, len(terms))
        offsets = self._file.array(f"{self._field}/term_offsets")
        # Terms of one size that are all head are equal if their heads are.
        equal = alike & (sizes <= HEAD_SIZE) & (offsets[first + 1] - offsets[first] == sizes)
        found[equal] = first[equal]
        longer = np.flatnonzero(alike & ~equal).tolist()
        for index, number in self._numbers_of_alike(terms, longer, first, wanted):
            found[index] = number
        return found

    def _numbers_of_alike(
        self,
        terms: Sequence[bytes],
        indexes: Sequence[int],
        first: NDArray[np.int64],
        heads: NDArray[np.uint64],
    ) -> Iterator[tuple[int, int]]:
        """Looks up terms of which the dictionary has the heads.

        Args:
            terms: Encoded terms.
            indexes: Which of them to look up.
            first: For each of ``terms`` the first term number with its head.
            heads: The head of each of ``terms``.

        Yields:
            (index, term number) of those that the field has.
        """
        by_head: dict[int, dict[bytes, int]] = {}
        shared = Counter(first[indexes].tolist())
        for index in indexes:
            start, head, term = int(first[index]), int(heads[index]), terms[index]
            known: int | None
            if shared[start] < _FEW_ALIKE:
                known = self._number_from(start, head, term)
            else:
                # Terms that share a head are looked up together: spelling candidates do.
                same = by_head.get(start)
                if same is None:
                    last = bisect_right(self._heads, head, lo=start)
                    within = range(start, min(last, start + _MAX_ALIKE))
                    same = by_head[start] = dict(zip(self.terms(within), within, strict=True))
                known = same.get(term)
                if known is None and len(same) == _MAX_ALIKE:
                    known = self._number_from(start, head, term)
            if known is not None:
                yield index, known

    @property
    def _all(self) -> dict[bytes, int]:
        """All terms of a small dictionary and their numbers."""
        if self._numbers is None:
            self._numbers = {term: number for number, term in enumerate(self)}
        return self._numbers

    def _number_from(self, first: int, head: int, term: bytes) -> int | None:
        """Returns the number of a term from the first one with its head; None if it is unknown."""
        last = bisect_right(self._heads, head, lo=first)
        if last - first == 1:
            return first if self[first] == term else None
        number = bisect_left(range(self._size), term, first, last, key=self.__getitem__)
        return number if number < last and self[number] == term else None

    def prefix_range(self, prefix: bytes) -> range:
        """Returns the term numbers of the terms that begin with a prefix."""
        first = self.lower_bound(prefix)
        last_head = int.from_bytes(prefix[:HEAD_SIZE].ljust(HEAD_SIZE, b"\xff"), "big")
        last = bisect_right(self._heads, last_head, lo=first)
        if len(prefix) > HEAD_SIZE:
            size = len(prefix)

            def beginning(number: int) -> bytes:
                return self[number][:size]

            last = bisect_right(range(self._size), prefix, first, last, key=beginning)
        return range(first, last)


def write_terms(out: ArrayFileWriter, field: str, terms: Sequence[bytes]) -> None:
    """Writes the term dictionary of a field.

    Args:
        out: The file.
        field: The name of the field.
        terms: All terms of the field, encoded, in the order of their bytes.

    Raises:
        ValueError: if the terms are not in the order of their bytes, each once.
    """
    if not all(map(lt, terms, terms[1:])):
        raise ValueError(f"the terms of field {field!r} are not sorted")
    sizes = np.fromiter(map(len, terms), np.uint64, len(terms))
    out.add(f"{field}/terms", "B", b"".join(terms))
    add_offsets(out, f"{field}/term_offsets", sizes)
    out.add(f"{field}/term_heads", "Q", _heads(terms))


def add_offsets(out: ArrayFileWriter, name: str, sizes: NDArray[Any]) -> NDArray[np.uint64]:
    """Writes where variable-sized items begin that are stored one after the other, and the end.

    Args:
        out: The file.
        name: The array, of n + 1 uint32, or uint64 where 32 bits are not enough.
        sizes: The sizes of n items.

    Returns:
        The offsets.
    """
    offsets = np.zeros(len(sizes) + 1, np.uint64)
    np.cumsum(sizes, dtype=np.uint64, out=offsets[1:])
    if offsets[-1] < 1 << 32:
        out.add(name, "I", offsets.astype(np.uint32))
    else:
        out.add(name, "Q", offsets)
    return offsets


def _head(term: bytes) -> int:
    return int.from_bytes(term[:HEAD_SIZE].ljust(HEAD_SIZE, b"\0"), "big")


def _heads(terms: Sequence[bytes]) -> NDArray[np.uint64]:
    padded = b"".join([term[:HEAD_SIZE].ljust(HEAD_SIZE, b"\0") for term in terms])
    return np.frombuffer(padded, ">u8").astype(np.uint64)

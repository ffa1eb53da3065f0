"""Sets of records by number: what filters, facets and answers are made of."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)
_NUMBER: Final = "I"
"""Type code of record numbers in arrays of the standard library: 32 bits, unsigned."""


class DocSet:
    """An immutable set of record numbers below ``size``.

    ``&``, ``|``, ``-`` and ``~`` need sets of one size and give a new one; ``len`` counts.

    Args:
        flags: A truth value per record number; the set keeps it, it must not change afterwards.
    """

    __slots__ = ("_count", "flags")

    def __init__(self, flags: NDArray[np.bool_]) -> None:
        self.flags = flags
        self._count = -1

    @classmethod
    def everything(cls, size: int) -> DocSet:
        """Makes the set of all record numbers below ``size``."""
        return cls(np.ones(size, np.bool_))

    @classmethod
    def nothing(cls, size: int) -> DocSet:
        """Makes the empty set over ``size`` record numbers."""
        return cls(np.zeros(size, np.bool_))

    @classmethod
    def from_numbers(cls, numbers: Iterable[int], size: int) -> DocSet:
        """Makes the set of some record numbers.

        Args:
            numbers: Record numbers in any order, repeated or not.
            size: Number of records.

        Raises:
            IndexError: a number is not below ``size``.
        """
        flags = np.zeros(size, np.bool_)
        flags[np.fromiter(numbers, np.int64)] = True
        return cls(flags)

    @classmethod
    def from_bytes(cls, flags: bytes) -> DocSet:
        """Makes a set of one byte a record, 0 or 1, without copying."""
        return cls(np.frombuffer(flags, np.bool_))

    @property
    def size(self) -> int:
        """Number of records that could be in the set."""
        return len(self.flags)

    def __and__(self, other: DocSet) -> DocSet:
        return DocSet(self.flags & other.flags)

    def __or__(self, other: DocSet) -> DocSet:
        return DocSet(self.flags | other.flags)

    def __sub__(self, other: DocSet) -> DocSet:
        return DocSet(self.flags & ~other.flags)

    def __invert__(self) -> DocSet:
        return DocSet(~self.flags)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocSet) and np.array_equal(self.flags, other.flags)

    __hash__ = None  # type: ignore[assignment]  # as sets are: compared by content

    def __contains__(self, number: int) -> bool:
        return 0 <= number < len(self.flags) and bool(self.flags[number])

    def __len__(self) -> int:
        if self._count < 0:
            self._count = int(np.count_nonzero(self.flags))
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers())

    def numbers(self) -> Sequence[int]:
        """Lists the record numbers in ascending order, as plain integers."""
        # An array of the standard library is compact and holds no NumPy integers, which JSON
        # does not know.
        return array(_NUMBER, np.flatnonzero(self.flags).astype(np.uint32).tobytes())

    def first(self, limit: int) -> Sequence[int]:
        """Lists at most ``limit`` of the lowest record numbers, in ascending order."""
        return self.numbers()[:limit]

    def values(self, column: NDArray[Value]) -> NDArray[Value]:
        """Takes the values that a column has for the records of the set.

        Args:
            column: One value a record.

        Returns:
            Shape (len(self),), in the order of record numbers.
        """
        # Three times as fast as an index of truth values, if these do not come in runs.
        return column.take(np.flatnonzero(self.flags))

    def counts(self, column: NDArray[np.integer]) -> list[tuple[int, int]]:
        """Counts the values that a column has for the records of the set (a facet).

        Args:
            column: One non-negative integer a record.

        Returns:
            Pairs of value and count, the commonest first, of equals the lower value.
        """
        return _ranked(np.bincount(self.values(column)))

    def counts_in_lists(
        self, starts: NDArray[np.integer], values: NDArray[np.integer]
    ) -> list[tuple[int, int]]:
        """Counts the values that lists hold for the records of the set (a multi-valued facet).

        Args:
            starts: Record n has ``values[starts[n]:starts[n + 1]]``.
            values: Non-negative integers.

        Returns:
            As ``counts``.
        """
        return _ranked(np.bincount(values[np.repeat(self.flags, np.diff(starts))]))

    def counts_in_ranges(self, starts: Sequence[int]) -> list[int]:
        """Counts the records of the set between neighbouring bounds.

        Args:
            starts: Ascending record numbers; the last one ends the last range.
        """
        numbers = np.flatnonzero(self.flags)
        counts: list[int] = np.diff(np.searchsorted(numbers, np.asarray(starts))).tolist()
        return counts


def _ranked(counts: NDArray[np.intp]) -> list[tuple[int, int]]:
    values = np.flatnonzero(counts)
    order = np.argsort(-counts[values], kind="stable")
    ranked = values[order]
    return list(zip(ranked.tolist(), counts[ranked].tolist(), strict=True))

"""What scoring needs of arrays, with NumPy and without: one interface, two ways.

Small archives are searched with plain Python, because a command that answers one query
would spend more on importing NumPy than on searching.  Both ways call ``formula`` and are
compared with each other by the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from milatui.index.engine.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Callable

Mask = Any
"""A set of records by number: an array of booleans, or a frozenset; both know ``&`` and ``|``."""
Words = Sequence[tuple[Segment, Sequence[int]]]
"""Words that count as one: segments and the numbers of their words."""


class Postings(Protocol):
    """The slots that hold a group of words, each once, with the group's frequency in it."""

    docs: Any
    tfs: Any

    def __len__(self) -> int: ...


class Tally(Protocol):
    """Scores being summed by slot, then read by record number."""

    def add(self, postings: Postings, weight: float, *, title: bool = False) -> None:
        """Add a word group's weight times its saturated frequency to the texts holding it."""

    def count(self, postings: Postings) -> None:
        """Note that these texts hold one more of the query's words."""

    def cover(self, postings: Postings) -> None:
        """Note that these titles hold one more of the query's words."""

    def coordinate(self, terms: int, *, begun: bool) -> None:
        """Apply ``formula.coordination`` with the counts noted."""

    def reward_titles(self, terms: int) -> None:
        """Apply ``formula.coverage`` with the covers noted."""

    def lift(self, number: int, by: float) -> None:
        """Add to the score of a record, once everything else is added."""

    def score(self, number: int) -> float:
        """The score of a record."""

    def matching(self) -> Mask:
        """The records with a score."""

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        """The records of ``mask`` with the highest scores; of equals the lower number first."""


class Kernel(Protocol):
    """Arrays of all segments together; ``docs`` counts slots, ``records`` those not deleted."""

    docs: int
    records: int

    def merged(self, words: Words, name: str) -> Postings:
        """The postings (``post`` or ``title``) of words as one group."""

    def frequency(self, words: Words, name: str, number: int) -> int:
        """How often words stand in one record."""

    def phrase(self, words: Sequence[Words], stop: Callable[[], bool]) -> Mask:
        """The records in which words stand directly one after the other.

        Once ``stop`` is true, none or some of them.
        """

    def near(
        self,
        left: Sequence[Words],
        right: Sequence[Words],
        distance: int,
        stop: Callable[[], bool],
    ) -> Mask:
        """The records in which two phrases end at most ``distance`` places apart."""

    def tally(self) -> Tally:
        """An empty tally."""

    def holding(self, postings: Postings) -> Mask:
        """The records of postings."""

    def mask(self, flags: bytes) -> Mask:
        """The records that have 1 in ``flags``, a byte per record."""

    def everything(self) -> Mask:
        """All records."""

    def nothing(self) -> Mask:
        """No record."""

    def without(self, mask: Mask, other: Mask) -> Mask:
        """Records of the first set that are not in the other."""

    def has(self, mask: Mask, number: int) -> bool:
        """Whether a record is in a set."""

    def size(self, mask: Mask) -> int:
        """How many records a set has."""

    def numbers(self, mask: Mask) -> Sequence[int]:
        """The records of a set in order, as whole numbers."""

    def counts(self, column: memoryview, mask: Mask) -> list[tuple[int, int]]:
        """How often each value of a column occurs among the records of a set, commonest first."""

    def counts_in_lists(
        self, starts: memoryview, values: memoryview, mask: Mask
    ) -> list[tuple[int, int]]:
        """The same for lists of values: record n has ``values[starts[n]:starts[n + 1]]``."""

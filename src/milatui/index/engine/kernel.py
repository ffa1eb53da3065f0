"""What scoring needs of arrays, with NumPy and without: one interface, two ways.

Small archives are searched with plain Python, because a command that answers one query
would spend more on importing NumPy than on searching.  Both ways call ``formula`` and are
compared with each other by the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.index.engine.segment import Segment

Mask = Any
"""A set of texts: an array of booleans, or a frozenset; both know ``&`` and ``|``."""


class Postings(Protocol):
    """The texts that hold a group of words, each once, with the group's frequency in it."""

    docs: Any
    tfs: Any

    def __len__(self) -> int: ...


class Tally(Protocol):
    """Scores being summed, and how many of the query's words each text has."""

    def add(self, postings: Postings, weight: float, *, title: bool = False) -> None:
        """Add a word group's weight times its saturated frequency to the texts holding it."""

    def count(self, postings: Postings) -> None:
        """Note that these texts hold one more of the query's words."""

    def cover(self, postings: Postings) -> None:
        """Note that these titles hold one more of the query's words."""

    def coordinate(self, terms: int) -> None:
        """Apply ``formula.coordination`` with the counts noted."""

    def reward_titles(self, terms: int) -> None:
        """Apply ``formula.coverage`` with the covers noted."""

    def matching(self) -> Mask:
        """The texts with a score."""

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        """The texts of ``mask`` with the highest scores, ties in the order of numbers."""

    def factor(self, docs: Sequence[int], factors: Sequence[float]) -> None:
        """Multiply the scores of some texts."""


class Kernel(Protocol):
    """Arrays of all segments together."""

    docs: int

    def merged(self, lists: Iterable[tuple[Segment, Iterable[int]]], name: str) -> Postings:
        """The postings (``post`` or ``title``) of words of segments as one group."""

    def tally(self) -> Tally:
        """An empty tally."""

    def mask(self, docs: Any) -> Mask:
        """Texts, given by their numbers, as a set."""

    def everything(self) -> Mask:
        """All texts."""

    def without(self, mask: Mask, other: Mask) -> Mask:
        """Texts of the first set that are not in the other."""

    def size(self, mask: Mask) -> int:
        """How many texts a set has."""

    def numbers(self, mask: Mask) -> list[int]:
        """The texts of a set in order."""

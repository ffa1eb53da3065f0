"""What is demanded of the search, by line of the table, and whether a figure meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SMALL: Final = 10_000
LARGE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Target:
    """A bound: ``small`` at 10,000 texts, ``large`` at 100,000, in between in proportion.

    ``least``: figures must reach it, not stay below.
    """

    small: float
    large: float
    least: bool = False

    def at(self, size: int) -> float:
        """The bound for so many texts; 0 where their number does not matter."""
        share = min(max((size - SMALL) / (LARGE - SMALL), 0.0), 1.0)
        return self.small + share * (self.large - self.small)

    def verdict(self, value: float, size: int) -> str:
        """``met``, or by how much it is missed."""
        bound = self.at(size)
        if value >= bound if self.least else value <= bound:
            return "met"
        return f"missed by {abs(value - bound):.3g}"


def _same(bound: float, *, least: bool = False) -> Target:
    return Target(bound, bound, least)


TARGETS: Final[dict[str, Target]] = {
    "nDCG@10, English mean": _same(0.445, least=True),
    "nDCG@10, French": _same(0.56, least=True),
    "known first: words": _same(0.855, least=True),
    "known first: typo": _same(0.80, least=True),
    "known first: half a word": _same(0.80, least=True),
    "known first: no accents": _same(0.85, least=True),
    "key, warm, p50, ms": Target(2, 3.5),
    "key, warm, p95, ms": Target(6, 8),
    "key, cold, p50, ms": Target(2, 3.5),
    "key, cold, p95, ms": Target(6, 8),
    "enter, p95, ms": Target(25, 40),
    "enter, cold, p95, ms": Target(25, 40),
    "common phrase, cold, p95, ms": _same(60),
    "common phrase, p95, ms": _same(60),
    "phrase in a scope, p95, ms": _same(60),
    "near/5, p95, ms": _same(60),
    "facets, total, sort add, ms": _same(5),
    "open to first answer, ms": _same(30),
    "open to first answer, MB": _same(10),
    "build, 1 process, x stock": _same(2.3, least=True),
    "build, 2 processes, x stock": _same(4, least=True),
    "one changed, end to end, s": _same(1),
}
"""By the line of the table, in its order; all times are CPU but those of two processes and of
one changed document."""

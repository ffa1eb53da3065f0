"""Words that do occur, but so seldom that another one was likelier meant."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.index.engine.groups import Group, Lexicon
    from milatui.index.engine.kernel import Kernel

RARE: Final = 3
"""Texts up to which a word may be one that somebody misspelt there, too."""
LIKELIER: Final = 50
"""So many times as many texts hold what was likelier meant."""


def doubted(
    groups: Sequence[Group], kernel: Kernel, lexicon: Lexicon
) -> Iterator[tuple[int, Group]]:
    """The places of doubtful words among those of a query, and what they stand for instead.

    A rare name is no misspelt word: only one is doubted that stands in no text with the others
    of the query, where a much commoner one, a letter away, does.
    """
    for place, group in enumerate(groups):
        rare = group.holding
        if len(groups) < 2 or rare > RARE or group.repaired or not group:
            continue
        wider = lexicon.taken_for_more(group, LIKELIER * rare)
        if not wider.repaired:
            continue
        rest = reduce(
            and_,
            (
                kernel.holding(kernel.merged(other.words, "post"))
                for other in groups
                if other is not group
            ),
        )
        before, after = (
            kernel.size(rest & kernel.holding(kernel.merged(one.words, "post")))
            for one in (group, wider)
        )
        if after and not before:
            yield place, wider

"""Words that do occur, but so seldom that another one was likelier meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.engine.spelling import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from milatui.index.engine.groups import Group, Lexicon
    from milatui.index.engine.kernel import Kernel, Mask

RARE: Final = 3
"""Texts up to which a word may be one that somebody misspelt there, too."""
LIKELIER: Final = 50
"""So many times as many texts hold what was likelier meant."""


def doubted(
    groups: Sequence[Group], kernel: Kernel, lexicon: Lexicon, stop: Callable[[], bool] = never
) -> Iterator[tuple[int, Group]]:
    """The places of doubtful words among those of a query, and what they stand for instead.

    Once ``stop`` is true, no other word is doubted.

    A rare name is no misspelt word: only one is doubted that stands in no text with the others
    of the query, where a much commoner one, a letter away, does.
    """
    for place, group in enumerate(groups):
        if stop():
            return
        rare = group.holding
        if len(groups) < 2 or rare > RARE or group.repaired or not group:
            continue
        wider = lexicon.taken_for_more(group, LIKELIER * rare, stop)
        if not wider.repaired:
            continue
        rest = _having_all((other for other in groups if other is not group), kernel, stop)
        before, after = (
            kernel.size(rest & kernel.holding(kernel.merged(one.words, "post")))
            for one in (group, wider)
        )
        if after and not before:
            yield place, wider


def _having_all(groups: Iterable[Group], kernel: Kernel, stop: Callable[[], bool]) -> Mask:
    """The records that have a word of each group; none once ``stop`` is true."""
    mask = kernel.everything()
    for group in groups:
        mask = mask & kernel.holding(kernel.merged(group.words, "post"))
        # No text has all the words of a long query, which is known after a few of them.
        if not kernel.size(mask):
            break
        if stop():
            return kernel.nothing()
    return mask

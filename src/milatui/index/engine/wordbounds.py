"""Words written as one that are two, and two that are written as one elsewhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from milatui.index.engine.functionwords import SILENT
from milatui.index.engine.nodes import Word
from milatui.index.engine.spelling import distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milatui.index.engine.groups import Group, Lexicon
    from milatui.index.engine.kernel import Kernel
    from milatui.index.engine.nodes import Node


def apart(
    word: Word, group: Group, kernel: Kernel, lexicon: Lexicon, stop: Callable[[], bool]
) -> tuple[Word, ...]:
    """A word, or the two that an unknown one is made of: they stand side by side somewhere.

    Args:
        word: The word.
        group: What it was found to stand for.
        kernel: Tells what stands side by side.
        lexicon: Tells which words there are.
        stop: Once true, the word stays one.
    """
    near = group.repaired and distance(word.text, group.repaired[0]) == 1
    if word.begun or near or (group and not group.repaired):
        return (word,)
    for pair in lexicon.apart(word.text):
        if stop():
            break
        phrase = [lexicon.group(part, repair=False).exact for part in pair]
        if kernel.size(kernel.phrase(phrase, stop)):
            return tuple(replace(word, text=part) for part in pair)
    return (word,)


def joined(
    nodes: Sequence[Node],
    group_of: Callable[[Word], Group],
    lexicon: Lexicon,
    stop: Callable[[], bool],
) -> Iterator[tuple[Word, Group]]:
    """Words side by side that stand as one word, too, each with its group and that word.

    Once ``stop`` is true, the first ones.
    """
    for first, second in pairwise(nodes):
        if stop():
            return
        if not isinstance(first, Word) or not isinstance(second, Word) or second.begun:
            continue
        # After a function word it would be chance: *the rapist*, *in form*.
        if second.start - first.end != 1 or first.text in SILENT:
            continue
        for word in (first, second):
            group = group_of(word)
            wider = lexicon.together(group, first.text + second.text)
            if wider is not group:
                yield word, wider

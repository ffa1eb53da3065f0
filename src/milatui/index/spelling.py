"""The words of an index nearest to one that it does not have."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from milatui.index.texts import Texts

SHORTEST: Final = 4
"""Shorter words are not repaired: too many others are one letter away."""

LONGEST: Final = 24
"""Longer ones neither: their neighbours are many, and they are no words of a language."""

CHOICES: Final = 3
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def nearest_words(texts: Texts, word: str) -> list[str]:
    """At most three words of the index one edit away from ``word``, the most frequent first.

    An edit is a letter too many, too few or another, or two neighbours swapped.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    found = [other for other in _one_edit(word) if texts.has_word(other)]
    return heapq.nlargest(CHOICES, found, key=lambda other: (texts.frequency(other), other))


def _one_edit(word: str) -> set[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS),
        *(head + letter + tail for head, tail in cuts for letter in _LETTERS),
    } - {word}

"""Numbers the words of a segment and their stems in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.analysis.analyzers import uncached_language_stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

NO_STEM: Final = 0xFFFFFFFF
"""Stands for the stem of a word that no text in the language has."""


class Vocabulary:
    """Words and stems, numbered in the order they come.

    Attributes:
        words: Folded words by number.
        stems: Marked stems by number.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.stems: list[str] = []
        self._word_numbers: dict[str, int] = {}
        self._stem_numbers: dict[str, int] = {}
        self._stem_of: dict[str, Numbers] = {}

    def number(self, word: str) -> int:
        """Returns the number of a word, a new one for a new word."""
        found = self._word_numbers.get(word)
        if found is None:
            found = self._word_numbers[word] = len(self.words)
            self.words.append(word)
        return found

    def stem_numbers(self, words: Numbers, language: str) -> Numbers:
        """Returns the stem numbers of words in a language, shape (len(words),)."""
        stem_of = self._stem_of.get(language, np.zeros(0, np.uint32))
        if len(stem_of) < len(self.words):
            grown = np.full(max(len(self.words), 2 * len(stem_of)), NO_STEM, np.uint32)
            grown[: len(stem_of)] = stem_of
            stem_of = self._stem_of[language] = grown
        stems = stem_of[words]
        new = np.unique(words[stems == NO_STEM])
        if len(new):
            stem_of[new] = [self._stem(self.words[word], language) for word in new.tolist()]
            stems = stem_of[words]
        return stems

    def _stem(self, word: str, language: str) -> int:
        stem = uncached_language_stem(word, language)
        found = self._stem_numbers.get(stem)
        if found is None:
            found = self._stem_numbers[stem] = len(self.stems)
            self.stems.append(stem)
        return found

    def word_stems(self) -> tuple[Numbers, Numbers]:
        """Returns pairs of word and stem: which stems each word has in all languages.

        Returns:
            Two parallel arrays of term numbers, shape (pairs,).
        """
        words, stems = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint32)]
        for stem_of in self._stem_of.values():
            known = np.flatnonzero(stem_of != NO_STEM)
            words.append(known.astype(np.uint32))
            stems.append(stem_of[known])
        return np.concatenate(words), np.concatenate(stems)

"""Stems folded words of English and French with Snowball's stemmers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.language import STEMMED
from milatui.index.analysis.porter2 import stem_english

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT: Final = 4
"""Maximum length of words that lose only a plural s: *Mila* must not find *Mile*."""

_NOUNS_IN_AI: Final = frozenset(("balai", "deblai", "delai", "remblai"))
"""French words whose plural loses its ending; *OpenAI* must not find what opens.

Snowball takes every *-ai* for a verb's (*je parlai*), which no announcement uses.
"""

_ENGLISH_ENDINGS: Final = (
    *("s", "ed", "ing", "y", "e", "l", "er", "or", "ion", "ism", "ent", "ant", "ic"),
    *("ci", "gi", "li", "ti"),
)
"""How every word ends that Porter2 changes: two of five in a vocabulary do not."""


def stems_of(word: str) -> tuple[str, ...]:
    """Returns the stems of a folded word in every language that has stems, marked with it.

    Returns:
        One stem for each language with stems, as ``language:stem``.
    """
    return tuple(f"{language}:{stem(word, language)}" for language in STEMMED)


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """Returns the stem of a folded word; numbers, short words and other languages are their own."""
    return stem_uncached(word, language)


def stem_uncached(word: str, language: str) -> str:
    """Returns the same for a word that is met once only and need not be remembered."""
    if language == "xx" or not (word.isascii() and word.isalpha()):
        return word
    if len(word) <= SHORT:
        return _singular(word)
    if language == "fr" and word.endswith("ai") and word not in _NOUNS_IN_AI:
        return word
    if language == "fr":
        return _french_stemmer()(word)
    return stem_english(word) if word.endswith(_ENGLISH_ENDINGS) else word


def _singular(word: str) -> str:
    # As Porter2 does: gaps -> gap, but gas, this and UNESCO's ibis keep their s.
    if len(word) > 2 and word[-1] == "s" and word[-2] not in "aiosu":
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _french_stemmer() -> Callable[[str], str]:
    # Loaded at the first long word: opening a catalogue and listing need no stems.
    from whoosh.lang.snowball.french import FrenchStemmer

    stemmer: Callable[[str], str] = FrenchStemmer().stem
    return stemmer

"""Stems of folded words, per language, and the language of a text that does not say it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.index.engine.functionwords import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LANGUAGES: Final = ("en", "fr", "xx")
"""Languages as the index tells them apart; ``xx`` is every other: words as they are written."""

STEMMED: Final = ("en", "fr")
"""Those that have stems."""

SHORT: Final = 4
"""Words of so many letters or fewer lose a plural s at most: *Mila* must not find *Mile*."""

_ENOUGH: Final = 3
"""Function words that tell the language of a text."""

_NOUNS_IN_AI: Final = frozenset(("balai", "deblai", "delai", "remblai"))
"""French words whose plural loses its ending; *OpenAI* must not find what opens.

Snowball takes every *-ai* for a verb's (*je parlai*), which no announcement uses.
"""


def language_of(tag: str, words: Iterable[str], otherwise: str = "xx") -> str:
    """The language a text is analysed in: that of its BCP 47 tag, or a guess by its words.

    ``otherwise`` is the tag of what is likely where the words do not tell.
    """
    base = tag[:2].lower()
    if base:
        return base if base in LANGUAGES else "xx"
    english = french = 0
    for word in words:
        english += word in ENGLISH
        french += word in FRENCH
    if max(english, french) < _ENOUGH or english == french:
        return language_of(otherwise, ())
    return "en" if english > french else "fr"


def stems_of(word: str) -> tuple[str, ...]:
    """The stems of a folded word in every language that has stems, marked with it."""
    return tuple(f"{language}:{stem(word, language)}" for language in STEMMED)


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; numbers, short words and other languages are their own."""
    return new_stem(word, language)


def new_stem(word: str, language: str) -> str:
    """The same for a word that is met once only and need not be remembered."""
    if language == "xx" or not (word.isascii() and word.isalpha()):
        return word
    if len(word) <= SHORT:
        return _singular(word)
    if language == "fr" and word.endswith("ai") and word not in _NOUNS_IN_AI:
        return word
    return _stemmers()[language](word)


def _singular(word: str) -> str:
    # As Porter2 does: gaps -> gap, but gas, this and UNESCO's ibis keep their s.
    if len(word) > 2 and word[-1] == "s" and word[-2] not in "aiosu":
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _stemmers() -> dict[str, Callable[[str], str]]:
    # Loaded at the first long word: opening a catalogue and listing need no stems.
    from whoosh.lang.snowball.english import EnglishStemmer
    from whoosh.lang.snowball.french import FrenchStemmer

    return {"en": EnglishStemmer().stem, "fr": FrenchStemmer().stem}

"""Detects the language that a text is analysed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES: Final = ("en", "fr", "xx")
"""Languages of analysis; ``xx`` stands for every other language, whose words are not stemmed."""

STEMMED: Final = ("en", "fr")
"""Languages that are stemmed."""

_ENOUGH: Final = 3
"""Minimum number of function words that show the language of a text."""


def language_of(tag: str, words: Iterable[str], otherwise: str = "xx") -> str:
    """Returns the language that a text is analysed in.

    Args:
        tag: BCP 47 tag of the text; empty to detect the language by its function words.
        words: The text as folded words; only read if there is no tag.
        otherwise: Tag of the likely language, for a text with too few function words.

    Returns:
        One of ``LANGUAGES``.
    """
    base = tag[:2].lower()
    if base:
        return base if base in LANGUAGES else "xx"
    english, french = count_function_words(words)
    if max(english, french) < _ENOUGH or english == french:
        return language_of(otherwise, ())
    return "en" if english > french else "fr"


def count_function_words(words: Iterable[str]) -> tuple[int, int]:
    """Counts the English and the French function words among folded words.

    Returns:
        (English, French); a word of both languages counts for both.
    """
    english = french = 0
    for word in words:
        english += word in ENGLISH
        french += word in FRENCH
    return english, french

"""Languages that the index tells apart, and the language of a text that has no tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES: Final = ("en", "fr", "xx")
"""Languages as the index tells them apart; ``xx`` is every other: words as they are written."""

STEMMED: Final = ("en", "fr")
"""Those that have stems."""

_ENOUGH: Final = 3
"""Function words that tell the language of a text."""


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

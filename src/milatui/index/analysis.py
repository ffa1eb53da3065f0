"""Takes text apart into words, folds them, and stems them in their own language.

Everything that is searched or lit goes through here, queries and texts alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STEMMED: Final = ("en", "fr")
"""Languages that have stems; words of others are searched as they are written."""

SHORT: Final = 4
"""Words of so many letters or fewer lose a plural s at most: *Mila* must not find *Mile*."""

LONGEST: Final = 64
"""Letters of a word that count; what is longer is data, and would swell the index."""

_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:[,\u00a0\u202f\u2009 ][0-9]{3})+(?![0-9]))"
    r"|(?P<decimal>[0-9]+[.,][0-9]+(?![0-9]))"
    r"|(?P<initials>(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?)"
    r"|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
)
_DIGITS_ONLY: Final = re.compile(r"[^0-9]")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


class Token(NamedTuple):
    """A folded word and where it stands in the text it was taken from."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, folded, with their offsets.

    Hyphens and apostrophes separate words (``Mile-Ex`` is two, so is ``l’institut``);
    ``1,000``, ``1 000`` and ``1000`` are one number, ``U.S.`` is ``us``.
    """
    for match in _TOKEN.finditer(text):
        yield Token(_normal(match), match.start(), match.end())


def words(text: str) -> list[str]:
    """The folded words of a text in order."""
    return [_normal(match) for match in _TOKEN.finditer(text)]


def _normal(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind is None:
        return fold(match[0][:LONGEST])
    if kind == "number":
        return _DIGITS_ONLY.sub("", match[0])
    if kind == "decimal":
        return match[0].replace(",", ".")
    return fold(match[0].replace(".", ""))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case without accents; ligatures are taken apart."""
    lower = word.casefold() if not word.isascii() else word.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c))


def term(word: str, language: str) -> str:
    """What a folded word is indexed as in a text of ``language``: its stem, marked ``en:``."""
    base = language[:2]
    return f"{base}:{stem(word, base)}" if base in STEMMED else word


def terms_of_query_word(word: str) -> tuple[str, ...]:
    """All terms that stand for a query's word, whichever language the text is in."""
    return (word, *(term(word, language) for language in STEMMED))


@lru_cache(maxsize=131072)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; numbers and short words are (nearly) their own."""
    if len(word) <= SHORT:
        return word[:-1] if len(word) > 2 and word[-1] == "s" and word[-2] not in "sui" else word
    if word.isalpha() and word.isascii():
        return _stemmers()[language](word)
    return word


@lru_cache(maxsize=1)
def _stemmers() -> dict[str, Callable[[str], str]]:
    # Loaded at the first long word: opening a catalogue and listing need no stems.
    from whoosh.lang.snowball.english import EnglishStemmer
    from whoosh.lang.snowball.french import FrenchStemmer

    return {"en": EnglishStemmer().stem, "fr": FrenchStemmer().stem}

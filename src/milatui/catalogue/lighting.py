"""Finds the sought words in a text, as they are written there, and the passage to show."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.folding import fold
from milatui.index.analysis.language import STEMMED
from milatui.index.analysis.stemmer import stem, stems_of
from milatui.index.analysis.tokenizer import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]

_ACCENTED: Final = {
    "a": "àáâãäåā",
    "c": "çćč",
    "e": "èéêëēę",
    "i": "ìíîïī",
    "l": "ł",
    "n": "ñń",
    "o": "òóôõöøō",
    "s": "śš",
    "u": "ùúûüū",
    "y": "ýÿ",
    "z": "źżž",
}
_SEPARATORS: Final = "[,\u00a0\u202f\u2009 ]?"
_BREAK: Final = re.compile(r"\n\s*\n|(?<=[.!?…])\s+(?=\S)|\n")


def find_words(text: str, sought: Iterable[str]) -> list[tuple[Stretch, str]]:
    """Where the sought words stand, in order, each with the sought word it is a form of.

    Args:
        text: Any text.
        sought: Folded words; one that ends in a star stands for all that begin so.
    """
    found: list[tuple[Stretch, str]] = []
    for word in dict.fromkeys(sought):
        plain = word.rstrip("*")
        if not plain:
            continue
        begun = plain != word
        terms = set(stems_of(plain))
        found.extend(
            (match.span(), word)
            for match in _pattern(plain, begun).finditer(text)
            if _begins_word(text, match.start()) and (begun or _is_form(match[0], plain, terms))
        )
    found.sort()
    return _apart(found)


def _is_form(written: str, word: str, terms: set[str]) -> bool:
    parts = words(written)
    folded = parts[0] if len(parts) == 1 else fold(written)
    return folded == word or not terms.isdisjoint(stems_of(folded))


def _apart(found: list[tuple[Stretch, str]]) -> list[tuple[Stretch, str]]:
    """Of stretches that overlap only the first."""
    kept: list[tuple[Stretch, str]] = []
    end = 0
    for stretch, word in found:
        if stretch[0] >= end:
            kept.append((stretch, word))
            end = stretch[1]
    return kept


@lru_cache(maxsize=256)
def _pattern(word: str, begun: bool) -> re.Pattern[str]:
    """A quick pattern for what may be a form of a word: what all its stems begin with."""
    if word.isdigit():
        digits = _SEPARATORS.join(word)
        return re.compile(rf"(?<![0-9]){digits}(?![0-9])")
    start = word
    if not begun:
        for language in STEMMED:
            start = _common(start, stem(word, language))
    letters = _LIGATURE.sub(lambda m: _LIGATURES[m[0]], "".join(map(_letter, start)))
    # Whether a word begins there is asked afterwards: a pattern that starts with a letter is
    # several times as fast.
    return re.compile(rf"{letters}[^\W_]*")


def _letter(letter: str) -> str:
    """Both cases and all accents of a letter; those of ligatures are replaced afterwards."""
    both = letter + letter.upper() if letter.isalpha() else letter
    accented = _ACCENTED.get(letter, "")
    return f"[{re.escape(both + accented + accented.upper())}]"


_LIGATURES: Final = {
    _letter(one) + _letter(two): f"(?:{_letter(one)}{_letter(two)}|{ligature})"
    for one, two, ligature in (("o", "e", "[œŒ]"), ("a", "e", "[æÆ]"), ("s", "s", "[ßẞ]"))
}
_LIGATURE: Final = re.compile("|".join(map(re.escape, _LIGATURES)))


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def best_passage(
    texts: Sequence[str], sought: Sequence[str], width: int
) -> tuple[str, tuple[Stretch, ...]]:
    """The piece with most of the sought words, of the text that has most, the first of equals.

    Returns the piece (about ``width`` characters, one line), with an ellipsis where it was cut,
    and the offsets of the words in it.
    """
    if not texts:
        return "", ()
    known = [find_words(text, sought) for text in texts]
    best = max(range(len(texts)), key=lambda n: len({word for _s, word in known[n]}))
    text, found = texts[best], known[best]
    start = _best_start(found, width)
    begin = _sentence_start(text, start, width)
    end = min(len(text), begin + width)
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space > 0 else end
    piece = " ".join(text[begin:end].split())
    lit = tuple(stretch for stretch, _word in find_words(piece, sought))
    shift = 2 if begin else 0
    head, tail = ("… " if begin else ""), (" …" if end < len(text) else "")
    return head + piece + tail, tuple((a + shift, b + shift) for a, b in lit)


def _best_start(found: list[tuple[Stretch, str]], width: int) -> int:
    """Where the window begins that has most different words (then most words)."""
    best, best_worth = 0, (0, 0)
    for place, ((start, _end), _word) in enumerate(found):
        inside = []
        for (_s, end), word in found[place : place + 40]:
            if end - start > width * 2 // 3:
                break
            inside.append(word)
        worth = (len(set(inside)), len(inside))
        if worth > best_worth:
            best, best_worth = start, worth
    return best


def _sentence_start(text: str, at: int, width: int) -> int:
    """The start of the sentence around ``at``, or of a word not too far before it."""
    floor = max(0, at - width // 3)
    starts = [match.end() for match in _BREAK.finditer(text, floor, at)]
    if starts:
        return starts[-1]
    if floor == 0:
        return 0
    space = text.find(" ", floor, at)
    return space + 1 if space >= 0 else floor

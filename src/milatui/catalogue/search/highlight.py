"""Finds the matches of a query in a text, at the offsets of its tokens, and the best snippet.

A text is tokenized as it was for the index, so that what is found is highlighted: whatever its
script, composed or decomposed, with signs inside words or as an amount of money.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.sanitize import sanitize
from milatui.index.analysis.characters import is_spaceless
from milatui.index.analysis.language import STEMMED
from milatui.index.analysis.raw_tokens import locate_pieces
from milatui.index.analysis.stemmer import stem, stems_of
from milatui.index.analysis.tokenizer import (
    first_character_end,
    tokenize,
    tokenize_piece,
    words_of_piece,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Span = tuple[int, int]
"""Start and end offset in a text."""

_BREAK: Final = re.compile(r"\n\s*\n|(?<=[.!?…])\s+(?=\S)|(?<=[。！？।])|\n")
_SHARED: Final = 3
"""Number of letters that all words of one stem begin with, unless the stem is as short."""
_CACHED: Final = 2
"""Number of queries whose words of texts are kept."""
_CHUNK: Final = 50_000
"""Number of characters that are searched at a time; a snippet may be found before the end."""
_WITHIN: Final = 40
"""Number of matches from the first of a snippet that are looked at."""


class Match(NamedTuple):
    """A place of a text that answers a query.

    Attributes:
        start: Offset where it begins.
        end: Offset where it ends.
        term: The term of the query that it answers.
    """

    start: int
    end: int
    term: str


def find_matches(text: str, terms: Iterable[str]) -> list[Match]:
    """Finds the matches of terms in a text, in order; those that overlap become one.

    Args:
        text: Any text.
        terms: Folded words as ``tokenize_query`` gives them, which match words of the same stem
            too.  One that ends in a star is a prefix; one with spaces is a phrase: its words match
            as they are, side by side.
    """
    return _merged(_matcher(tuple(dict.fromkeys(terms))).matches(text))


def best_snippet(
    texts: Iterable[str], terms: Sequence[str], width: int
) -> tuple[str, tuple[Span, ...]]:
    """Cuts the snippet with most of the terms out of the text that has most, the first of equals.

    Args:
        texts: The texts; no more of them is read than the snippet needs.
        terms: See ``find_matches``.
        width: Characters of the snippet, about.

    Returns:
        The snippet in one line, cleaned, with an ellipsis where it was cut, and the offsets of
        the matches in it.
    """
    matcher = _matcher(tuple(dict.fromkeys(terms)))
    text, found, most = "", list[Match](), -1
    for each in texts:
        matches = _enough_matches(matcher, each, width)
        count = len({match.term for match in matches})
        if count > most:
            text, found, most = each, matches, count
        if count == len(matcher.terms):
            break
    begin = _snippet_start(text, _best_start(found, width), width)
    end = min(len(text), begin + width)
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space > 0 else end
    head, tail = ("… " if begin else ""), (" …" if end < len(text) else "")
    piece = head + " ".join(sanitize(text[begin:end]).split()) + tail
    return piece, tuple((match.start, match.end) for match in find_matches(piece, terms))


class _PieceTable(dict[str, bool]):
    """Maps pieces of texts to whether a word in them answers a query."""

    LONGEST: Final = 64
    """Maximum number of characters of a piece that is kept."""

    def __init__(self, find: Callable[[str], str | None]) -> None:
        self._find = find

    def __missing__(self, piece: str) -> bool:
        found = any(map(self._find, words_of_piece(piece)))
        if len(piece) <= self.LONGEST:
            self[piece] = found
        return found


class _Matcher:
    """The terms of a query, and which pieces of the texts met so far answer one of them."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        self.terms = frozenset(terms)
        self._phrases = [(term, term.split(" ")) for term in terms if " " in term]
        single = [term for term in terms if " " not in term]
        self._prefixes = [(term[:-1], term) for term in single if len(term) > 1 and term[-1] == "*"]
        self._characters = {
            term
            for prefix, term in self._prefixes
            if is_spaceless(prefix) and first_character_end(prefix, 0) == len(prefix)
        }
        whole = [term for term in single if term and term[-1] != "*"]
        self._words = {term: term for term in reversed(whole)}
        self._stems = {root: term for term in reversed(whole) for root in stems_of(term)}
        self._beginnings = tuple({_beginning(term) for term in whole})
        self._has_match = _PieceTable(self._find_term)

    def matches(self, text: str) -> list[Match]:
        """Finds all matches in a text, in the order of their offsets."""
        found: list[Match] = []
        # Most pieces have no match, which their words show without offsets.
        for start, piece in locate_pieces(text, self._has_match.__getitem__):
            found += self._in_piece(start, piece)
        if self._phrases:
            found += self._phrases_in(text)
            found.sort()
        return found

    def _in_piece(self, offset: int, piece: str) -> Iterator[Match]:
        for word, start, end in tokenize_piece(piece):
            term = self._find_term(word)
            if term is not None:
                if term in self._characters:
                    # Two are indexed together, of which it is the first.
                    end = first_character_end(piece, start)
                yield Match(offset + start, offset + end, term)

    def _find_term(self, word: str) -> str | None:
        term = self._words.get(word)
        if term is not None:
            return term
        if word.startswith(self._beginnings):
            for root in stems_of(word):
                if root in self._stems:
                    return self._stems[root]
        for prefix, term in self._prefixes:
            if word.startswith(prefix):
                return term
        return None

    def _phrases_in(self, text: str) -> Iterator[Match]:
        tokens = tokenize(text)
        indexes: dict[str, list[int]] = {}
        for index, token in enumerate(tokens):
            indexes.setdefault(token.word, []).append(index)
        for term, words in self._phrases:
            for index in indexes.get(words[0], ()):
                last = index + len(words) - 1
                if last < len(tokens) and all(
                    _matches(tokens[index + n].word, word) for n, word in enumerate(words)
                ):
                    yield Match(tokens[index].start, tokens[last].end, term)


_matcher = lru_cache(maxsize=_CACHED)(_Matcher)


def release_matchers() -> None:
    """Drops the words of the texts met so far."""
    _matcher.cache_clear()


def _matches(word: str, term: str) -> bool:
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


def _beginning(word: str) -> str:
    """Returns what all words with a stem of ``word`` begin with."""
    start = word
    for language in STEMMED:
        start = _common(start, stem(word, language))
    # *Dying* has the stem of *die*.
    return start[:_SHARED] if len(start) > _SHARED else start[:1]


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _merged(found: Iterable[Match]) -> list[Match]:
    """Makes one match of those that overlap, for the term of the first."""
    merged: list[Match] = []
    for match in found:
        if not merged or match.start >= merged[-1].end:
            merged.append(match)
        elif match.end > merged[-1].end:
            merged[-1] = merged[-1]._replace(end=match.end)
    return merged


def _enough_matches(matcher: _Matcher, text: str, width: int) -> list[Match]:
    """Finds the matches of a text up to a place where all terms stand near each other."""
    found: list[Match] = []
    start = 0
    while start < len(text):
        end = _chunk_end(text, start)
        matches = matcher.matches(text[start:end] if start or end < len(text) else text)
        found += (
            [Match(m.start + start, m.end + start, m.term) for m in matches] if start else matches
        )
        if end < len(text) and _most_terms(found, width) == len(matcher.terms):
            break
        start = end
    return found


def _chunk_end(text: str, start: int) -> int:
    """Returns an end of a piece of text to search: behind a line, else behind a space."""
    end = start + _CHUNK
    if end >= len(text):
        return len(text)
    for sign in ("\n", " "):
        at = text.rfind(sign, start, end)
        if at > start:
            return at + 1
    return end


def _most_terms(found: Sequence[Match], width: int) -> int:
    return max((len(_terms_from(found, n, width)) for n in range(len(found))), default=0)


def _terms_from(found: Sequence[Match], number: int, width: int) -> dict[str, int]:
    """Counts the terms of the matches that a snippet from one of them on would show."""
    start = found[number].start
    counts: dict[str, int] = {}
    for match in found[number : number + _WITHIN]:
        if match.end - start > width * 2 // 3:
            break
        counts[match.term] = counts.get(match.term, 0) + 1
    return counts


def _best_start(found: Sequence[Match], width: int) -> int:
    """Returns where the snippet begins that has most terms, then most matches."""
    best, best_worth = 0, (0, 0)
    for number, match in enumerate(found):
        counts = _terms_from(found, number, width)
        worth = (len(counts), sum(counts.values()))
        if worth > best_worth:
            best, best_worth = match.start, worth
    return best


def _snippet_start(text: str, at: int, width: int) -> int:
    """Returns the start of the sentence around ``at``, or of a word not too far before it."""
    floor = max(0, at - width // 3)
    starts = [match.end() for match in _BREAK.finditer(text, floor, at)]
    if starts:
        return starts[-1]
    if floor == 0:
        return 0
    space = text.find(" ", floor, at)
    if space >= 0:
        return space + 1
    while floor < at and unicodedata.category(text[floor])[0] == "M":
        floor += 1
    return floor

"""Spelling corrections: the terms of an index that are one or two edits away from a word.

Distances are Damerau's (*A technique for computer detection and correction of spelling errors*,
1964) in the restricted form (optimal string alignment): letters inserted, left out, changed, or
swapped with the next.  Terms one edit away are looked up among all strings one edit away, as
Norvig does (*How to write a spelling corrector*, 2007); those two edits away are compared one by
one, as far as their first letters are right.
"""

from __future__ import annotations

import heapq
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.analysis.characters import is_spaceless
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.field_names import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from milatui.index.query.index_terms import IndexTerms

MAX_CORRECTIONS: Final = 3
"""Maximum number of terms that a word is corrected to."""
MAX_COMPARED: Final = 20_000
"""Maximum number of terms of a segment that a word is compared with."""
MAX_LENGTH: Final = 40
"""Maximum length of words that are corrected."""
MIN_LENGTH: Final = 4
"""Minimum length of a word with a wrong letter; one letter less can lack a letter."""
MIN_LENGTH_ALMOST: Final = 7
"""Minimum length of a word that terms two edits away are like."""
MIN_LENGTH_TWO: Final = 8
"""Minimum length of a word that is corrected to terms two edits away."""
PREFIX_LENGTH: Final = 2
"""Number of first letters that must be right where there are two edits: few people misspell
them, and they leave few terms to compare."""
CACHE_SIZE: Final = 64
"""Number of words whose corrections are remembered: the next key asks for them again."""

_BATCH: Final = 400
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS: Final = frozenset(["s", "e", "es", "x", "d", "ed", "r", "er", "nt", "t"])


class SpellingCorrector:
    """Finds the terms of the ``text`` field that are spelt almost like a word.

    Function words are left out: nobody who types an unknown word means *the*.

    Args:
        terms: The index.
    """

    def __init__(self, terms: IndexTerms) -> None:
        self._terms = terms
        self._remembered: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._lock = Lock()

    def corrections(
        self,
        word: str,
        min_doc_freq: int = 1,
        limit: int = MAX_CORRECTIONS,
        stop: Callable[[], bool] = lambda: False,
    ) -> tuple[str, ...]:
        """Lists the terms that a folded word may be meant for, the likeliest first.

        Terms one edit away; if there are none and the word is long and does not occur itself,
        those two edits away.  An inflection of the word is likelier than a stranger: if there
        are inflections, they alone are listed.  Then the commonest.

        Args:
            word: A folded word.
            min_doc_freq: Minimum document frequency of a correction.
            limit: Maximum number of corrections.
            stop: Asked between batches of terms; once true, the best so far are listed.

        Returns:
            At most ``limit`` folded words.
        """
        key = (word, min_doc_freq, limit)
        with self._lock:
            known = self._remembered.get(key)
        if known is not None:
            return known
        found = self._corrections(word, min_doc_freq, limit, stop)
        with self._lock:
            if not stop():
                self._remembered[key] = found
            if len(self._remembered) > CACHE_SIZE:
                del self._remembered[next(iter(self._remembered))]
        return found

    def similar_terms(
        self, word: str, limit: int, stop: Callable[[], bool] = lambda: False
    ) -> list[str]:
        """Lists terms one or two edits away from a folded word; the nearest first, then the
        commonest.

        Args:
            word: A folded word, which may occur itself.
            limit: Maximum number of terms.
            stop: Asked between batches of terms; once true, the best so far are listed.
        """
        if not _has_letters(word, MIN_LENGTH) or is_spaceless(word):
            return []
        edits = 2 if len(word) >= MIN_LENGTH_ALMOST else 1
        doc_freqs: dict[str, int] = {}
        distances: dict[str, int] = {}
        for segment in range(self._terms.segment_count):
            for term, doc_freq in self._comparable(segment, word, edits, stop):
                if term not in distances:
                    distances[term] = damerau_levenshtein(word, term, edits)
                doc_freqs[term] = doc_freqs.get(term, 0) + doc_freq
        near = [
            (distance, -doc_freqs[term], term)
            for term, distance in distances.items()
            if distance <= edits
        ]
        return [term for _distance, _doc_freq, term in heapq.nsmallest(limit, near)]

    def _corrections(
        self, word: str, min_doc_freq: int, limit: int, stop: Callable[[], bool]
    ) -> tuple[str, ...]:
        if not _has_letters(word, MIN_LENGTH - 1) or is_spaceless(word):
            return ()
        candidates = edits1(word) if len(word) >= MIN_LENGTH else insertions(word)
        doc_freqs = self._doc_freqs(candidates - STOPWORDS - {word})
        if not doc_freqs and len(word) >= MIN_LENGTH_TWO:
            return tuple(self.similar_terms(word, limit, stop))
        likely = {term: count for term, count in doc_freqs.items() if count >= min_doc_freq}
        inflections = {term: likely[term] for term in likely if is_inflection(word, term)}
        return _commonest(inflections or likely, limit)

    def _doc_freqs(self, candidates: Iterable[str]) -> dict[str, int]:
        """Returns the document frequencies of those candidates that occur."""
        words = sorted(candidates)
        counts = self._terms.term_doc_freqs(TEXT, [word.encode() for word in words])
        return {words[index]: int(counts[index]) for index in np.flatnonzero(counts).tolist()}

    def _comparable(
        self, segment: int, word: str, edits: int, stop: Callable[[], bool]
    ) -> Iterable[tuple[str, int]]:
        """Yields the terms of a segment that may be that far away, with document frequencies."""
        terms = self._terms
        length = PREFIX_LENGTH
        within = terms.prefix_range(TEXT, segment, word[:length].encode())
        while len(within) > MAX_COMPARED and length < len(word) - edits:
            length += 1
            within = terms.prefix_range(TEXT, segment, word[:length].encode())
        within = within[:MAX_COMPARED]
        sizes = terms.term_sizes(TEXT, segment, within)
        coded = len(word.encode())
        # A letter of most alphabets takes two bytes.
        slack = edits * (1 if word.isascii() else 2)
        sized = np.flatnonzero(np.abs(sizes.astype(np.int64) - coded) <= slack) + within.start
        letters = set(word)
        for first in range(0, len(sized), _BATCH):
            if stop():
                return
            batch = sized[first : first + _BATCH]
            texts = [term.decode() for term in terms.segment_terms(TEXT, segment, batch.tolist())]
            # Letters that only one of them has tell most terms apart at once.
            likely = [
                index
                for index, text in enumerate(texts)
                if len(letters.symmetric_difference(text)) <= 2 * edits and text != word
            ]
            counts = terms.doc_freqs(TEXT, segment, batch[likely])
            for index, count in zip(likely, counts.tolist(), strict=True):
                if count and texts[index] not in STOPWORDS:
                    yield texts[index], count


def is_inflection(word: str, other: str) -> bool:
    """Returns whether one folded word is probably an inflection of the other: ``fete fetes``."""
    short, long = sorted((word, other), key=len)
    return len(short) >= MIN_LENGTH and long.startswith(short) and long[len(short) :] in _ENDINGS


def edits1(word: str) -> set[str]:
    """Returns all strings one edit away, but for those with another than a Latin letter added.

    The word itself is among them.
    """
    splits = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    found |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
    found |= {a + c + b for a, b in splits for c in _LETTERS}
    return found


def insertions(word: str) -> set[str]:
    """Returns all strings with a letter more, but not before the first one."""
    splits = [(word[:n], word[n:]) for n in range(1, len(word) + 1)]
    return {a + c + b for a, b in splits for c in _LETTERS}


def damerau_levenshtein(one: str, other: str, limit: int) -> int:
    """Returns the number of edits between two texts, or ``limit`` + 1 if there are more.

    The restricted distance: no letter is edited twice.  Only the diagonals of the table that
    can hold ``limit`` or less are computed (Ukkonen's cut-off, 1985).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    beyond = limit + 1
    width = len(other)
    older = [beyond] * (width + 1)
    before = [column if column <= limit else beyond for column in range(width + 1)]
    for row, letter in enumerate(one, start=1):
        line = [beyond] * (width + 1)
        least = beyond
        if row <= limit:
            line[0] = least = row
        for column in range(max(1, row - limit), min(width, row + limit) + 1):
            also = other[column - 1]
            best = before[column - 1] + (letter != also)
            # Comparisons, as a call of min would take longer than all of them.
            if before[column] + 1 < best:
                best = before[column] + 1
            if line[column - 1] + 1 < best:
                best = line[column - 1] + 1
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == also:
                swapped = older[column - 2] + 1
                if swapped < best:
                    best = swapped
            if best <= limit:
                line[column] = best
                if best < least:
                    least = best
        if least > limit:
            return beyond
        older, before = before, line
    return before[width]


def _commonest(doc_freqs: dict[str, int], limit: int) -> tuple[str, ...]:
    best = heapq.nsmallest(limit, ((-count, term) for term, count in doc_freqs.items()))
    return tuple(term for _count, term in best)


def _has_letters(word: str, least: int) -> bool:
    return least <= len(word) <= MAX_LENGTH and not any(c.isdigit() for c in word)

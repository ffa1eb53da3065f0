"""Prefix expansion: what a word that is being typed may become."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.analysis.stemmer import stems_of
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.field_names import STEM, TEXT
from milatui.index.query.corrections import MAX_CORRECTIONS, MAX_LENGTH, MIN_LENGTH, edits1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from milatui.index.query.index_terms import IndexTerms, TermNumbers

MAX_EXPANSIONS: Final = 64
"""Maximum number of words that a prefix is expanded to: those of the most documents."""
MAX_POSTINGS: Final = 150_000
"""Maximum number of postings that the terms of a prefix have together: a frame's worth of work."""

_NO_NUMBERS: Final = np.zeros(0, np.int64)
_SORTED_STOPWORDS: Final = sorted(STOPWORDS)


def expand_prefix(terms: IndexTerms, prefix: str) -> TermNumbers:
    """Expands a folded prefix to the stems of the commonest words that begin so.

    Stop words are not among these: they would hide all others.

    Args:
        terms: The index.
        prefix: The prefix.

    Returns:
        Terms of ``stem``, of the commonest words as far as ``MAX_POSTINGS`` allows.
    """
    words, numbers = _common_words(terms, prefix)
    if terms.segment_count == 1:
        stems = terms.stems_of(0, numbers[0].tolist())
        if stems is not None:
            own = list(dict.fromkeys(stem for several in stems for stem in several))
            costs = terms.doc_freqs(STEM, 0, np.array(own, np.int64)).tolist()
            return [sorted(_within_budget(own, costs))]
    keys, known = _stems(terms, words, numbers)
    found = terms.lookup(STEM, keys, known)
    costs = terms.lookup_doc_freqs(STEM, found).tolist()
    chosen = _within_budget(range(len(keys)), costs)
    return [np.sort(own[own >= 0]).tolist() for own in found[:, chosen]]


def _within_budget(keys: Sequence[int], costs: Sequence[int]) -> list[int]:
    """Returns those of the terms that have ``MAX_POSTINGS`` together, the first ones first."""
    chosen: list[int] = []
    budget = MAX_POSTINGS
    for key, cost in zip(keys, costs, strict=True):
        # The commonest word is always among them, whatever it costs.
        if cost <= budget or not chosen:
            budget -= cost
            chosen.append(key)
    return chosen


def common_words(terms: IndexTerms, prefix: str) -> list[str]:
    """Lists the words that begin with a folded prefix and that the most documents hold.

    Args:
        terms: The index.
        prefix: The prefix.

    Returns:
        At most ``MAX_EXPANSIONS`` words, the commonest first.  No stop words.
    """
    return _common_words(terms, prefix)[0]


def _common_words(terms: IndexTerms, prefix: str) -> tuple[list[str], NDArray[np.int64]]:
    """Returns the words of ``common_words``, and their numbers: see ``IndexTerms.lookup``."""
    coded = prefix.encode()
    segments = terms.segment_count
    # A word may be common in all segments together and in none of them.
    most = (MAX_EXPANSIONS + _stop_words(prefix)) * min(segments, 2)
    numbers: list[NDArray[np.int64]] = []
    words: list[list[bytes]] = []
    for segment in range(segments):
        within = terms.prefix_range(TEXT, segment, coded)
        counts = terms.doc_freqs(TEXT, segment, within) if within else _NO_NUMBERS
        top = np.flatnonzero(counts)
        if len(top) > most:
            least = np.partition(counts, len(counts) - most)[len(counts) - most]
            # All that tie, so that the choice does not depend on the segments.
            top = np.flatnonzero(counts >= max(int(least), 1))
            if segments == 1:
                top = np.sort(top[np.argsort(-counts[top], kind="stable")][:most])
            top = top[: 4 * most]
        numbers.append(top + within.start)
        words.append(terms.segment_terms(TEXT, segment, numbers[-1].tolist()))
    # Of equals the first in the order of the terms.
    found = sorted({word for own_words in words for word in own_words})
    indexes = {word: index for index, word in enumerate(found)}
    own = np.full((segments, len(found)), -1, np.int64)
    for segment in range(segments):
        own[segment, [indexes[word] for word in words[segment]]] = numbers[segment]
    if segments > 1:
        own = terms.lookup(TEXT, found, own)
    totals = terms.lookup_doc_freqs(TEXT, own)
    chosen: list[int] = []
    common: list[str] = []
    for index in np.argsort(-totals, kind="stable").tolist():
        word = found[index].decode()
        if len(common) == MAX_EXPANSIONS or not totals[index]:
            break
        if word not in STOPWORDS:
            chosen.append(index)
            common.append(word)
    return common, own[:, chosen]


def _stop_words(prefix: str) -> int:
    """Counts the stop words that begin with a prefix."""
    first = bisect_left(_SORTED_STOPWORDS, prefix)
    return bisect_left(_SORTED_STOPWORDS, f"{prefix}\U0010ffff", first) - first


def fuzzy_prefixes(terms: IndexTerms, prefix: str, min_doc_freq: int = 1) -> dict[str, str]:
    """Lists prefixes one edit away from a folded one, those of the most documents first.

    Args:
        terms: The index.
        prefix: The prefix as typed.
        min_doc_freq: Minimum sum of the document frequencies of the words that begin so.

    Returns:
        At most ``MAX_CORRECTIONS`` prefixes, each with the commonest word that begins so.
    """
    if not MIN_LENGTH <= len(prefix) <= MAX_LENGTH:
        return {}
    # Without the last letter it would be what was typed before, and stand for too much.
    near = sorted(edits1(prefix) - {prefix, prefix[:-1]})
    totals = terms.prefix_doc_freqs(TEXT, [one.encode() for one in near])
    likely = np.flatnonzero(totals >= max(min_doc_freq, 1)).tolist()
    best = heapq.nsmallest(
        MAX_CORRECTIONS, ((-int(totals[index]), near[index]) for index in likely)
    )
    examples = {one: common_words(terms, one) for _count, one in best}
    return {one: found[0] for one, found in examples.items() if found}


def _stems(
    terms: IndexTerms, words: Sequence[str], numbers: NDArray[np.int64]
) -> tuple[list[bytes], NDArray[np.int64]]:
    """Returns the stems that words have where they occur, in the order of the words, each once.

    Where a segment does not know them, they are the words' stems in every language.

    Args:
        terms: The index.
        words: The words.
        numbers: Their numbers, see ``IndexTerms.lookup``.

    Returns:
        The stems, and their numbers as far as they are known, else -1.
    """
    found: list[dict[bytes, int]] = [{} for _segment in numbers]
    keys: list[set[bytes]] = [set() for _word in words]
    for segment, own in enumerate(numbers):
        present = np.flatnonzero(own >= 0).tolist()
        if not present:
            continue
        known = terms.stems_of(segment, own[present].tolist())
        if known is None:
            for index in present:
                word = words[index]
                keys[index].update(stem.encode() for stem in (*stems_of(word), f"xx:{word}"))
            continue
        distinct = list({stem for stems in known for stem in stems})
        decoded = dict(zip(distinct, terms.segment_terms(STEM, segment, distinct), strict=True))
        found[segment] = {key: stem for stem, key in decoded.items()}
        for index, stems in zip(present, known, strict=True):
            for stem in stems:
                keys[index].add(decoded[stem])
    ordered = list(dict.fromkeys(key for several in keys for key in sorted(several)))
    by_key = [[own.get(key, -1) for key in ordered] for own in found]
    return ordered, np.array(by_key, np.int64).reshape(len(numbers), len(ordered))

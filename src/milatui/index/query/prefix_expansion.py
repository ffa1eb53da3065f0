"""Prefix expansion: what a word that is being typed may become."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from milatui.index.analysis.stemmer import stems_of
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.query.corrections import MAX_CORRECTIONS, MAX_LENGTH, MIN_LENGTH, edits1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.query.index_terms import IndexTerms, TermNumbers

Key = TypeVar("Key", int, bytes)

MAX_EXPANSIONS: Final = 64
"""Maximum number of words that a prefix is expanded to: those of the most documents."""
MAX_POSTINGS: Final = 150_000
"""Maximum number of postings that the terms of a prefix have together: a frame's worth of work."""


def expand_prefix(terms: IndexTerms, prefix: str) -> TermNumbers:
    """Expands a folded prefix to the stems of the commonest words that begin so.

    Stop words are not among these: they would hide all others.

    Args:
        terms: The index.
        prefix: The prefix.

    Returns:
        Terms of ``stem``, of the commonest words as far as ``MAX_POSTINGS`` allows.
    """
    if terms.segment_count == 1:
        numbers = _common_numbers(terms, prefix)
        stems = terms.stems_of(0, [number for number, _word in numbers])
        if stems is not None:
            own = list(dict.fromkeys(stem for several in stems for stem in several))
            costs = terms.doc_freqs("stem", 0, np.array(own, np.int64)).tolist()
            return [sorted(_within_budget(own, costs))]
    keys = _stems(terms, common_words(terms, prefix))
    costs = terms.term_doc_freqs("stem", keys).tolist()
    return terms.term_numbers("stem", _within_budget(keys, costs))


def _within_budget(keys: Sequence[Key], costs: Sequence[int]) -> list[Key]:
    """Those of the terms that have ``MAX_POSTINGS`` together, the first ones first."""
    chosen: list[Key] = []
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
    if terms.segment_count == 1:
        return [word for _number, word in _common_numbers(terms, prefix)]
    coded = prefix.encode()
    # A word may be common in all segments together and in none of them.
    most = 2 * (MAX_EXPANSIONS + _stop_words(prefix))
    candidates: dict[bytes, None] = {}
    for segment in range(terms.segment_count):
        within = terms.prefix_range("text", segment, coded)
        counts = terms.doc_freqs("text", segment, within)
        top = np.arange(len(counts))
        if len(counts) > most:
            least = np.partition(counts, len(counts) - most)[len(counts) - most]
            # All that tie, so that the choice does not depend on the segments.
            top = np.flatnonzero(counts >= max(int(least), 1))[: 4 * most]
        numbers = (top + within.start).tolist()
        candidates.update(dict.fromkeys(terms.segment_terms("text", segment, numbers)))
    found = list(candidates)
    totals = terms.term_doc_freqs("text", found).tolist()
    rated = (
        (-total, term)
        for total, term in zip(totals, found, strict=True)
        if total and term.decode() not in STOPWORDS
    )
    return [term.decode() for _total, term in heapq.nsmallest(MAX_EXPANSIONS, rated)]


def _common_numbers(terms: IndexTerms, prefix: str) -> list[tuple[int, str]]:
    """The words that ``common_words`` lists for an index of one segment, with term numbers."""
    within = terms.prefix_range("text", 0, prefix.encode())
    counts = terms.doc_freqs("text", 0, within)
    most = MAX_EXPANSIONS + _stop_words(prefix)
    top = np.flatnonzero(counts)
    if len(top) > most:
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        top = np.flatnonzero(counts >= max(int(least), 1))
    # Of equals the first in the order of the terms, which is that of their numbers.
    numbers = (top[np.argsort(-counts[top], kind="stable")][:most] + within.start).tolist()
    found = map(bytes.decode, terms.segment_terms("text", 0, numbers))
    pairs = zip(numbers, found, strict=True)
    return [pair for pair in pairs if pair[1] not in STOPWORDS][:MAX_EXPANSIONS]


def _stop_words(prefix: str) -> int:
    return sum(word.startswith(prefix) for word in STOPWORDS)


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
    totals = terms.prefix_doc_freqs("text", [one.encode() for one in near])
    likely = np.flatnonzero(totals >= max(min_doc_freq, 1)).tolist()
    best = heapq.nsmallest(
        MAX_CORRECTIONS, ((-int(totals[place]), near[place]) for place in likely)
    )
    examples = {one: common_words(terms, one) for _count, one in best}
    return {one: found[0] for one, found in examples.items() if found}


def _stems(terms: IndexTerms, words: Sequence[str]) -> list[bytes]:
    """The stems that words have where they occur, in the order of the words, each once.

    Where a segment does not know them, they are the words' stems in every language.
    """
    keys: dict[str, set[bytes]] = {word: set() for word in words}
    for segment, numbers in enumerate(terms.term_numbers("text", map(str.encode, words))):
        present = [term.decode() for term in terms.segment_terms("text", segment, numbers)]
        known = terms.stems_of(segment, numbers)
        if known is None:
            for word in present:
                keys[word].update(stem.encode() for stem in (*stems_of(word), f"xx:{word}"))
            continue
        for word, stems in zip(present, known, strict=True):
            keys[word].update(terms.segment_terms("stem", segment, stems))
    return list(dict.fromkeys(key for word in words for key in sorted(keys[word])))

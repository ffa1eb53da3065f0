"""Prefix expansion: what a word that is being typed may become."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.analysis.stemmer import stems_of
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.query.corrections import MAX_CORRECTIONS, MAX_LENGTH, MIN_LENGTH, edits1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.query.index_terms import IndexTerms, TermNumbers

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
    keys = _stems(terms, common_words(terms, prefix))
    chosen: list[bytes] = []
    budget = MAX_POSTINGS
    for key, cost in zip(keys, terms.term_doc_freqs("stem", keys).tolist(), strict=True):
        # The commonest word is always among them, whatever it costs.
        if cost <= budget or not chosen:
            budget -= cost
            chosen.append(key)
    return terms.term_numbers("stem", chosen)


def common_words(terms: IndexTerms, prefix: str) -> list[tuple[str, tuple[int, int]]]:
    """Lists the words that begin with a folded prefix and that the most documents hold.

    Args:
        terms: The index.
        prefix: The prefix.

    Returns:
        At most ``MAX_EXPANSIONS`` words, the commonest first, each with a segment that has it
        and its term number there.  No stop words.
    """
    coded = prefix.encode()
    most = MAX_EXPANSIONS + sum(word.startswith(prefix) for word in STOPWORDS)
    if terms.segment_count > 1:
        # A word may be common in all segments together and in none of them.
        most *= 2
    places: dict[bytes, tuple[int, int]] = {}
    for segment in range(terms.segment_count):
        within = terms.prefix_range("text", segment, coded)
        counts = terms.doc_freqs("text", segment, within)
        top = np.arange(len(counts))
        if len(counts) > most:
            least = np.partition(counts, len(counts) - most)[len(counts) - most]
            # All that tie, so that the choice does not depend on the segments.
            top = np.flatnonzero(counts >= max(int(least), 1))[: 4 * most]
        numbers = (top + within.start).tolist()
        for number, term in zip(
            numbers, terms.segment_terms("text", segment, numbers), strict=True
        ):
            places.setdefault(term, (segment, number))
    found = list(places)
    totals = terms.term_doc_freqs("text", found).tolist()
    rated = (
        (-total, term)
        for total, term in zip(totals, found, strict=True)
        if total and term.decode() not in STOPWORDS
    )
    best = heapq.nsmallest(MAX_EXPANSIONS, rated)
    return [(term.decode(), places[term]) for _total, term in best]


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
    return {one: found[0][0] for one, found in examples.items() if found}


def _stems(terms: IndexTerms, words: Sequence[tuple[str, tuple[int, int]]]) -> list[bytes]:
    """The stems that words have where they occur, in the order of the words, each once.

    Where a segment does not know them, they are the words' stems in every language.
    """
    by_segment: defaultdict[int, list[int]] = defaultdict(list)
    for _word, (segment, number) in words:
        by_segment[segment].append(number)
    known: dict[tuple[int, int], list[bytes]] = {}
    for segment, numbers in by_segment.items():
        for number, stems in zip(numbers, terms.stems_of(segment, numbers) or (), strict=False):
            known[segment, number] = terms.segment_terms("stem", segment, stems)
    found: dict[bytes, None] = {}
    for word, place in words:
        keys = known.get(place)
        if keys is None:
            keys = [stem.encode() for stem in (*stems_of(word), f"xx:{word}")]
        found.update(dict.fromkeys(keys))
    return list(found)

"""What a word that is being typed may become: the words of all segments that begin so."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.language import LANGUAGES
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.engine.segment import word_of
from milatui.index.engine.spelling import LEAST, REPAIRS, neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.index.engine.kernel import Words
    from milatui.index.engine.segment import Segment

    Word = list[tuple[Segment, int]]
    """A word: the segments that have it, with its number in each."""

EXPANSIONS: Final = 64
"""Words that a prefix stands for at most: those that most texts hold."""
PREFIX_POSTINGS: Final = 150_000
"""Places in texts that the words of a prefix may have together: a frame's worth of work."""


def beginning(segments: Sequence[Segment], prefix: str) -> Words:
    """The commonest of the words that begin with a folded prefix, and their kin, as far as the
    work allows.  Function words are not among them: they would hide all others."""
    found: dict[Segment, set[int]] = {segment: set() for segment in segments}
    budget = PREFIX_POSTINGS
    seen: set[bytes] = set()
    for word in _commonest(segments, prefix):
        segment, number = word[0]
        stem = segment.stem_key(number)
        if stem in seen:
            continue
        seen.add(stem)
        kin = list(_kin(segments, word, stem))
        cost = sum(segment.holding(number) for segment, numbers in kin for number in numbers)
        if cost > budget and budget < PREFIX_POSTINGS:
            continue
        budget -= cost
        for segment, numbers in kin:
            found[segment].update(numbers)
    return [(segment, sorted(numbers)) for segment, numbers in found.items()]


def likely_beginnings(segments: Sequence[Segment], prefix: str, least: int) -> dict[str, str]:
    """Prefixes one letter away from a folded one, those of the most texts, of ``least`` at
    least, and the commonest word that begins so."""
    if len(prefix) < LEAST:
        return {}
    # Without the last letter it would be what was typed before, and stand for too much.
    counts = {
        near: sum(segment.held(segment.prefixed(near)) for segment in segments)
        for near in neighbours(prefix) - {prefix, prefix[:-1]}
    }
    best = heapq.nsmallest(
        REPAIRS, ((-count, near) for near, count in counts.items() if count >= least)
    )
    words = {near: _commonest(segments, near) for _count, near in best}
    return {near: word_of(w[0][0][0].key(w[0][0][1])) for near, w in words.items() if w}


def _commonest(segments: Sequence[Segment], prefix: str) -> list[Word]:
    """Words by how many texts hold them in all segments together."""
    if not segments:
        return []
    largest = max(segments, key=lambda segment: segment.docs)
    words: dict[bytes, Word] = {}
    for segment in segments:
        if segment is not largest:
            for number in segment.prefixed(prefix):
                words.setdefault(segment.key(number), []).append((segment, number))
    # A word that stands in the largest segment alone has to be one of its commonest.
    silent = len(LANGUAGES) * sum(word.startswith(prefix) for word in STOPWORDS)
    common = {
        largest.key(number): number
        for number in largest.commonest(largest.prefixed(prefix), EXPANSIONS + silent)
    }
    for key in {**words, **common}:
        there = common[key] if key in common else largest.number(key)
        if there is not None:
            words.setdefault(key, []).append((largest, there))
    counts = [
        (-sum(segment.holding(number) for segment, number in word), key)
        for key, word in words.items()
        if word_of(key) not in STOPWORDS
    ]
    likely = heapq.nsmallest(EXPANSIONS, (pair for pair in counts if pair[0]))
    return [words[key] for _count, key in likely]


def _kin(
    segments: Sequence[Segment], word: Word, stem: bytes
) -> Iterator[tuple[Segment, list[int]]]:
    known = dict(word)
    for segment in segments:
        if segment in known:
            yield segment, segment.forms(segment.stem_of(known[segment]))
        else:
            yield segment, segment.kin(stem)

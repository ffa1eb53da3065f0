"""What a word that is being typed may become: the words of all segments that begin so."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from milatui.index.engine.functionwords import SILENT
from milatui.index.engine.segment import word_of
from milatui.index.engine.spelling import LEAST, LONGEST, REPAIRS, neighbours, never
from milatui.index.engine.stemming import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milatui.index.engine.kernel import Words
    from milatui.index.engine.segment import Segment

    Word = list[tuple[Segment, int]]
    """A word: the segments that have it, with its number in each."""

EXPANSIONS: Final = 64
"""Words that a prefix stands for at most: those that most texts hold."""
PREFIX_POSTINGS: Final = 150_000
"""Places in texts that the words of a prefix may have together: a frame's worth of work."""
_STEP: Final = 100
"""Words or prefixes that are looked at between two questions whether to stop."""


def beginning(segments: Sequence[Segment], prefix: str, stop: Callable[[], bool] = never) -> Words:
    """The commonest of the words that begin with a folded prefix, and their kin, as far as the
    work allows.  Function words are not among them: they would hide all others.  Once ``stop``
    is true, some of them."""
    found: dict[Segment, set[int]] = {segment: set() for segment in segments}
    budget = PREFIX_POSTINGS
    seen: set[bytes] = set()
    for word in _commonest(segments, prefix, stop):
        if stop():
            break
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


def likely_beginnings(
    segments: Sequence[Segment],
    prefix: str,
    least: int,
    stop: Callable[[], bool] = never,
) -> dict[str, str]:
    """Prefixes one letter away from a folded one, those of the most texts, of ``least`` at
    least, and the commonest word that begins so.  Once ``stop`` is true, some of them."""
    if not LEAST <= len(prefix) <= LONGEST:
        return {}
    # An edit behind the first letter that no word has there leaves what no word begins with.
    known = next((n for n in range(len(prefix)) if not _occurs(segments, prefix[: n + 1])), None)
    counts: dict[str, int] = {}
    # Without the last letter it would be what was typed before, and stand for too much.
    for tried, near in enumerate(neighbours(prefix, known) - {prefix, prefix[:-1]}):
        if tried % _STEP == 0 and stop():
            break
        counts[near] = sum(segment.held(segment.prefixed(near)) for segment in segments)
    best = heapq.nsmallest(
        REPAIRS, ((-count, near) for near, count in counts.items() if count >= least)
    )
    words = {near: _commonest(segments, near, stop) for _count, near in best}
    return {near: word_of(w[0][0][0].key(w[0][0][1])) for near, w in words.items() if w}


def _occurs(segments: Sequence[Segment], prefix: str) -> bool:
    """Whether any word begins with a folded prefix."""
    return any(len(segment.prefixed(prefix)) for segment in segments)


def _commonest(segments: Sequence[Segment], prefix: str, stop: Callable[[], bool]) -> list[Word]:
    """Words by how many texts hold them in all segments together."""
    if not segments:
        return []
    largest = max(segments, key=lambda segment: segment.docs)
    words: dict[bytes, Word] = {}
    for segment in segments:
        if segment is not largest:
            for seen, number in enumerate(segment.prefixed(prefix)):
                if seen % _STEP == 0 and stop():
                    break
                words.setdefault(segment.key(number), []).append((segment, number))
    # A word that stands in the largest segment alone has to be one of its commonest.
    silent = len(LANGUAGES) * sum(word.startswith(prefix) for word in SILENT)
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
        if word_of(key) not in SILENT
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

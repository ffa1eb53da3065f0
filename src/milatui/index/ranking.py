"""Scores records for a query: BM25 over the words of both languages, titles and names first.

The formula is that of Robertson and Zaragoza (2009), with idf log(1 + (N-n+.5)/(n+.5));
the words of a group (a stem of each language) count as one word.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.index.query import Group, Query
    from milatui.index.reading import IndexReader
    from milatui.index.texts import Texts

K1: Final = 1.5
B: Final = 0.7
TITLE_B: Final = 0.75
TITLE_WEIGHT: Final = 0.5
"""What the title's own score adds, for short queries."""

SHORT_QUERY: Final = 4
"""Words of a query in which titles and completeness count."""

NAME_BONUS: Final = 1000.0
"""Puts a partner or person whose name is the query before everything."""


def rank(
    reader: IndexReader, query: Query, mask: bytes, cancelled: Callable[[], bool]
) -> dict[int, float]:
    """Scores of all records that a mask lets through and that have a word of the query.

    Returns an empty mapping when cancelled.
    """
    texts = reader.texts
    groups = [*query.groups, *(group for phrase in query.phrases for group in phrase)]
    scores: dict[int, float] = {}
    matched: dict[int, int] = {}
    for group in groups:
        if cancelled():
            return {}
        found = _union(texts, "text", group)
        _add(reader, scores, found, mask)
        for number in found:
            matched[number] = matched.get(number, 0) + 1
    if len(groups) <= SHORT_QUERY:
        for number in scores:
            scores[number] *= math.sqrt(matched[number] / len(groups))
    if cancelled():
        return {}
    _add_titles(reader, scores, groups)
    for phrase in query.phrases:
        standing = _with_phrase(texts, phrase, set(scores))
        scores = {number: score for number, score in scores.items() if number in standing}
    for term in query.excluded:
        for number in texts.postings("text", term)[0]:
            scores.pop(number, None)
    return scores


def _union(texts: Texts, field: str, group: Group) -> dict[int, float]:
    """Frequencies of a group's terms together, by record."""
    found: dict[int, float] = {}
    for term in group.terms:
        numbers, weights = texts.postings(field, term)
        if not found:
            found = dict(zip(numbers, weights, strict=True))
            continue
        for number, weight in zip(numbers, weights, strict=True):
            found[number] = found.get(number, 0.0) + weight
    return found


def _idf(size: int, frequency: int) -> float:
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _add(
    reader: IndexReader, scores: dict[int, float], found: dict[int, float], mask: bytes
) -> None:
    lengths = reader.columns["length"]
    constant = K1 * (1 - B)
    slope = K1 * B / reader.manifest["mean_length"]
    factor = _idf(reader.size, len(found)) * (K1 + 1)
    for number, weight in found.items():
        if mask[number]:
            part = factor * weight / (weight + constant + slope * lengths[number])
            scores[number] = scores.get(number, 0.0) + part


def _add_titles(reader: IndexReader, scores: dict[int, float], groups: list[Group]) -> None:
    """Short queries: add half the title's own score; all: reward titles the query covers."""
    lengths = reader.columns["title_length"]
    covered: dict[int, int] = {}
    short = len(groups) <= SHORT_QUERY
    mean = reader.manifest["mean_title"]
    for group in groups:
        found = _union(reader.texts, "title", group)
        factor = TITLE_WEIGHT * _idf(reader.size, len(found)) * (K1 + 1)
        for number, weight in found.items():
            if number in scores:
                covered[number] = covered.get(number, 0) + 1
                if short:
                    length = K1 * (1 - TITLE_B + TITLE_B * lengths[number] / mean)
                    scores[number] += factor * weight / (weight + length)
    for number, count in covered.items():
        share = min(1.0, count / max(1, lengths[number]))
        scores[number] *= 1 + share * count / len(groups)


def _with_phrase(texts: Texts, phrase: tuple[Group, ...], wanted: set[int]) -> set[int]:
    """Those of the wanted records in which the words stand one after the other."""
    ends: dict[int, set[int]] | None = None
    for group in phrase:
        places: dict[int, set[int]] = {}
        for term in group.terms:
            for number, positions in texts.positions(term, wanted).items():
                places.setdefault(number, set()).update(positions)
        if ends is not None:
            before = ends
            places = {
                number: {at for at in found if at - 1 in before.get(number, ())}
                for number, found in places.items()
            }
        ends = {number: found for number, found in places.items() if found}
        wanted = set(ends)
    return wanted

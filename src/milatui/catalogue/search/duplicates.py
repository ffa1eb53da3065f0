"""Puts the editions of one text (reprints, translations, versions) under one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.schema import grade_rank

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

    Ranked = list[tuple[int, float]]

OVERFETCH: Final = 4
"""Over-fetch factor before the editions of a text are put under one hit."""


def collapse_duplicates(
    reader: CatalogueIndex, best: Callable[[int], Ranked], limit: int
) -> Ranked:
    """The best records, of each text only the best edition.

    Args:
        reader: The index.
        best: Gives so many records in order, with scores.
        limit: How many to give at most.
    """
    if not len(reader.columns.editions):
        return best(limit)
    edition = reader.columns.edition
    asked = limit * OVERFETCH
    while True:
        ranked = best(asked)
        kept: dict[int, tuple[int, float]] = {}
        for hit in ranked:
            kept.setdefault(edition[hit[0]], hit)
            if len(kept) == limit:
                break
        if len(kept) == limit or len(ranked) < asked:
            return list(kept.values())
        asked *= 2


def best_graded(reader: CatalogueIndex, matching: DocSet, ranked: Ranked) -> Ranked:
    """Puts the best graded edition in the place of each: of those that match, in its language.

    A query in French that finds the French text keeps it, whatever the grade of the English one.
    """
    editions = reader.columns.editions
    if not len(editions):
        return ranked
    return [(_best_graded(reader, matching, number), score) for number, score in ranked]


def _best_graded(reader: CatalogueIndex, matching: DocSet, number: int) -> int:
    members = reader.columns.editions[reader.columns.edition[number]]
    language = reader.columns.language
    others = [m for m in members if m in matching and language[m] == language[number]]
    if len(others) < 2:
        return number
    return min(others, key=lambda m: (_grade(reader, m), m != number))


def _grade(reader: CatalogueIndex, number: int) -> int:
    return grade_rank(str(reader.record(number).get("grade", "")))


def other_editions(reader: CatalogueIndex, matching: DocSet, number: int) -> tuple[int, ...]:
    """The other editions of a record that match, by number."""
    members = reader.columns.editions[reader.columns.edition[number]]
    return tuple(m for m in members if m != number and m in matching)

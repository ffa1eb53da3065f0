"""Puts the editions of one text (reprints, translations, versions) under one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


def other_editions(reader: CatalogueIndex, matching: DocSet, number: int) -> tuple[int, ...]:
    """The other editions of a record that match, by number."""
    members = reader.columns.editions[reader.columns.edition[number]]
    return tuple(m for m in members if m != number and m in matching)

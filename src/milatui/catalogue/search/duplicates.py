"""Puts the editions of one text (reprints, translations, versions) under one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

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
    edition = np.asarray(reader.columns.edition)
    asked = limit * OVERFETCH
    while True:
        ranked = best(asked)
        numbers = np.fromiter((number for number, _score in ranked), np.intp, len(ranked))
        _texts, first = np.unique(edition[numbers], return_index=True)
        if len(first) >= limit or len(ranked) < asked:
            return [ranked[place] for place in np.sort(first)[:limit].tolist()]
        asked *= 2


def other_editions(reader: CatalogueIndex, matching: DocSet, number: int) -> tuple[int, ...]:
    """The other editions of a record that match, by number."""
    members = reader.columns.editions[reader.columns.edition[number]]
    return tuple(m for m in members if m != number and m in matching)

"""Puts the editions of one text (reprints, translations, versions) under one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

    Ranked = list[tuple[int, float]]

USUAL: Final = 4
"""So many times as many records as texts are asked for at first, where texts have editions."""


def collapsed(reader: IndexReader, best: Callable[[int], Ranked], limit: int) -> Ranked:
    """The best records, of each text only the best edition.

    Args:
        reader: The index.
        best: Gives so many records in order, with scores.
        limit: How many to give at most.
    """
    if not len(reader.columns["editions"]):
        return best(limit)
    edition = reader.columns["edition"]
    asked = limit * USUAL
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


def other_editions(reader: IndexReader, matching: Mask, number: int) -> tuple[int, ...]:
    """The other editions of a record that match, by number."""
    kernel = reader.engine.kernel
    members = reader.columns.list_of("editions", reader.columns["edition"][number])
    return tuple(m for m in members if m != number and kernel.has(matching, m))

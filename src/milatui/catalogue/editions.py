"""Puts the editions of one text (reprints, translations, versions) under one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

    Ranked = list[tuple[int, float]]


def collapsed(
    reader: IndexReader, matching: Mask, best: Callable[[int], Ranked], limit: int
) -> tuple[Ranked, Mapping[int, tuple[int, ...]]]:
    """The best records, of each text only the best edition.

    Args:
        reader: The index.
        matching: The records that match.
        best: Gives so many of them in order, with scores.
        limit: How many to give at most.

    Returns:
        Numbers and scores; and for those with other editions that match, the others' numbers.
    """
    edition = reader.columns["edition"]
    if not len(reader.columns["editions"]):
        return best(limit), {}
    asked = limit
    while True:
        ranked = best(asked)
        first = {edition[number]: (number, score) for number, score in reversed(ranked)}
        if len(first) >= limit or len(ranked) < asked:
            break
        asked *= 2
    kept = [hit for hit in ranked if first[edition[hit[0]]] == hit][:limit]
    return kept, _others(reader, matching, [number for number, _score in kept])


def _others(
    reader: IndexReader, matching: Mask, kept: Sequence[int]
) -> Mapping[int, tuple[int, ...]]:
    """For each of the kept numbers the other editions of it that match."""
    columns = reader.columns
    flags = bytearray(reader.size)
    editions = {n: columns.list_of("editions", columns["edition"][n]) for n in kept}
    for members in editions.values():
        for number in members:
            flags[number] = 1
    kernel = reader.engine.kernel
    present = set(kernel.numbers(kernel.mask(bytes(flags)) & matching))
    same = {n: tuple(m for m in members if m != n) for n, members in editions.items()}
    return {n: found for n, m in same.items() if (found := tuple(o for o in m if o in present))}

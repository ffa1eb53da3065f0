"""Collapses the editions of a text (reprints, translations, versions) into one hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

# isort: split
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

OVERFETCH: Final = 4
"""Over-fetch factor before the editions of a text are put under one hit."""


def collapse_duplicates(
    reader: CatalogueIndex, ranked: Callable[[int], Sequence[int] | NDArray[np.intp]], limit: int
) -> list[int]:
    """Returns the best records, only the best edition of each text.

    Args:
        reader: The index.
        ranked: Returns that many record numbers in order.
        limit: Maximum number of records.

    Returns:
        Record numbers.
    """
    if not len(reader.columns.editions):
        return [int(number) for number in ranked(limit)]
    edition = np.asarray(reader.columns.edition)
    asked = limit * OVERFETCH
    while True:
        numbers = np.asarray(ranked(asked), np.intp)
        _texts, first = np.unique(edition[numbers], return_index=True)
        if len(first) >= limit or len(numbers) < asked:
            representatives: list[int] = numbers[np.sort(first)[:limit]].tolist()
            return representatives
        asked *= 2


def count_texts(reader: CatalogueIndex, matching: DocSet) -> int:
    """Counts matching records, the editions of a text as one."""
    if not len(reader.columns.editions):
        return len(matching)
    occurs = np.zeros(len(reader.columns.editions), np.bool_)
    occurs[matching.values(np.asarray(reader.columns.edition))] = True
    return int(np.count_nonzero(occurs))


def best_graded(reader: CatalogueIndex, matching: DocSet, numbers: Sequence[int]) -> list[int]:
    """Puts the best graded edition in the place of each: of those that match, in its language.

    A query in French that finds the French text keeps it, whatever the grade of the English one.
    """
    columns = reader.columns
    grades = np.asarray(columns.grade)
    if not len(columns.editions) or grades.min() == grades.max():
        return list(numbers)
    found: list[int] = []
    for number in numbers:
        members = columns.editions[columns.edition[number]]
        if len(members) > 1:
            language = columns.language[number]
            own = [m for m in members if columns.language[m] == language and m in matching]
            number = min(own, key=lambda m: (columns.grade[m], m != number), default=number)
        found.append(number)
    return found


def other_editions(reader: CatalogueIndex, matching: DocSet, number: int) -> tuple[int, ...]:
    """Returns the numbers of the other editions of a record that match."""
    members = reader.columns.editions[reader.columns.edition[number]]
    return tuple(m for m in members if m != number and m in matching)

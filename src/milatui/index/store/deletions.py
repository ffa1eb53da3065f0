"""Document frequencies of terms among the deleted documents of a generation.

Segments never change and keep the postings of deleted documents. How many living documents have a
term is its document frequency less what stands here. Arrays for each segment with deletions and
each field: ``SEGMENT/FIELD/terms``, ascending term numbers, and ``SEGMENT/FIELD/counts``; uint32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.field_names import STEM, TEXT
from milatui.index.store.layout import DELETIONS
from milatui.index.store.record_columns import map_arrays, view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DELETION_FIELDS: Final = (STEM, TEXT)
"""Fields whose document frequencies are corrected."""


class DeletedTerms(NamedTuple):
    """Terms of deleted documents.

    Attributes:
        terms: Term numbers, ascending.
        counts: How many deleted documents have each.
    """

    terms: memoryview
    counts: memoryview


def array_names(segment_id: str, field: str) -> tuple[str, str]:
    """Returns the names of the arrays of terms and counts.

    Returns:
        Name of the array of term numbers, name of the array of how often each was deleted.
    """
    return f"{segment_id}/{field}/terms", f"{segment_id}/{field}/counts"


def read_deletions(folder: Path) -> Mapping[tuple[str, str], DeletedTerms]:
    """Reads the terms of deleted documents by segment id and field.

    Returns:
        Deleted terms by (segment id, field name).

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = map_arrays(folder / DELETIONS)
    found: dict[tuple[str, str], DeletedTerms] = {}
    for name in file:
        segment_id, field, part = name.split("/")
        if part == "terms":
            terms, counts = array_names(segment_id, field)
            found[segment_id, field] = DeletedTerms(view(file, terms, "I"), view(file, counts, "I"))
    return found

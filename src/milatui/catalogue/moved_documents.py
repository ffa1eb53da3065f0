"""Finds documents that have another id now, by the hash of their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from milatui.index.protocol import CatalogueIndex

_BATCH: Final = 500
"""Documents that are read at a time."""


def documents_by_digest(
    reader: CatalogueIndex, wanted: Collection[str] | None = None
) -> dict[str, str]:
    """Maps digests of the texts of documents to their ids; of equal texts the first id counts.

    Reads every document: ask only if one is missing.

    Args:
        reader: The index.
        wanted: The digests to look for, see ``document_words.body_digest``; None for all.
    """
    found: dict[str, str] = {}
    for identifier, digest in _digests(reader):
        if wanted is None or digest in wanted:
            found.setdefault(digest, identifier)
            if wanted is not None and len(found) == len(wanted):
                break
    return found


def _digests(reader: CatalogueIndex) -> Iterator[tuple[str, str]]:
    """Yields id and digest of all documents, newest first."""
    # Deferred: loads hashlib, which the first screen does without.
    from milatui.archive.quotes.document_words import body_digest

    document = KINDS.index("document")
    numbers = [n for n, kind in enumerate(reader.columns.kind) if kind == document]
    for start in range(0, len(numbers), _BATCH):
        for data in reader.records(numbers[start : start + _BATCH]):
            yield str(data["id"]), body_digest(str(data.get("body", "")))

"""Finds documents that have another id now, by the hash of their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.index.analysis.tokenizer import query_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from milatui.index.protocol import CatalogueIndex

_DOCUMENT: Final = KINDS.index("document")
_BATCH: Final = 500
"""Documents that are read at a time."""
MOST_READ: Final = 5_000
"""Documents of an archive in which all are read to find one whose title is not known."""
_MOST_ALIKE: Final = 200
"""Documents of one title that are read."""


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


def find_moved(reader: CatalogueIndex, wanted: Mapping[str, str]) -> dict[str, str]:
    """Maps digests of the texts of documents to their ids, without reading a large archive.

    Args:
        reader: The index.
        wanted: The title that a document had, by its digest; "" if it is not known. In an archive
            of more than ``MOST_READ`` documents only those of the same title are found.
    """
    found: dict[str, str] = {}
    for digest, title in wanted.items():
        words = " ".join(query_words(title))
        if words:
            titled = reader.searcher.phrase_docs(words)
            numbers = [n for n in titled if reader.columns.kind[n] == _DOCUMENT][:_MOST_ALIKE]
            found.update(
                (other, identifier)
                for identifier, other in _digests_of(reader, numbers)
                if other == digest
            )
    missing = wanted.keys() - found.keys()
    if missing and reader.manifest.counts["document"] <= MOST_READ:
        found |= documents_by_digest(reader, missing)
    return found


def _digests(reader: CatalogueIndex) -> Iterator[tuple[str, str]]:
    """Yields id and digest of all documents, newest first."""
    numbers = [n for n, kind in enumerate(reader.columns.kind) if kind == _DOCUMENT]
    return _digests_of(reader, numbers)


def _digests_of(reader: CatalogueIndex, numbers: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yields id and digest of documents, by record number."""
    # Deferred: loads hashlib, which the first screen does without.
    from milatui.archive.quotes.document_words import body_digest

    for start in range(0, len(numbers), _BATCH):
        for data in reader.records(numbers[start : start + _BATCH]):
            yield str(data["id"]), body_digest(str(data.get("body", "")))

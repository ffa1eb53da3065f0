"""Computes the fingerprint of an archive, and the digest of a record: the same in any index."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.archive.quotes.document_words import DIGEST_LENGTH, body_digest
from milatui.archive.serialize import without_rendering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Data
    from milatui.index.protocol import CatalogueIndex

_BATCH: Final = 512
"""Number of records in memory at a time."""


def archive_fingerprint(reader: CatalogueIndex) -> str:
    """Returns the SHA-256 of all records by kind and id, as 64 hexadecimal digits.

    It does not depend on the files that the records stand in, nor on the index.
    """
    digest = hashlib.sha256()
    order = list(reader.columns.by_id)
    for start in range(0, len(order), _BATCH):
        for record in reader.records(order[start : start + _BATCH]):
            digest.update(_canonical(without_rendering(record)))
            digest.update(b"\n")
    return digest.hexdigest()


def record_digest(reader: CatalogueIndex, number: int) -> str:
    """Returns the first digits of the SHA-256 of a record; of a document, of its text.

    Args:
        reader: The index.
        number: Record number.
    """
    record = without_rendering(reader.record(number))
    body = record.get("body")
    if isinstance(body, str) and reader.columns.kind[number] == KINDS.index("document"):
        return body_digest(body)
    return hashlib.sha256(_canonical(record)).hexdigest()[:DIGEST_LENGTH]


def _canonical(record: Mapping[str, Data]) -> bytes:
    return json.dumps(record, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")

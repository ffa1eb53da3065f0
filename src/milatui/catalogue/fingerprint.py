"""Computes the fingerprint of an archive: the same records have the same one, in any index."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from milatui.archive.serialize import without_rendering

if TYPE_CHECKING:
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
            digest.update(
                json.dumps(without_rendering(record), sort_keys=True, ensure_ascii=False).encode(
                    "utf-8", "surrogatepass"
                )
            )
            digest.update(b"\n")
    return digest.hexdigest()

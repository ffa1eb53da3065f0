"""Reads what the index keeps of the records of one segment beside their text, by document number.

The file is written with its segment, never changes, and is shared by all generations that have the
segment. Arrays, for d documents:

``row_offsets``       (d + 1)  uint64; ``rows``: the list lines as JSON, one after the other
``sort_key_offsets``  (d + 1)  uint64; ``sort_keys``: bytes that sort as the records do
``names``             uint8    JSON: document number, folded name and name of partners and people
``claims``            uint8    JSON: document number of each figure, and the parts of its ``Claim``
``VALUES``            (d)      one number each
``LISTS``             (n)      64-bit hashes of other records, with ``NAME.offsets`` (d + 1)

The words behind the numbers in ``TABLES`` stand in the file's meta data.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from milatui.archive.figures.contradictions import Claim
from milatui.archive.kinds import KINDS
from milatui.index.store.layout import damaged
from milatui.index.store.list_row import ListRow
from milatui.index.store.record_columns import map_arrays, view

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.index.store.manifest import SegmentEntry

VALUES: Final = {
    "kind": "B",
    "heading": "i",
    "first_day": "i",
    "last_day": "i",
    "dating": "B",
    "record_hash": "Q",
    "part": "I",
    "content_hash": "Q",
    "grade": "B",
    "detail": "I",
    "language": "I",
    "publisher": "I",
    "sector": "I",
}
"""Arrays with one number for each document: typecode.

``part`` says by how many documents a figure follows the event that contains it; 0 for records of
their own.
"""
TABLES: Final = ("detail", "language", "publisher", "sector")
"""Those that number words."""
LISTS: Final = ("partner_hashes", "named_hashes", "version_hashes")
"""Lists of hashes: partners that a record counts for, records that it names, documents that it is a
translation or another version of."""


class SegmentRecords:
    """The records file of a segment.

    Raises:
        IndexUnusable: the file is damaged, now or when it is read.
    """

    def __init__(self, folder: Path, segment: SegmentEntry) -> None:
        self.file = map_arrays(folder / segment.records_file)
        self._name = segment.records_file
        self._row_offsets = view(self.file, "row_offsets", "Q")
        self._rows = view(self.file, "rows", "B")
        if len(self._row_offsets) != segment.doc_count + 1:
            raise damaged(self._name)

    def list_row(self, doc: int) -> ListRow:
        """Returns the list line of a document.

        Raises:
            IndexUnusable: if the file is damaged.
        """
        data = self._rows[self._row_offsets[doc] : self._row_offsets[doc + 1]]
        try:
            kind, *rest = json.loads(bytes(data))
            return ListRow(KINDS[kind], *rest)
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self._name) from error

    def sort_key(self, doc: int) -> bytes:
        """Returns the bytes that a document sorts by."""
        offsets = view(self.file, "sort_key_offsets", "Q")
        return bytes(view(self.file, "sort_keys", "B")[offsets[doc] : offsets[doc + 1]])

    @property
    def names(self) -> list[tuple[int, str, str]]:
        """Document number, folded name and name of partners and people, the main name first.

        Returns:
            (document number in the segment, folded name, name as written).

        Raises:
            IndexUnusable: if the file is damaged.
        """
        try:
            found = json.loads(bytes(view(self.file, "names", "B")))
            return [(doc, folded, name) for doc, folded, name in found]
        except (ValueError, TypeError) as error:
            raise damaged(self._name) from error

    @property
    def claims(self) -> list[tuple[int, Claim]]:
        """Document number of each figure, and what it says.

        Returns:
            (document number in the segment, claim), ascending.

        Raises:
            IndexUnusable: if the file is damaged.
        """
        try:
            found = json.loads(bytes(view(self.file, "claims", "B")))
            return [(doc, Claim(*values)) for doc, *values in found]
        except (ValueError, TypeError) as error:
            raise damaged(self._name) from error

    def table(self, name: str) -> list[str]:
        """Returns the words behind the numbers of a column of ``TABLES``.

        Raises:
            IndexUnusable: if the file is damaged.
        """
        try:
            return self.file.meta[name]
        except KeyError as error:
            raise damaged(self._name) from error

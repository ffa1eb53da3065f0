"""Writes what the index keeps of the records of a segment, see ``store.segment_records``."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.hashing import hash64
from milatui.index.store.record_columns import OFFSETS
from milatui.index.store.segment_records import LISTS, TABLES, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.builder.index_entry import IndexEntry


class SegmentRecordsWriter:
    """Collects the entries of a segment, in the order of its documents."""

    def __init__(self) -> None:
        self._rows, self._row_offsets = bytearray(), array("Q", [0])
        self._keys, self._key_offsets = bytearray(), array("Q", [0])
        self._names: list[tuple[int, str, str]] = []
        self._claims: list[tuple[int | float | str | tuple[str, ...], ...]] = []
        self._values = {name: array(typecode) for name, typecode in VALUES.items()}
        self._tables: dict[str, dict[str, int]] = {name: {} for name in TABLES}
        self._lists = {name: array("Q") for name in LISTS}
        self._offsets = {name: array("I", [0]) for name in LISTS}

    def __len__(self) -> int:
        return len(self._row_offsets) - 1

    def add(self, entry: IndexEntry, part: int = 0) -> None:
        """Adds the entry of the next document.

        Args:
            entry: The entry.
            part: Of a figure inside an event: by how many documents it follows the event.
        """
        self._names += ((len(self), folded, name) for folded, name in entry.names)
        self._rows += entry.row
        self._row_offsets.append(len(self._rows))
        self._keys += entry.sort_key
        self._key_offsets.append(len(self._keys))
        if entry.claim is not None:
            self._claims.append((len(self) - 1, *entry.claim))
        values = {
            "kind": entry.kind,
            "heading": entry.heading,
            "first_day": entry.fields.first,
            "last_day": entry.fields.last,
            "dating": entry.dating,
            "record_hash": entry.record_hash,
            "part": part,
            "content_hash": entry.has_reprints,
            "grade": entry.grade,
            "detail": self._number("detail", entry.detail),
            "language": self._number("language", entry.language),
            "publisher": self._number("publisher", entry.publisher),
            "sector": self._number("sector", entry.sector),
        }
        for name, number in values.items():
            self._values[name].append(number)
        self._extend("partner_hashes", (f"partner/{partner}" for partner in entry.partners))
        self._extend("named_hashes", entry.names_records)
        self._extend("version_hashes", entry.versions)

    def _number(self, table: str, word: str) -> int:
        words = self._tables[table]
        return words.setdefault(word, len(words))

    def _extend(self, name: str, keys: Iterable[str]) -> None:
        self._lists[name].extend(map(hash64, keys))
        self._offsets[name].append(len(self._lists[name]))

    def write(self, path: Path, content_hashes: NDArray[np.uint64]) -> None:
        """Writes the file.

        Args:
            path: The file.
            content_hashes: A hash of the text of each document.
        """
        comparable = np.frombuffer(self._values["content_hash"], np.uint64)
        self._values["content_hash"] = array("Q", (comparable * content_hashes).tobytes())
        with path.open("wb") as file:
            out = ArrayFileWriter(file)
            out.add("rows", "B", self._rows)
            out.add("row_offsets", "Q", memoryview(self._row_offsets))
            out.add("sort_keys", "B", self._keys)
            out.add("sort_key_offsets", "Q", memoryview(self._key_offsets))
            out.add("names", "B", _json(self._names))
            out.add("claims", "B", _json(self._claims))
            for name, typecode in VALUES.items():
                out.add(name, typecode, memoryview(self._values[name]))
            for name in LISTS:
                out.add(name, "Q", memoryview(self._lists[name]))
                out.add(name + OFFSETS, "I", memoryview(self._offsets[name]))
            out.close({name: list(words) for name, words in self._tables.items()})


def _json(items: list[Any]) -> bytes:
    return json.dumps(items, ensure_ascii=False).encode("utf-8", "surrogatepass")

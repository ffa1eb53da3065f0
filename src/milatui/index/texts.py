"""Records out of a generation's Whoosh index, under their own numbers."""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from milatui.index.arrays import damaged
from milatui.index.errors import IndexUnusable
from milatui.index.maker import engine
from milatui.index.stored import Stored
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.archive.kinds import Data
    from milatui.index.engine.container import Container


class Texts:
    """The stored records of all segments; may be used by several threads, and after a fork."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any], columns: Container) -> None:
        if manifest["engine"] != engine():
            message = _("the index was made by another version of Whoosh")
            raise IndexUnusable("foreign version", message)
        self._doc = columns["doc"]
        names = [name for part in manifest["segments"] for name in part]
        try:
            # Whoosh keeps a byte for every document's length.
            sizes = [manifest["files"][f"{name}._text_len.col"][0] for name in names]
        except KeyError as error:
            raise damaged("manifest.json") from error
        self._begins = list(accumulate(sizes, initial=0))
        self._segments = [
            Stored(folder / f"{name}._stored.col", size)
            for name, size in zip(names, sizes, strict=True)
        ]

    def record(self, number: int) -> dict[str, Data]:
        """A record as plain data.

        Raises:
            IndexUnusable: it is damaged.
        """
        doc = self._doc[number]
        segment = bisect_right(self._begins, doc) - 1
        if segment >= len(self._segments):
            raise damaged("columns.bin")
        try:
            data: dict[str, Data] = json.loads(
                self._segments[segment][doc - self._begins[segment]]["record"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise damaged("Whoosh") from error
        return data

"""An index that counts how often it is asked for records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, cast

from milatui.catalogue.catalogue import Catalogue

if TYPE_CHECKING:
    from milatui.index.protocol import CatalogueIndex

SINGLE: Final = ("list_row", "find", "record")
BATCHES: Final = ("list_rows", "find_all", "records")


class CountingIndex:
    """The index of a catalogue; ``calls`` counts those of its methods that read records."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._index = catalogue._reader
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> object:
        if name in (*SINGLE, *BATCHES):
            self.calls[name] += 1
        return getattr(self._index, name)

    def catalogue(self) -> Catalogue:
        """Opens a catalogue over this index."""
        return Catalogue(cast("CatalogueIndex", self))

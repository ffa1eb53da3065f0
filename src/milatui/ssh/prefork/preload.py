"""Preloads modules and the index that every session needs, before the first visitor comes."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.errors import IndexUnusable
from milatui.tui.following import mark_of

if TYPE_CHECKING:
    from milatui.tui.options import Options

_LATER = (
    # What a session would import after its first paint: Textual's parts that load lazily ...
    "textual.drivers.linux_driver",
    "textual.drivers._writer_thread",
    "textual._xterm_parser",
    "textual.css.tokenizer",
    "textual.layouts.factory",
    "textual.layouts.horizontal",
    "textual.layouts.stream",
    "textual.scrollbar",
    "rich.traceback",
    "concurrent.futures.thread",
    "importlib.metadata",
    # ... and what the first search, the first page and the first message need.
    "milatui.index.codec.stored",
    "milatui.catalogue.pages.compare",
    "milatui.catalogue.pages.figures",
    "milatui.catalogue.pages.render",
    "milatui.catalogue.pages.record",
    "milatui.catalogue.freshness",
    "milatui.tui.pages",
    "milatui.tui.widgets.picker",
)


class SessionFactory:
    """What sessions take over from the warm process: the interface, and the index opened."""

    def __init__(self, options: Options) -> None:
        from rich.cells import cell_len

        from milatui.tui.app import run

        self._options = options
        self._run = run
        self._opened: Catalogue | None = None
        self._mark = b""
        for name in _LATER:
            importlib.import_module(name)
        cell_len("漢")  # loads the table of widths
        self.renew()

    def is_renewed(self) -> bool:
        """Open the index if it is not the one opened before; whether that was so, and went well.

        Takes as long as the disk takes; afterwards ``renew`` waits for no disk.
        """
        index = self._options.index
        if index is None or mark_of(index) in (b"", self._mark):
            return False
        self.renew()
        return self._opened is not None

    def renew(self) -> None:
        """Open the current index.

        Sessions share the pages of what is opened here; what cannot be opened they try
        themselves, and say so to their visitors.
        """
        index = self._options.index
        if index is None:
            return
        self._mark = mark_of(index)
        try:
            self._opened = Catalogue.open(index, owners=self._options.index_owners)
            self._opened.search("a", Scope(), limit=1)
        except (IndexUnusable, OSError, MemoryError):
            self._opened = None

    def explore(self, options: Options) -> int:
        """Run one session; its exit status."""
        return self._run(replace(options, opened=self._opened))

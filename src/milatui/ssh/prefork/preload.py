"""Preloads modules and the index that every session needs, before the first visitor comes."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.errors import IndexUnusable
from milatui.tui.controllers.index_watch import generation_id
from milatui.tui.state.memory import trim_memory, use_one_heap

if TYPE_CHECKING:
    from milatui.tui.app_options import Options

LAZY_MODULES = (
    # What a session would import after its first paint: modules that Textual imports lazily ...
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
    "milatui.catalogue.search.date_ranges",
    "milatui.catalogue.lists.timeline",
    "milatui.catalogue.timeline.band",
    "milatui.catalogue.pages.compare",
    "milatui.catalogue.pages.figures",
    "milatui.catalogue.pages.render",
    "milatui.catalogue.pages.record",
    "milatui.catalogue.freshness",
    "milatui.tui.builtin_pages",
    "milatui.tui.commands",
    "milatui.tui.widgets.picker",
)


class SessionFactory:
    """Holds what sessions inherit from the server: the imported interface and the open index."""

    def __init__(self, options: Options) -> None:
        from rich.cells import cell_len

        from milatui.tui.app import run

        use_one_heap()
        self._options = options
        self._run_app = run
        self._opened: Catalogue | None = None
        self._mark = b""
        for name in LAZY_MODULES:
            importlib.import_module(name)
        cell_len("漢")  # loads the table of cell widths
        self.reload()

    def reload_if_changed(self) -> bool:
        """Opens the index if its generation has changed.

        Takes as long as the disk takes; afterwards ``reload`` does not wait for the disk.

        Returns:
            Whether the generation had changed and the index could be opened.
        """
        index = self._options.index
        if index is None or generation_id(index) in (b"", self._mark):
            return False
        self.reload()
        return self._opened is not None

    def reload(self) -> None:
        """Opens the current index and loads what a search needs.

        Sessions share its memory pages. If it cannot be opened, each session tries itself and
        reports the error to its visitor.
        """
        index = self._options.index
        if index is None:
            return
        self._mark = generation_id(index)
        try:
            self._opened = Catalogue.open(index, owners=self._options.index_owners)
            _fill_caches(self._opened)
        except (IndexUnusable, OSError, MemoryError):
            self._opened = None
        trim_memory()

    def run(self, options: Options) -> int:
        """Runs one session; returns its exit status."""
        return self._run_app(replace(options, opened=self._opened))


def _fill_caches(catalogue: Catalogue) -> None:
    """Asks for what a visitor asks for first; what stays of it in memory, sessions share."""
    scope = Scope(query="a")
    catalogue.search(scope.query, Scope(), limit=1, typing=True)
    if catalogue.size:
        # Words that a record holds: they load stemmers and compile patterns of the text.
        catalogue.search(catalogue.row(0).label, Scope(), limit=1, prepare=1)
    # The lists of a scope keep a mask of each kind of record.
    catalogue.totals(scope)
    catalogue.timeline(scope, documents=True)
    # A session that fills gaps in the server's memory has the pages around them alone.
    catalogue.release_caches()

"""Imports, before the first visitor comes, what every session needs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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
    "whoosh.index",
    "whoosh.qparser",
    "whoosh.codec.whoosh3",
    "milatui.index.schema",
    "milatui.index.texts",
    "milatui.catalogue.comparepage",
    "milatui.catalogue.figurespage",
    "milatui.catalogue.pages",
    "milatui.catalogue.recordpages",
    "milatui.catalogue.freshness",
    "milatui.tui.pages",
    "milatui.tui.chooser",
)


def warm_up(options: Options) -> Callable[[Options], int]:
    """Import the interface and open the index once; the function that runs a session."""
    from rich.cells import cell_len

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.tui.app import run

    for name in _LATER:
        importlib.import_module(name)
    cell_len("漢")  # loads the table of widths
    if options.index is not None:
        # Reading the files once brings them into the system's cache; each session maps its own.
        catalogue = Catalogue.open(options.index, owners=options.index_owners)
        catalogue.search("a", Scope(), limit=1)
    return run

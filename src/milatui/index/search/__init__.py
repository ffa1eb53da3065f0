"""Searches an open index with arrays: collector, positions, ranked keyword queries.

Importing the package imports NumPy without the threads of its linear algebra, which nothing here
uses: each would cost memory, and a process that has threads cannot safely be forked.  It imports
Whoosh without what takes more than half of its own import:

- the HTTP client and the mail parser of ``urllib.request`` and the entities of ``html``, of which
  Whoosh only imports a name each (they cost a session 2 MB);
- asyncio, which ``cached_property`` loads: the decorator of the standard library stands in;
- the patterns of ``Variations`` queries, which are compiled when there is one.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Final

from milatui.stand_in import stand_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_THREADS: Final = "OPENBLAS_NUM_THREADS"


def _import_numpy() -> None:
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        importlib.import_module("numpy")
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


def _variations(word: str) -> Iterable[str]:
    found: Iterable[str] = importlib.import_module("whoosh.lang.morph_en").variations(word)
    return found


_import_numpy()
with (
    stand_in("urllib.request"),
    stand_in("html"),
    stand_in("cached_property", cached_property=cached_property),
    stand_in("whoosh.lang.morph_en", variations=_variations),
):
    importlib.import_module("whoosh.reading")
    importlib.import_module("whoosh.query")

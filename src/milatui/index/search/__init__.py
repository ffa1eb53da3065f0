"""Searches an open index with arrays: collector, positions, ranked keyword queries.

Importing the package imports NumPy without the threads of its linear algebra, which nothing here
uses: each would cost memory, and a process that has threads cannot safely be forked.  It imports
Whoosh without the HTTP client and the mail parser of ``urllib.request`` and the entities of
``html``, of which Whoosh only imports a name each: they cost a session 2 MB.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Final

from milatui.stand_in import stand_in

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


_import_numpy()
with stand_in("urllib.request"), stand_in("html"):
    importlib.import_module("whoosh.compat")

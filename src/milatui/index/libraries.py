"""Imports NumPy and Whoosh without the parts of them that nothing here uses.

Whatever imports one of them imports this module before.  That saves time and memory, and threads
that import parts of Whoosh at once do not meet in its circular imports.  (The codec, which could
be a package of its own, does not: its importers do.)

NumPy comes without the threads of its linear algebra: each would cost memory, and a process that
has threads cannot safely be forked.  It comes without half of its own import:

- linear algebra, of which four functions have names in NumPy's main modules: it is imported when
  one of them is called, or when somebody imports ``numpy.linalg``;
- the docstrings of functions written in C, which ``python -OO`` leaves out as well;
- ``platform``, whose patterns only its report of the machine needs;
- ``inspect``, which gives functions written in C docstrings without indents, and signatures.

Whoosh comes without what takes more than half of its own import:

- the HTTP client and the mail parser of ``urllib.request`` and the entities of ``html``, of which
  Whoosh only imports a name each (they cost a session 2 MB);
- temporary files and the archivers of ``shutil``, of each of which it calls one function;
- asyncio, which ``cached_property`` loads: the decorator of the standard library stands in;
- the patterns of ``Variations`` queries, of Porter's stemmer and of Metaphone, which are compiled
  when they are first used.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cached_property
from typing import Final

from milatui.stand_in import Deferred, stand_in

_THREADS: Final = "OPENBLAS_NUM_THREADS"
_LINALG: Final = ("matrix_power", "eigvals", "inv", "lstsq")
_DOCSTRINGS: Final = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


def _no_signature(_function: object) -> None:
    """Leaves a function without ``__signature__``."""


def _import_numpy() -> None:
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        with (
            stand_in("numpy.linalg", **{name: Deferred("numpy.linalg", name) for name in _LINALG}),
            stand_in(_DOCSTRINGS[0]),
            stand_in(_DOCSTRINGS[1]),
            stand_in("platform", uname=Deferred("platform", "uname")),
            stand_in("inspect", cleandoc=str, signature=_no_signature),
        ):
            importlib.import_module("numpy")
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


_import_numpy()
with (
    stand_in("urllib.request"),
    stand_in("html"),
    stand_in("tempfile", gettempdir=Deferred("tempfile", "gettempdir")),
    stand_in("shutil", copyfileobj=Deferred("shutil", "copyfileobj")),
    stand_in("cached_property", cached_property=cached_property),
    stand_in("whoosh.lang.morph_en", variations=Deferred("whoosh.lang.morph_en", "variations")),
    stand_in("whoosh.lang.porter", stem=Deferred("whoosh.lang.porter", "stem")),
    stand_in(
        "whoosh.lang.dmetaphone",
        double_metaphone=Deferred("whoosh.lang.dmetaphone", "double_metaphone"),
    ),
):
    importlib.import_module("whoosh.codec.base")
    importlib.import_module("whoosh.reading")
    importlib.import_module("whoosh.query")

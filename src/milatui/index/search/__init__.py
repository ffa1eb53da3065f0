"""Searches an open index with arrays: collector, positions, ranked keyword queries."""

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

"""Builds the Whoosh index of an archive: whole or incrementally, in one process or two."""

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

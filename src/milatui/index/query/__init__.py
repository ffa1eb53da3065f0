"""The query language and query expansion: text to Whoosh queries, words to index terms."""

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

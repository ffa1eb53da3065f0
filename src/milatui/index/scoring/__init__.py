"""Scores documents: BM25, a Whoosh weighting model, pseudo-relevance feedback."""

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

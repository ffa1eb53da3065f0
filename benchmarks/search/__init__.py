"""How well and how fast the search finds, beside stock Whoosh, SQLite FTS5 and tantivy.

``python -m benchmarks.search`` prints the tables.  The judged collections and the press
releases are not part of the project: name their folder with ``--data`` or in
``MILATUI_COLLECTIONS``.
"""

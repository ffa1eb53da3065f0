"""Finds texts that use the main name of whom a query calls by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.scoring import bm25
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.searcher import Matches

SHARE: Final = 0.5
"""What the main name counts, of what it would if it had been asked for."""
MOST: Final = 5
"""Maximum number of names of one query that are looked up."""


def add_main_names(
    reader: CatalogueIndex,
    matches: Matches,
    inside: DocSet,
    words: Sequence[str],
    stop: Callable[[], bool] = lambda: False,
) -> tuple[DocSet, tuple[str, ...]]:
    """Adds to the scores of what uses the main name of a partner the query has an alias of.

    Args:
        reader: The index.
        matches: What the query matches.
        inside: The records in the scope.
        words: The query as folded words.
        stop: Asked between names; once true, those so far are taken.

    Returns:
        What uses such a name in the scope, and the names' words.
    """
    names = names_meant(reader, words) if matches.is_plain else {}
    using = DocSet.nothing(reader.size)
    for name in names:
        if stop():
            break
        saying = reader.searcher.phrase_docs(name, stop) & inside
        if len(saying):
            matches.boost_all(saying, SHARE * bm25.idf(reader.size, len(saying)))
            using = using | saying
    highlights = (word for name in names for word in name.split() if word not in STOPWORDS)
    return using, tuple(dict.fromkeys(highlights))


class Meant(NamedTuple):
    """Another name that stands in a query, and the main name it is for, as they are written."""

    alias: str
    main: str


def names_meant(reader: CatalogueIndex, words: Sequence[str]) -> dict[str, Meant]:
    """The main names, folded, of those whose other names are words of the query in a row."""
    asked = f" {' '.join(words)} "
    found: dict[str, Meant] = {}
    known = -1
    main = main_shown = ""
    for number, folded, shown in reader.names:
        if number != known:
            known, main, main_shown = number, folded, shown
        elif folded in asked and f" {folded} " in asked and f" {main} " not in asked:
            alias = folded.split()
            if not STOPWORDS.issuperset(alias) and not set(main.split()).issuperset(alias):
                found.setdefault(main, Meant(shown, main_shown))
                if len(found) == MOST:
                    break
    return found

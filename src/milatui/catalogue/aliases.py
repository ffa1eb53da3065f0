"""Finds texts that use the main name of whom a query calls by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.engine import formula
from milatui.index.engine.functionwords import SILENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.engine.engine import Found
    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

SHARE: Final = 0.5
"""What the main name counts, of what it would if it had been asked for."""
LIFTED: Final = 5000
"""Records that are ranked by it at most, the newest; the others come last."""
MOST: Final = 5
"""Names of one query that are looked up at most."""


def add_main_names(
    reader: IndexReader, found: Found, inside: Mask, words: Sequence[str]
) -> tuple[Mask, tuple[str, ...]]:
    """Add to the scores of what uses the main name of a partner the query has an alias of.

    Args:
        reader: The index.
        found: What the query found.
        inside: The records in the scope.
        words: The query as folded words.

    Returns:
        What uses such a name in the scope, and the names' words.
    """
    kernel = reader.engine.kernel
    names = names_meant(reader, words) if found.evaluation.plain else {}
    using = kernel.nothing()
    for name in names:
        saying = reader.engine.saying(name, found.evaluation.stop) & inside
        size = kernel.size(saying)
        if size:
            by = SHARE * formula.idf(kernel.records, min(size, kernel.records))
            for number in kernel.numbers(saying)[:LIFTED]:
                found.tally.lift(number, by)
            using = using | saying
    lit = (word for name in names for word in name.split() if word not in SILENT)
    return using, tuple(dict.fromkeys(lit))


class Meant(NamedTuple):
    """Another name that stands in a query, and the main name it is for, as they are written."""

    alias: str
    main: str


def names_meant(reader: IndexReader, words: Sequence[str]) -> dict[str, Meant]:
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
            if not SILENT.issuperset(alias) and not set(main.split()).issuperset(alias):
                found.setdefault(main, Meant(shown, main_shown))
                if len(found) == MOST:
                    break
    return found

"""Puts the partner or person first that a query names, in whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.index.analysis.stopwords import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.index.engine.engine import Found
    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

NAME_BONUS: Final = 1000.0
"""Puts a partner or person whose name is the query before everything."""
PART_BONUS: Final = 750.0
"""The same for one that words of its name stand for."""
BEGUN_BONUS: Final = 500.0
"""The same for a name that the query begins, while typing."""
BEGUN_NAMES: Final = 5
"""Names that are put first so at most."""
BEST_KNOWN: Final = 5
"""Of those that share words of their names, so many with most records are looked at."""
COVERED: Final = 0.5
"""Share of its own records that must have the words that are to stand for it."""
SHARE: Final[dict[str, float]] = {"partner": 1 / 3, "person": 1 / 50}
"""Share of the records with the words that must be its own: else *research* or *health* would
stand for a partner.  The words of people's names are seldom anything else."""


def put_names_first(
    reader: IndexReader, found: Found, matching: Mask, words: Sequence[str], *, typing: bool
) -> None:
    """Lift whom the words name among the records that match in the scope; see ``named``."""
    bonus = named(reader, found, words, typing=typing)
    if bonus:
        kernel = reader.engine.kernel
        for number in kernel.numbers(_mask(reader, bonus) & matching):
            found.tally.lift(number, bonus[number])


def named(
    reader: IndexReader, found: Found, words: Sequence[str], *, typing: bool
) -> dict[int, float]:
    """Whom the words name, exactly, in part or (typing) as far as they go, and the bonus for it.

    Args:
        reader: The index.
        found: What the query found.
        words: The query as folded words, the unknown ones repaired.
        typing: The last word may be unfinished.
    """
    name = " ".join(words)
    exact = {n for n, folded, _shown in reader.names if folded == name}
    part = set() if exact or not found.evaluation.plain else _in_part(reader, found, words)
    begun: Sequence[int] = ()
    if typing and len(name) > 1:
        names = [(len(folded), n) for n, folded, _s in reader.names if folded.startswith(name)]
        others = (n for _length, n in sorted(names) if n not in exact and n not in part)
        begun = list(dict.fromkeys(others))[:BEGUN_NAMES]
    return {
        **dict.fromkeys(begun, BEGUN_BONUS),
        **dict.fromkeys(part, PART_BONUS),
        **dict.fromkeys(exact, NAME_BONUS),
    }


def _in_part(reader: IndexReader, found: Found, words: Sequence[str]) -> set[int]:
    """The best known of those whose names have all the words, if they stand for it."""
    wanted = {word for word in words if word not in STOPWORDS and len(word) > 1}
    if not wanted or not found.evaluation.groups:
        return set()
    longest = max(wanted, key=len)
    holders = {
        number
        for number, folded, _shown in reader.names
        if longest in folded and wanted.issubset(folded.split())
    }
    if not holders:
        return set()
    kernel = reader.engine.kernel
    saying = kernel.everything()
    for group in found.evaluation.groups:
        saying = saying & kernel.holding(kernel.merged(group.words, "post"))
    said = kernel.size(saying)
    records = {number: _records(reader, number) for number in holders}
    for number in sorted(holders, key=lambda n: (-len(records[n]), n))[:BEST_KNOWN]:
        own = _mask(reader, (number, *records[number]))
        both = kernel.size(own & saying)
        share = SHARE[KINDS[reader.columns["kind"][number]]]
        if both >= COVERED * kernel.size(own) and both >= share * said:
            return {number}
    return set()


def _records(reader: IndexReader, number: int) -> Sequence[int]:
    """The records of a partner, or those that name a person."""
    columns = reader.columns
    if KINDS[columns["kind"][number]] == "partner":
        return columns.list_of("records", number - columns["partner.number"][0])
    return columns.list_of("named_by", number)


def _mask(reader: IndexReader, numbers: Iterable[int]) -> Mask:
    flags = bytearray(reader.size)
    for number in numbers:
        flags[number] = 1
    return reader.engine.kernel.mask(bytes(flags))

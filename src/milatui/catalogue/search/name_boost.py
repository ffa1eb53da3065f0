"""Boosts the partner or person that a query names, in whole, in part or by an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.kinds import KINDS
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.scoring import bm25
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.searcher import Matches

NAME_BONUS: Final = 1000.0
"""Boost of a partner or person whose name is the query."""
PART_BONUS: Final = 750.0
"""Boost of the best known record whose name contains all words of the query."""
PREFIX_BONUS: Final = 500.0
"""Boost of a name that begins with the query: while typing, or with a star behind it."""
MAX_PREFIX_NAMES: Final = 5
"""Maximum number of prefix-matched names that are boosted."""
MAX_PART_CANDIDATES: Final = 5
"""Maximum number of records with all words in their names that are examined."""
MIN_COVERAGE: Final = 0.5
"""Share of its own records that must contain the words."""
MIN_SHARE: Final[dict[str, float]] = {"partner": 1 / 3, "person": 1 / 50}
"""Share of the records with the words that must be its own. Otherwise *research* or *health* would
name a partner. The words of people's names are rarely anything else."""


def boost_named_entities(
    reader: CatalogueIndex,
    matches: Matches,
    matching: DocSet,
    words: Sequence[str],
    *,
    begun: bool,
) -> None:
    """Boosts the named partners and people among the matching records, see ``match_names``."""
    for number, bonus in match_names(reader, matches, words, begun=begun).items():
        if number in matching:
            matches.boost(number, bonus)


def may_be_begun(query: str, *, typing: bool) -> bool:
    """Returns whether the last word may be the beginning of a name: typed so far, or with a star.

    Thus a completed query, to which a star was added, puts the same names first.
    """
    return typing or query.rstrip().endswith("*")


def match_names(
    reader: CatalogueIndex, matches: Matches, words: Sequence[str], *, begun: bool
) -> dict[int, float]:
    """Finds partners and people by name: exact, in part, or (``begun``) by prefix.

    Args:
        reader: The index.
        matches: What the query matches.
        words: The query as folded words, the unknown ones corrected.
        begun: The last word may be the beginning of one.

    Returns:
        Record numbers and the bonus of each.
    """
    name = " ".join(words)
    exact = {n for n, folded, _shown in reader.names if folded == name}
    part = set() if exact or not matches.is_plain else _in_part(reader, matches, words)
    prefixed: Sequence[int] = ()
    if begun and len(name) > 1:
        names = [(len(folded), n) for n, folded, _s in reader.names if folded.startswith(name)]
        others = (n for _length, n in sorted(names) if n not in exact and n not in part)
        prefixed = list(dict.fromkeys(others))[:MAX_PREFIX_NAMES]
    return {
        **dict.fromkeys(prefixed, PREFIX_BONUS),
        **dict.fromkeys(part, PART_BONUS),
        **dict.fromkeys(exact, NAME_BONUS),
    }


def _in_part(reader: CatalogueIndex, matches: Matches, words: Sequence[str]) -> set[int]:
    """Finds the best known record whose name contains all words, if the words stand for it."""
    wanted = {word for word in words if word not in STOPWORDS and len(word) > 1}
    if not wanted or not matches.terms:
        return set()
    longest = max(wanted, key=len)
    holders = {
        number
        for number, folded, _shown in reader.names
        if longest in folded and wanted.issubset(folded.split())
    }
    if not holders:
        return set()
    with_words = DocSet.everything(reader.size)
    for term in matches.terms:
        with_words = with_words & matches.docs_of(term)
    records = {number: _records(reader, number) for number in holders}
    for number in sorted(holders, key=lambda n: (-len(records[n]), n))[:MAX_PART_CANDIDATES]:
        own = DocSet.from_numbers((number, *records[number]), reader.size)
        both = len(own & with_words)
        share = MIN_SHARE[KINDS[reader.columns.kind[number]]]
        if both >= MIN_COVERAGE * len(own) and both >= share * len(with_words):
            return {number}
    return set()


def _records(reader: CatalogueIndex, number: int) -> Sequence[int]:
    """Returns the records of a partner, or those that name a person."""
    columns = reader.columns
    if KINDS[columns.kind[number]] == "partner":
        return columns.partner_records[number - columns.partner_number[0]]
    return columns.named_by[number]


ALIAS_WEIGHT: Final = 0.5
"""Weight of a match of the main name, relative to a match of a searched name."""
MAX_ALIASES: Final = 5
"""Maximum number of names of one query that are looked up."""


def add_alias_matches(
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
        What uses such a name, in the scope or not, and the names' words.
    """
    names = find_aliases(reader, words) if matches.is_plain else {}
    using = DocSet.nothing(reader.size)
    for name in names:
        if stop():
            break
        saying = reader.searcher.phrase_docs(name, stop)
        using = using | saying
        saying = saying & inside
        if len(saying):
            matches.boost_all(saying, ALIAS_WEIGHT * bm25.idf(reader.size, len(saying)))
    highlights = (word for name in names for word in name.split() if word not in STOPWORDS)
    return using, tuple(dict.fromkeys(highlights))


class AliasMatch(NamedTuple):
    """Another name that stands in a query, and the main name it is for, as they are written."""

    alias: str
    main: str


def find_aliases(reader: CatalogueIndex, words: Sequence[str]) -> dict[str, AliasMatch]:
    """Finds other names that stand in a query; returns the main name of each, folded.

    Args:
        words: Folded words of the query.

    Returns:
        The alias and its main name as written, by the folded main name.
    """
    asked = f" {' '.join(words)} "
    found: dict[str, AliasMatch] = {}
    known = -1
    main = main_shown = ""
    for number, folded, shown in reader.names:
        if number != known:
            known, main, main_shown = number, folded, shown
        elif folded in asked and f" {folded} " in asked and f" {main} " not in asked:
            alias = folded.split()
            if not STOPWORDS.issuperset(alias) and not set(main.split()).issuperset(alias):
                found.setdefault(main, AliasMatch(shown, main_shown))
                if len(found) == MAX_ALIASES:
                    break
    return found

"""What would be found in another language, or with a word spelt a little differently."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.scope import Scope
from milatui.index.engine.functionwords import SILENT
from milatui.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milatui.catalogue.filtering import Filters
    from milatui.index.engine.evaluation import Evaluation
    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

WORDS: Final = 4
"""Words of a query for which other spellings are tried."""
TRIED: Final = 4
"""Other spellings of one word that are tried."""
SHORTEST_PART: Final = 3
"""Letters of each of the two words that one may be made of."""
GIVEN: Final = 2
"""Those of them that are given at most."""


def in_other_languages(
    reader: IndexReader, filters: Filters, matching: Mask, scope: Scope, query: str
) -> Iterator[Way]:
    """What matches in each of the languages that a scope leaves out."""
    if not scope.language:
        return
    kernel = reader.engine.kernel
    without = scope.without("language")
    for name in sorted(reader.manifest["languages"]):
        if not name or name.lower().partition("-")[0] == scope.language.lower().partition("-")[0]:
            continue
        other = kernel.mask(filters.mask(without)) & kernel.mask(filters.mask(Scope(language=name)))
        count = kernel.size(matching & other)
        if count:
            text = ngettext(
                "In another language, {language}, {n} record matches.",
                "In another language, {language}, {n} records match.",
                count,
            )
            words = text.format(
                language=wording.language_name(name), n=wording.number_words(str(count))
            )
            yield Way(words, ("language",), f"{query} lang:{name}")


def near_misses(
    reader: IndexReader, asked: Evaluation, query: str, matches: Callable[[str], Mask]
) -> Iterator[Way]:
    """What matches if words of the query are spelt almost as they are, joined or parted.

    Args:
        reader: The index.
        asked: The query as understood.
        query: The query.
        matches: Gives what another query matches in the scope.
    """
    telling = [word for word in asked.asked if word.text not in SILENT][:WORDS]
    unknown = {word for word in telling if word.text in asked.unknown}
    for first, second in pairwise(telling):
        if {first, second} & unknown and query[first.end : second.start].isspace():
            joined = first.text + second.text
            yield from _instead(reader, query, first.start, second.end, [joined], matches)
    for word in telling:
        others = _parted(reader, word.text) if word in unknown else []
        others += reader.engine.lexicon.almost(word.text, TRIED)
        yield from _instead(reader, query, word.start, word.end, others, matches)


def _parted(reader: IndexReader, word: str) -> list[str]:
    """A word as two words of the archive that stand side by side in a text: ``deepmind``."""
    parts = ((word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1))
    return [
        f'"{one} {other}"'
        for one, other in parts
        if all(reader.engine.lexicon.group(part, repair=False) for part in (one, other))
    ]


def _instead(
    reader: IndexReader,
    query: str,
    start: int,
    end: int,
    others: Sequence[str],
    matches: Callable[[str], Mask],
) -> Iterator[Way]:
    """Those of the ``others`` that match something in place of a part of the query."""
    given = 0
    for other in others:
        instead = query[:start] + other + query[end:]
        count = reader.engine.kernel.size(matches(instead))
        if count and given < GIVEN:
            given += 1
            text = ngettext(
                "With “{other}” instead of “{word}” {n} record matches.",
                "With “{other}” instead of “{word}” {n} records match.",
                count,
            )
            n = wording.number_words(str(count))
            words = text.format(other=other.strip('"'), word=query[start:end], n=n)
            yield Way(words, query=instead)

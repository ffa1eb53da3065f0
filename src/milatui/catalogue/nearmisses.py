"""What would be found in another language, or with a word spelt a little differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.scope import Scope
from milatui.index.engine.functionwords import SILENT
from milatui.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filtering import Filters
    from milatui.index.engine.evaluation import Evaluation
    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader

WORDS: Final = 4
"""Words of a query for which other spellings are tried."""
TRIED: Final = 4
"""Other spellings of one word that are tried."""
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
    """What matches if a word of the query is spelt as another one that is almost the same.

    Args:
        reader: The index.
        asked: The query as understood.
        query: The query.
        matches: Gives what another query matches in the scope.
    """
    kernel = reader.engine.kernel
    telling = [word for word in asked.asked if word.text not in SILENT]
    for word in telling[:WORDS]:
        given = 0
        for other in reader.engine.lexicon.almost(word.text, TRIED, asked.stop):
            if asked.stop():
                return
            instead = query[: word.start] + other + query[word.end :]
            count = kernel.size(matches(instead))
            if not count:
                continue
            text = ngettext(
                "With “{other}” instead of “{word}” {n} record matches.",
                "With “{other}” instead of “{word}” {n} records match.",
                count,
            )
            n = wording.number_words(str(count))
            written = query[word.start : word.end]
            yield Way(text.format(other=other, word=written, n=n), query=instead)
            given += 1
            if given == GIVEN:
                break

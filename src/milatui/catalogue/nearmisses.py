"""What would be found in another language, or with a word spelt a little differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.scope import Scope
from milatui.i18n import ngettext
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filtering import Filters
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.searcher import Matches

WORDS: Final = 4
"""Words of a query for which other spellings are tried."""
TRIED: Final = 4
"""Other spellings of one word that are tried."""
GIVEN: Final = 2
"""Those of them that are given at most."""


def in_other_languages(
    reader: CatalogueIndex, filters: Filters, matching: DocSet, scope: Scope, query: str
) -> Iterator[Way]:
    """What matches in each of the languages that a scope leaves out."""
    if not scope.language:
        return
    others = DocSet.from_bytes(filters.mask(scope.without("language")))
    for name in sorted(reader.manifest.languages):
        if not name or name.lower().partition("-")[0] == scope.language.lower().partition("-")[0]:
            continue
        other = others & DocSet.from_bytes(filters.mask(Scope(language=name)))
        count = len(matching & other)
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
    reader: CatalogueIndex,
    matches: Matches,
    query: str,
    matching: Callable[[str], DocSet],
    stop: Callable[[], bool],
) -> Iterator[Way]:
    """What matches if a word of the query is spelt as another one that is almost the same.

    Args:
        reader: The index.
        matches: What the query found.
        query: The query.
        matching: Gives what another query matches in the scope.
        stop: Asked in every loop; once true, there are no more.
    """
    similar_terms = reader.searcher.expander.corrector.similar_terms
    telling = [word for word in matches.words if word.text not in STOPWORDS]
    for word in telling[:WORDS]:
        given = 0
        for other in similar_terms(word.text, TRIED, stop):
            if stop():
                return
            instead = query[: word.startchar] + other + query[word.endchar :]
            count = len(matching(instead))
            if not count:
                continue
            text = ngettext(
                "With “{other}” instead of “{word}” {n} record matches.",
                "With “{other}” instead of “{word}” {n} records match.",
                count,
            )
            n = wording.number_words(str(count))
            written = query[word.startchar : word.endchar]
            yield Way(text.format(other=other, word=written, n=n), query=instead)
            given += 1
            if given == GIVEN:
                break

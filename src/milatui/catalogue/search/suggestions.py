"""Suggests what else to try: fewer restrictions, other spellings, another language."""

from __future__ import annotations

import re
from functools import partial, reduce
from typing import TYPE_CHECKING, Final

from milatui.catalogue.labels.labels import format_number, language_name
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.query_gate import find_matching
from milatui.catalogue.search.results import Suggestion
from milatui.i18n import _, ngettext
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.query.syntax import FieldRestriction, extent, is_exclusion
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import ScopeField
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.query.syntax import PlainWord, Query
    from milatui.index.search.searcher import FieldResolver, Matches


def suggest(
    reader: CatalogueIndex,
    filters: FilterMasks,
    matches: Matches,
    scope: Scope,
    query: str,
    restrict: FieldResolver,
    stop: Callable[[], bool],
) -> tuple[Suggestion, ...]:
    """Returns suggestions for a search without hits, the most helpful first.

    Once ``stop`` is true, there are no more.
    """
    ways: list[Suggestion] = []
    scope = scope.without("query")
    found = matches.matching
    lifts: list[tuple[ScopeField, ...]] = []
    for chip in scope.chips(partial(_partner_name, reader)):
        lift: tuple[ScopeField, ...] = (chip.field,)
        if chip.field == "since":
            lift = ("since", "until")
        lifts.append(lift)
        wider = reduce(Scope.without, lift, scope)
        count = len(found & DocSet.from_bytes(filters.mask(wider)))
        if count:
            ways.append(Suggestion(_without(chip.label, count), lift))
    if not ways and len(lifts) > 1 and len(found):
        text = ngettext(
            "Without any restriction {n} record matches.",
            "Without any restriction {n} records match.",
            len(found),
        )
        every = tuple(field for lift in lifts for field in lift)
        ways.append(Suggestion(text.format(n=format_number(str(len(found)))), every))
    ways.extend(other_languages(reader, filters, found, scope, query))
    inside = DocSet.from_bytes(filters.mask(scope))

    def matching(other: str) -> DocSet:
        return find_matching(reader, other, restrict, stop) & inside

    for clause, others in matches.without_each_condition():
        count = len(others & inside)
        if count:
            ways.append(
                Suggestion(
                    _without(clause_text(query, clause), count), query=remove_clause(query, clause)
                )
            )
    if not all(isinstance(clause, FieldRestriction) for clause in matches.conditions):
        plain = _as_plain_words(matches, query, lambda other: len(matching(other)))
        ways.extend(way for way in plain if all(way.query != other.query for other in ways))
    ways.extend(spelling_alternatives(reader, matches, query, matching, stop))
    known = {way.query for way in ways}
    unmatched = unmatched_terms(reader, matches, query)
    return (*ways, *(way for way in unmatched if not way.query or way.query not in known))


MAX_UNKNOWN: Final = 8
"""Maximum number of unknown words that are named, each with what is spelt almost like it."""


def unmatched_terms(
    reader: CatalogueIndex, matches: Matches, query: str, *, typing: bool = False
) -> tuple[Suggestion, ...]:
    """Returns what a search ignored: words in no text, quoted parts that are not required.

    While typing the last word may yet become one that a text has.
    """
    shown = {word.text: word for word in matches.words}
    last = matches.words[-1].text if typing and matches.words else None
    ways = [Suggestion(quote.message(query)) for quote in matches.relaxed]
    unknown = [
        text
        for text in dict.fromkeys(matches.unknown)
        if text != last and not (text in shown and _is_misread(matches, shown[text]))
    ]
    for text in unknown[:MAX_UNKNOWN]:
        word = shown.get(text)
        typed = query[word.startchar : word.endchar] if word else text
        near = reader.searcher.expander.corrector.corrections(text)
        if word and near:
            message = _("No text has the word “{word}”; “{other}” is spelt almost like it.")
            instead = query[: word.startchar] + near[0] + query[word.endchar :]
            ways.append(Suggestion(message.format(word=typed, other=near[0]), query=instead))
        else:
            message = _("No text has the word “{word}” or one like it.")
            ways.append(Suggestion(message.format(word=typed)))
    more = len(unknown) - MAX_UNKNOWN
    if more > 0:
        message = ngettext(
            "No text has {n} more word of the query.",
            "No text has {n} more words of the query.",
            more,
        )
        ways.append(Suggestion(message.format(n=format_number(str(more)))))
    return tuple(ways)


def _is_misread(matches: Matches, word: PlainWord) -> bool:
    """Returns whether a word is in a part of the query that a warning is about: ``kind:foo``."""
    return any(part.start < word.startchar < part.end for part in matches.warnings)


def _as_plain_words(
    matches: Matches, query: str, count: Callable[[str], int]
) -> Iterator[Suggestion]:
    """Suggests the query's words without quotation marks and operators."""
    plain = " ".join(query[word.startchar : word.endchar] for word in matches.words)
    found = count(plain) if plain else 0
    if found:
        text = ngettext(
            "As plain words, in any order, {n} record matches.",
            "As plain words, in any order, {n} records match.",
            found,
        )
        yield Suggestion(text.format(n=format_number(str(found))), query=plain)


def _without(restriction: str, count: int) -> str:
    text = ngettext(
        "Without “{restriction}” {n} record matches.",
        "Without “{restriction}” {n} records match.",
        count,
    )
    return text.format(restriction=restriction, n=format_number(str(count)))


def _partner_name(reader: CatalogueIndex, identifier: str) -> str:
    number = reader.find("partner", identifier)
    return identifier if number is None else reader.list_row(number).title


MAX_WORDS: Final = 4
"""Maximum number of words of a query for which other spellings are tried."""
MAX_TRIED: Final = 4
"""Maximum number of other spellings of a word that are tried."""
MAX_GIVEN: Final = 2
"""Maximum number of other spellings of a word that are suggested."""


def other_languages(
    reader: CatalogueIndex, filters: FilterMasks, matching: DocSet, scope: Scope, query: str
) -> Iterator[Suggestion]:
    """Suggests each language that the scope leaves out and that has matches."""
    if not scope.languages:
        return
    given = {language.lower().partition("-")[0] for language in scope.languages}
    others = DocSet.from_bytes(filters.mask(scope.without("languages")))
    for name in sorted(reader.manifest.languages):
        if not name or name.lower().partition("-")[0] in given:
            continue
        other = others & DocSet.from_bytes(filters.mask(Scope(languages=frozenset({name}))))
        count = len(matching & other)
        if count:
            text = ngettext(
                "In another language, {language}, {n} record matches.",
                "In another language, {language}, {n} records match.",
                count,
            )
            words = text.format(language=language_name(name), n=format_number(str(count)))
            yield Suggestion(words, ("languages",), f"{query} lang:{name}")


def spelling_alternatives(
    reader: CatalogueIndex,
    matches: Matches,
    query: str,
    matching: Callable[[str], DocSet],
    stop: Callable[[], bool],
) -> Iterator[Suggestion]:
    """Suggests the query with a word replaced by one of almost the same spelling.

    Args:
        reader: The index.
        matches: What the query found.
        query: The query.
        matching: Gives what another query matches in the scope.
        stop: Asked in every loop; once true, there are no more.
    """
    similar_terms = reader.searcher.expander.corrector.similar_terms
    telling = [
        word
        for word in matches.words
        if word.text not in STOPWORDS and not _is_misread(matches, word)
    ]
    for word in telling[:MAX_WORDS]:
        given = 0
        for other in similar_terms(word.text, MAX_TRIED, stop):
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
            n = format_number(str(count))
            typed = query[word.startchar : word.endchar]
            yield Suggestion(text.format(other=other, word=typed, n=n), query=instead)
            given += 1
            if given == MAX_GIVEN:
                break


_OPENING: Final = re.compile(r"""(?:(?:[-+−]|NOT\s+)?["“”„«»‹›「『(]?\s*)$""")
_CLOSING: Final = re.compile(r"""\s*["“”»«›‹」』)]?""")


def clause_text(text: str, clause: Query) -> str:
    """Returns the query text of a clause, without quotation marks around it."""
    start, end = extent((clause,))
    return "-" * is_exclusion(clause) + text[start:end]


def remove_clause(text: str, clause: Query) -> str:
    """Returns a query text without one of its clauses, its operator and quotation marks.

    Empty if nothing is left, or if the part cannot be cut out without leaving half a bracket.
    """
    start, end = extent((clause,))
    opening = _OPENING.search(text, 0, start)
    closing = _CLOSING.match(text, end)
    before = text[: opening.start()] if opening else text[:start]
    rest = " ".join((before + " " + text[closing.end() if closing else end :]).split())
    return rest if rest.count("(") == rest.count(")") and rest.count('"') % 2 == 0 else ""

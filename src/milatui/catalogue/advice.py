"""What to say where nothing was found: what was not known, and what would match otherwise."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.nearmisses import in_other_languages, near_misses
from milatui.catalogue.queryparts import without, written
from milatui.catalogue.scope import Scope
from milatui.i18n import _, ngettext
from milatui.index.query.syntax import FieldRestriction
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import ScopeField
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.searcher import FieldResolver, Matches


def advice(
    reader: CatalogueIndex,
    filters: Filters,
    matches: Matches,
    scope: Scope,
    query: str,
    restrict: FieldResolver,
    stop: Callable[[], bool],
) -> tuple[Way, ...]:
    """Sentences about an empty answer with what each would change, the most helpful first.

    Once ``stop`` is true, there are no more.
    """
    ways: list[Way] = []
    scope = scope.without("query")
    found = matches.matching
    lifts: list[tuple[ScopeField, ...]] = []
    for chip in scope.chips(_partner_name(reader, scope)):
        lift: tuple[ScopeField, ...] = (chip.field,)
        if chip.field == "since":
            lift = ("since", "until")
        lifts.append(lift)
        wider = reduce(Scope.without, lift, scope)
        count = len(found & DocSet.from_bytes(filters.mask(wider)))
        if count:
            ways.append(Way(_without(chip.label, count), lift))
    if not ways and len(lifts) > 1 and len(found):
        text = ngettext(
            "Without any restriction {n} record matches.",
            "Without any restriction {n} records match.",
            len(found),
        )
        every = tuple(field for lift in lifts for field in lift)
        ways.append(Way(text.format(n=wording.number_words(str(len(found)))), every))
    ways.extend(in_other_languages(reader, filters, found, scope, query))
    inside = DocSet.from_bytes(filters.mask(scope))

    def matching(other: str) -> DocSet:
        return reader.searcher.matching(other, restrict, stop) & inside

    for clause, others in matches.without_each_condition():
        count = len(others & inside)
        if count:
            ways.append(Way(_without(written(query, clause), count), query=without(query, clause)))
    if not all(isinstance(clause, FieldRestriction) for clause in matches.conditions):
        plain = _as_plain_words(matches, query, lambda other: len(matching(other)))
        ways.extend(way for way in plain if all(way.query != other.query for other in ways))
    ways.extend(near_misses(reader, matches, query, matching, stop))
    known = {way.query for way in ways}
    told = unheard(reader, matches, query)
    return (*ways, *(way for way in told if not way.query or way.query not in known))


def unheard(
    reader: CatalogueIndex, matches: Matches, query: str, *, typing: bool = False
) -> tuple[Way, ...]:
    """What of a query is not heard: words that no text has, quoted parts that are not required.

    While typing the last word may yet become one that a text has.
    """
    shown = {word.text: word for word in matches.words}
    last = matches.words[-1].text if typing and matches.words else None
    ways = [Way(quote.message(query)) for quote in matches.relaxed]
    for text in dict.fromkeys(matches.unknown):
        if text == last:
            continue
        word = shown.get(text)
        written = query[word.startchar : word.endchar] if word else text
        near = reader.searcher.expander.corrector.corrections(text)
        if word and near:
            message = _("No text has the word “{word}”; “{other}” is spelt almost like it.")
            instead = query[: word.startchar] + near[0] + query[word.endchar :]
            ways.append(Way(message.format(word=written, other=near[0]), query=instead))
        else:
            message = _("No text has the word “{word}” or one like it.")
            ways.append(Way(message.format(word=written)))
    return tuple(ways)


def _as_plain_words(matches: Matches, query: str, count: Callable[[str], int]) -> Iterator[Way]:
    """What the words alone would find, without quotation marks and signs."""
    plain = " ".join(query[word.startchar : word.endchar] for word in matches.words)
    found = count(plain) if plain else 0
    if found:
        text = ngettext(
            "As plain words, in any order, {n} record matches.",
            "As plain words, in any order, {n} records match.",
            found,
        )
        yield Way(text.format(n=wording.number_words(str(found))), query=plain)


def _without(restriction: str, count: int) -> str:
    text = ngettext(
        "Without “{restriction}” {n} record matches.",
        "Without “{restriction}” {n} records match.",
        count,
    )
    return text.format(restriction=restriction, n=wording.number_words(str(count)))


def _partner_name(reader: CatalogueIndex, scope: Scope) -> str:
    number = reader.find("partner", scope.partner) if scope.partner else None
    return "" if number is None else reader.list_row(number).title

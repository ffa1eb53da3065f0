"""What to say where nothing was found: what was not known, and what would match otherwise."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.nearmisses import in_other_languages, near_misses
from milatui.catalogue.queryparts import without, written
from milatui.catalogue.scope import Scope
from milatui.index.engine.nodes import Field
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import ScopeField
    from milatui.index.engine.engine import Found
    from milatui.index.engine.evaluation import Evaluation, Restrict
    from milatui.index.engine.kernel import Mask
    from milatui.index.reading import IndexReader


def advice(
    reader: IndexReader,
    filters: Filters,
    found: Found,
    scope: Scope,
    query: str,
    restrict: Restrict,
) -> tuple[Way, ...]:
    """Sentences about an empty answer with what each would change, the most helpful first."""
    kernel = reader.engine.kernel
    ways: list[Way] = []
    scope = scope.without("query")
    asked, matching = found.evaluation, found.matching
    lifts: list[tuple[ScopeField, ...]] = []
    for chip in scope.chips(_partner_name(reader, scope)):
        lift: tuple[ScopeField, ...] = (chip.field,)
        if chip.field == "since":
            lift = ("since", "until")
        lifts.append(lift)
        wider = reduce(Scope.without, lift, scope)
        count = kernel.size(matching & kernel.mask(filters.mask(wider)))
        if count:
            ways.append(Way(_without(chip.label, count), lift))
    if not ways and len(lifts) > 1:
        count = kernel.size(matching)
        if count:
            text = ngettext(
                "Without any restriction {n} record matches.",
                "Without any restriction {n} records match.",
                count,
            )
            every = tuple(field for lift in lifts for field in lift)
            ways.append(Way(text.format(n=wording.number_words(str(count))), every))
    ways.extend(in_other_languages(reader, filters, matching, scope, query))
    inside: Mask = kernel.mask(filters.mask(scope))

    def matches(other: str) -> Mask:
        return reader.engine.matching(other, restrict, asked.stop) & inside

    for node, mask in asked.restrictions():
        count = kernel.size(mask & inside)
        if count:
            ways.append(Way(_without(written(query, node), count), query=without(query, node)))
    if not all(isinstance(node, Field) for node in asked.conditions):
        plain = _as_plain_words(asked, query, lambda other: kernel.size(matches(other)))
        ways.extend(way for way in plain if all(way.query != other.query for other in ways))
    ways.extend(near_misses(reader, asked, query, matches))
    return (*ways, *unheard(asked, query))


def unheard(asked: Evaluation, query: str, *, typing: bool = False) -> tuple[Way, ...]:
    """The words of a query that no text has; while typing the last one may yet become one."""
    unknown = _("No text has the word “{word}” or one like it.")
    shown = {word.text: query[word.start : word.end] for word in asked.asked}
    last = asked.asked[-1].text if typing and asked.asked else None
    words = (shown.get(word, word) for word in dict.fromkeys(asked.unknown) if word != last)
    return tuple(Way(unknown.format(word=word)) for word in words)


def _as_plain_words(asked: Evaluation, query: str, count: Callable[[str], int]) -> Iterator[Way]:
    """What the words alone would find, without quotation marks and signs."""
    plain = " ".join(query[word.start : word.end] for word in asked.asked)
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


def _partner_name(reader: IndexReader, scope: Scope) -> str:
    number = reader.find("partner", scope.partner) if scope.partner else None
    return "" if number is None else str(reader.line(number)[2])

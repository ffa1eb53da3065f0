"""What to say where nothing was found: what was not known, and what would match otherwise."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final

from milatui.catalogue import wording
from milatui.catalogue.answers import Way
from milatui.catalogue.nearmisses import in_other_languages, near_misses
from milatui.catalogue.scope import Scope
from milatui.index.engine.evaluation import words_in
from milatui.index.engine.nodes import Field, Near, Not, Phrase
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import ScopeField
    from milatui.index.engine.engine import Found
    from milatui.index.engine.evaluation import Restrict
    from milatui.index.engine.kernel import Mask
    from milatui.index.engine.nodes import Node
    from milatui.index.reading import IndexReader

_QUOTES: Final = re.compile('["“”«»]')


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
        return reader.engine.matching(other, restrict) & inside

    for node, mask in asked.restrictions():
        count = kernel.size(mask & inside)
        if count:
            ways.append(Way(_without(_written(node), count), query=_rest(query, node)))
    ways.extend(near_misses(reader, asked, query, matches))
    unknown = _("No text has the word “{word}” or one like it.")
    ways.extend(Way(unknown.format(word=word)) for word in dict.fromkeys(asked.unknown))
    if asked.has_phrase:
        text = _("Without the quotation marks the words need not stand together.")
        ways.append(Way(text, query=_QUOTES.sub(" ", query).strip()))
    return tuple(ways)


def _rest(query: str, node: Node) -> str:
    """The query without a part of it, "" if nothing is left or the part cannot be cut out."""
    match node:
        case Field():
            start, end = node.start, node.end
        case Phrase():
            start, end = node.words[0].start - 1, node.words[-1].end + 1
        case _:
            return ""
    return " ".join((query[: max(0, start)] + " " + query[end:]).split())


def _without(restriction: str, count: int) -> str:
    text = ngettext(
        "Without “{restriction}” {n} record matches.",
        "Without “{restriction}” {n} records match.",
        count,
    )
    return text.format(restriction=restriction, n=wording.number_words(str(count)))


def _written(node: Node) -> str:
    """A part of a query as one would write it, for a sentence about it."""
    match node:
        case Field():
            return f"{node.name}:{node.value}"
        case Phrase():
            return " ".join(word.text for word in node.words)
        case Not():
            return f"-{_written(node.node)}"
        case Near():
            return f"{_written(node.left)} near/{node.distance} {_written(node.right)}"
        case _:
            return " ".join(word.text for word in words_in(node))


def _partner_name(reader: IndexReader, scope: Scope) -> str:
    number = reader.find("partner", scope.partner) if scope.partner else None
    return "" if number is None else str(reader.line(number)[2])

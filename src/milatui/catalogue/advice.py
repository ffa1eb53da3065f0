"""What to say where nothing was found: what was not known, and what would match otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.index.engine.evaluation import words_in
from milatui.index.engine.nodes import Field, Near, Not, Phrase
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import Scope
    from milatui.index.engine.evaluation import Evaluation
    from milatui.index.engine.kernel import Mask
    from milatui.index.engine.nodes import Node
    from milatui.index.reading import IndexReader


def advice(
    reader: IndexReader, filters: Filters, asked: Evaluation, scope: Scope
) -> tuple[str, ...]:
    """Sentences about an empty answer, the most helpful first."""
    kernel = reader.engine.kernel
    notes = []
    scope = scope.without("query")
    matching = asked.mask()
    for chip in scope.chips(_partner_name(reader, scope)):
        wider = scope.without(chip.field)
        if chip.field == "since":
            wider = wider.without("until")
        count = kernel.size(matching & kernel.mask(filters.mask(wider)))
        if count:
            notes.append(_without(chip.label, count))
    if not notes and len(scope.chips()) > 1:
        count = kernel.size(matching)
        if count:
            text = ngettext(
                "Without any restriction {n} record matches.",
                "Without any restriction {n} records match.",
                count,
            )
            notes.append(text.format(n=wording.number_words(str(count))))
    inside: Mask = kernel.mask(filters.mask(scope))
    for node, mask in asked.restrictions():
        count = kernel.size(mask & inside)
        if count:
            notes.append(_without(_written(node), count))
    unknown = _("No text has the word “{word}” or one like it.")
    notes.extend(unknown.format(word=word) for word in dict.fromkeys(asked.unknown))
    if asked.has_phrase:
        notes.append(_("Without the quotation marks the words need not stand together."))
    return tuple(notes)


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

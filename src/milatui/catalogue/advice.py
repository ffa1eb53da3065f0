"""What to say where nothing was found: what was not known, and what would match otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.index.ranking import rank
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import Scope
    from milatui.index.query import Query
    from milatui.index.reading import IndexReader


def advice(reader: IndexReader, filters: Filters, query: Query, scope: Scope) -> tuple[str, ...]:
    """Sentences about an empty answer, the most helpful first."""
    notes = []
    scope = scope.without("query")
    for chip in scope.chips(_partner_name(reader, scope)):
        wider = scope.without(chip.field)
        if chip.field == "since":
            wider = wider.without("until")
        count = _count(reader, filters, query, wider)
        if count:
            text = ngettext(
                "Without “{restriction}” {n} record matches.",
                "Without “{restriction}” {n} records match.",
                count,
            )
            number = wording.number_words(str(count))
            notes.append(text.format(restriction=chip.label, n=number))
    if not notes and len(scope.chips()) > 1:
        count = _count(reader, filters, query, type(scope)())
        if count:
            text = ngettext(
                "Without any restriction {n} record matches.",
                "Without any restriction {n} records match.",
                count,
            )
            notes.append(text.format(n=wording.number_words(str(count))))
    unknown = _("No text has the word “{word}” or one like it.")
    notes.extend(unknown.format(word=word) for word in query.unknown)
    if query.phrases:
        notes.append(_("Without the quotation marks the words need not stand together."))
    return tuple(notes)


def _partner_name(reader: IndexReader, scope: Scope) -> str:
    number = reader.find("partner", scope.partner) if scope.partner else None
    return "" if number is None else str(reader.line(number)[2])


def _count(reader: IndexReader, filters: Filters, query: Query, scope: Scope) -> int:
    mask = filters.mask(scope)
    if query.is_empty:
        return 0 if query.unknown else mask.count(1)
    return len(rank(reader, query, mask, lambda: False))

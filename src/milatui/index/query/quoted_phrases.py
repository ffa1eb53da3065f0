"""Quoted parts that rank instead of restricting where next to nothing has them.

Somebody who pastes a question does not mean its quotation marks: a quoted part that no document
has beside the rest would leave nothing of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.i18n import _, ngettext
from milatui.index.query.syntax import (
    BooleanQuery,
    Quoted,
    WordPhrase,
    either,
    excluding,
    significant_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from whoosh.query import Query

MIN_QUESTION: Final = 4
"""Number of plain words from which a query is a question."""
MIN_QUESTION_DOCS: Final = 3
"""Minimum number of documents that have a quoted part of a question and one of its words."""


class RelaxedQuote(NamedTuple):
    """A quoted part that only ranks.

    Attributes:
        start: Offset of its first word in the query text.
        end: Offset behind its last word.
        doc_count: Number of documents that have it beside the rest.
    """

    start: int
    end: int
    doc_count: int

    def message(self, text: str) -> str:
        """Tells it to who wrote a query text."""
        part = text[self.start : self.end]
        if not self.doc_count:
            message = _("“{part}” is not required: no record has it beside the rest.")
            return message.format(part=part)
        message = ngettext(
            "“{part}” is not required: only {n} record has it beside the rest.",
            "“{part}” is not required: only {n} records have it beside the rest.",
            self.doc_count,
        )
        return message.format(part=part, n=self.doc_count)


def relax_quotes(
    query: BooleanQuery, count: Callable[[Query], int]
) -> tuple[BooleanQuery, tuple[RelaxedQuote, ...]]:
    """Makes plain words of the quoted parts that next to nothing has beside the rest.

    The rest is what else is required; of a question, its words, too.  Quoted parts are only
    relaxed where plain words stand beside them that something has: else nothing would be left
    to rank by.  Those that more documents have are kept first.

    Args:
        query: The query.
        count: Counts the documents that match a query.

    Returns:
        The query, and which parts were relaxed.
    """
    quoted = [clause for clause in query.required if isinstance(clause, Quoted)]
    words = significant_words(query.optional)
    if not quoted or not words:
        return query, ()
    others = [*query.required, *map(excluding, query.prohibited)]
    rest = [clause for clause in others if not isinstance(clause, Quoted)]
    found = either(words)
    if not count(BooleanQuery([*rest, found])):
        return query, ()
    least = 1
    if len(words) >= MIN_QUESTION:
        least = MIN_QUESTION_DOCS
        rest.append(found)
    relaxed: dict[Query, int] = {}
    alone = {clause: count(BooleanQuery([*rest, clause])) for clause in quoted}
    for clause in sorted(alone, key=lambda one: -alone[one]):
        doc_count = count(BooleanQuery([*rest, clause]))
        if doc_count >= least:
            rest.append(clause)
        else:
            relaxed[clause] = doc_count
    if not relaxed:
        return query, ()
    clauses = [part for clause in query.subqueries for part in _parts(clause, relaxed)]
    notes = (
        RelaxedQuote(clause.startchar, clause.endchar, relaxed[clause])
        for clause in query.subqueries
        if clause in relaxed
    )
    return BooleanQuery(clauses, boost=query.boost), tuple(notes)


def _parts(clause: Query, relaxed: Collection[Query]) -> Sequence[Query]:
    """Returns a clause, or the words of one that is relaxed."""
    if clause not in relaxed:
        return (clause,)
    return clause.child.parts if isinstance(clause.child, WordPhrase) else (clause.child,)

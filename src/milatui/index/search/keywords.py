"""The ranked search of the query language as one Whoosh query.

Any Whoosh program can run it on an index of ours; stock collectors step through its documents, an
``ArrayCollector`` takes its arrays.  Both give the same scores and the same order::

    with open_dir(folder).searcher() as searcher:
        results = searcher.search(keywords("new partnership"), limit=10)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh import query as whoosh_query

from milatui.i18n import _
from milatui.index.query.parser import parse
from milatui.index.query.term_expansion import TermExpander
from milatui.index.search.collector import Matched, evaluate
from milatui.index.search.expanded_queries import ArrayQuery
from milatui.index.search.expanded_query import ExpandedQuery
from milatui.index.search.ranking import Ranker

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from milatui.index.query.syntax import ParsedQuery
    from milatui.index.search.collector import ArrayContext


class Keywords(ArrayQuery):
    """Matches documents with any of a query's words, the best first, as its clauses let them.

    A word stands for its stems, synonyms and corrections.  The score is BM25 with the factors of
    ``bm25``; the weighting model of the searcher is not asked.

    Args:
        parsed: The query.
        synonyms: Folded words and others that say the same, see ``synonym_table``.
    """

    def __init__(
        self, parsed: ParsedQuery, synonyms: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.parsed = parsed
        self._synonyms = synonyms

    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents and their scores."""
        arrays = context.arrays
        expander = TermExpander(arrays, self._synonyms)

        def field_mask(name: str, value: str) -> NDArray[np.bool_] | str:
            if name not in context.searcher.schema:
                return _("the index has no field “{name}”").format(name=name)
            return evaluate(whoosh_query.Term(name, value), context.unscored()).mask

        query = ExpandedQuery(self.parsed, context, expander, field_mask)
        ranker = Ranker(arrays)
        found = ranker.score_terms(query.terms, context.stop, query.stop_terms)
        scores = ranker.combine(found)
        mask = scores > 0 if query.is_plain else query.mask()
        return Matched(mask, None if context.weighting is None else scores * mask)


def keywords(text: str, *, typing: bool = False) -> Keywords:
    """Parses a query text.

    Args:
        text: In the query language, see ``query.parser``.
        typing: Whether the last word may be unfinished.
    """
    return Keywords(parse(text, typing=typing))

"""Expands a parsed query on one index: corrections, compounds, quotes, what restricts and ranks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from whoosh import query as whoosh_query

from milatui.index.analysis.characters import is_spaceless
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.field_names import TEXT, TITLE
from milatui.index.query.compounds import joined_words, split_compound
from milatui.index.query.parser import words_of
from milatui.index.query.query_corrections import correct_terms
from milatui.index.query.quoted_phrases import relax_quotes
from milatui.index.query.syntax import (
    BooleanQuery,
    FieldRestriction,
    Near,
    QueryWarning,
    Required,
    Word,
    WordPattern,
    WordPhrase,
    WordPrefix,
    is_plain,
    scored_leaves,
    significant_words,
)
from milatui.index.query.term_expansion import united
from milatui.index.scoring import bm25
from milatui.index.search.collector import evaluate
from milatui.index.search.expanded_queries import (
    DeferredMaskQuery,
    DocMaskQuery,
    ExpandedNearQuery,
    ExpandedPhraseQuery,
    ExpandedTermQuery,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from milatui.index.query.index_terms import TermNumbers
    from milatui.index.query.syntax import ParsedQuery, PlainWord
    from milatui.index.query.term_expansion import ExpandedTerm, TermExpander
    from milatui.index.search.collector import ArrayContext

    Mask = NDArray[np.bool_]
    FieldMask = Callable[[str, str], "Mask | str"]
    """Resolves a field and its value to a truth value per document, or says what is wrong."""

_CLOSED_FIELDS: Final = frozenset({"kind", "lang", "sector"})
"""Fields that have a fixed set of values, none of which is a word of a text."""
MANY_WORDS: Final = 4
"""Number of words from which they are looked up together."""
BATCH: Final = 200
"""Number of words that are looked up between two questions whether to stop."""
MAX_SPLIT: Final = 8
"""Maximum number of unknown words of a query that are looked at as compounds."""
MAX_LIFTED: Final = 8
"""Maximum number of clauses that are left out in turn, to see what the others match."""
MAX_PREFIX_TERMS: Final = 256
"""Maximum number of terms of a segment that a prefix within a phrase stands for."""
_REMEMBERED: Final = 32
"""Masks of phrases and the like that are kept while a query is evaluated."""


class Correction(NamedTuple):
    """What an unknown or suspect word was taken for.

    Attributes:
        start: Offset of the word in the query text.
        end: Offset behind it.
        meant: What it was taken for; two words with a space for a compound.
    """

    start: int
    end: int
    meant: str


class ExpandedQuery:
    """A parsed query and what its words stand for in one index.

    Args:
        parsed: The query.
        context: The index; only which documents match is asked of it.
        expander: Expands words on it.
        field_mask: Resolves restrictions by field, but for ``title``.

    Attributes:
        parsed: The query.
        clauses: The clauses after splitting compounds, resolving fields and relaxing quotes.
        words: All words that a document is scored by, stop words included, in the order asked.
        terms: What the words and patterns to score by stand for; none of them is empty.
        stop_terms: What the stop words of a short query stand for, which titles may hold.
        unknown: Words that occur nowhere, not even corrected.
        corrections: What words were taken for.
        warnings: What was not understood.
        relaxed: Quoted parts that only rank.
    """

    def __init__(
        self,
        parsed: ParsedQuery,
        context: ArrayContext,
        expander: TermExpander,
        field_mask: FieldMask,
    ) -> None:
        self.parsed = parsed
        self._context = context.unscored()
        self._expander = expander
        self._field_mask = field_mask
        self._field_masks: dict[tuple[str, str], Mask | str] = {}
        self._expanded: dict[whoosh_query.Query, ExpandedTerm] = {}
        self._masks: dict[whoosh_query.Query, Mask] = {}
        self.warnings: list[QueryWarning] = list(parsed.warnings)
        self.corrections: list[Correction] = []
        self._meaningless: list[tuple[int, int]] = []
        """Offsets of restrictions by a field with fixed values that name none of them."""
        root = self._resolved(parsed.query)
        self._expand_many(root)
        root = self._split(root)
        self._correct(root)
        arrays = self._context.arrays
        for word, term in joined_words(root.subqueries, self.expanded, arrays, expander):
            self._expanded[word] = term
        self.clauses, self.relaxed = relax_quotes(root, self._count)
        leaves = list(scored_leaves(self.clauses))
        self.words: list[PlainWord] = [leaf for leaf in leaves if not isinstance(leaf, WordPattern)]
        telling = {id(word) for word in significant_words(self.words)}
        self.terms: list[ExpandedTerm] = []
        self.unknown: list[str] = []
        for leaf in leaves:
            if not isinstance(leaf, WordPattern) and id(leaf) not in telling:
                continue
            term = self.expanded(leaf)
            if term:
                self.terms.append(term)
            else:
                self.unknown.append(term.asked)
        stop_words = {word.text: word for word in self.words if id(word) not in telling}
        self.stop_terms: list[ExpandedTerm] = []
        if len(self.terms) + len(stop_words) <= bm25.SHORT_QUERY:
            self.stop_terms = [self.expanded(word) for word in stop_words.values()]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all."""
        return not self.clauses.subqueries

    @property
    def is_plain(self) -> bool:
        """Whether the query is nothing but words, of which any will do."""
        return self.clauses.is_plain

    @property
    def corrected_words(self) -> list[str]:
        """The words as folded texts, corrected ones as what they were taken for."""
        # A compound stands in ``words`` as its parts already.
        meant = {part.start: part.meant for part in self.corrections if " " not in part.meant}
        return [meant.get(word.startchar, word.text) for word in self.words]

    @property
    def conditions(self) -> list[whoosh_query.Query]:
        """The clauses that must hold, or must not, whatever the words are worth."""
        return [clause for clause in self.clauses.subqueries if not is_plain(clause)]

    @property
    def highlights(self) -> list[str]:
        """The terms to highlight: words, prefixes with a star, and with spaces the phrases that
        runs of a script without spaces are."""
        found: dict[str, None] = {}
        in_runs: set[str] = set()
        for phrase in _phrases(self.clauses):
            if all(is_spaceless(part.text) for part in phrase.parts):
                words = (part.text + "*" * isinstance(part, WordPrefix) for part in phrase.parts)
                found[" ".join(words)] = None
                in_runs.update(part.text for part in phrase.parts)
        for term in self.terms:
            if term.asked not in in_runs:
                found.update(dict.fromkeys(self._expander.highlights(term)))
        return list(found)

    def expanded(self, word: PlainWord | WordPattern) -> ExpandedTerm:
        """Gives what a word or pattern stands for; nothing once the search is to stop."""
        term = self._expanded.get(word)
        if term is None:
            if self._context.stop():
                return self._expander.nothing(word.text)
            if isinstance(word, WordPattern):
                term = self._expander.regex(word.text, self._context.stop)
            elif isinstance(word, WordPrefix):
                term = self._expander.prefix(word.text)
            else:
                term = self._expander.word(word.text)
            self._expanded[word] = term
        return term

    def mask(self) -> Mask:
        """Finds the documents that match: a truth value each.

        Returns:
            True for each document that matches: shape (documents,), deleted ones are False.
        """
        return self.mask_of(self.clauses)

    def masks_without(self) -> list[tuple[whoosh_query.Query, Mask]]:
        """Lists each clause that must hold, or must not, with what would match without it.

        At most the first ``MAX_LIFTED``.

        Returns:
            (clause, mask of shape (documents,) of what all other clauses match), in the order of
            the query.
        """
        clauses = self.clauses.subqueries
        if len(clauses) < 2:
            return []
        required = [index for index, clause in enumerate(clauses) if not is_plain(clause)]
        return [
            (
                clauses[index],
                self.mask_of(BooleanQuery([*clauses[:index], *clauses[index + 1 :]])),
            )
            for index in required[:MAX_LIFTED]
            if not self._context.stop()
        ]

    def mask_of(self, query: whoosh_query.Query) -> Mask:
        """Finds the documents that a part of the query matches.

        Args:
            query: A clause of this query, or any Whoosh query over the same fields.

        Returns:
            True for each document that matches: shape (documents,). Do not write into it: it is
            kept.
        """
        mask = self._masks.get(query)
        if mask is None:
            mask = evaluate(self._as_arrays(query), self._context).mask
            if len(self._masks) < _REMEMBERED and not isinstance(query, BooleanQuery):
                self._masks[query] = mask
        return mask

    # Preparing

    def _resolved(self, query: BooleanQuery) -> BooleanQuery:
        """Makes words of the restrictions by field that mean nothing, and warns of them."""
        clauses = [part for clause in query.subqueries for part in self._parts(clause)]
        return BooleanQuery(clauses, boost=query.boost)

    def _parts(self, clause: whoosh_query.Query) -> Sequence[whoosh_query.Query]:
        match clause:
            case FieldRestriction() if clause.name != TITLE:
                wrong = self._field(clause)
                if not isinstance(wrong, str):
                    return (clause,)
                if clause.name in _CLOSED_FIELDS:
                    self._meaningless.append((clause.startchar, clause.endchar))
                warning = QueryWarning(clause.startchar, clause.endchar, wrong)
                if warning not in self.warnings:
                    self.warnings.append(warning)
                return words_of(clause.value, clause.value_startchar)
            case BooleanQuery():
                return (self._resolved(clause),)
            case whoosh_query.Or() | whoosh_query.Not() | Required():
                made = clause.apply(self._one)
                made.startchar, made.endchar = clause.startchar, clause.endchar
                return (made,)
            case _:
                return (clause,)

    def _one(self, clause: whoosh_query.Query) -> whoosh_query.Query:
        parts = self._parts(clause)
        return parts[0] if len(parts) == 1 else BooleanQuery(parts)

    def _field(self, clause: FieldRestriction) -> Mask | str:
        key = clause.name, clause.value
        if key not in self._field_masks:
            self._field_masks[key] = self._field_mask(*key)
        return self._field_masks[key]

    def _expand_many(self, query: BooleanQuery) -> None:
        """Looks the words of a long query up together."""
        words = [leaf for leaf in scored_leaves(query) if type(leaf) is Word]
        for first in range(0, len(words) if len(words) >= MANY_WORDS else 0, BATCH):
            if self._context.stop():
                break
            batch = words[first : first + BATCH]
            terms = self._expander.words(word.text for word in batch)
            self._expanded.update((word, terms[word.text]) for word in batch)

    def _split(self, query: BooleanQuery) -> BooleanQuery:
        """Splits unknown words that are two, and notes it."""
        clauses: list[whoosh_query.Query] = []
        budget = MAX_SPLIT
        for clause in query.subqueries:
            if not isinstance(clause, Word) or clause.text in STOPWORDS or not budget:
                clauses.append(clause)
                continue
            known = bool(self.expanded(clause))
            budget -= not known
            parts = split_compound(
                clause,
                self._context.arrays,
                self._expander,
                self._phrase_exists,
                self._context.stop,
                known=known,
            )
            clauses += parts
            if len(parts) > 1 and not any(map(str.isdigit, clause.text)):
                meant = " ".join(part.text for part in parts)
                self.corrections.append(Correction(clause.startchar, clause.endchar, meant))
        return BooleanQuery(clauses, boost=query.boost)

    def _phrase_exists(self, words: Sequence[str]) -> bool:
        numbers = [self._context.arrays.term_numbers(TEXT, [word.encode()]) for word in words]
        return bool(evaluate(ExpandedPhraseQuery(numbers), self._context).mask.any())

    def _correct(self, root: BooleanQuery) -> None:
        leaves = [leaf for leaf in scored_leaves(root) if not isinstance(leaf, WordPattern)]
        # A word that looks like the name of a kind is not a misspelt word of a text.
        words = [word for word in significant_words(leaves) if not self._is_value(word)]
        terms = [self.expanded(word) for word in words]
        corrected = correct_terms(
            words,
            terms,
            self._expander,
            self._docs_with_all,
            self._context.arrays.doc_count,
            suspect_rare=root.is_plain,
            stop=self._context.stop,
        )
        for word, term in zip(words, corrected, strict=True):
            self._expanded[word] = term
            if term.corrections:
                correction = Correction(word.startchar, word.endchar, term.corrections[0])
                self.corrections.append(correction)

    def _is_value(self, word: PlainWord) -> bool:
        return any(start <= word.startchar < end for start, end in self._meaningless)

    def _docs_with_all(self, terms: Sequence[ExpandedTerm]) -> int:
        arrays = self._context.arrays
        counts = np.zeros(arrays.size, np.uint16)
        for term in terms:
            counts[arrays.postings(term.field, term.numbers, self._context.stop).docs] += 1
        return int(np.count_nonzero(counts == len(terms))) if terms else 0

    def _count(self, query: whoosh_query.Query) -> int:
        return int(np.count_nonzero(self.mask_of(query)))

    # The same as queries on arrays

    def _as_arrays(self, query: whoosh_query.Query) -> whoosh_query.Query:
        match query:
            case Word() | WordPrefix() | WordPattern():
                return ExpandedTermQuery(self.expanded(query))
            case WordPhrase():
                return ExpandedPhraseQuery([self._literal(part) for part in query.parts])
            case Near():
                sides = (self._side(query.left), self._side(query.right))
                return ExpandedNearQuery(*sides, query.distance)
            case FieldRestriction() if query.name == TITLE:
                terms = [ExpandedTermQuery(self.expanded(word), TITLE) for word in query.words]
                return whoosh_query.And(terms)
            case FieldRestriction():
                mask = self._field(query)
                return whoosh_query.NullQuery if isinstance(mask, str) else DocMaskQuery(mask)
            case Required():
                return self._known(query.child)
            case whoosh_query.Not():
                return whoosh_query.Not(self._known(query.query))
            case whoosh_query.Or():
                return whoosh_query.Or([self._known(part) for part in query.subqueries])
            case BooleanQuery():
                return self._boolean(query)
        return query

    def _known(self, query: whoosh_query.Query) -> whoosh_query.Query:
        """Returns a part as a query on arrays; what takes long to find is remembered."""
        if isinstance(query, WordPhrase | Near | WordPattern):
            return DeferredMaskQuery(partial(self.mask_of, query))
        return self._as_arrays(query)

    def _boolean(self, query: BooleanQuery) -> whoosh_query.Query:
        """Combines clauses side by side: restrictions must hold, and one of the plain words."""
        clauses = [self._known(clause) for clause in query.required]
        words = significant_words(query.optional)
        if words and not query.has_required_content:
            clauses.append(whoosh_query.Or([self._as_arrays(word) for word in words]))
        if not query.subqueries:
            return whoosh_query.NullQuery
        found = whoosh_query.And(clauses) if clauses else whoosh_query.Every()
        if query.prohibited:
            excluded = whoosh_query.Or([self._known(clause) for clause in query.prohibited])
            found = whoosh_query.AndNot(found, excluded)
        return found

    def _side(self, part: PlainWord | WordPhrase) -> list[TermNumbers]:
        """Returns one side of ``near``: a word stands for all its forms, a phrase for its words."""
        if isinstance(part, WordPhrase):
            return [self._literal(word) for word in part.parts]
        term = self.expanded(part)
        forms = self._context.arrays.words_of_stems(term.numbers)
        return [united(forms, term.exact)]

    def _literal(self, word: PlainWord) -> TermNumbers:
        """Returns a word of a phrase: it stands for itself, in texts of any language."""
        if not isinstance(word, WordPrefix):
            return self.expanded(word).exact
        arrays, prefix = self._context.arrays, word.text.encode()
        found = []
        for segment in range(arrays.segment_count):
            within = arrays.prefix_range(TEXT, segment, prefix)
            freqs = arrays.doc_freqs(TEXT, segment, within) if len(within) else np.zeros(0)
            commonest = np.argsort(-freqs, kind="stable")[:MAX_PREFIX_TERMS]
            found.append(sorted((commonest + within.start).tolist()))
        return found


def _phrases(query: whoosh_query.Query) -> Iterator[WordPhrase]:
    """Yields the phrases of a query that are not excluded."""
    if isinstance(query, WordPhrase):
        yield query
    elif not isinstance(query, whoosh_query.Not):
        for child in query.children():
            yield from _phrases(child)

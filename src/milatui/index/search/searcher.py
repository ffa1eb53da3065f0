"""Searches one open generation: parses, expands, collects and ranks a query."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import MultiReader, SegmentReader
from whoosh.searching import Searcher as WhooshSearcher

from milatui.index.codec.codec import SegmentError
from milatui.index.field_names import STEM, TEXT, TITLE
from milatui.index.query.parser import parse
from milatui.index.query.syntax import (
    BooleanQuery,
    ParsedQuery,
    Required,
    Word,
    WordPhrase,
    WordPrefix,
    scored_leaves,
)
from milatui.index.query.term_expansion import TermExpander, synonym_table
from milatui.index.schema import schema
from milatui.index.scoring import bm25, feedback
from milatui.index.scoring.weighting import BM25
from milatui.index.search.collector import ArrayContext, best, best_numbers
from milatui.index.search.doc_set import DocSet
from milatui.index.search.expanded_query import ExpandedQuery
from milatui.index.search.index_arrays import IndexArrays
from milatui.index.search.ranking import Ranker
from milatui.index.store.deletions import read_deletions
from milatui.index.store.layout import damaged
from milatui.index.store.segments import flat_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from whoosh.query import Query

    from milatui.index.query.index_terms import TermNumbers
    from milatui.index.query.quoted_phrases import RelaxedQuote
    from milatui.index.query.syntax import PlainWord, QueryWarning
    from milatui.index.query.term_expansion import ExpandedTerm
    from milatui.index.scoring.feedback import FeedbackTerm, FeedbackText
    from milatui.index.search.expanded_query import Correction
    from milatui.index.store.manifest import Manifest
    from milatui.index.store.record_columns import RecordColumns

    FieldResolver = Callable[[str, str], DocSet | str]
    """Takes a field and its value: the records it restricts to, or what is wrong with it."""
    TextOf = Callable[[int], FeedbackText]
    """Gives the text of a record."""


RELATED_SHARE: Final = 0.3
"""Share of the best related record's score that a related record must have."""

Value = TypeVar("Value", bound=np.generic)


class SearchRequest(NamedTuple):
    """What is asked of a searcher.

    Attributes:
        text: In the language of ``query.parser``.
        resolve: Resolves the fields of the query.
        typing: Whether the last word may be unfinished.
        text_of: Gives the texts for pseudo-relevance feedback; without it, while typing and in
            small indexes the query's own words decide alone.
        stop: Asked in every loop that may take long; once true, what is found so far is given.
    """

    text: str
    resolve: FieldResolver
    typing: bool = False
    text_of: TextOf | None = None
    stop: Callable[[], bool] = lambda: False


class Matches(NamedTuple):
    """What a query found, whatever the scope; records are known by their numbers.

    Attributes:
        query: The query as expanded.
        matching: The records that match.
        related: The records that do not match, but hold terms that mark the best ones.
        scores: A score per record: float64, shape (records,); ``boost`` changes it.
        complete: Whether the query was evaluated to its end.
        docs_of: Gives the records that hold an expanded word.
        from_docs: Turns documents into records: bool, shape (documents,).
    """

    query: ExpandedQuery
    matching: DocSet
    related: DocSet
    scores: NDArray[np.float64]
    complete: bool
    docs_of: Callable[[ExpandedTerm], DocSet]
    from_docs: Callable[[NDArray[np.bool_]], DocSet]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all."""
        return self.query.is_empty

    @property
    def is_plain(self) -> bool:
        """Whether the query is nothing but words, of which any will do."""
        return self.query.is_plain

    @property
    def terms(self) -> Sequence[ExpandedTerm]:
        """The words that a record is scored by; none of them is empty."""
        return self.query.terms

    @property
    def highlights(self) -> Sequence[str]:
        """The terms to highlight, as ``catalogue.highlight`` takes them."""
        return self.query.highlights

    @property
    def words(self) -> Sequence[PlainWord]:
        """All words that were asked, stop words included."""
        return self.query.words

    @property
    def corrected_words(self) -> list[str]:
        """The words as folded texts, corrected ones as what they were taken for."""
        return self.query.corrected_words

    @property
    def unknown(self) -> Sequence[str]:
        """Words that occur nowhere, not even corrected."""
        return self.query.unknown

    @property
    def corrections(self) -> Sequence[Correction]:
        """What unknown and doubtful words were taken for."""
        return self.query.corrections

    @property
    def warnings(self) -> Sequence[QueryWarning]:
        """Parts of the query that were not understood."""
        return self.query.warnings

    @property
    def relaxed(self) -> Sequence[RelaxedQuote]:
        """Quoted parts that rank instead of restricting."""
        return self.query.relaxed

    @property
    def conditions(self) -> Sequence[Query]:
        """The clauses that must hold, or must not."""
        return self.query.conditions

    def without_each_condition(self) -> list[tuple[Query, DocSet]]:
        """Lists each condition with the records that would match without it.

        Returns:
            (condition, records that match all other clauses), in the order of the query.
        """
        return [(clause, self.from_docs(mask)) for clause, mask in self.query.masks_without()]

    def best(self, within: DocSet, limit: int) -> list[tuple[int, float]]:
        """Lists the records of a set with the highest scores; of equals the lower number first.

        Args:
            within: The records that may be listed.
            limit: Maximum number of records.

        Returns:
            (record number, score), best first.
        """
        return best(within.flags, self.scores, limit)

    def best_numbers(self, within: DocSet, limit: int) -> NDArray[np.intp]:
        """Orders the records of a set as ``best`` does, without their scores.

        Args:
            within: The records that may be listed.
            limit: Maximum number of records.

        Returns:
            Record numbers, best first, shape (at most ``limit``,).
        """
        return best_numbers(within.flags, self.scores, limit)

    def boost(self, number: int, by: float) -> None:
        """Adds to the score of a record."""
        self.scores[number] += by

    def boost_all(self, records: DocSet, by: float) -> None:
        """Adds to the scores of some records."""
        self.scores[records.flags] += by

    def scores_of(self, numbers: Sequence[int]) -> list[float]:
        """Gives the scores of some records.

        Args:
            numbers: Record numbers, in any order.

        Returns:
            A score for each, in their order.
        """
        scores: list[float] = self.scores.take(np.asarray(numbers, np.intp)).tolist()
        return scores


class Searcher:
    """Searches an index; its methods may be called from several threads, and after a fork.

    Args:
        arrays: The index.
        doc_of_number: The document number of each record, integers of shape (records,).
        synonyms: Folded words and others that say the same, see ``synonym_table``.
        whoosh_searcher: Whoosh's searcher of the same index.

    Attributes:
        arrays: The index.
        expander: Expands words on it.
        whoosh_searcher: For stock queries.
        has_searched: Whether what is only loaded once is loaded.
    """

    def __init__(
        self,
        arrays: IndexArrays,
        doc_of_number: NDArray[np.integer],
        synonyms: Mapping[str, tuple[str, ...]],
        whoosh_searcher: WhooshSearcher,
    ) -> None:
        self.arrays = arrays
        self.expander = TermExpander(arrays, synonyms)
        self.whoosh_searcher = whoosh_searcher
        self._doc_of_number = doc_of_number
        self._doc_ids: NDArray[np.intp] | None = None
        self._ranker = Ranker(arrays)
        self.size = len(doc_of_number)
        self.has_searched = False

    @property
    def _doc_of(self) -> NDArray[np.intp]:
        """The document number of each record, as NumPy takes them fastest."""
        doc_ids = self._doc_ids
        if doc_ids is None:
            doc_ids = self._doc_ids = self._doc_of_number.astype(np.intp)
        return doc_ids

    def release_caches(self) -> None:
        """Drops what is kept for the next query only; it is made again when needed."""
        self._doc_ids = None
        self.arrays.release_caches()

    def search(self, request: SearchRequest) -> Matches:
        """Evaluates and ranks a query."""
        stop = request.stop
        query = self._expanded(request)
        found = self._ranker.score_terms(query.terms, stop, query.stop_terms)
        scores = self._ranker.combine(found)
        by_number = self._by_number(scores)
        matching = DocSet(by_number > 0 if query.is_plain else self._mask(query))
        # A query that is not plain says what must match: related words would blur it.
        wanted = query.is_plain and not request.typing and len(matching) and not stop()
        if request.text_of and wanted and not self._looks_for_one(query, matching):
            chosen = self._feedback(query.terms, by_number, matching, request.text_of)
            related = [
                (term.weight, self.arrays.postings(STEM, term.term.numbers)) for term in chosen
            ]
            if related and not stop():
                scores = self._ranker.combine_feedback(found, related)
                by_number = self._by_number(scores)
        self.has_searched = True
        return Matches(
            query=query,
            matching=matching,
            related=self._related(by_number, matching) if wanted else self._nothing,
            scores=by_number,
            complete=found.complete and not stop(),
            docs_of=self.docs_of,
            from_docs=lambda mask: DocSet(self._by_number(mask)),
        )

    def matching(
        self, text: str, resolve: FieldResolver, stop: Callable[[], bool] = lambda: False
    ) -> DocSet:
        """Finds the records that match a query, whatever the scope, without scoring them."""
        return DocSet(self._mask(self._expanded(SearchRequest(text, resolve, stop=stop))))

    def phrase_docs(self, words: str, stop: Callable[[], bool] = lambda: False) -> DocSet:
        """Finds the records in which folded words stand one after the other."""
        found = [Word(word) for word in words.split()]
        if not found:
            return self._nothing
        asked = Required(WordPhrase(found) if len(found) > 1 else found[0])
        context = ArrayContext(self.whoosh_searcher, self.arrays, None, stop)
        parsed = ParsedQuery(BooleanQuery([asked]))
        return DocSet(self._mask(ExpandedQuery(parsed, context, self.expander, _no_fields)))

    def docs_of(self, term: ExpandedTerm) -> DocSet:
        """Finds the records that hold any of the terms that a word stands for."""
        postings = self.arrays.postings(term.field, term.numbers)
        return DocSet(self._by_number(postings.mask(self.arrays.size)))

    def complete_query(self, text: str, parsed: ParsedQuery | None = None) -> str:
        """Completes a query whose last word was typed so far, as it is asked once no more is typed.

        The last word gets a star behind it if words that begin so are in other records as well:
        the completed query matches what the unfinished one has matched.

        Args:
            text: The query.
            parsed: The same, parsed while typing, if it was parsed before.
        """
        parsed = parsed or parse(text, typing=True)
        last = next(reversed([*scored_leaves(parsed.query)]), None)
        if not isinstance(last, WordPrefix) or not last.typed or last.endchar != len(text):
            return text
        begun = self.expander.prefix(last.text)
        if not begun:
            return text
        whole = self.expander.word(last.text)
        # Whatever has the whole word has the beginning, too.
        if whole and self.doc_freq(begun) == self.doc_freq(whole):
            return text
        return f"{text}*"

    # Why a record is found

    def frequency(self, term: ExpandedTerm, number: int, *, in_title: bool = False) -> int:
        """Counts how often a record holds the terms that a word stands for.

        Args:
            term: The word.
            number: The record.
            in_title: In its title only; else words of the title count twice.
        """
        name, numbers = (TITLE, self._in_titles(term)) if in_title else (term.field, term.numbers)
        return self._frequency(name, numbers, int(self._doc_of[number]))

    def forms_in(self, term: ExpandedTerm, number: int) -> list[str]:
        """Lists the words of a record that answer a word of a query."""
        doc = int(self._doc_of[number])
        numbers = self._words_of(term)
        found: dict[str, None] = {}
        for segment, own in enumerate(numbers):
            for word in own:
                alone = [[word] if at == segment else [] for at in range(len(numbers))]
                if self._frequency(TEXT, alone, doc):
                    found[self.arrays.segment_terms(TEXT, segment, [word])[0].decode()] = None
        return list(found)

    def forms(self, term: ExpandedTerm, limit: int) -> list[str]:
        """Lists the words of the index that answer a word of a query, in alphabetical order.

        Args:
            term: The word.
            limit: Maximum number of words.
        """
        found = {
            word.decode()
            for segment, own in enumerate(self._words_of(term))
            for word in self.arrays.segment_terms(TEXT, segment, own)
        }
        return sorted(found)[:limit]

    def doc_freq(self, term: ExpandedTerm) -> int:
        """Counts the records that hold any of the terms that a word stands for."""
        return len(self.arrays.postings(term.field, term.numbers))

    def feedback_terms(self, matches: Matches, text_of: TextOf) -> list[FeedbackTerm]:
        """Chooses the terms that mark the best of some matches."""
        found = self._ranker.score_terms(matches.terms, stop_terms=matches.query.stop_terms)
        scores = self._ranker.combine(found)
        by_number = self._by_number(scores)
        return self._feedback(matches.terms, by_number, matches.matching, text_of)

    # Parts of a search

    def _expanded(self, request: SearchRequest) -> ExpandedQuery:
        parsed = parse(request.text, typing=request.typing)
        context = ArrayContext(self.whoosh_searcher, self.arrays, None, request.stop)

        def field_mask(name: str, value: str) -> NDArray[np.bool_] | str:
            found = request.resolve(name, value)
            return found if isinstance(found, str) else self._by_doc(found)

        return ExpandedQuery(parsed, context, self.expander, field_mask)

    def _mask(self, query: ExpandedQuery) -> NDArray[np.bool_]:
        return self._by_number(query.mask())

    def _by_number(self, by_doc: NDArray[Value]) -> NDArray[Value]:
        return by_doc.take(self._doc_of)

    def _by_doc(self, records: DocSet) -> NDArray[np.bool_]:
        mask = np.zeros(self.arrays.size, np.bool_)
        mask[self._doc_of] = records.flags
        return mask

    @cached_property
    def _nothing(self) -> DocSet:
        return DocSet.nothing(self.size)

    def _looks_for_one(self, query: ExpandedQuery, matching: DocSet) -> bool:
        """Returns whether feedback would not help: the index is small, or one record is sought."""
        if self.arrays.doc_count < feedback.MIN_INDEX_SIZE:
            return True
        distinct = {term.asked: term for term in query.terms}.values()
        if not 1 < len(distinct) <= bm25.SHORT_QUERY:
            return False
        with_all = matching
        for term in distinct:
            with_all = with_all & self.docs_of(term)
        return feedback.seems_known(len(with_all), self.arrays.doc_count)

    def _feedback(
        self,
        terms: Sequence[ExpandedTerm],
        scores: NDArray[np.float64],
        matching: DocSet,
        text_of: TextOf,
    ) -> list[FeedbackTerm]:
        """Chooses feedback terms from the best records."""
        top = best(matching.flags, scores, feedback.FEEDBACK_DOCS)
        texts = [(text_of(number), score) for number, score in top]
        arrays = self.arrays

        def doc_freqs(stems: Sequence[bytes]) -> NDArray[np.int64]:
            return arrays.term_doc_freqs(STEM, stems)

        short = len({term.asked for term in terms}) <= bm25.SHORT_QUERY
        return feedback.choose_terms(
            texts, arrays.doc_count, doc_freqs, self.expander.word, short=short
        )

    def _related(self, scores: NDArray[np.float64], matching: DocSet) -> DocSet:
        """Finds the records that hold none of the query's words, but several feedback terms."""
        others = np.where(matching.flags, 0.0, scores)
        least = RELATED_SHARE * float(others.max(initial=0.0))
        return DocSet((others > 0) & (others >= least))

    def _words_of(self, term: ExpandedTerm) -> TermNumbers:
        """Returns the terms of ``text`` that a word of a query stands for, by segment."""
        if term.field == TEXT:
            return term.numbers
        return self.arrays.words_of_stems(term.numbers)

    def _in_titles(self, term: ExpandedTerm) -> TermNumbers:
        if term.field != STEM:
            return [[] for _segment in term.numbers]
        return self.arrays.translated(STEM, term.numbers, TITLE)

    def _frequency(self, name: str, numbers: TermNumbers, doc: int) -> int:
        total = 0
        for segment, own in enumerate(numbers):
            offset = self.arrays.offsets[segment]
            if not 0 <= doc - offset < self.arrays.leaves[segment].doc_count:
                continue
            for number in own:
                docs, weights = self.arrays.leaves[segment].fields[name].postings(number)
                at = int(np.searchsorted(docs, doc - offset))
                if at < len(docs) and docs[at] == doc - offset:
                    total += int(weights[at])
        return total


def _no_fields(_name: str, _value: str) -> str:
    return ""


def open_searcher(folder: Path, manifest: Manifest, columns: RecordColumns) -> Searcher:
    """Opens the search of a generation from its manifest, without unpickling anything.

    Raises:
        IndexUnusable: a file is damaged.
    """
    storage = FileStorage(str(folder))
    fields = schema()
    try:
        readers = [
            SegmentReader(storage, fields, flat_segment(segment)) for segment in manifest.segments
        ]
        reader = readers[0] if len(readers) == 1 else MultiReader(readers)
        deletions = read_deletions(folder)
        dead = [
            {
                name: (np.asarray(gone.terms), np.asarray(gone.counts))
                for (segment_id, name), gone in deletions.items()
                if segment_id == segment.segment_id
            }
            for segment in manifest.segments
        ]
        arrays = IndexArrays.of_reader(reader, dead)
    except SegmentError as error:
        raise damaged(str(error)) from error
    searcher = WhooshSearcher(reader, weighting=BM25(arrays))
    numbers = np.asarray(columns.doc)
    return Searcher(arrays, numbers, synonym_table(manifest.synonyms), searcher)

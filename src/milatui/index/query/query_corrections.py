"""Decides which words of a query are typos, and what they were meant for.

A word that the index lacks may be a typo, or a right word that a small archive merely lacks
(*back*, *CNI*).  Where the rest of the query is found, a correction has to prove itself: its
documents must be those of the rest more often than chance has it (the *lift* of association
rules, Brin et al. 1997), the more so the shorter the word, as short words have strangers for
neighbours.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from milatui.index.query.corrections import damerau_levenshtein, is_inflection
from milatui.index.query.term_expansion import with_correction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.index.query.syntax import PlainWord
    from milatui.index.query.term_expansion import ExpandedTerm, TermExpander

    DocsWithAll = Callable[[Sequence[ExpandedTerm]], int]
    """Counts the documents that hold all of some terms."""

MAX_CORRECTED: Final = 8
"""Maximum number of words of a query that are corrected: each takes some hundred look-ups."""
MAX_RARE_DOC_FREQ: Final = 3
"""Maximum document frequency of a word that is suspected to be a typo in a text, too."""
MIN_RARE_RATIO: Final = 50
"""Times as many documents that hold what a rare word is taken for."""

MIN_LIFTS: Final = {4: 10.0, 5: 6.0, 6: 3.0, 7: 2.0}
"""Minimum lift of a correction by the length of the word; 1 for longer ones, none for shorter."""
MIN_LIFT_TWO_EDITS: Final = 3.0
"""Minimum lift of a correction that is two edits away."""
MIN_EVIDENT_LENGTH: Final = 9
"""Length from which a correction one edit away needs no proof."""
MIN_PART_LENGTH: Final = 5
"""Minimum length of a part of a compound that is corrected: *vis-à-vis* means no *visa*."""


def correct_terms(
    words: Sequence[PlainWord],
    terms: Sequence[ExpandedTerm],
    expander: TermExpander,
    docs_with_all: DocsWithAll,
    doc_count: int,
    *,
    doubt_rare: bool,
    stop: Callable[[], bool] = lambda: False,
) -> list[ExpandedTerm]:
    """Corrects the unknown terms of a query, and known ones that are probably typos.

    Args:
        words: The words of the query that a document is scored by.
        terms: What each stands for.
        expander: Expands words on the index.
        docs_with_all: Counts documents.
        doc_count: Number of documents in the index.
        doubt_rare: Whether rare words may be typos: in a query that is nothing but words.
        stop: Asked between words; once true, the others stay as they are.

    Returns:
        The terms, corrected ones with what they were taken for.
    """
    corrected = list(terms)
    known = [term for term in terms if term]
    meant = _names(words) | _repeated(words)
    budget = MAX_CORRECTED
    for place, (word, term) in enumerate(zip(words, terms, strict=True)):
        if budget == 0 or stop():
            break
        if not _is_correctable(word, alone=not known):
            continue
        if not term and place not in meant:
            budget -= 1
            corrected[place] = _corrected(term, known, expander, docs_with_all, doc_count)
        elif term and doubt_rare:
            rare = expander.doc_freq(term)
            if len(terms) > 1 and rare <= MAX_RARE_DOC_FREQ:
                budget -= 1
                rest = [other for other in terms if other is not term]
                corrected[place] = _doubted(term, rare, rest, expander, docs_with_all)
    return corrected


def _names(words: Sequence[PlainWord]) -> set[int]:
    """The places of words in capitals, which are names, unless all of the query is."""
    capitals = {place for place, word in enumerate(words) if word.capitals}
    return capitals if len(capitals) < len(words) else set()


def _repeated(words: Sequence[PlainWord]) -> set[int]:
    """The places of words that stand there more than once: nobody misspells alike twice."""
    counts = Counter(word.text for word in words)
    return {place for place, word in enumerate(words) if counts[word.text] > 1}


def _is_correctable(word: PlainWord, *, alone: bool) -> bool:
    least = MIN_PART_LENGTH if word.hyphenated else 0 if alone else min(MIN_LIFTS)
    return len(word.text) >= least


def _corrected(
    term: ExpandedTerm,
    known: Sequence[ExpandedTerm],
    expander: TermExpander,
    docs_with_all: DocsWithAll,
    doc_count: int,
) -> ExpandedTerm:
    """An unknown term with the corrections that prove themselves beside the known ones."""
    found = term
    rest = docs_with_all(known) if known else 0
    for candidate in expander.candidates(term):
        evident = (
            not known
            or _is_evident(term.asked, candidate.corrections[0], prefix=candidate.prefix)
            or _is_proven(term.asked, candidate, known, rest, docs_with_all, doc_count)
        )
        if evident:
            found = with_correction(found, candidate)
    return found


def _is_evident(word: str, correction: str, *, prefix: bool) -> bool:
    """Whether a correction needs no proof: few strings are one letter away from a long word."""
    return len(word) >= MIN_EVIDENT_LENGTH and (
        prefix or damerau_levenshtein(word, correction, 1) <= 1
    )


def _is_proven(
    word: str,
    candidate: ExpandedTerm,
    known: Sequence[ExpandedTerm],
    rest: int,
    docs_with_all: DocsWithAll,
    doc_count: int,
) -> bool:
    """Whether a correction stands with the rest of the query more often than chance has it."""
    together = docs_with_all([*known, candidate]) if rest else 0
    if not together:
        return False
    own = docs_with_all([candidate])
    correction = candidate.corrections[0]
    required = MIN_LIFTS.get(len(word), 1.0)
    if not candidate.prefix:
        if len(word) >= MIN_PART_LENGTH and is_inflection(word, correction):
            return True
        if damerau_levenshtein(word, correction, 1) > 1:
            required = max(required, MIN_LIFT_TWO_EDITS)
    if len(word) >= MIN_PART_LENGTH:
        # In a handful of texts not even words that are always together can have more.
        required = min(required, doc_count / max(own, rest))
    return together * doc_count >= required * own * rest


def _doubted(
    term: ExpandedTerm,
    rare: int,
    rest: Sequence[ExpandedTerm],
    expander: TermExpander,
    docs_with_all: DocsWithAll,
) -> ExpandedTerm:
    """A rare term with what it was likelier meant for, one letter away and much commoner.

    A rare name is no typo: only a term is doubted that no document holds with the rest of the
    query, where one holds what was likelier meant.
    """
    wider = expander.corrected(term, MIN_RARE_RATIO * rare)
    if wider is term or docs_with_all([*rest, term]) or not docs_with_all([*rest, wider]):
        return term
    return wider

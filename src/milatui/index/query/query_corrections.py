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

from milatui.index.query.corrections import (
    MAX_CORRECTIONS,
    damerau_levenshtein,
    is_inflection,
)
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

MAX_CANDIDATES: Final = 8
"""Maximum number of corrections of a word that are tried beside the rest of the query."""
MIN_LIFTS: Final = {4: 8.0, 5: 3.0}
"""Minimum lift of a correction by the length of the word; longer words need none, shorter ones are
not corrected."""
COMPLETE_VOCABULARY: Final = 50_000
"""Number of words of an index from which it hardly lacks a right one: more than people of twenty
know (42,000, Brysbaert et al. 2016). There a short word's correction must be no rarer beside the
rest than chance has it."""
ALONE_FACTOR: Final = 0.5
"""Factor of the minimum lift of a short word's correction that alone stands with the rest."""
MIN_LIFT_PART: Final = 2.0
"""Minimum lift beside a part of the rest."""
MAX_GROUPS: Final = 3
"""Maximum number of words of the rest that a correction is tried beside one by one."""
MIN_LIFT_TWO_EDITS: Final = 3.0
"""Minimum lift of a correction that is two edits away."""
HANDFUL: Final = 20
"""Number of documents up to which any that is shared counts, though all may have the rest."""
MIN_SPECIFIC_LENGTH: Final = 6
"""Length from which swapped letters, or documents shared with one other word, are evidence."""
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
    suspect_rare: bool,
    stop: Callable[[], bool] = lambda: False,
) -> list[ExpandedTerm]:
    """Corrects the unknown terms of a query, and known ones that are probably typos.

    Args:
        words: The words of the query that a document is scored by.
        terms: What each stands for.
        expander: Expands words on the index.
        docs_with_all: Counts documents.
        doc_count: Number of documents in the index.
        suspect_rare: Whether rare words may be typos: in a query that is nothing but words.
        stop: Asked between words; once true, the others stay as they are.

    Returns:
        The terms, corrected ones with what they were taken for.
    """
    corrected = list(terms)
    known = [term for term in terms if term]
    meant = _names(words) | _repeated(words)
    budget = MAX_CORRECTED
    for index, (word, term) in enumerate(zip(words, terms, strict=True)):
        if budget == 0 or stop():
            break
        if not _is_correctable(word, alone=not known):
            continue
        if not term and index not in meant:
            budget -= 1
            corrected[index] = _corrected(term, known, expander, docs_with_all, doc_count, stop)
        elif term and suspect_rare:
            rare = expander.doc_freq(term)
            if len(terms) > 1 and rare <= MAX_RARE_DOC_FREQ:
                budget -= 1
                rest = [other for other in terms if other is not term]
                corrected[index] = _correct_rare_term(
                    term, rare, rest, expander, docs_with_all, stop
                )
    return corrected


def _names(words: Sequence[PlainWord]) -> set[int]:
    """Returns the indexes of words in capitals, which are names, unless all of the query is."""
    capitals = {index for index, word in enumerate(words) if word.capitals}
    return capitals if len(capitals) < len(words) else set()


def _repeated(words: Sequence[PlainWord]) -> set[int]:
    """Returns the indexes of words that occur more than once: nobody misspells alike twice."""
    counts = Counter(word.text for word in words)
    return {index for index, word in enumerate(words) if counts[word.text] > 1}


def _is_correctable(word: PlainWord, *, alone: bool) -> bool:
    least = MIN_PART_LENGTH if word.hyphenated else 0 if alone else min(MIN_LIFTS)
    return len(word.text) >= least


def _corrected(
    term: ExpandedTerm,
    known: Sequence[ExpandedTerm],
    expander: TermExpander,
    docs_with_all: DocsWithAll,
    doc_count: int,
    stop: Callable[[], bool],
) -> ExpandedTerm:
    """Returns an unknown term with its corrections; beside known terms only proven ones."""
    if not known:
        return expander.corrected(term, stop=stop)
    groups, least = [known], 0.0
    if len(term.asked) >= MIN_SPECIFIC_LENGTH and not docs_with_all(known):
        # If no document has all the rest, a part of it counts.
        groups, least = [[other] for other in known[:MAX_GROUPS]], MIN_LIFT_PART
    rests = [docs_with_all(group) for group in groups]
    tried: list[tuple[ExpandedTerm, int, list[int]]] = []
    for candidate in expander.candidates(term, limit=MAX_CANDIDATES, stop=stop):
        if stop():
            break
        shared = [docs_with_all([*group, candidate]) for group in groups]
        tried.append((candidate, docs_with_all([candidate]), shared))
    alone = sum(any(shared) for _candidate, _own, shared in tried) == 1
    whole = expander.vocabulary_size >= COMPLETE_VOCABULARY
    proven: list[tuple[float, ExpandedTerm]] = []
    for candidate, own, shared in tried:
        required = max(least, _required_lift(term.asked, candidate, alone=alone, whole=whole))
        best = -1.0
        for together, rest in zip(shared, rests, strict=True):
            if not together:
                continue
            enough = required
            telling = doc_count <= HANDFUL or 2 * rest <= doc_count
            if len(term.asked) >= MIN_PART_LENGTH and telling:
                # Not even words that are always together can have more.
                enough = min(enough, doc_count / max(own, rest))
            lift = together * doc_count / (own * rest)
            if lift >= enough:
                best = max(best, lift)
        if best >= 0 or _is_evident(term.asked, candidate):
            proven.append((best, candidate))
    proven.sort(key=lambda pair: -pair[0])
    found = term
    for _lift, candidate in proven[:MAX_CORRECTIONS]:
        found = with_correction(found, candidate)
    return found


def _is_evident(word: str, candidate: ExpandedTerm) -> bool:
    """Returns whether a correction needs no proof.

    Few words differ by two letters that are swapped, and few strings are one letter away from a
    long word.
    """
    if len(word) < MIN_EVIDENT_LENGTH:
        swapped = sorted(word) == sorted(candidate.corrections[0])
        return swapped and len(word) >= MIN_SPECIFIC_LENGTH and _is_near(word, candidate)
    return candidate.prefix or _is_near(word, candidate)


def _is_near(word: str, candidate: ExpandedTerm) -> bool:
    return damerau_levenshtein(word, candidate.corrections[0], 1) <= 1


def _required_lift(word: str, candidate: ExpandedTerm, *, alone: bool, whole: bool) -> float:
    """Returns how much more often than chance has it a correction must stand with the rest.

    Of many candidates one stands with the rest by chance sooner than a single one does, as with
    multiple comparisons of any kind: where ``alone`` does, less is needed. Less is needed, too,
    where the index has the ``whole`` vocabulary of its language.
    """
    least = MIN_LIFTS.get(len(word), 0.0) * (ALONE_FACTOR if alone else 1.0)
    if whole:
        least = min(least, 1.0)
    if candidate.prefix or _is_near(word, candidate):
        return 0.0 if is_inflection(word, candidate.corrections[0]) else least
    return max(least, MIN_LIFT_TWO_EDITS)


def _correct_rare_term(
    term: ExpandedTerm,
    rare: int,
    rest: Sequence[ExpandedTerm],
    expander: TermExpander,
    docs_with_all: DocsWithAll,
    stop: Callable[[], bool],
) -> ExpandedTerm:
    """Returns a rare term with what it was likelier meant for, one letter away and much commoner.

    A rare name is not a typo: only a term is doubted that no document holds with the rest of the
    query, where one holds what was likelier meant.
    """
    wider = expander.corrected(term, MIN_RARE_RATIO * rare, stop)
    if wider is term or docs_with_all([*rest, term]) or not docs_with_all([*rest, wider]):
        return term
    return wider

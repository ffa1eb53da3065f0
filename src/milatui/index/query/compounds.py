"""Compounds: words written as one that are two, and two that are written as one elsewhere."""

from __future__ import annotations

import heapq
import re
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.field_names import TEXT
from milatui.index.query.corrections import MAX_CORRECTIONS, MAX_LENGTH, damerau_levenshtein
from milatui.index.query.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from whoosh.query import Query

    from milatui.index.query.index_terms import IndexTerms
    from milatui.index.query.syntax import PlainWord
    from milatui.index.query.term_expansion import ExpandedTerm, TermExpander

    PhraseExists = Callable[[Sequence[str]], bool]
    """Returns whether folded words stand one after the other in a document."""

MIN_PART_LENGTH: Final = 3
"""Minimum length of each of two words that were written as one."""
MAX_PARTS: Final = 4
"""Maximum number of parts of a word of letters and digits."""

_PARTS: Final = re.compile(r"[^\W\d_]+|\d+")


def split_compound(
    word: Word,
    terms: IndexTerms,
    expander: TermExpander,
    phrase_exists: PhraseExists,
    stop: Callable[[], bool] = lambda: False,
    *,
    known: bool | None = None,
) -> tuple[Word, ...]:
    """Splits an unknown word into words that stand side by side in a document.

    Either two words (*deeplearning*) or letters and digits (*covid19*).  A word that is one
    edit away from a term is a typo rather than a compound.

    Args:
        word: A word of a query.
        terms: The index.
        expander: Expands words on it.
        phrase_exists: Tells what stands side by side.
        stop: Asked in every loop; once true, the word stays whole.
        known: Whether the index has the word; looked up if not given.

    Returns:
        The words with the offsets of the whole, or the word alone.
    """
    text = word.text
    if len(text) > MAX_LENGTH:
        return (word,)
    if known is None:
        known = bool(expander.word(text))
    mixed = _PARTS.findall(text)
    if 1 < len(mixed) <= MAX_PARTS and "".join(mixed) == text:
        # A known one is split only into parts of some length: *gpt4*, *b2b* and *co2* stay whole.
        long_parts = all(len(part) >= (MIN_PART_LENGTH if part.isalpha() else 2) for part in mixed)
        if (long_parts or not known) and phrase_exists(mixed):
            return _parts(word, mixed)
    if known or any(map(str.isdigit, text)):
        return (word,)
    near = expander.corrector.corrections(text, stop=stop)
    if near and damerau_levenshtein(text, near[0], 1) <= 1:
        return (word,)
    for pair in _pairs(text, terms):
        if stop():
            break
        if phrase_exists(pair):
            return _parts(word, pair)
    return (word,)


def joined_words(
    clauses: Sequence[Query],
    expanded: Callable[[PlainWord], ExpandedTerm],
    terms: IndexTerms,
    expander: TermExpander,
) -> Iterator[tuple[PlainWord, ExpandedTerm]]:
    """Expands words side by side to the one word that they are elsewhere: *data base*.

    Args:
        clauses: The clauses of a query.
        expanded: Gives what a word stands for so far.
        terms: The index.
        expander: Expands words on it.

    Yields:
        Each of two such words, and what it stands for with the one word as a synonym.
    """
    pairs = [
        (first, second)
        for first, second in pairwise(clauses)
        # A word that was split stands twice at the same place.
        if isinstance(first, Word)
        and isinstance(second, Word)
        and (second.startchar - first.endchar == 1 or second.startchar == first.startchar)
        and _may_be_joined(first.text, second.text)
    ]
    if not pairs:
        return
    joined = [first.text + second.text for first, second in pairs]
    occurs = terms.term_doc_freqs(TEXT, [word.encode() for word in joined]) > 0
    for pair, whole in compress(zip(pairs, joined, strict=True), occurs.tolist()):
        for word in pair:
            term = expanded(word)
            wider = expander.with_synonym(term, whole)
            if wider is not term:
                yield word, wider


def _may_be_joined(first: str, second: str) -> bool:
    # After a function word it would be chance (*the rapist*), and before one that is a letter:
    # *vis-à-vis* means no *visa*.  Digits that stand apart are two numbers.
    return not (
        first in STOPWORDS
        or (len(second) == 1 and second in STOPWORDS)
        or (first.isdigit() and second.isdigit())
    )


def _parts(word: Word, texts: Sequence[str]) -> tuple[Word, ...]:
    return tuple(
        Word(text, word.startchar, word.endchar, capitals=word.capitals, hyphenated=True)
        for text in texts
    )


def _pairs(text: str, terms: IndexTerms) -> list[tuple[str, str]]:
    """Returns the pairs of terms that a text is made of, the commonest first."""
    cuts = range(MIN_PART_LENGTH, len(text) - MIN_PART_LENGTH + 1)
    pairs = [(text[:cut], text[cut:]) for cut in cuts]
    parts = sorted({part for pair in pairs for part in pair})
    counts = terms.term_doc_freqs(TEXT, [part.encode() for part in parts]).tolist()
    doc_freqs = dict(zip(parts, counts, strict=True))
    rated = [(min(doc_freqs[a], doc_freqs[b]), a, b) for a, b in pairs]
    likely = heapq.nlargest(MAX_CORRECTIONS, (pair for pair in rated if pair[0]))
    return [(a, b) for _count, a, b in likely]

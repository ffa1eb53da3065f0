"""Query expansion: a word of a query and all index terms that answer it.

A word stands for its stems in every language of the index (Snowball's, after Porter), for its
synonyms and theirs, as a prefix for the commonest words that begin so, and as a regular
expression for the terms that match.  Accents are folded in words and terms alike.
"""

from __future__ import annotations

from array import array
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np

from milatui.index.analysis.stemmer import SHORT, stem, stems_of
from milatui.index.analysis.tokenizer import query_words
from milatui.index.field_names import STEM, TEXT
from milatui.index.query.corrections import (
    MAX_CORRECTIONS,
    SpellingCorrector,
    damerau_levenshtein,
)
from milatui.index.query.prefix_expansion import MAX_EXPANSIONS, expand_prefix, fuzzy_prefixes
from milatui.index.query.regex_guard import MAX_TERM_SIZE, literal_prefix, term_matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from milatui.index.query.index_terms import IndexTerms, TermNumbers

MAX_SYNONYMS: Final = 64
"""Maximum number of synonyms of a word."""
BUILT_IN_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "ai": ("ia",),
    "ia": ("ai",),
    "billion": ("milliard",),
    "billions": ("milliards",),
    "milliard": ("billion",),
    "milliards": ("billions",),
    # German, Spanish, Italian, Portuguese, Dutch, Swedish
    "million": ("millionen", "millones", "milioni", "milhoes", "miljoen", "miljoner"),
    "millions": ("millionen", "millones", "milioni", "milhoes", "miljoen", "miljoner"),
    **dict.fromkeys(
        ("millionen", "millones", "milioni", "milhoes", "miljoen", "miljoner"), ("million",)
    ),
    "percent": ("pourcent", "pourcentage"),
    "pourcent": ("percent",),
}
"""Words that say the same in English and French and share no stem."""

REMEMBERED: Final = 16
"""Number of words whose terms are remembered: a query is completed after it was searched, and the
next key asks for all but its last word again."""

_BATCH: Final = 4096
_NO_NUMBERS: Final = np.zeros(0, np.int64)


class ExpandedTerm(NamedTuple):
    """A word of a query and all index terms that answer it.

    Attributes:
        asked: The folded word as asked; a regular expression between slashes.
        numbers: The terms of ``field``.
        exact: The terms of ``text`` that are the asked word itself, or what it was taken for.
        field: ``stem``, or ``text`` for a regular expression.
        corrections: What an unknown or doubtful word was taken for; empty if it is known.
        prefix: Whether words that only begin with it are among them.
        synonyms: Other words that say the same.
    """

    asked: str
    numbers: TermNumbers
    exact: TermNumbers
    field: Literal["stem", "text"] = STEM
    corrections: tuple[str, ...] = ()
    prefix: bool = False
    synonyms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(map(len, self.numbers))


class TermExpander:
    """Expands the words of queries on one index.

    Its methods may be called from several threads.

    Args:
        terms: The index.
        synonyms: Folded words and others that say the same, see ``synonym_table``.
    """

    def __init__(
        self, terms: IndexTerms, synonyms: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._terms = terms
        self._synonyms = BUILT_IN_SYNONYMS if synonyms is None else synonyms
        self._synonyms_by_stem: dict[str, tuple[str, ...]] | None = None
        self._remembered: dict[tuple[str, bool], ExpandedTerm] = {}
        self._lock = Lock()
        self.corrector = SpellingCorrector(terms)

    @property
    def vocabulary_size(self) -> int:
        """Number of distinct words of the segment that has most."""
        segments = range(self._terms.segment_count)
        return max((len(self._terms.prefix_range(TEXT, at, b"")) for at in segments), default=0)

    def nothing(self, word: str) -> ExpandedTerm:
        """Expands a word to no terms."""
        none: TermNumbers = [[] for _segment in range(self._terms.segment_count)]
        return ExpandedTerm(word, none, none)

    def word(self, word: str, *, correct: bool = False) -> ExpandedTerm:
        """Expands a folded word: its stems in every language, and those of its synonyms.

        Args:
            word: A folded word.
            correct: Takes an unknown word for what it was probably meant for.
        """
        found = self._recall(word, prefix=False)
        return self.corrected(found) if correct and not found else found

    def words(self, words: Iterable[str]) -> dict[str, ExpandedTerm]:
        """Expands many folded words: looking up their terms together is several times as fast.

        Args:
            words: The words, repeated or not.

        Returns:
            What ``word`` gives for each, by word.
        """
        synonyms = {word: self.synonyms_of(word) for word in words}
        roots = {word: _roots((word, *others)) for word, others in synonyms.items()}
        keys = list(dict.fromkeys(root for several in roots.values() for root in several))
        indexes = {key: index for index, key in enumerate(keys)}
        stems = self._terms.lookup(STEM, keys).tolist()
        exact = self._terms.lookup(TEXT, [word.encode() for word in synonyms]).tolist()
        found: dict[str, ExpandedTerm] = {}
        for index, (word, others) in enumerate(synonyms.items()):
            own = [indexes[root] for root in roots[word]]
            found[word] = ExpandedTerm(
                word,
                [sorted(n for at in own if (n := numbers[at]) >= 0) for numbers in stems],
                [[n] if (n := numbers[index]) >= 0 else [] for numbers in exact],
                synonyms=others,
            )
        return found

    def prefix(self, prefix: str, *, correct: bool = False) -> ExpandedTerm:
        """Expands the folded beginning of a word: the commonest words that begin so.

        Args:
            prefix: The beginning, which may be a whole word.
            correct: Takes a beginning that no word has for what it was probably meant for.
        """
        found = self._recall(prefix, prefix=True)
        return self.corrected(found) if correct and not found else found

    def _recall(self, word: str, *, prefix: bool) -> ExpandedTerm:
        """Expands a word or prefix, or remembers what it was expanded to."""
        found = self._remembered.get((word, prefix))
        if found is not None:
            return found
        if prefix:
            whole = self.word(word)
            numbers = united(expand_prefix(self._terms, word), whole.numbers)
            found = whole._replace(numbers=numbers, prefix=True)
        else:
            others = self.synonyms_of(word)
            stems = self._stems((word, *others))
            found = ExpandedTerm(word, stems, self._exact([word]), synonyms=others)
        with self._lock:
            self._remembered[word, prefix] = found
            if len(self._remembered) > REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        return found

    def regex(self, source: str, stop: Callable[[], bool] = lambda: False) -> ExpandedTerm:
        """Expands a regular expression that ``regex_guard`` accepts to the terms it matches.

        Args:
            source: The expression; it must match a term as a whole, case is ignored.
            stop: Asked between batches of terms; once true, what is found so far is given.
        """
        prefix = literal_prefix(source).encode()
        matching = term_matcher(source)
        numbers: list[array[int]] = []
        for segment in range(self._terms.segment_count):
            within = self._terms.prefix_range(TEXT, segment, prefix)
            found = [_NO_NUMBERS]
            for first in range(within.start, within.stop, _BATCH):
                if stop():
                    break
                batch = range(first, min(first + _BATCH, within.stop))
                lines = self._terms.term_lines(TEXT, segment, batch, MAX_TERM_SIZE)
                found.append(np.array(matching(lines), np.int64) + first)
            own = np.concatenate(found)
            living = own[self._terms.doc_freqs(TEXT, segment, own) > 0]
            # There may be many: an array is compact, and NumPy reads it without copying.
            numbers.append(array("q", living.tobytes()))
        nothing: TermNumbers = [[] for _segment in numbers]
        return ExpandedTerm(f"/{source}/", numbers, nothing, field=TEXT)

    def corrected(
        self,
        term: ExpandedTerm,
        min_doc_freq: int = 1,
        stop: Callable[[], bool] = lambda: False,
    ) -> ExpandedTerm:
        """Expands a term to what it was probably meant for, too.

        Args:
            term: A word or prefix, unknown or not.
            min_doc_freq: Minimum document frequency of what was meant.
            stop: Asked in every loop; once true, the likeliest so far is taken.

        Returns:
            The same term if nothing is like it.
        """
        found = term
        for candidate in self.candidates(term, min_doc_freq, stop=stop):
            found = with_correction(found, candidate)
        return found

    def candidates(
        self,
        term: ExpandedTerm,
        min_doc_freq: int = 1,
        limit: int = MAX_CORRECTIONS,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[ExpandedTerm]:
        """Expands each word that a term may be meant for, the likeliest first.

        Args:
            term: A word or prefix, unknown or not.
            min_doc_freq: Minimum document frequency of what was meant.
            limit: Maximum number of words.
            stop: Asked in every loop; once true, there are no more.

        Yields:
            What would answer the term if it were meant so, ``corrections`` being what was meant.
        """
        prefixes: dict[str, str] = {}
        if term.prefix:
            prefixes = fuzzy_prefixes(self._terms, term.asked, min_doc_freq)
            for prefix, example in prefixes.items():
                if stop():
                    return
                yield term._replace(
                    numbers=expand_prefix(self._terms, prefix),
                    exact=self._exact(()),
                    corrections=(example,),
                    synonyms=(),
                )
        if not prefixes and (not term.prefix or not term):
            for word in self.corrector.corrections(term.asked, min_doc_freq, limit, stop):
                yield term._replace(
                    numbers=self._stems([word]),
                    exact=self._exact([word]),
                    corrections=(word,),
                    prefix=False,
                    synonyms=(),
                )

    def with_synonym(self, term: ExpandedTerm, word: str) -> ExpandedTerm:
        """Expands a term to a word that says the same; returns the same term if none has it."""
        if not any(map(len, self._exact([word]))):
            return term
        numbers = united(term.numbers, self._stems([word]))
        return term._replace(numbers=numbers, synonyms=(*term.synonyms, word))

    def doc_freq(self, term: ExpandedTerm) -> int:
        """Sums the document frequencies of a term's index terms."""
        return self._terms.doc_freq(term.field, term.numbers)

    def highlights(self, term: ExpandedTerm) -> tuple[str, ...]:
        """Lists the words of a term as highlighting takes them: a prefix ends in a star.

        Returns:
            At most ``MAX_EXPANSIONS`` folded words, sorted.
        """
        if term.field == TEXT:
            found = {
                text.decode()
                for segment, own in enumerate(term.numbers)
                for text in self._terms.segment_terms(TEXT, segment, own[:MAX_EXPANSIONS])
            }
            return tuple(sorted(found)[:MAX_EXPANSIONS])
        meant = [
            _near_prefix(term.asked, word) + "*" if term.prefix else word
            for word in term.corrections
        ]
        if meant and not any(map(len, self._exact([term.asked]))):
            return tuple(meant)
        return (term.asked + "*" * term.prefix, *term.synonyms, *meant)

    def synonyms_of(self, word: str) -> tuple[str, ...]:
        """Lists the synonyms of a folded word, or of one with the same stem: *chercheurs* has
        those of the singular.

        Returns:
            Folded words, in the order of the table; empty if there are none.
        """
        if word in self._synonyms or len(word) <= SHORT:
            return self._synonyms.get(word) or self._synonyms.get(stem(word, "en"), ())
        if self._synonyms_by_stem is None:
            # Deferred: stems of long words load Whoosh's stemmers.
            self._synonyms_by_stem = {
                root: others for known, others in self._synonyms.items() for root in stems_of(known)
            }
        by_stem = self._synonyms_by_stem
        found = (by_stem[root] for root in stems_of(word) if root in by_stem)
        return tuple(other for other in next(found, ()) if other != word)

    def _stems(self, asked: Iterable[str]) -> TermNumbers:
        return self._terms.term_numbers(STEM, _roots(asked))

    def _exact(self, asked: Iterable[str]) -> TermNumbers:
        return self._terms.term_numbers(TEXT, [word.encode() for word in asked])


def _roots(asked: Iterable[str]) -> list[bytes]:
    """Returns the stems of words in every language, as terms, sorted."""
    keys = {root for word in asked for root in (*stems_of(word), f"xx:{word}")}
    return sorted(key.encode() for key in keys)


def with_correction(term: ExpandedTerm, candidate: ExpandedTerm) -> ExpandedTerm:
    """Adds to a term what it was probably meant for."""
    return term._replace(
        numbers=united(term.numbers, candidate.numbers),
        exact=united(term.exact, candidate.exact),
        corrections=tuple(dict.fromkeys((*term.corrections, *candidate.corrections))),
        # An unknown beginning that is taken for a whole word begins nothing.
        prefix=candidate.prefix,
    )


def _near_prefix(prefix: str, word: str) -> str:
    """Finds the prefix of ``fuzzy_prefixes`` that a word is the example of."""
    sizes = (len(prefix) + 1, len(prefix), len(prefix) - 1)
    begun = (word[:size] for size in sizes)
    return next((one for one in begun if damerau_levenshtein(prefix, one, 1) <= 1), word)


def synonym_table(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Makes the table of folded words and those that say the same.

    Args:
        rows: The lists of an archive; only single words of them can stand for one another.

    Returns:
        Those of the lists and ``BUILT_IN_SYNONYMS``.
    """
    table: dict[str, tuple[str, ...]] = dict(BUILT_IN_SYNONYMS)
    for row in rows:
        single = [found[0] for word in row if len(found := query_words(word)) == 1][:MAX_SYNONYMS]
        for word in single:
            known = table.get(word, ())
            if len(known) < MAX_SYNONYMS:
                others = (other for other in single if other != word)
                table[word] = tuple(dict.fromkeys((*known, *others)))
    return table


def united(first: TermNumbers, second: TermNumbers) -> TermNumbers:
    """Unites two sets of terms.

    Args:
        first: For each segment ascending numbers of terms.
        second: The same, of as many segments.

    Returns:
        For each segment the ascending numbers that one of both has.
    """
    return [sorted({*one, *other}) for one, other in zip(first, second, strict=True)]

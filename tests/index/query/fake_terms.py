"""A plain index of texts: what query expansion is tested against."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from milatui.index.analysis.stemmer import stem
from milatui.index.analysis.tokenizer import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from milatui.index.query.index_terms import TermNumbers
    from milatui.index.query.term_expansion import ExpandedTerm


class _Field(NamedTuple):
    terms: list[bytes]
    docs: list[set[int]]


class FakeTerms:
    """The terms of texts, made from their tokens.

    Args:
        segments: The texts of each, with the language they are analysed in.
        knows_stems: Whether words are mapped to their stems.
    """

    def __init__(self, *segments: Sequence[tuple[str, str]], knows_stems: bool = True) -> None:
        self.texts = [words(text) for segment in segments for _language, text in segment]
        self._fields: list[dict[str, _Field]] = []
        self._stems: list[list[set[int]]] = []
        self._knows_stems = knows_stems
        first = 0
        for segment in segments:
            self._add(segment, first)
            first += len(segment)

    def _add(self, texts: Sequence[tuple[str, str]], first: int) -> None:
        docs: dict[str, defaultdict[bytes, set[int]]] = {
            name: defaultdict(set) for name in ("text", "stem")
        }
        stems: defaultdict[bytes, set[bytes]] = defaultdict(set)
        for doc, (language, text) in enumerate(texts, start=first):
            for word in words(text):
                marked = f"{language}:{stem(word, language)}".encode()
                docs["text"][word.encode()].add(doc)
                docs["stem"][marked].add(doc)
                stems[word.encode()].add(marked)
        fields = {
            name: _Field(sorted(found), [found[term] for term in sorted(found)])
            for name, found in docs.items()
        }
        self._fields.append(fields)
        number = {term: place for place, term in enumerate(fields["stem"].terms)}
        self._stems.append([{number[s] for s in stems[term]} for term in fields["text"].terms])

    # What query expansion asks

    @property
    def segment_count(self) -> int:
        return len(self._fields)

    def term_numbers(self, name: str, terms: Iterable[bytes]) -> TermNumbers:
        wanted = set(terms)
        return [
            [n for n, term in enumerate(fields[name].terms) if term in wanted]
            for fields in self._fields
        ]

    def lookup(
        self, name: str, terms: Sequence[bytes], known: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        found = [{term: n for n, term in enumerate(fields[name].terms)} for fields in self._fields]
        return np.array([[own.get(term, -1) for term in terms] for own in found], np.int64)

    def lookup_doc_freqs(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array(
            [
                self.doc_freq(name, [[number] if number >= 0 else [] for number in own])
                for own in numbers.T.tolist()
            ],
            np.int64,
        )

    def doc_freq(self, name: str, numbers: TermNumbers) -> int:
        return sum(
            len(fields[name].docs[number])
            for fields, own in zip(self._fields, numbers, strict=True)
            for number in own
        )

    def doc_freqs(
        self, name: str, segment: int, numbers: range | NDArray[np.int64]
    ) -> NDArray[np.int64]:
        docs = self._fields[segment][name].docs
        return np.array([len(docs[number]) for number in numbers], np.int64)

    def term_doc_freqs(self, name: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        return np.array(
            [self.doc_freq(name, self.term_numbers(name, [term])) for term in terms], np.int64
        )

    def prefix_doc_freqs(self, name: str, prefixes: Sequence[bytes]) -> NDArray[np.int64]:
        ranges = [
            [self.prefix_range(name, segment, prefix) for segment in range(self.segment_count)]
            for prefix in prefixes
        ]
        return np.array([self.doc_freq(name, numbers) for numbers in ranges], np.int64)

    def prefix_range(self, name: str, segment: int, prefix: bytes) -> range:
        terms = self._fields[segment][name].terms
        first = bisect_left(terms, prefix)
        last = first
        while last < len(terms) and terms[last].startswith(prefix):
            last += 1
        return range(first, last)

    def segment_terms(self, name: str, segment: int, numbers: range | Sequence[int]) -> list[bytes]:
        return [self._fields[segment][name].terms[number] for number in numbers]

    def term_lines(self, name: str, segment: int, numbers: range, longest: int) -> bytes:
        found = self.segment_terms(name, segment, numbers)
        return b"\n".join([term if len(term) <= longest else b"" for term in found])

    def term_sizes(self, name: str, segment: int, numbers: range) -> NDArray[np.int64]:
        return np.array([len(t) for t in self.segment_terms(name, segment, numbers)], np.int64)

    def stems_of(self, segment: int, numbers: Sequence[int]) -> list[list[int]] | None:
        if not self._knows_stems:
            return None
        return [sorted(self._stems[segment][number]) for number in numbers]

    # What the searcher tells

    def docs(self, term: ExpandedTerm) -> set[int]:
        """The texts that hold a term."""
        return {
            doc
            for fields, own in zip(self._fields, term.numbers, strict=True)
            for number in own
            for doc in fields[term.field].docs[number]
        }

    def docs_with_all(self, terms: Sequence[ExpandedTerm]) -> int:
        """How many texts hold all of some terms."""
        return len(set.intersection(set(range(len(self.texts))), *map(self.docs, terms)))

    def phrase_exists(self, phrase: Sequence[str]) -> bool:
        """Whether words stand one after the other in a text."""
        size = len(phrase)
        return any(
            list(phrase) == text[at : at + size]
            for text in self.texts
            for at in range(len(text) - size + 1)
        )

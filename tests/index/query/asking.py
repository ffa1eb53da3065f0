"""Asks plain texts a query of words, by the steps that a search takes before it ranks."""

from __future__ import annotations

from dataclasses import dataclass

from milatui.index.query.compounds import joined_words, split_compound
from milatui.index.query.parser import parse
from milatui.index.query.query_corrections import correct_terms
from milatui.index.query.syntax import Word, WordPrefix, scored_leaves, significant_words
from milatui.index.query.term_expansion import ExpandedTerm, TermExpander
from tests.index.query.fake_terms import FakeTerms


@dataclass(frozen=True)
class Asked:
    """What became of a query.

    Attributes:
        terms: What its words stand for.
        taken: The query with what its words were taken for.
        docs: The texts that have one of the words.
    """

    terms: list[ExpandedTerm]
    taken: str
    docs: set[int]

    @property
    def unknown(self) -> list[str]:
        """The words that no text has."""
        return [term.asked for term in self.terms if not term]


def ask(query: str, texts: FakeTerms, *, typing: bool = False) -> Asked:
    """Asks texts a query."""
    parsed = parse(query, typing=typing)
    expander = TermExpander(texts)
    meant: list[tuple[int, int, str]] = []
    words: list[Word | WordPrefix] = []
    for leaf in scored_leaves(parsed.query):
        assert isinstance(leaf, Word | WordPrefix)
        parts = (
            (leaf,)
            if isinstance(leaf, WordPrefix)
            else split_compound(leaf, texts, expander, texts.phrase_exists)
        )
        if len(parts) > 1 and leaf.text.isalpha():
            meant.append((leaf.startchar, leaf.endchar, " ".join(part.text for part in parts)))
        words += parts
    expanded = {
        word: expander.prefix(word.text)
        if isinstance(word, WordPrefix)
        else expander.word(word.text)
        for word in words
    }
    counting = significant_words(words)
    corrected = correct_terms(
        *(counting, [expanded[word] for word in counting], expander),
        *(texts.docs_with_all, len(texts.texts)),
        suspect_rare=parsed.query.is_plain,
    )
    expanded.update(zip(counting, corrected, strict=True))
    expanded.update(joined_words(words, expanded.__getitem__, texts, expander))
    terms = [expanded[word] for word in counting]
    for word, term in zip(counting, terms, strict=True):
        if term.corrections:
            meant.append((word.startchar, word.endchar, term.corrections[0]))
    taken = query
    for start, end, text in sorted(meant, reverse=True):
        taken = taken[:start] + text + taken[end:]
    docs = {doc for term in terms for doc in texts.docs(term)}
    return Asked(terms, taken, docs)

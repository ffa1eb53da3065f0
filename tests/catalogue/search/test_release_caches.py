"""What is kept for the next search can be dropped, and the next one finds the same."""

from __future__ import annotations

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.catalogue.search import highlight
from milatui.index.analysis import tokenizer
from milatui.index.analysis.stemmer import stem


def found(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The hits of a search, with their snippets."""
    result = catalogue.search("laboratory", Scope(), limit=5)
    return [(hit.row.id, hit.snippet.text if hit.snippet else "") for hit in result.hits]


def kept() -> list[int]:
    """How much the tables hold: words, parts of words, stems, matchers."""
    caches = (stem.cache_info(), highlight._matcher.cache_info())
    return [len(tokenizer._WORDS), len(tokenizer._PARTS), *(info.currsize for info in caches)]


def test_words_and_matches_are_dropped_and_found_again(catalogue: Catalogue) -> None:
    before = found(catalogue)
    assert before
    assert all(kept())
    catalogue.release_caches()
    assert kept() == [0, 0, 0, 0]
    assert found(catalogue) == before

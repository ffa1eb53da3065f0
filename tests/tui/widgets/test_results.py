"""What a line of the results shows of a snippet."""

from __future__ import annotations

import pytest

from milatui.catalogue.search.hits import Snippet
from milatui.tui.widgets.results_pane import scroll_snippet

TEXT = "The text describes Mila as a community of over 1,000 researchers in Montreal"


def snippet_lighting(word: str) -> Snippet:
    start = TEXT.index(word)
    return Snippet(TEXT, ((start, start + len(word)),))


@pytest.mark.parametrize("cells", [24, 30, 40, 60, 200])
@pytest.mark.parametrize("word", ["The", "Mila", "researchers", "Montreal"])
def test_the_first_lit_word_is_always_in_view(word: str, cells: int) -> None:
    text, lit = scroll_snippet(snippet_lighting(word), cells, "…")
    start, end = lit[0]
    assert text[start:end] == word
    assert end <= cells


def test_a_snippet_that_fits_is_left_alone() -> None:
    snippet = snippet_lighting("Mila")
    assert scroll_snippet(snippet, 60, "…") == (TEXT, snippet.highlights)

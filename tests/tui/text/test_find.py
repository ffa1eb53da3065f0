"""Finding words in a document as people type them."""

from __future__ import annotations

import pytest

from milatui.tui.text.wrap import find_words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ete", ["Été", "été"]),
        ("l'été", ["L’Été"]),
        ("une ligne", ["une\nligne"]),
        ("(x)", ["(x)"]),
        ("", []),
        ("nothing", []),
        ("oeuvre", ["œuvre"]),
        ("montreal", ["Montre\u0301al"]),
        ("研究", ["研究"]),
        ("5 m", ["5\u00a0M"]),
    ],
)
def test_case_accents_and_line_breaks_do_not_matter(words: str, found: list[str]) -> None:
    text = "L’Été, une\nligne (x) en été; œuvre à Montre\u0301al, 研究所, 5\u00a0M$"
    assert [text[start:end] for start, end in find_words(text, words)] == found

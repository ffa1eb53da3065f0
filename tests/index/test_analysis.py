"""How text is taken apart into words and stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.engine.splitting import composed, fold, tokens, words
from milatui.index.engine.stemming import stem, stems_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mile-Ex", ["mile", "ex"]),
        ("l’institut d'été", ["institut", "ete"]),
        ("1,000 1 000 1\u202f000 1000", ["1000", "1000", "1000", "1000"]),
        ("1.5 and 1,5", ["1.5", "and", "1.5"]),
        ("the U.S. and A.I.", ["the", "us", "and", "ai"]),
        ("cœur Æsir Straße", ["coeur", "aesir", "strasse"]),
        ("e\u0301te\u0301", ["ete"]),
        ("in 2021, 300 people", ["in", "2021", "300", "people"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_mila_is_not_mile() -> None:
    assert set(stems_of("mila")).isdisjoint(stems_of("mile"))
    assert set(stems_of("mila")).isdisjoint(stems_of("miles"))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("laboratory", "laboratories", "en"),
        ("partnership", "partnerships", "en"),
        ("laboratoire", "laboratoires", "fr"),
        ("lab", "labs", "en"),
        ("chercheuse", "chercheuses", "fr"),
    ],
)
def test_forms_share_a_stem(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_french_stems_do_not_need_accents() -> None:
    assert stem(fold("généré"), "fr") == stem("genere", "fr")


@given(st.text(max_size=60))
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    before = (0, 0)
    for token in tokens(text):
        assert before <= (token.start, token.end)
        assert 0 <= token.start < token.end <= len(text)
        before = (token.start, token.end)


@given(st.text(max_size=60))
def test_tokens_are_the_words(text: str) -> None:
    assert [token.word for token in tokens(composed(text))] == words(text)

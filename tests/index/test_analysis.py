"""How text is taken apart into words and stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.analysis import fold, stem, terms_of_query_word, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mile-Ex", ["mile", "ex"]),
        ("l’institut d'été", ["l", "institut", "d", "ete"]),
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
    assert set(terms_of_query_word("mila")).isdisjoint(terms_of_query_word("mile"))
    assert set(terms_of_query_word("mila")).isdisjoint(terms_of_query_word("miles"))


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
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.word == token.word.lower()
        end = token.end

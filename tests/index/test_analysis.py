"""How text is taken apart into words and stems."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.analysis.characters import is_spaceless
from milatui.index.analysis.folding import fold
from milatui.index.analysis.raw_tokens import raw_tokens
from milatui.index.analysis.stemmer import stem, stems_of
from milatui.index.analysis.tokenizer import (
    tokenize,
    tokenize_query,
    words,
)


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
        ("l´institut d`ete 0´0", ["institut", "ete", "0", "0"]),
        ("½ ﷺ coŀlecció", ["1", "2", "صلى", "الله", "عليه", "وسلم", "col", "leccio"]),
        ("", []),
    ],
)
def test_words_are_folded_and_spelt_one_way(text: str, expected: list[str]) -> None:
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
    for token in tokenize(text):
        assert before <= (token.start, token.end)
        assert 0 <= token.start < token.end <= len(text)
        before = (token.start, token.end)


@given(st.text(max_size=60))
def test_tokens_are_the_words(text: str) -> None:
    assert [token.word for token in tokenize(text)] == words(text)


SIGNS = "aeéß0´'’`.,&_$%½²ﬁﷺŀͺ\u0301 -"
ANY_TEXT = st.text(max_size=60) | st.text(st.sampled_from(SIGNS), max_size=20)


@given(ANY_TEXT)
def test_a_word_is_one_word_and_itself(text: str) -> None:
    for word in words(text):
        assert [token.word for token in tokenize_query(word)] == [word]


def _is_one_letter(sign: str) -> bool:
    """Whether a sign stands for letters and digits only: ﬁ and ² do, ½ (1⁄2) and ﷺ do not."""
    plain = unicodedata.normalize("NFKD", sign)
    return all(c.isalnum() or unicodedata.combining(c) for c in plain)


@given(ANY_TEXT)
def test_folding_makes_no_word_into_two(text: str) -> None:
    for raw in raw_tokens(text):
        letters_only = all(map(_is_one_letter, raw)) and not any(map(is_spaceless, fold(raw)))
        number_with_unit = raw[0].isdigit()
        if letters_only and not number_with_unit:
            assert len(words(raw)) <= 1
            assert len(fold(raw).split()) <= 1

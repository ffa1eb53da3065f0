"""Stems are those of Snowball's stemmers, also where a shortcut avoids them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.lang.snowball.english import EnglishStemmer

from milatui.index.analysis.stemmer import SHORT, stem_uncached

ENDINGS = (
    *("", "s", "ies", "ed", "eed", "edly", "ing", "ingly", "y", "e", "l", "er", "or", "ion", "ism"),
    *("ent", "ant", "ment", "ic", "iti", "ogi", "enci", "li", "ful", "ness", "ator", "izer", "ous"),
    *("ization", "fulness", "biliti", "icate", "ible", "ive", "ize", "alli", "x", "th", "ck", "o"),
)
WORDS = st.builds(
    str.__add__,
    st.text("aeiouybcdgklmnprstvxz", min_size=SHORT, max_size=9),
    st.sampled_from(ENDINGS),
)


@given(WORDS)
@example("yyyyy")
@example("sayyid")
def test_english_stems_are_porter2_s(word: str) -> None:
    if len(word) > SHORT:
        assert stem_uncached(word, "en") == EnglishStemmer().stem(word)

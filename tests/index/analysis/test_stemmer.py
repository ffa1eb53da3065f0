"""Stems are those of Snowball's stemmers, also where a shortcut avoids them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.lang.snowball.english import EnglishStemmer

from milatui.index.analysis.porter2 import stem_english
from milatui.index.analysis.stemmer import SHORT, stem_uncached

ENDINGS = (
    *("", "s", "ies", "ed", "eed", "edly", "ing", "ingly", "y", "e", "l", "er", "or", "ion", "ism"),
    *("ent", "ant", "ment", "ic", "iti", "ogi", "enci", "li", "ful", "ness", "ator", "izer", "ous"),
    *("ization", "fulness", "biliti", "icate", "ible", "ive", "ize", "alli", "x", "th", "ck", "o"),
)
LETTERS = "aeiouybcdgklmnprstvxz"
WORDS = st.builds(
    str.__add__, st.text(LETTERS, min_size=SHORT, max_size=9), st.sampled_from(ENDINGS)
)
"""Words with one ending, so that each rule is met."""
CHAINS = st.builds(
    "{}{}{}".format,
    st.one_of(st.sampled_from(["gener", "commun", "arsen"]), st.text(LETTERS, max_size=5)),
    st.sampled_from(ENDINGS),
    st.lists(st.sampled_from(ENDINGS), max_size=2).map("".join),
)
"""Words with several endings, one behind the other; many have no R2 or lose it."""


@given(WORDS)
@example("yyyyy")
@example("sayyid")
def test_english_stems_are_porter2_s(word: str) -> None:
    if len(word) > SHORT:
        assert stem_uncached(word, "en") == EnglishStemmer().stem(word)


@given(st.one_of(WORDS, CHAINS))
@example("sky")
@example("skies")
@example("proceeding")
@example("relationally")
@example("created")
@example("hoping")
@example("hopping")
@example("generously")
def test_stems_of_the_rules_are_whoosh_s(word: str) -> None:
    if len(word) >= SHORT - 1:
        assert stem_english(word) == EnglishStemmer().stem(word)

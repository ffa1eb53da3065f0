"""Words and offsets of the tokenizer: every script, numbers, money, and the two ways to them."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from milatui.index.analysis.folding import fold, fold_with_offsets
from milatui.index.analysis.tokenizer import (
    TokenCache,
    query_words,
    tokenize,
    tokenize_query,
    words,
)

SCRIPTS = (
    "aeézßœİΣςσάЖйё研究所東のガがｶﾞー서울연ㄱ가ภาษาน้ำກຳမြန်မာခ\u1039ខ្មែរहिन्दीকলামతెలుగుعَرَبِيّةپکیשָׁלוֹםאבג"
)
SIGNS = "'’ʼ‘´`′＇׳״\"«.．,，٫٬&＆%٪$€£¥￥_-/ \u00a0\u202f\n\t\u3000\u200b\u00ad\u0301\u0338\u3099"
NUMBERS = "0123456789０５५٥٣"
AMOUNTS = (
    "US$ $ € CA$ $US M$ M m k Md Mds Mio bn USD MUSD EUR million de d’ dollars 000 350 5 1 12 , . '"
    " ’ R & D l’ aujourd’hui s t n’ x A 3D %"
)
MONEY = st.sampled_from(AMOUNTS.split()) | st.sampled_from(" \n\u202f")
TEXTS = (
    st.text(max_size=40)
    | st.text(st.sampled_from(SCRIPTS + SIGNS + NUMBERS), max_size=30)
    | st.text(st.sampled_from("aB1." + NUMBERS[:10] + SIGNS), max_size=20)
    | st.lists(MONEY, max_size=10).map("".join)
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_the_bulk_way_gives_the_same_words(text: str) -> None:
    cache = TokenCache(lambda word: f"{word} ".encode())
    for _time in range(2):
        assert cache.encode(text).decode("utf-8").split(" ")[:-1] == words(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_tokens_have_the_words_and_lie_in_order(text: str) -> None:
    found = tokenize(text)
    assert [token.word for token in found] == words(text)
    before = (0, 0)
    for token in found:
        assert token.word
        assert before <= (token.start, token.end)
        assert 0 <= token.start < token.end <= len(text)
        before = (token.start, token.end)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_decomposed_text_has_the_words_of_composed(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", composed)) == words(composed)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_word_alone_is_itself(text: str) -> None:
    for word in words(text):
        assert [token.word for token in tokenize_query(word)] == [word]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_word_is_what_stands_at_its_offsets(text: str) -> None:
    """What is lit says what was sought: read alone, it has the word."""
    for token in tokenize(text):
        read_alone = words(text[token.start : token.end])
        # What follows an amount may make it one: ``5M dollars``.
        with_money = words(text[token.start : token.end + 12])
        assert token.word in (*read_alone, *with_money)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_query_has_the_words_of_a_text_but_the_ends_of_runs(text: str) -> None:
    indexed = words(text)
    asked = [token.word for token in tokenize_query(text)]
    side_by_side = query_words(text)
    rest = iter(indexed)
    assert all(word in rest for word in asked)
    assert side_by_side in (indexed, indexed[:-1])


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_folding_keeps_offsets_and_is_idempotent(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert fold(folded.text) == folded.text
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    for start, end, char in zip(folded.starts, folded.ends, folded.text, strict=True):
        assert char in fold(text[start:end])

"""Words become the same hashes wherever they stand and however they are dressed."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from milatui.ingest.near_duplicates.shingles import SHINGLE_WORDS, hash_words, shingle_hashes


@given(st.lists(st.sampled_from(["one", "deux", "über", "née", "日本", "x", "zwei"]), max_size=12))
def test_as_many_words_as_the_text_has(words: list[str]) -> None:
    expected = sum(2 if word == "日本" else 1 for word in words)
    for text in (" ".join(words), "  –" + "…\n".join(words) + "。", "«" + "», «".join(words) + "»"):
        found = hash_words(text)
        assert len(found.words) == expected, text
        assert len(found.numbers) == 0


@given(st.text(max_size=200), st.text(max_size=70_000 // 1_000))
def test_any_text_can_be_hashed(text: str, more: str) -> None:
    found = hash_words(text + more * 1_000)
    assert found.words.dtype == found.numbers.dtype == np.uint64


def test_numbers_and_names_of_days_are_apart() -> None:
    found = hash_words(
        "On Monday, March 3, 2024 the 12 schools of district 9b lundi 4 août opened."
    )
    words = hash_words("on the schools of district opened").words
    assert found.words.tolist() == words.tolist()
    assert len(found.numbers) == len(re.findall(r"3|2024|12|9b|4", "3 2024 12 9b 4"))


def test_a_word_has_one_hash_far_into_a_long_text() -> None:
    filler = "lorem " * 50_000
    far = hash_words(f"{filler} partnership announced")
    assert far.words[-2:].tolist() == hash_words("Partnership, announced!").words.tolist()
    assert len(set(far.words[:-2].tolist())) <= 1 + len(filler) // (1 << 16)


def test_shingles_are_runs_of_words() -> None:
    words = hash_words("one two three four one two three").words
    found = shingle_hashes(words)
    assert len(found) == len(words) - SHINGLE_WORDS + 1
    assert found[0] == found[4]
    assert len(set(found.tolist())) == 4
    assert len(shingle_hashes(words[: SHINGLE_WORDS - 1])) == 0

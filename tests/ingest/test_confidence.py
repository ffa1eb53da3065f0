"""Tests the order and the words of confidence."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import CONFIDENCE_WORDS, Confidence


def test_ordered_and_named() -> None:
    assert Confidence.UNSURE < Confidence.LIKELY < Confidence.CERTAIN
    assert CONFIDENCE_WORDS == ("certain", "likely", "unsure")


@pytest.mark.parametrize("word", CONFIDENCE_WORDS)
def test_word_is_read_back(word: str) -> None:
    assert Confidence.of_word(word).word == word

"""Pseudo-relevance feedback: which terms it chooses, and what they weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from milatui.index.query.term_expansion import ExpandedTerm
from milatui.index.scoring import feedback
from milatui.index.scoring.feedback import FeedbackText, choose_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


def chosen(
    texts: Sequence[tuple[str, float]], doc_freqs: Mapping[str, int], language: str = "en"
) -> dict[str, float]:
    def freqs(terms: Sequence[bytes]) -> NDArray[np.int64]:
        return np.array([doc_freqs.get(term.decode(), 0) for term in terms], np.int64)

    best = [(FeedbackText("", text, language), score) for text, score in texts]
    found = choose_terms(best, 1000, freqs, lambda word: ExpandedTerm(word, [[1]], [[]]))
    return {one.term.asked: one.weight for one in found}


def share_of(words: int) -> float:
    return feedback.MAX_SHARE * words / (words + feedback.HALF_SHARE_WORDS)


def test_terms_that_several_texts_share_are_chosen_by_their_stems() -> None:
    doc_freqs = {"en:robot": 10, "en:glacier": 10, "en:walrus": 10}
    found = chosen([("robots glaciers", 1.0), ("a robot and the walrus", 1.0)], doc_freqs)
    assert found == {"robots": pytest.approx(share_of(4))}


def test_of_a_single_text_all_terms_may_be_chosen_but_stop_words_and_numbers() -> None:
    doc_freqs = {"en:robot": 10, "en:the": 900, "en:2020": 4, "en:x": 1}
    assert set(chosen([("the robots of 2020 x", 1.0)], doc_freqs)) == {"robots"}


def test_rare_terms_and_those_of_better_texts_weigh_more() -> None:
    doc_freqs = {"en:robot": 500, "en:glacier": 5, "en:walrus": 5}
    texts = [("robots glaciers glaciers walrus", 3.0), ("robots glaciers walrus walrus", 1.0)]
    found = chosen(texts, doc_freqs)
    assert found["glaciers"] > found["walrus"] > found["robots"]
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert sum(found.values()) == pytest.approx(share_of(8))


def test_terms_of_much_text_have_a_greater_share_up_to_a_limit() -> None:
    shares = [
        sum(chosen([("robots glaciers " * count, 1.0)], {"en:robot": 9}).values())
        for count in (4, 250, 300_000)
    ]
    read = feedback.MAX_CHARACTERS // len("robots glaciers ")
    assert shares == [pytest.approx(share_of(2 * count)) for count in (4, 250, read)]
    assert shares[1] == pytest.approx(feedback.MAX_SHARE / 2)
    assert shares == sorted(shares)


def test_in_short_queries_the_terms_have_less_of_the_score() -> None:
    best = [(FeedbackText("", "robots glaciers", "en"), 1.0)]
    shares = [
        choose_terms(
            best,
            1000,
            lambda terms: np.full(len(terms), 9),
            lambda word: ExpandedTerm(word, [[1]], [[]]),
            short=short,
        )[0].weight
        for short in (False, True)
    ]
    assert shares[1] / shares[0] == pytest.approx(feedback.MAX_SHARE_SHORT / feedback.MAX_SHARE)


def test_the_number_of_terms_and_of_look_ups_is_bounded() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    asked: list[int] = []

    def freqs(terms: Sequence[bytes]) -> NDArray[np.int64]:
        asked.append(len(terms))
        return np.full(len(terms), 3, np.int64)

    best = [(FeedbackText("", " ".join(words), "xx"), 1.0)] * 2
    found = choose_terms(best, 1000, freqs, lambda word: ExpandedTerm(word, [[1]], [[]]))
    assert len(found) == feedback.FEEDBACK_TERMS
    assert asked == [feedback.CANDIDATES]


def test_without_texts_there_are_no_terms() -> None:
    assert chosen([], {}) == {}
    assert chosen([("the of", 1.0)], {}) == {}

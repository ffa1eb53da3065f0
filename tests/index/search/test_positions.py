"""Positions: phrases and proximity, against plain sets of numbers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from milatui.index.search import positions
from milatui.index.search.positions import (
    docs_of_positions,
    near_positions,
    phrase_positions,
    select_near,
)
from tests.rounds import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

GAP = 64
SEEDS = some(range(0, 150, 15), 2, 10)
EACH = 15


def chances(first: int) -> Iterator[random.Random]:
    """Sources of chance, the same in every run."""
    return (random.Random(seed) for seed in range(first, first + EACH))


def lists(chance: random.Random, size: int) -> list[NDArray[np.uint32]]:
    """Positions of a word of one to three terms, none twice; sparse or dense."""
    share = chance.choice([0.001, 0.05, 0.4])
    own = [n for n in range(size) if chance.random() < share]
    terms: list[list[int]] = [[] for _term in range(chance.randint(1, 3))]
    for position in own:
        chance.choice(terms).append(position)
    return [np.array(term, np.uint32) for term in terms]


def all_of(word: list[NDArray[np.uint32]]) -> set[int]:
    return {int(n) for term in word for n in term}


@pytest.fixture(params=[1 << 18, 64], ids=["one block", "many blocks"], autouse=True)
def _blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "BLOCK", request.param)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_phrase_ends_where_its_words_stand_one_after_the_other(seed: int) -> None:
    for chance in chances(seed):
        words = [lists(chance, chance.choice([40, 3000])) for _word in range(chance.randint(1, 4))]
        sets = [all_of(word) for word in words]
        last = len(words) - 1
        expected = {
            start + last for start in sets[0] if all(start + n in own for n, own in enumerate(sets))
        }
        assert phrase_positions(words).tolist() == sorted(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_words_are_near_in_either_order(seed: int) -> None:
    for chance in chances(seed):
        size, distance = chance.choice([40, 3000]), chance.choice([0, 1, 5, 60])
        left, right = lists(chance, size), lists(chance, size)
        rarer, other = sorted((left, right), key=positions.count_positions)
        others = all_of(other)
        expected = {one for one in all_of(rarer) if any(abs(one - n) <= distance for n in others)}
        assert near_positions(left, right, distance).tolist() == sorted(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_looking_up_and_marking_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for chance in chances(seed):
        word, reach = lists(chance, 2000), chance.choice([0, 3])
        shift = chance.choice([0, 1, 2, -1, -3])
        candidates = np.array(sorted(chance.sample(range(2000), 30)), np.uint32)
        answers = []
        for sparse in (0, 10**9):
            monkeypatch.setattr(positions, "SPARSE", sparse)
            answers.append(select_near(candidates, word, shift, reach).tolist())
        expected = [
            c for c in candidates.tolist() if any(abs(c + shift - n) <= reach for n in all_of(word))
        ]
        assert answers == [expected, expected]


@pytest.mark.parametrize("seed", SEEDS)
def test_positions_lead_to_their_documents(seed: int) -> None:
    for chance in chances(seed):
        bounds, ends = [0], []
        for _doc in range(chance.randint(1, 30)):
            ends.append(bounds[-1] + chance.choice([0, 1, 20]))
            bounds.append(ends[-1] + GAP)
        tokens = [(doc, n) for doc, end in enumerate(ends) for n in range(bounds[doc], end)]
        some = sorted(
            chance.sample(tokens, chance.randint(0, len(tokens))), key=lambda pair: pair[1]
        )
        found = docs_of_positions(
            np.array([n for _doc, n in some], np.int64), np.array(bounds, np.uint32)
        )
        assert found.tolist() == sorted({doc for doc, _n in some})


def test_a_stopped_phrase_is_not_found() -> None:
    word = [np.arange(10, dtype=np.uint32)]
    assert len(phrase_positions([word, word])) == 9
    assert not len(phrase_positions([word, word], stop=lambda: True))

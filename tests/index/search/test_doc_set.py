"""Sets of records: as Python's sets are; counts of columns and lists."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import numpy as np
import pytest

from milatui.index.search.doc_set import DocSet

SIZE = 60


def some(chance: random.Random) -> set[int]:
    return set(chance.sample(range(SIZE), chance.randint(0, SIZE)))


@pytest.mark.parametrize("seed", range(10))
def test_they_are_combined_as_sets(seed: int) -> None:
    chance = random.Random(seed)
    one, other = some(chance), some(chance)
    first, second = DocSet.from_numbers(one, SIZE), DocSet.from_numbers(other, SIZE)
    assert list(first & second) == sorted(one & other)
    assert list(first | second) == sorted(one | other)
    assert list(first - second) == sorted(one - other)
    assert list(~first) == sorted(set(range(SIZE)) - one)
    assert len(first) == len(one)
    assert first.first(3).tolist() == sorted(one)[:3]  # type: ignore[attr-defined]
    assert [n in first for n in (*range(SIZE), -1, SIZE)] == [
        n in one for n in (*range(SIZE), -1, SIZE)
    ]
    assert bool(first) == bool(one)
    assert (first == second) == (one == other)
    assert first == DocSet.from_bytes(bytes(n in one for n in range(SIZE)))


def test_numbers_are_plain_integers() -> None:
    numbers = DocSet.from_numbers([3, 1, 3], SIZE).numbers()
    assert [type(n) for n in numbers] == [int, int]
    with pytest.raises(IndexError):
        DocSet.from_numbers([SIZE], SIZE)


@pytest.mark.parametrize("seed", range(10))
def test_values_are_counted(seed: int) -> None:
    chance = random.Random(seed)
    inside = some(chance)
    records = DocSet.from_numbers(inside, SIZE)
    column = [chance.randint(0, 4) for _n in range(SIZE)]
    lists = [chance.sample(range(9), chance.randint(0, 3)) for _n in range(SIZE)]
    counted = records.counts(np.array(column, np.uint8))
    assert dict(counted) == Counter(column[n] for n in inside)
    assert counted == sorted(counted, key=lambda pair: (-pair[1], pair[0]))
    offsets = np.cumsum([0, *map(len, lists)])
    items = np.array([item for own in lists for item in own], np.uint32)
    expected = Counter(item for n in inside for item in lists[n])
    assert dict(records.counts_in_lists(offsets, items)) == expected
    bounds = sorted(chance.sample(range(SIZE + 1), 4))
    assert records.counts_in_ranges(bounds) == [
        sum(low <= n < high for n in inside) for low, high in itertools.pairwise(bounds)
    ]

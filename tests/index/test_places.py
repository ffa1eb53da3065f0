"""Places that stand together: looked up, marked, and in blocks; what is kept stays in bounds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from milatui.index.engine import fastplaces
from milatui.index.engine.kept import Kept


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("sparse", [10**9, 0], ids=["marked", "looked up"])
def test_places_at_hand_are_found_by_either_way(
    monkeypatch: pytest.MonkeyPatch, seed: int, sparse: int
) -> None:
    # So many times as many places, and they are looked up: never, or as soon as there is one.
    monkeypatch.setattr(fastplaces, "SPARSE", sparse)
    monkeypatch.setattr(fastplaces, "BLOCK", 7)
    chance = random.Random(seed)  # noqa: S311 - no secret
    lists = [sorted(chance.sample(range(90), chance.randint(0, 12))) for _list in range(3)]
    wanted = sorted(chance.sample(range(90), chance.randint(1, 20)))
    reach = chance.choice((0, 0, 1, 5))
    found = fastplaces.present(
        np.array(wanted, np.int64), [np.array(places, np.uint32) for places in lists], reach
    )
    assert found.tolist() == [
        any(abs(place - other) <= reach for places in lists for other in places) for place in wanted
    ]


def test_a_word_after_itself_is_found_where_it_stands_so() -> None:
    word = [np.array([3, 4, 5, 9, 12, 13], np.uint32)]
    found = fastplaces.following([word, word, word], lambda: False)
    assert found.tolist() == [5]
    assert not len(fastplaces.following([word, word], lambda: True))


def test_what_is_kept_stays_within_its_bound_and_the_oldest_goes() -> None:
    kept = Kept[str](40)
    for name in "abcd":
        kept.keep(name, name.upper(), 10)
    assert kept.get("a") == "A"
    kept.keep("e", "E", 10)
    assert (kept.get("b"), kept.get("a"), kept.get("e")) == (None, "A", "E")
    kept.keep("large", "L", 11)
    assert kept.get("large") is None

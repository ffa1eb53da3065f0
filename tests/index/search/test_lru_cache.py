"""The cache of merged postings: what it keeps, and how much."""

from __future__ import annotations

from milatui.index.search.lru_cache import ByteBoundedLRU


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache: ByteBoundedLRU[str] = ByteBoundedLRU(8)
    for key in "abcd":
        cache.put(key, key.upper(), 2)
    assert cache.get("a") == "A"
    cache.put("e", "E", 2)
    assert [cache.get(key) for key in "abcde"] == ["A", None, "C", "D", "E"]


def test_a_large_value_displaces_nothing() -> None:
    cache: ByteBoundedLRU[str] = ByteBoundedLRU(8)
    cache.put("small", "S", 2)
    cache.put("large", "L", 3)
    assert (cache.get("small"), cache.get("large")) == ("S", None)


def test_a_replaced_value_no_longer_counts() -> None:
    cache: ByteBoundedLRU[int] = ByteBoundedLRU(8)
    for number in range(50):
        cache.put("same", number, 2)
    cache.put("other", 0, 2)
    assert (cache.get("same"), cache.get("other")) == (49, 0)


def test_a_cleared_cache_has_all_its_room() -> None:
    cache: ByteBoundedLRU[str] = ByteBoundedLRU(8)
    for key in "abcd":
        cache.put(key, key, 2)
    cache.clear()
    assert cache.get("d") is None
    for key in "efgh":
        cache.put(key, key, 2)
    assert [cache.get(key) for key in "efgh"] == list("efgh")

"""Remembers what was made last, within a bound in bytes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Things by key; those asked for longest ago go first.  Several threads may use it.

    Args:
        most: Bytes that all together may have.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._things: OrderedDict[object, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> T | None:
        """What is kept under a key, or None."""
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def keep(self, key: object, thing: T, size: int) -> None:
        """Keep something of so many bytes; what is larger than a quarter of the bound is not."""
        if size > self._most // 4:
            return
        with self._lock:
            _gone, before = self._things.pop(key, (None, 0))
            self._things[key] = thing, size
            self._bytes += size - before
            while self._bytes > self._most:
                _key, (_thing, freed) = self._things.popitem(last=False)
                self._bytes -= freed

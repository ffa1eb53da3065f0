"""Caches what was computed last, within a bound in bytes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

Value = TypeVar("Value")


class _Item(NamedTuple, Generic[Value]):
    value: Value
    nbytes: int


class ByteBoundedLRU(Generic[Value]):
    """A least-recently-used cache whose bound is the size of its values.

    Its methods may be called from several threads.

    Args:
        capacity: Maximum number of bytes of all values together. A value of more than a quarter
            of it is not cached: it would displace everything else.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._nbytes = 0
        self._items: OrderedDict[Hashable, _Item[Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Returns the value of a key, None if it is not cached."""
        with self._lock:
            item = self._items.get(key)
            if item is None:
                return None
            self._items.move_to_end(key)
            return item.value

    def clear(self) -> None:
        """Drops all values."""
        with self._lock:
            self._items.clear()
            self._nbytes = 0

    def put(self, key: Hashable, value: Value, nbytes: int) -> None:
        """Caches a value.

        Args:
            key: What ``get`` asks for.
            value: The value.
            nbytes: Its size in bytes.
        """
        if nbytes > self._capacity // 4:
            return
        with self._lock:
            replaced = self._items.pop(key, None)
            self._nbytes += nbytes - (replaced.nbytes if replaced else 0)
            self._items[key] = _Item(value, nbytes)
            while self._nbytes > self._capacity:
                _key, item = self._items.popitem(last=False)
                self._nbytes -= item.nbytes

"""Lengths of texts in one byte, as Whoosh keeps them, so that scores are the same."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final


def _lengths() -> list[int]:
    from whoosh.util.numeric import byte_to_length

    return [int(byte_to_length(code)) for code in range(256)]


LENGTHS: Final = _lengths()
"""The length that each code stands for."""


def length_code(length: int) -> int:
    """The code of a length: the first that stands for at least as much."""
    return min(bisect_left(LENGTHS, length), 255)

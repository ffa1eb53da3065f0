"""Finds what people type in a page: whatever its case, accents, line breaks and composition."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from milatui.index.analysis.folding import fold, fold_with_offsets

_APOSTROPHES: Final = "'’ʼ‘`′"

# The page stays the same while a word is typed.
_folded_page = lru_cache(maxsize=1)(fold_with_offsets)


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Finds every place where ``words`` stand in ``text``, also within its words."""
    pattern = "".join(map(_pattern, " ".join(fold(words).split())))
    if not pattern:
        return ()
    page = _folded_page(text)
    found = (match.span() for match in re.finditer(pattern, page.text))
    return tuple((page.starts[start], page.ends[end - 1]) for start, end in found)


def _pattern(char: str) -> str:
    if char.isspace():
        return r"\s+"
    return f"[{_APOSTROPHES}]" if char in _APOSTROPHES else re.escape(char)

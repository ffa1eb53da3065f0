"""Finds the words a source quotes in the document they are quoted from.

A source is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector):
``exact`` is the passage, ``prefix`` and ``suffix`` are the words right before and
after it where it occurs more than once.  Any run of whitespace equals any other, so
a passage stands even if its document's lines were wrapped anew.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.archive.records import Source

Span = tuple[int, int]


def find_spans(body: str, source: Source, limit: int = 2) -> list[Span]:
    """Finds up to ``limit`` passages that a source may quote; more than one is ambiguous."""
    exact, prefix, suffix = map(collapse_whitespace, (source.exact, source.prefix, source.suffix))
    if not exact:
        return []
    text = _folded(body)
    starts: set[int] = set()
    # Between the passage and what is around it there may be a space or none.  All in one are
    # sought, as looking around each of a million passages would take too long.
    befores = (prefix, f"{prefix} ") if prefix else ("",)
    afters = (suffix, f" {suffix}") if suffix else ("",)
    for before, after in product(befores, afters):
        start = text.find(before + exact + after)
        for _number in range(limit):
            if start >= 0:
                starts.add(start + len(before))
                start = text.find(before + exact + after, start + 1)
    return [_unfolded(body, text, at, at + len(exact)) for at in sorted(starts)[:limit]]


def collapse_whitespace(text: str) -> str:
    """Returns a text with each run of whitespace as one space, and none at the ends."""
    return " ".join(text.split())


# A page asks for all the passages of one document, one after the other.
_folded = lru_cache(maxsize=2)(collapse_whitespace)


def _unfolded(body: str, text: str, start: int, end: int) -> Span:
    """Converts a span of the text with collapsed whitespace to a span of ``body``."""
    word, last = text.count(" ", 0, start), text.count(" ", 0, end)
    begin = _word_offset(body, word) + start - (text.rfind(" ", 0, start) + 1)
    stop = _word_offset(body, last) + end - (text.rfind(" ", 0, end) + 1)
    return begin, stop


def _word_offset(body: str, number: int) -> int:
    return len(body) - len(body.split(None, number)[number])

"""Finds the words a source quotes in the document they are quoted from.

A source is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector):
``exact`` is the passage, ``prefix`` and ``suffix`` are the words right before and
after it where it occurs more than once.  Any run of whitespace equals any other, so
a passage stands even if its document's lines were wrapped anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.archive.records import Source

Span = tuple[int, int]

_SLACK = 200


def find_span(body: str, source: Source) -> Span | None:
    """Start and end offset in ``body`` of the first passage ``source`` quotes, if any."""
    for span in _spans(body, source, limit=1):
        return span
    return None


def find_spans(body: str, source: Source, limit: int = 2) -> list[Span]:
    """Up to ``limit`` passages of ``body`` that ``source`` may mean; more than one is ambiguous."""
    return _spans(body, source, limit)


def fold_whitespace(text: str) -> str:
    """``text`` with each run of whitespace (also no-break) as one space, none at the ends."""
    return " ".join(text.split())


def _spans(body: str, source: Source, limit: int) -> list[Span]:
    words = source.exact.split()
    if not words:
        return []
    found: list[Span] = []
    start = body.find(words[0])
    while start >= 0:
        end = _end_of(body, words, start)
        if end and _fits(body, source, start, end):
            found.append((start, end))
            if len(found) >= limit:
                break
        start = body.find(words[0], start + 1)
    return found


def _end_of(body: str, words: list[str], start: int) -> int:
    """Where ``words`` end if they stand at ``start``, separated by any whitespace; else 0."""
    at = start + len(words[0])
    size = len(body)
    for word in words[1:]:
        gap = at
        while at < size and body[at].isspace():
            at += 1
        if at == gap or not body.startswith(word, at):
            return 0
        at += len(word)
    return at


def _fits(body: str, source: Source, start: int, end: int) -> bool:
    prefix = fold_whitespace(source.prefix)
    if prefix:
        # A window is enough and spares folding a book for each candidate.
        window = body[max(0, start - 4 * len(prefix) - _SLACK) : start]
        if not fold_whitespace(window).endswith(prefix):
            return False
    suffix = fold_whitespace(source.suffix)
    if suffix:
        window = body[end : end + 4 * len(suffix) + _SLACK]
        return fold_whitespace(window).startswith(suffix)
    return True

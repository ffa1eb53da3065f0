"""The style of every character of a line in the reader: what it is, links, lit words, selection."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.pages.model import Link, Page

_ROLES = {
    "title": "title",
    "meta": "dim",
    "heading": "heading",
    "label": "dim",
    "strong": "strong",
    "emphasis": "emphasis",
    "code": "code",
    "table": "code",
    "quote": "quote",
    "bullet": "dim",
    "dim": "dim",
    "flag": "flag",
    "kind": "dim",
    "rule": "frame",
    "bar": "dim",
}


def reach(page: Page) -> list[int]:
    """For each span of ``page`` the furthest end of it and those before: they may nest."""
    return list(accumulate((span.end for span in page.spans), max))


def page_marks(page: Page | None, reached: Sequence[int], start: int, end: int) -> list[str]:
    """A style for each character of ``start..end``, from the roles of the page's spans."""
    marks = ["text"] * (end - start)
    spans = page.spans if page else ()
    for n in range(bisect_right(reached, start), len(spans)):
        if spans[n].start >= max(end, start + 1):
            break
        paint(marks, start, spans[n].start, spans[n].end, _ROLES[spans[n].role])
    return marks


def paint_some(
    marks: list[str],
    base: int,
    stretches: Sequence[Link] | Sequence[tuple[int, int]],
    chosen: int,
    styles: tuple[str, str],
) -> None:
    """Paint the stretches (sorted) that are in the line; the ``chosen`` one in the second style."""
    first = bisect_right(stretches, base, key=lambda stretch: stretch[1])
    for n in range(first, len(stretches)):
        start, end = stretches[n][:2]
        if start >= base + len(marks):
            break
        paint(marks, base, start, end, styles[n == chosen])


def paint(marks: list[str], base: int, start: int, end: int, style: str) -> None:
    """Give ``start..end`` a style, as far as it lies in the line that begins at ``base``."""
    low, high = max(0, start - base), min(len(marks), end - base)
    if high > low:
        marks[low:high] = [style] * (high - low)

"""Makes sources of spans: the quoted words, and as many around them as name the passage alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.quotes.document_text import find_quotes
from milatui.archive.quotes.text_quote import collapse_whitespace
from milatui.archive.records import Source

if TYPE_CHECKING:
    from milatui.ingest.recognise.findings import TextSpan

_WORDS: Final = (1, 2, 3, 4, 6, 8, 12, 24, 48, 96)
"""Numbers of words that a prefix or suffix is tried with: whole paragraphs may occur twice."""
_LONGEST: Final = 300
"""Characters of a sentence that is quoted whole."""
_SENTENCE_END: Final = re.compile(
    r"[.!?…][\"”»’)\]]*\s+(?=[\"“«(\[]?\s?[A-ZÀ-Þ0-9])|\n\s*\n|\n(?=[#>*-] )"
)


def source_of(document: str, body: str, start: int, end: int) -> Source | None:
    """Returns the source of a passage.

    Args:
        document: The id of the document.
        body: Its Markdown.
        start, end: The passage in it.

    Returns:
        None if the passage has no words that can be found again.
    """
    text = _plain_text(body)
    exact = collapse_whitespace(render_markdown(body[start:end]).text)
    if not exact:
        return None
    source = Source(document, exact)
    found = find_quotes(text, source, limit=2)
    if len(found) == 1:
        return source
    if not found:
        return None
    before, after = (_plain_text(part).split() for part in (body[:start], body[end:]))
    for number in _WORDS:
        prefix, suffix = " ".join(before[-number:]), " ".join(after[:number])
        for words in (
            Source(document, exact, prefix=prefix),
            Source(document, exact, suffix=suffix),
            Source(document, exact, prefix=prefix, suffix=suffix),
        ):
            if len(find_quotes(text, words, limit=2)) == 1:
                return words
    return None


def sentence_around(body: str, span: TextSpan) -> tuple[int, int]:
    """Returns the sentence around a span; the span itself if that is too long to be quoted."""
    start = 0
    for match in _SENTENCE_END.finditer(body, 0, len(body)):
        if match.end() > span.start:
            break
        start = match.end()
    following = _SENTENCE_END.search(body, span.end)
    end = len(body) if following is None else following.end()
    start += len(body[start:end]) - len(body[start:end].lstrip())
    end -= len(body[start:end]) - len(body[start:end].rstrip())
    head = re.match(r"(?:#{1,6}|[>*-]|\d+\.)\s+", body[start:end])
    start += head.end() if head and start + head.end() <= span.start else 0
    return (start, end) if end - start <= _LONGEST else (span.start, span.end)


# Many passages of one document are quoted one after the other.
@lru_cache(maxsize=4)
def _plain_text(markdown: str) -> str:
    return render_markdown(markdown).text

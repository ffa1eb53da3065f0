"""Defines the text of a document: what the reader shows, a query searches and a source quotes.

It is the body without its Markdown signs.  Words that somebody copies from the reader stand in
it as they are; words that are quoted with the signs of the file are looked for without them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.archive.quotes.text_quote import find_spans
from milatui.archive.sanitize import sanitize
from milatui.archive.syntax.markdown import PlainText, write_inline, write_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Source

_LOOSE_SIGNS: Final = re.compile(r"[*_`]+(?=\s|$)|(?:(?<=\s)|^)[*_`]+")
"""Signs of emphasis whose other half lies outside the quoted words."""


def document_text(body: str) -> str:
    """Returns the text of a document, given its Markdown."""
    return text_and_paragraphs(body)[0]


# All the quotes of one document are usually looked for one after the other.
@lru_cache(maxsize=2)
def text_and_paragraphs(body: str) -> tuple[str, list[int]]:
    """Returns the text of a document, given its Markdown, and where its paragraphs begin."""
    text = PlainText()
    starts = write_markdown(text, body)
    return str(text), starts


def find_quotes(text: str, source: Source, limit: int = 2) -> list[Span]:
    """Finds up to ``limit`` passages that a source may quote; more than one is ambiguous.

    Args:
        text: The text of a document, see ``document_text``.
        source: The quoted words, and those around them.
        limit: Maximum number of passages.

    Returns:
        Spans of ``text``; none if the words are not in it.
    """
    for attempt in _readings(source):
        spans = find_spans(text, attempt, limit)
        if spans:
            return spans
    return []


def _readings(source: Source) -> Iterator[Source]:
    """Yields a source as it is written, then without Markdown signs."""
    yield source
    rendered = tuple(map(_rendered, (source.exact, source.prefix, source.suffix)))
    bare = tuple(_LOOSE_SIGNS.sub("", words) for words in rendered)
    for exact, prefix, suffix in dict.fromkeys((rendered, bare)):
        yield replace(source, exact=exact, prefix=prefix, suffix=suffix)


def _rendered(words: str) -> str:
    text = PlainText()
    write_inline(text, sanitize(words, multiline=False))
    return str(text)

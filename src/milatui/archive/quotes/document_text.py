"""Defines the text of a document: what the reader shows, a query searches and a source quotes.

It is the rendered body.  Words that somebody copies from the reader stand in it as they are; words
that are quoted with the signs of the file are looked for without them.  Letters with accents are
the same in one character and in two (NFC and NFD): macOS and PDF readers change one to the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.quotes.text_quote import find_spans
from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.markdown.rendered_text import RenderedText
    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Document, Source

_INLINE_SIGNS: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,9})(?!`)[ ]?(?P<code>[^`]{1,500})[ ]?(?P=ticks)(?!`)"
    r"|!?\[(?P<words>[^\[\]]{0,500})\](?:\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?"
    r"(?:\s+(?:\"[^\"]{0,200}\"|'[^']{0,200}'))?\)|\[[^\[\]]{0,200}\])"
    r"|<(?P<address>https?://[^<>\s]{1,1000})>"
    r"|<!--.{0,1000}?-->|</?[A-Za-z][^<>]{0,500}>"
    r"|(?P<emphasis>[*_]{1,3}|~~)"
)
"""Signs of Markdown and HTML within a line, as somebody copies them who has the file open."""


def rendered_text(document: Document) -> RenderedText:
    """Returns the text of a document with the roles of its spans.

    That of a document from the index needs no parser.
    """
    stored = document.rendered
    return render_markdown(document.body) if stored is None else stored.rendered()


def document_text(document: Document) -> str:
    """Returns the text of a document."""
    stored = document.rendered
    return render_markdown(document.body).text if stored is None else stored.text


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
    """Yields a source as it is written, then without the signs of the file."""
    yield source
    words = (source.exact, source.prefix, source.suffix)
    clean = tuple(sanitize(each, multiline=False) for each in words)
    bare = tuple(map(_without_signs, clean))
    forms = (tuple(unicodedata.normalize(form, each) for each in bare) for form in ("NFC", "NFD"))
    for exact, prefix, suffix in dict.fromkeys((clean, bare, *forms)):
        if (exact, prefix, suffix) != words:
            yield replace(source, exact=exact, prefix=prefix, suffix=suffix)


def _without_signs(words: str) -> str:
    """Returns quoted words without the signs that the text shows as what they mean."""
    return unescape(_INLINE_SIGNS.sub(_meaning, words))


def _meaning(match: re.Match[str]) -> str:
    if match["emphasis"]:
        return _emphasis(match)
    if match["words"] is not None:
        return _INLINE_SIGNS.sub(_meaning, match["words"])
    return match["escaped"] or match["code"] or match["address"] or ""


def _emphasis(match: re.Match[str]) -> str:
    """Returns signs that do not mean emphasis: within a word, or between spaces."""
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    in_word = match[0][0] == "_" and before.isalnum() and after.isalnum()
    alone = bool(before) and bool(after) and before.isspace() and after.isspace()
    return match[0] if in_word or alone else ""

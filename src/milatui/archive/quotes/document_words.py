"""Numbers the words of a document by paragraph, as locations such as ``#para=3&words=5-20`` do."""

from __future__ import annotations

import re
from bisect import bisect_right
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.quotes.document_text import rendered_text
from milatui.archive.quotes.text_quote import collapse_whitespace
from milatui.archive.quotes.word_text import WordText

if TYPE_CHECKING:
    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Document

DIGEST_LENGTH: Final = 12
"""Hexadecimal digits of the digest of a text in a citation."""
_RANGE: Final = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")


class WordRange(NamedTuple):
    """Words of a document, by number in all of it: ``first`` (included) to ``last`` (not)."""

    first: int
    last: int


class DocumentWords(WordText):
    """The text of a document, its words, and the paragraphs they are in.

    Attributes:
        digest: The first digits of the SHA-256 of its Markdown, each run of whitespace one space.
    """

    def __init__(self, document: Document) -> None:
        rendered = rendered_text(document)
        super().__init__(rendered.text)
        self.digest = body_digest(document.body)
        self._starts = rendered.paragraphs
        self._paragraphs = [self.at(start) for start in rendered.paragraphs]

    def in_span(self, start: int, end: int) -> WordRange | None:
        """Returns the words that a span of the text touches; None if there are none."""
        first = self.at(start)
        last = first
        while last < len(self.spans) and self.spans[last][0] < end:
            last += 1
        return WordRange(first, last) if first < last else None

    def paragraph(self, number: int) -> WordRange | None:
        """Returns the words of a paragraph by its number from 1; None if it has none."""
        if not 1 <= number <= len(self._paragraphs):
            return None
        first, *later = *self._paragraphs[number - 1 : number + 1], len(self.words)
        return WordRange(first, later[0]) if first < later[0] else None

    def paragraph_span(self, number: int) -> Span | None:
        """Returns where a paragraph stands, by its number from 1; None if it has no words."""
        if self.paragraph(number) is None:
            return None
        start, *later = *self._starts[number - 1 : number + 1], len(self.text)
        return start, start + len(self.text[start : later[0]].rstrip())

    def paragraph_of(self, word: int) -> int:
        """Returns the number, from 1, of the paragraph that a word is in."""
        return max(1, bisect_right(self._paragraphs, word))

    def range_label(self, words: WordRange) -> tuple[str, str]:
        """Returns the paragraph that words begin in, and their numbers in it: ``3``, ``5-20``."""
        number = self.paragraph_of(words.first)
        begin = self._paragraphs[number - 1] if self._paragraphs else 0
        return str(number), f"{words.first - begin + 1}-{words.last - begin}"

    def labelled(self, paragraph: str, numbers: str) -> WordRange | None:
        """Returns the words that a label names; None if the text has no such words."""
        match = _RANGE.fullmatch(numbers)
        if match is None or not paragraph.isdecimal() or len(paragraph) > len("999999999"):
            return None
        inside = self.paragraph(int(paragraph))
        if inside is None:
            return None
        words = WordRange(inside.first + int(match[1]) - 1, inside.first + int(match[2]))
        return words if words.first < words.last <= len(self.words) else None


def body_digest(body: str) -> str:
    """Returns the digest of the Markdown of a document, see ``DocumentWords``."""
    text = collapse_whitespace(body).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()[:DIGEST_LENGTH]

"""Reads the words of a Markdown body without its signs, and tells where they stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final, Literal, NamedTuple

from milatui.archive.syntax.character_references import decode_references
from milatui.ingest.recognise.findings import TextSpan

ParagraphKind = Literal["text", "heading", "item", "quote"]

_SIGNS: Final = re.compile(
    r"(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\))"
    r"|\[(?P<link>[^\[\]\n]{1,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)"
    r"|(?P<comment><!--[\s\S]{0,2000}?-->)"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,300}>)"
    r"|(?P<reference>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<emphasis>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[^\s_])_{1,3}(?!\w)|`+)"
)
_LINE_START: Final = re.compile(
    r"[ \t]*(?:(?P<quote>>[> \t]*)|(?P<heading>#{1,6}[ \t]+)"
    r"|(?P<item>(?:[*+\-•·▪‣–]|\d{1,3}[.)])[ \t]+))?"
)
_SPACES: Final = re.compile(
    "[\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u2028\u2029\x0b\x0c\r\x1c-\x1f\x85]"
)
_ALIKE: Final = {
    "’": "'",
    "ʼ": "'",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2013": "–",
    "—": "–",
} | {"\u2015": "–", "®": " ", "™": " ", "©": " ", "\xad": "-", "＄": "$", "″": '"', "‟": "“"}
_ALIKE_SIGNS: Final = re.compile(f"[{''.join(_ALIKE)}]")
_MAY_BE_SIGNS: Final = re.compile(r"[\[<&\\*_`]")
_AROUND: Final = ".,;:!?()[]\"“”«»'"
_SHORT_LINE: Final = 45
_LONG_LINE: Final = 120
_ENDS: Final = (".", "!", "?", ":", "”", "»", '"')


def fold_signs(text: str) -> str:
    """Returns a text of the same length with one kind of apostrophe, hyphen and dash."""
    return _ALIKE_SIGNS.sub(lambda match: _ALIKE[match[0]], text)


class PlainParagraph(NamedTuple):
    """A paragraph, heading or list item; ``start`` to ``end`` in the plain text."""

    start: int
    end: int
    kind: ParagraphKind


class PlainBody:
    """The words of a body.

    Attributes:
        text: The words as they read; one line is one paragraph.
        folded: The same characters with one kind of space, apostrophe, hyphen and dash.
        paragraphs: The lines of the text that have words.
    """

    def __init__(self, body: str) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._plain_starts: list[int] = []
        self._body_starts: list[int] = []
        self._reference_ends: dict[int, int] = {}
        self.paragraphs: list[PlainParagraph] = []
        self._read_lines(body)
        self.text = "".join(self._pieces)
        self.folded = fold_signs(self.text)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words that the text has in lower case."""
        return frozenset(word.strip(_AROUND) for word in set(self.folded.split()) if word.islower())

    def body_span(self, start: int, end: int) -> TextSpan:
        """Returns where ``start`` to ``end`` of the text, which hold a word, stand in the body."""
        last = self._reference_ends.get(end - 1)
        return TextSpan(self._in_body(start), last or self._in_body(end - 1) + 1)

    def words(self, start: int, end: int) -> str:
        """Returns the words of a span of the text, as one line with single spaces."""
        return " ".join(self.text[start:end].split())

    def _in_body(self, offset: int) -> int:
        at = bisect_right(self._plain_starts, offset) - 1
        return self._body_starts[at] + offset - self._plain_starts[at] if at >= 0 else offset

    def _read_lines(self, body: str) -> None:
        offset = 0
        block: list[tuple[int, str]] = []
        for line in body.split("\n"):
            start = _LINE_START.match(line)
            kind = start.lastgroup if start else None
            if not line.strip():
                self._write_block(block, "text")
                block = []
            elif start is not None and kind is not None:
                self._write_block(block, "text")
                block = []
                inner = line[start.end() :]
                if inner.strip():
                    self._write_block([(offset + start.end(), inner)], _kind(kind))
            else:
                block.append((offset, line))
            offset += len(line) + 1
        self._write_block(block, "text")

    def _write_block(self, block: list[tuple[int, str]], kind: ParagraphKind) -> None:
        """Writes lines that follow each other: wrapped ones become one paragraph."""
        longest = max((len(line) for _offset, line in block), default=0)
        start = self._length
        for number, (offset, line) in enumerate(block):
            hard = line.endswith(("\\", "  "))
            self._write_line(offset, line.removesuffix("\\"))
            last = number == len(block) - 1
            wrapped = longest <= _LONG_LINE and len(line) >= max(_SHORT_LINE, 0.6 * longest)
            if not last and not hard and wrapped and not line.rstrip().endswith(_ENDS):
                self._write(" ", offset + len(line))
                continue
            if self._length > start:
                self.paragraphs.append(PlainParagraph(start, self._length, kind))
            self._write("\n", offset + len(line))
            start = self._length

    def _write_line(self, offset: int, line: str) -> None:
        line = _SPACES.sub(" ", line)
        if _MAY_BE_SIGNS.search(line) is None:
            self._write(line, offset)
            return
        at = 0
        for match in _SIGNS.finditer(line):
            if match.start() < at:
                continue
            self._write(line[at : match.start()], offset + at)
            at = match.end()
            name = match.lastgroup
            if name == "link":
                start, end = match.span("link")
                self._write(line[start:end], offset + start)
            elif name == "reference":
                char = decode_references(match[0])
                if len(char) != 1 or not char.isprintable():
                    char = " " if char.isspace() else match[0]
                if len(char) == 1:
                    self._reference_ends[self._length] = offset + match.end()
                self._write(char, offset + match.start())
        self._write(line[at:], offset + at)

    def _write(self, piece: str, offset: int) -> None:
        if piece:
            self._plain_starts.append(self._length)
            self._body_starts.append(offset)
            self._pieces.append(piece)
            self._length += len(piece)


def _kind(name: str) -> ParagraphKind:
    return "heading" if name == "heading" else "quote" if name == "quote" else "item"

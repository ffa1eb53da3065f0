"""Renders Markdown as text with spans: what documents use of it, quickly and whatever it holds.

Understood are headings, lists, quotes, rules, fenced code, tables, emphasis, code, links and
hard line breaks.  Everything else stands as it is written.  Each pattern looks at a character
a bounded number of times, so that no text takes long.
"""

from __future__ import annotations

import re
from typing import Final, Literal, Protocol

from milatui.archive.sanitize import sanitize

MarkdownRole = Literal["heading", "strong", "emphasis", "code", "quote", "rule", "bullet", "table"]

_FENCE: Final = re.compile(
    r"^ {0,3}(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?P<code>.*?)(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_GAP: Final = re.compile(r"\n[ \t]*\n\s*(?=\S)|\n[ \t]*\n\s*\Z")
_SIGNED: Final = (
    r" {0,12}(?:#{1,6}[ \t]|>|[-*+•][ \t]|[0-9]{1,9}[.)][ \t]|\||-{3,}|={3,}|\*{3,}|_{3,})"
)
_STRUCTURE: Final = re.compile(_SIGNED)
_LATER_STRUCTURE: Final = re.compile(rf"\n{_SIGNED}")  # many times as fast as ^ in every line
_HARD_BREAK: Final = re.compile(r"(?:(?<! ) {2,}+|\\)\n")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)$")
_ITEM: Final = re.compile(r"( *)(?:[-*+•]|([0-9]{1,9}[.)]))[ \t]+(.*)$")
_QUOTE: Final = re.compile(r" {0,3}> ?(.*)$")
_RULE: Final = re.compile(r" {0,3}(?:-[ \t]*){3,}$| {0,3}(?:\*[ \t]*){3,}$| {0,3}(?:_[ \t]*){3,}$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_SIGNS: Final = ("*", "_", "`", "[", "<", "\\", "http")
_INLINE_SIGN: Final = re.compile(r"[*_`\[<\\!]")
_INLINE: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]{1,500})`"
    r"|\*\*(?!\s)(?P<strong>(?:[^*]|\*(?!\*)){1,1000})(?<!\s)\*\*"
    r"|(?<!\w)__(?!\s)(?P<strong2>[^_]{1,1000})(?<!\s)__(?!\w)"
    r"|\*(?![\s*])(?P<emphasis>[^*]{1,1000})(?<!\s)\*"
    r"|(?<!\w)_(?![\s_])(?P<emphasis2>[^_]{1,1000})(?<!\s)_(?!\w)"
    r"|!?\[(?P<words>[^\[\]]{0,500})\]\((?P<address>[^()\s]{1,1000}"
    r"(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:[ \t]+\"[^\"]{0,200}\")?\)"
    r"|<(?P<auto>https?://[^<>\s]{1,1000})>"
    r"|(?P<bare>https?://[^\s<>\"\]]{1,1000})"
)
_MOST_PADDED: Final = 1_000_000
"""Characters of a table whose columns are aligned; spaces would make a larger one huge."""
DEEPEST: Final = 3
"""Maximum nesting of emphasis."""
_TRAILING: Final = ".,;:!?)’”'\""


class MarkdownSink(Protocol):
    """Takes the rendered text from top to bottom, and what its stretches are."""

    at: int
    """Offset of the next character."""

    def write_clean(self, text: str) -> None:
        """Appends text that has been sanitized."""

    def add_span(self, start: int, end: int, role: MarkdownRole) -> None:
        """Gives ``[start, end)`` a role."""

    def link(self, start: int, end: int, target: str) -> None:
        """Adds a link to a web address over ``[start, end)``."""

    def hanging_indent(self, start: int, end: int, columns: int) -> None:
        """Gives the wrapped lines of ``[start, end)`` a hanging indent."""

    def outline_from(self, start: int, level: int) -> None:
        """Adds the text since ``start`` to the outline."""


class PlainText:
    """Takes the text of rendered Markdown and nothing else."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.at = 0

    def write_clean(self, text: str) -> None:
        self._parts.append(text)
        self.at += len(text)

    def add_span(self, start: int, end: int, role: MarkdownRole) -> None:
        """Leaves out what a stretch is."""

    def link(self, start: int, end: int, target: str) -> None:
        """Leaves out where a stretch leads."""

    def hanging_indent(self, start: int, end: int, columns: int) -> None:
        """Leaves out how lines are wrapped."""

    def outline_from(self, start: int, level: int) -> None:
        """Leaves out what is a heading."""

    def __str__(self) -> str:
        return "".join(self._parts)


def write_markdown(page: MarkdownSink, body: str) -> list[int]:
    """Writes a text; returns the offset of each of its paragraphs (blocks)."""
    body = sanitize(body)
    starts: list[int] = []
    at = 0
    if "```" in body or "~~~" in body:
        for match in _FENCE.finditer(body):
            _write_blocks(page, body[at : match.start()], starts)
            starts.append(page.at)
            _write_literal(page, match["code"], "code")
            at = match.end()
    _write_blocks(page, body[at:] if at else body, starts)
    return starts


def _write_blocks(page: MarkdownSink, text: str, starts: list[int]) -> None:
    for block in _GAP.split(text):
        if not block or block.isspace():
            continue
        starts.append(page.at)
        if _STRUCTURE.match(block) or _LATER_STRUCTURE.search(block):
            _write_structure(page, block)
        else:
            _write_paragraph(page, block)
        page.write_clean("\n")


def _write_paragraph(page: MarkdownSink, block: str) -> None:
    """Writes a paragraph: its lines run on, except at hard breaks."""
    # Looked for first, because the pattern takes ten times as long.
    broken = "  \n" in block or "\\\n" in block
    for line in _HARD_BREAK.split(block) if broken else (block,):
        words = line.strip("\n").replace("\n", " ")
        write_inline(page, words)
        page.write_clean("\n")


def _write_literal(page: MarkdownSink, text: str, role: MarkdownRole) -> None:
    start = page.at
    page.write_clean(text.rstrip("\n").expandtabs(4) + "\n")
    page.add_span(start, page.at, role)
    page.write_clean("\n")


def _write_structure(page: MarkdownSink, block: str) -> None:
    """Writes a block with headings, rules, quotes or items, line by line."""
    pending: list[str] = []
    lines = block.strip("\n").split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if _UNDERLINE.match(line) and pending:
            _write_heading(page, 1 if "=" in line else 2, " ".join(pending))
            pending.clear()
        elif line.lstrip().startswith("|"):
            _flush(page, pending)
            table = [line]
            while place < len(lines) and "|" in lines[place]:
                table.append(lines[place])
                place += 1
            _write_table(page, table)
        elif not _write_styled(page, line, lines, place, pending):
            pending.append(line.strip())
        else:
            place = _after_item(lines, place) if _ITEM.match(line) else place
    _flush(page, pending)


def _flush(page: MarkdownSink, pending: list[str]) -> None:
    if pending:
        _write_paragraph(page, "\n".join(pending))
        pending.clear()


def _write_styled(
    page: MarkdownSink, line: str, lines: list[str], place: int, pending: list[str]
) -> bool:
    """Writes a line that is a heading, rule, quote or list item; returns False if it is none."""
    heading = _HEADING.match(line)
    item = None if heading or _RULE.match(line) else _ITEM.match(line)
    quote = _QUOTE.match(line)
    if not (heading or item or quote or _RULE.match(line)):
        return False
    _flush(page, pending)
    if heading:
        _write_heading(page, len(heading[1]), heading[2].rstrip(" \t#"))
    elif item:
        more = [text.strip() for text in lines[place : _after_item(lines, place)]]
        _write_item(page, item, " ".join([item[3], *more]))
    elif quote:
        start = page.at
        page.write_clean("│ ")
        write_inline(page, quote[1])
        page.write_clean("\n")
        page.add_span(start, page.at, "quote")
        page.hanging_indent(start, page.at, 2)
    else:
        start = page.at
        page.write_clean("─" * 12 + "\n")
        page.add_span(start, page.at - 1, "rule")
    return True


def _after_item(lines: list[str], place: int) -> int:
    """Returns the line after the continuation of a list item: indented lines without a sign."""
    while place < len(lines) and lines[place][:1] == " " and not _STRUCTURE.match(lines[place]):
        place += 1
    return place


def _write_heading(page: MarkdownSink, level: int, text: str) -> None:
    start = page.at
    write_inline(page, text)
    page.add_span(start, page.at, "heading")
    page.outline_from(start, level)
    page.write_clean("\n")


def _write_item(page: MarkdownSink, item: re.Match[str], text: str) -> None:
    depth = min(len(item[1]), 12) // 2
    sign = item[2] or "•"
    start = page.at
    page.write_clean("  " * depth)
    bullet = page.at
    page.write_clean(f"{sign} ")
    page.add_span(bullet, bullet + len(sign), "bullet")
    write_inline(page, text)
    page.write_clean("\n")
    page.hanging_indent(start, page.at, 2 * depth + len(sign) + 1)


def _write_table(page: MarkdownSink, lines: list[str]) -> None:
    """Writes a table with aligned columns; the line under its header becomes a rule."""
    rows = [[_cell_text(cell) for cell in line.strip().strip("|").split("|")] for line in lines]
    shown = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    widths = _column_widths(shown)
    text = []
    for place, row in enumerate(shown):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        text.append("  ".join(cells).rstrip())
        if place == 0 and len(shown) < len(rows):
            text.append("  ".join("─" * width for width in widths))
    start = page.at
    page.write_clean("\n".join(text) + "\n")
    page.add_span(start, page.at, "table")


def _cell_text(cell: str) -> str:
    """Returns the text of a cell; what its stretches are and where they lead is left out."""
    text = PlainText()
    write_inline(text, cell.strip())
    return str(text)


def _column_widths(rows: list[list[str]]) -> list[int]:
    """Returns the width of each column; 1 where alignment would fill the memory."""
    widths: list[int] = []
    for row in rows:
        widths += [1] * (len(row) - len(widths))
        for number, cell in enumerate(row):
            widths[number] = max(widths[number], len(cell))
    return widths if sum(widths) * len(rows) <= _MOST_PADDED else [1] * len(widths)


def write_inline(page: MarkdownSink, text: str, depth: int = 0) -> None:
    """Writes sanitized text with its emphasis, code and links."""
    if depth > DEEPEST or not any(map(text.__contains__, _SIGNS)):
        page.write_clean(text)
        return
    at = place = 0
    sign = -1
    while True:
        if sign < place:
            # Kept for the links before it: each would look for it anew, to the end of the text.
            sign = _next_sign(text, place)
        link = text.find("http", place, sign)
        place = link if link >= 0 else sign
        match = _INLINE.match(text, place)
        if match is not None:
            page.write_clean(text[at:place])
            at = place = match.end()
            _write_match(page, match, depth)
        elif place < len(text):
            place += 1
        else:
            break
    page.write_clean(text[at:])


def _next_sign(text: str, place: int) -> int:
    """Returns the offset of the next possible markup or link from ``place`` on, or the end.

    A pattern for all that may stand there would be tried at every letter.
    """
    sign = _INLINE_SIGN.search(text, place)
    return sign.start() if sign else len(text)


def _write_match(page: MarkdownSink, match: re.Match[str], depth: int) -> None:
    kind, found = match.lastgroup or "", match[match.lastgroup or 0]
    start = page.at
    if kind in ("strong", "strong2", "emphasis", "emphasis2"):
        write_inline(page, found, depth + 1)
        page.add_span(start, page.at, "strong" if kind.startswith("strong") else "emphasis")
    elif kind == "code":
        page.write_clean(found)
        page.add_span(start, page.at, "code")
    elif kind == "address":
        write_inline(page, match["words"] or found, depth + 1)
        if found.lower().startswith(("http://", "https://")):
            page.link(start, page.at, found)
    elif kind in ("auto", "bare"):
        address = found.rstrip(_TRAILING) if kind == "bare" else found
        page.write_clean(address)
        page.link(start, page.at, address)
        page.write_clean(found[len(address) :])
    else:
        page.write_clean(found)

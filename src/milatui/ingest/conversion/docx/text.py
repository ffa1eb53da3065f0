"""Reads the text of a DOCX file as Markdown: headings, lists, tables, links, notes.

Headers and footers are parts of their own and are not read.  Deleted and moved text of tracked
changes, hidden text, tables of contents and the second form of text boxes are left out.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from milatui.ingest.conversion.converted import ConversionError, ConvertedDocument, FoundValue
from milatui.ingest.conversion.docx.styles import DocxStyles, Style, read_styles
from milatui.ingest.conversion.markdown_text import (
    emphasis,
    escape,
    escape_block_start,
    link,
    table,
)
from milatui.ingest.docx_package import (
    DOCUMENT,
    NAMESPACES,
    DocxError,
    DocxPackage,
    parse_part,
    part_parser,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NOTE_PARTS: Final = (("word/footnotes.xml", "f"), ("word/endnotes.xml", "e"))
_NOTE_MARKS: Final = {"footnoteReference": "f", "endnoteReference": "e"}
_SKIPPED: Final = frozenset(("moveFrom", "Fallback", "del", "instrText", "pict"))
"""Elements whose text does not count, by local name."""
_SIGNS: Final = {"tab": " ", "cr": "\n", "noBreakHyphen": "-"}
_OFF: Final = ("0", "false", "off")
_RELATIONS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_HEAD: Final = 8
"""Blocks at the beginning among which title and date are looked for."""
_MAX_TITLE: Final = 300
_MAX_DATE_LINE: Final = 100
_TEXT_SIZE: Final = 26
"""Half points beyond which text is large if nothing shows how large the text is."""


@dataclass(slots=True)
class _Run:
    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    list_id: str = ""
    level: str = "0"
    outline: str = ""
    size: int = 0
    runs: list[_Run] = field(default_factory=list)

    def plain(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    def is_bold(self) -> bool:
        return all(run.bold for run in self.runs if run.text.strip())


@dataclass(slots=True)
class _Block:
    """A block of the document: its Markdown, and what is needed to find title and date.

    ``kind`` is a role of a style, or ``table`` or ``note``.
    """

    text: str
    plain: str
    kind: str = ""
    level: int = 0
    bold: bool = False
    size: int = 0


def convert_docx(data: bytes) -> ConvertedDocument:
    """Converts a DOCX file.

    Raises:
        ConversionError: it is damaged, too large, no DOCX file, or has entities.
    """
    try:
        package = DocxPackage(io.BytesIO(data))
        styles = read_styles(package)
        blocks = _TextReader(styles).read(package.part(DOCUMENT) or b"")
        for name, letter in _NOTE_PARTS:
            part = package.part(name)
            if part is not None:
                blocks += _TextReader(styles, letter).read(part)
    except DocxError as error:
        raise ConversionError(str(error)) from error
    title, blocks = _title(blocks, styles.title)
    dates = tuple(
        block.plain
        for block in blocks[:_HEAD]
        if len(block.plain) <= _MAX_DATE_LINE and any(map(str.isdigit, block.plain))
    )
    return ConvertedDocument({"title": title} if title else {}, _markdown(blocks), dates)


def _title(blocks: list[_Block], stated: str) -> tuple[FoundValue | None, list[_Block]]:
    """Returns the title, and the blocks without it."""
    head = blocks[:_HEAD]
    choices = [n for n, block in enumerate(head) if block.kind == "title"]
    if choices:
        # A title may be set in several paragraphs.
        last = choices[0]
        while last + 1 in choices:
            last += 1
        words = " ".join(block.plain for block in head[choices[0] : last + 1])
        return FoundValue(words, "title"), blocks[: choices[0]] + blocks[last + 1 :]
    usual = max((block.size for block in blocks if len(block.plain) > _MAX_TITLE), default=0)
    tests: tuple[Callable[[_Block], bool], ...] = (
        lambda block: bool(stated) and block.plain.casefold() == stated.casefold(),
        lambda block: block.kind == "heading" and block.level == 1,
        lambda block: block.size > max(usual, _TEXT_SIZE) and not block.kind,
        lambda block: block.bold and not block.kind and not block.plain.endswith((".", ":", ";")),
        lambda block: block.kind == "heading",
    )
    for test in tests:
        for number, block in enumerate(head):
            if len(block.plain) > _MAX_TITLE or sum(map(str.isalpha, block.plain)) < 3:
                continue
            if test(block):
                return FoundValue(block.plain, "heading"), blocks[:number] + blocks[number + 1 :]
    return None, blocks


def _markdown(blocks: Sequence[_Block]) -> str:
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if before.kind == block.kind == "list" else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)


class _TextReader:
    """Reads the blocks of one part of a DOCX file."""

    def __init__(self, styles: DocxStyles, note: str = "") -> None:
        self._styles = styles
        self._note = note
        self._label = ""
        self._blocks: list[_Block] = []
        self._open: list[_Paragraph] = []
        self._cells: list[list[list[str]]] = []
        """Rows of the tables that are open, the innermost last."""
        self._run = _Run("")
        self._links: list[str] = []
        self._in_text = self._hidden = False
        self._skipping = 0
        self._numbers: dict[tuple[str, str], int] = {}

    def read(self, data: bytes) -> list[_Block]:
        """Reads a whole part.

        Raises:
            DocxError: it is damaged or has entities.
        """
        parser = part_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_part(parser, data)
        return self._blocks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        if self._skipping or local in _SKIPPED:
            self._skipping += 1
            return
        if space not in NAMESPACES:
            return
        value = attributes.get(f"{space} val", "")
        if local == "p":
            self._open.append(_Paragraph())
        elif local == "r":
            self._run = _Run("", address=self._links[-1] if self._links else "")
            self._hidden = False
        elif local == "t":
            self._in_text = True
        elif local == "hyperlink":
            address = next((attributes[key] for key in _RELATIONS if key in attributes), "")
            self._links.append(self._styles.links.get(address, ""))
        elif local == "tbl":
            self._cells.append([])
        elif local == "tr" and self._cells:
            self._cells[-1].append([])
        elif local == "tc" and self._cells and self._cells[-1]:
            self._cells[-1][-1].append("")
        elif local in ("footnote", "endnote"):
            number = attributes.get(f"{space} id", "")
            self._label = f"[^{self._note}{number}]: " if number.isdecimal() else ""
        elif self._open:
            self._start_in_paragraph(
                local, value, attributes.get(f"{space} type", ""), attributes.get(f"{space} id", "")
            )

    def _start_in_paragraph(self, local: str, value: str, kind: str, identifier: str) -> None:
        paragraph = self._open[-1]
        if local == "pStyle":
            paragraph.style = value
        elif local == "numId":
            paragraph.list_id = value
        elif local == "ilvl":
            paragraph.level = value
        elif local == "outlineLvl":
            paragraph.outline = value
        elif local == "b":
            self._run.bold = value not in _OFF
        elif local == "i":
            self._run.italic = value not in _OFF
        elif local == "vanish":
            self._hidden = value not in _OFF
        elif local == "sz" and value.isdecimal() and len(value) < 5:
            paragraph.size = max(paragraph.size, int(value))
        elif local in _SIGNS:
            self._run.text += _SIGNS[local]
        elif local == "br":
            self._run.text += " " if kind in ("page", "column") else "\n"
        elif local in _NOTE_MARKS and identifier.isdecimal():
            paragraph.runs.append(_Run(f"\0{_NOTE_MARKS[local]}{identifier}\0"))

    def _end(self, name: str) -> None:
        space, _gap, local = name.rpartition(" ")
        if self._skipping:
            self._skipping -= 1
            return
        if space not in NAMESPACES:
            return
        if local == "t":
            self._in_text = False
        elif local == "r" and self._open:
            if self._run.text and not self._hidden:
                self._open[-1].runs.append(self._run)
            self._run = _Run("")
        elif local == "hyperlink" and self._links:
            self._links.pop()
        elif local == "p" and self._open:
            self._end_paragraph(self._open.pop())
        elif local == "tbl" and self._cells:
            self._end_table(self._cells.pop())

    def _characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._run.text += text

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        plain = paragraph.plain()
        if not plain.strip("\0 "):
            return
        text = _inline(paragraph.runs)
        if self._cells and self._cells[-1] and self._cells[-1][-1]:
            cells = self._cells[-1][-1]
            cells[-1] = f"{cells[-1]} {text}".strip()
            return
        if self._note:
            if self._label or self._blocks:
                self._blocks.append(_Block(f"{self._label}{text}", plain, "note"))
            self._label = ""
            return
        style = self._styles.styles.get(paragraph.style, Style())
        if style.role == "contents":
            return
        block = _Block(text, plain, bold=paragraph.is_bold(), size=paragraph.size)
        level = _heading_level(paragraph, style)
        list_id = paragraph.list_id or style.list_id
        if style.role == "title":
            block.kind = "title"
        elif level:
            block.kind, block.level = "heading", level
            block.text = f"{'#' * min(level + 1, 6)} {escape(plain)}"
        elif list_id != "0" and (list_id or style.role == "list"):
            block.kind = "list"
            block.text = self._item(list_id, paragraph.level, text)
        elif style.role == "quote":
            block.kind = "quote"
            block.text = f"> {text}"
        elif block.bold and len(plain) <= _MAX_TITLE:
            block.text = text
        else:
            block.text = "\\\n".join(escape_block_start(line) for line in text.split("\\\n"))
        self._blocks.append(block)

    def _item(self, list_id: str, level: str, text: str) -> str:
        depth = int(level) if level.isdecimal() and len(level) == 1 else 0
        for key in [k for k in self._numbers if k[0] == list_id and k[1] > level]:
            del self._numbers[key]
        sign = "-"
        if list_id == "number" or (list_id, level) in self._styles.numbered:
            self._numbers[list_id, level] = self._numbers.get((list_id, level), 0) + 1
            sign = f"{self._numbers[list_id, level]}."
        return f"{'    ' * depth}{sign} {text}"

    def _end_table(self, rows: list[list[str]]) -> None:
        rows = [row for row in rows if any(row)]
        if self._cells and self._cells[-1] and self._cells[-1][-1]:
            # A table in a cell: its texts are those of the cell.
            cells = self._cells[-1][-1]
            cells[-1] = " ".join([cells[-1], *(cell for row in rows for cell in row)]).strip()
        elif rows and max(map(len, rows)) == 1:
            self._blocks += [_Block(row[0], row[0]) for row in rows]
        elif rows:
            self._blocks.append(_Block(table(rows), " ".join(rows[0]), "table"))


def _heading_level(paragraph: _Paragraph, style: Style) -> int:
    outline = paragraph.outline
    if outline.isdecimal() and len(outline) == 1 and int(outline) < 9:
        return int(outline) + 1
    return style.level if style.role == "heading" else 0


def _inline(runs: Sequence[_Run]) -> str:
    """Returns the Markdown of runs; neighbours that look the same are joined."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.address) == (run.bold, run.italic, run.address):
            last.text += run.text
        else:
            joined.append(_Run(run.text, run.bold, run.italic, run.address))
    pieces = []
    for number, run in enumerate(joined):
        text = escape(run.text)
        following = joined[number + 1].text[:1] if number + 1 < len(joined) else ""
        if "\n" not in text and not (following.isalnum() and not text[-1:].isalnum()):
            text = emphasis(text, "*") if run.italic else text
            text = emphasis(text, "**") if run.bold else text
        pieces.append(link(text.strip(), run.address) if run.address else text)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    whole = "\\\n".join(line for line in lines if line)
    while "\0" in whole:
        before, _sign, rest = whole.partition("\0")
        mark, _sign, after = rest.partition("\0")
        whole = f"{before}[^{mark}]{after}"
    return whole

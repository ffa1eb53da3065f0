"""Writes the tree of a page, or a part of it, as Markdown."""

from __future__ import annotations

import re
from typing import Final

from milatui.ingest.conversion.html.tree import BLOCKS, Element
from milatui.ingest.conversion.markdown_text import (
    emphasis,
    escape,
    escape_block_start,
    link,
    table,
)

_HEADINGS: Final = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
"""Level of the headings in a body; the first level is the title of the document."""
_EMPHASIS: Final = {"b": "**", "strong": "**", "em": "*", "i": "*"}
_BREAK: Final = "\x00"
"""Stands for a line break of the page until the paragraph is whole."""
_MAX_CELL: Final = 300
"""Characters of a cell beyond which its table is taken for one that lays out the page."""
_PARAGRAPH_BREAK: Final = re.compile(rf"(?:[ \n]*{_BREAK}){{2,}}[ \n]*")
_LINE_BREAK: Final = re.compile(rf"[ \n]*{_BREAK}[ \n]*")


def to_markdown(element: Element, base: str = "") -> str:
    """Returns the Markdown of an element; addresses are resolved against ``base``."""
    writer = _Writer(base)
    writer.write(element)
    return "\n\n".join(writer.blocks())


class _Writer:
    """Collects blocks; text that stands in no block of its own makes a paragraph."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._blocks: list[str] = []
        self._line: list[str] = []

    def blocks(self) -> list[str]:
        """Returns the blocks written so far."""
        self._end_paragraph()
        return self._blocks

    def write(self, element: Element) -> None:
        """Writes an element with all that is in it."""
        tag = element.tag
        if tag in _HEADINGS:
            self._write_heading(element)
        elif tag in ("ul", "ol", "menu"):
            self._write_list(element)
        elif tag == "table":
            self._write_table(element)
        elif tag == "blockquote":
            self._add_block("\n".join(f"> {line}".rstrip() for line in self._inside(element)))
        elif tag == "pre":
            self._write_preformatted(element)
        elif tag == "hr":
            self._end_paragraph()
        elif tag == "br":
            self._line.append(_BREAK)
        elif tag in BLOCKS:
            self._end_paragraph()
            self._write_children(element)
            self._end_paragraph()
        elif _holds_blocks(element):
            self._write_children(element)
        else:
            self._line.append(self._inline(element))

    def _write_children(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._line.append(escape(_spaced(child)))
            else:
                self.write(child)

    def _inline(self, element: Element) -> str:
        """Returns the Markdown of an element that holds no blocks."""
        pieces = []
        for child in element.children:
            if isinstance(child, str):
                pieces.append(escape(_spaced(child)))
            elif child.tag == "br":
                pieces.append(_BREAK)
            else:
                pieces.append(self._inline(child))
        text = "".join(pieces)
        if element.tag in _EMPHASIS and _BREAK not in text:
            return emphasis(text, _EMPHASIS[element.tag])
        if element.tag == "a" and _BREAK not in text:
            inner = text.strip()
            if inner:
                return text.replace(inner, link(inner, element.get("href"), self._base), 1)
        return text

    def _write_heading(self, element: Element) -> None:
        text = escape(element.text())
        if text:
            self._add_block(f"{'#' * _HEADINGS[element.tag]} {text}")

    def _write_list(self, element: Element) -> None:
        lines: list[str] = []
        number = 0
        for child in element.children:
            if isinstance(child, str):
                continue
            number += 1
            sign = f"{number}. " if element.tag == "ol" else "- "
            inside = self._inside(child)
            if not inside:
                number -= 1
                continue
            if child.tag in ("ul", "ol", "menu"):
                # A list that stands directly in another one belongs to the item before it.
                number -= 1
                lines += [f"    {line}".rstrip() for line in inside]
                continue
            lines.append(f"{sign}{inside[0]}")
            lines += [f"{' ' * len(sign)}{line}".rstrip() for line in inside[1:]]
        self._add_block("\n".join(lines))

    def _inside(self, element: Element) -> list[str]:
        """Returns the lines of what an element holds."""
        writer = _Writer(self._base)
        if element.tag in ("ul", "ol", "menu"):
            writer.write(element)
        else:
            writer._write_children(element)
        text = "\n\n".join(writer.blocks())
        return _tight(text).split("\n") if text else []

    def _write_table(self, element: Element) -> None:
        rows = [
            [cell for cell in row.children if isinstance(cell, Element)]
            for row in element.elements()
            if row.tag == "tr"
        ]
        cells = [cell for row in rows for cell in row]
        layout = (
            max((len(row) for row in rows), default=0) < 2
            or any(inner.tag == "table" for inner in element.elements() if inner is not element)
            or any(len(cell.text()) > _MAX_CELL for cell in cells)
        )
        if layout:
            self._end_paragraph()
            self._write_children(element)
            self._end_paragraph()
            return
        for child in element.children:
            if isinstance(child, Element) and child.tag == "caption":
                self._add_block(escape_block_start(escape(child.text())))
        texts = [[" ".join(self._inside(cell)).strip() for cell in row] for row in rows]
        texts = [row for row in texts if any(row)]
        if texts:
            self._add_block(table(texts))

    def _write_preformatted(self, element: Element) -> None:
        raw = "".join(_raw(element)).strip("\n")
        if any(inner.tag == "code" for inner in element.elements()):
            fence = "```" if "```" not in raw else "~~~~"
            self._add_block(f"{fence}\n{raw}\n{fence}")
            return
        for paragraph in re.split(r"\n[ \t]*\n", raw):
            self._end_paragraph()
            self._line.append(escape(_spaced(paragraph)))
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        for paragraph in _PARAGRAPH_BREAK.split(text):
            lines = [" ".join(line.split()) for line in _LINE_BREAK.split(paragraph)]
            lines = [escape_block_start(line) for line in lines if line]
            if lines:
                self._blocks.append("\\\n".join(lines))

    def _add_block(self, text: str) -> None:
        self._end_paragraph()
        if text.strip():
            self._blocks.append(text)


def _holds_blocks(element: Element) -> bool:
    return any(
        inner.tag in BLOCKS
        for child in element.children
        if isinstance(child, Element)
        for inner in child.elements()
    )


def _spaced(text: str) -> str:
    """Makes every run of white space one space, those without a break apart."""
    return re.sub(r"[ \t\n\r\f]+", " ", text)


def _tight(text: str) -> str:
    """Takes the empty lines out before a list within an item."""
    return re.sub(r"\n\n(?=(?:- |\d+\. ))", "\n", text)


def _raw(element: Element) -> list[str]:
    pieces: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            pieces.append(child)
        elif child.tag == "br":
            pieces.append("\n")
        else:
            pieces += _raw(child)
    return pieces

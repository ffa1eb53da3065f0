"""Reads the lines of a PDF file, each with its place and size, through PDFium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_PAGES: Final = 2_000
"""Pages of a file beyond which it is refused."""
MAX_CHARS: Final = 20_000_000
"""Characters of a file beyond which it is refused."""
MAX_LINKS: Final = 1_000
"""Links of a page beyond which the others are passed over."""
_MAX_ADDRESS: Final = 2_000
_MAX_PARTS: Final = 20
"""Lines of a link beyond which the others are passed over."""
_WORD: Final = re.compile(r"[^ ]+")
_HYPHENS: Final = {"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-"}
"""How PDFium gives a hyphen at the end of a line, and the other signs for it."""
_BOLD: Final = 600
"""Weight of a font from which it is bold."""
_BOLD_NAMES: Final = (b"bold", b"black", b"heavy")
_FONT_NAME: Final = 128
"""Bytes of a font's name that are looked at."""


class PositionedWord(NamedTuple):
    """A word of a line, where it begins and ends, and where it leads as a link; else empty."""

    text: str
    left: float
    right: float
    address: str = ""


class _LinkArea(NamedTuple):
    """A part of a page that leads to an address; lengths as of ``Line``."""

    left: float
    right: float
    top: float
    bottom: float
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths in points from the lower left corner of its page.

    Attributes:
        text: The words, hyphens at the end as ``-``.
        page: Number of the page from 0.
        left: Where it begins.
        right: Where it ends.
        top: Its upper edge.
        bottom: Its lower edge.
        size: Height of its first character, with the room of its font.
        bold: Its first character is bold.
        words: Its words, each with its place.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    words: tuple[PositionedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfText:
    """The lines of a file in the order of its content, the heights of its pages, its title."""

    lines: tuple[Line, ...]
    heights: tuple[float, ...]
    title: str = ""
    language: str = ""


def read_pdf(data: bytes) -> PdfText:
    """Reads the lines of a file.

    Raises:
        ConversionError: it is damaged, protected by a password, or too large.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium's code may be that of an earlier file.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise ConversionError(_("the PDF file is protected by a password")) from error
        raise ConversionError(_("the PDF file is damaged")) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ConversionError(_("the PDF file has more than {n} pages").format(n=MAX_PAGES))
        lines: list[Line] = []
        heights = []
        for number in range(count):
            page = document[number]
            try:
                heights.append(page.get_height())
                lines += _page_lines(page, number, _link_areas(document, page))
            finally:
                page.close()
        metadata = document.get_metadata_dict(skip_empty=True)
        return PdfText(tuple(lines), tuple(heights), metadata.get("Title", "").strip())
    except pypdfium2.PdfiumError as error:
        raise ConversionError(_("the PDF file is damaged")) from error
    finally:
        document.close()


def _link_areas(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[_LinkArea]:
    """Returns where a page has links to addresses."""
    areas: list[_LinkArea] = []
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while len(areas) < MAX_LINKS and pdfium.FPDFLink_Enumerate(
        page.raw, ctypes.byref(position), ctypes.byref(link)
    ):
        address = _address(document, link)
        rect = pdfium.FS_RECTF()
        if address and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            areas += _parts(link, rect, address)
    return areas


def _address(document: pypdfium2.PdfDocument, link: pdfium.FPDF_LINK) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < size <= _MAX_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace").strip()


def _parts(link: pdfium.FPDF_LINK, rect: pdfium.FS_RECTF, address: str) -> Iterator[_LinkArea]:
    """Yields an area for each line of a link, else the whole."""
    count = pdfium.FPDFLink_CountQuadPoints(link)
    for number in range(min(count, _MAX_PARTS)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFLink_GetQuadPoints(link, number, ctypes.byref(quad)):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            yield _LinkArea(min(across), max(across), max(up), min(up), address)
    if count <= 0:
        yield _LinkArea(rect.left, rect.right, rect.top, rect.bottom, address)


def _page_lines(page: pypdfium2.PdfPage, number: int, areas: Sequence[_LinkArea]) -> Iterator[Line]:
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        count = pdfium.FPDFText_CountChars(raw)
        if count > MAX_CHARS:
            raise ConversionError(_("a page of the PDF file has too much text"))
        line = _LineBuilder(raw, number, areas)
        for index in range(count):
            yield from line.add(index, pdfium.FPDFText_GetUnicode(raw, index))
        yield from line.finish()
    finally:
        text_page.close()


class _LineBuilder:
    """Joins the characters of a page to lines; PDFium misses some breaks of large type."""

    def __init__(
        self, raw: pdfium.FPDF_TEXTPAGE, page: int, areas: Sequence[_LinkArea] = ()
    ) -> None:
        self._raw = raw
        self._page = page
        self._areas = areas
        self._chars: list[str] = []
        self._edges: list[tuple[float, float]] = []
        self._first = -1
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._right = 0.0

    def add(self, index: int, code: int) -> Iterator[Line]:
        """Adds a character; yields the line that ends before it."""
        if code in (10, 13):
            yield from self.finish()
            return
        char = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        char = _HYPHENS.get(char, char)
        if char.isspace():
            self._chars.append(" ")
            self._edges.append((self._right, self._right))
            return
        box = _box(self._raw, index)
        if self._first >= 0 and _is_below(box, self._box):
            yield from self.finish()
        if self._first < 0:
            self._first, self._box = index, box
        self._right = max(self._right, box[1])
        if char.isprintable():
            self._chars.append(char)
            self._edges.append((box[0], box[1]))

    def finish(self) -> Iterator[Line]:
        """Yields the line, if there are words on it, and begins the next one."""
        text = " ".join("".join(self._chars).split())
        if text and self._first >= 0:
            left, _right, top, bottom = self._box
            yield Line(
                text=text,
                page=self._page,
                left=left,
                right=self._right,
                top=top,
                bottom=bottom,
                size=round(top - bottom, 1),
                bold=_is_bold(self._raw, self._first),
                words=tuple(self._words((top + bottom) / 2)),
            )
        self._chars.clear()
        self._edges.clear()
        self._first = -1
        self._right = 0.0

    def _words(self, middle: float) -> Iterator[PositionedWord]:
        """Yields the words; ``middle`` is the height at which the line stands."""
        areas = [area for area in self._areas if area.bottom < middle < area.top]
        for match in _WORD.finditer("".join(self._chars)):
            edges = self._edges[match.start() : match.end()]
            left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
            centre = (left + right) / 2
            found = (area.address for area in areas if area.left < centre < area.right)
            yield PositionedWord(match[0], left, right, next(found, ""))


def _is_bold(raw: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    """Returns whether a character is bold, by the weight of its font or the font's name."""
    if pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, _FONT_NAME, ctypes.byref(flags))
    return any(word in name.value.lower() for word in _BOLD_NAMES)


def _is_below(
    box: tuple[float, float, float, float], first: tuple[float, float, float, float]
) -> bool:
    """Returns whether a character stands on another line than the first one of the line."""
    middle = (box[2] + box[3]) / 2
    height = first[2] - first[3]
    return height > 0 and middle < first[3] - height * 0.2


def _box(raw: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    """Returns left, right, top and bottom of a character, with the room of its font."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
    return rect.left, rect.right, rect.top, rect.bottom

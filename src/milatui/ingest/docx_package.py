"""Opens the parts of a DOCX file (ECMA-376, Open Packaging Conventions) within limits.

The file is hostile: what is unpacked has a limit whatever the archive claims, document types and
entities are refused, and no part is unpacked but those that are asked for.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from milatui.i18n import _

if TYPE_CHECKING:
    from typing import IO

SIGNATURE: Final = b"PK\x03\x04"
"""How a ZIP archive begins, and so a DOCX file."""
MAX_UNPACKED: Final = 50_000_000
"""Maximum bytes of the parts together, unpacked."""
DOCUMENT: Final = "word/document.xml"
"""The part that every DOCX file has."""
NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Namespaces of WordprocessingML, transitional and strict."""
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What ``zipfile`` raises for damaged archives, encrypted parts and unknown compressions."""


class DocxError(ValueError):
    """A file is not a DOCX file that can be read; its message says why."""


class DocxPackage:
    """The parts of a DOCX file.

    Args:
        file: The file, open for reading.
        limit: Maximum bytes of the parts that are read, together.

    Raises:
        DocxError: it is not a DOCX file, or damaged.
    """

    def __init__(self, file: IO[bytes], limit: int = MAX_UNPACKED) -> None:
        self._limit = self._left = limit
        try:
            self._archive = zipfile.ZipFile(file)
            self._names = set(self._archive.namelist())
        except _DAMAGE as error:
            raise DocxError(_("the DOCX file is damaged or encrypted")) from error
        if DOCUMENT not in self._names:
            raise DocxError(_("it is a ZIP archive, but not a DOCX file"))

    def part(self, name: str) -> bytes | None:
        """Returns a part, unpacked; None if there is none.

        Raises:
            DocxError: it is damaged, or too large.
        """
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)
        except _DAMAGE as error:
            raise DocxError(_("the DOCX file is damaged or encrypted")) from error
        self._left -= len(data)
        if self._left < 0:
            size = self._limit // 1_000_000
            raise DocxError(_("its text is larger than {size} MB").format(size=size))
        return data


def part_parser() -> expat.XMLParserType:
    """Returns a parser for a part, which gives names as ``namespace local`` and no entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    return parser


def parse_part(parser: expat.XMLParserType, data: bytes) -> None:
    """Parses a whole part.

    In pieces, expat would look at a tag again with each: a long one would take too long.

    Raises:
        DocxError: it is damaged.
    """
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DocxError(_("the DOCX file is damaged: its XML is not well-formed")) from error


def _refuse_doctype(*_declaration: object) -> None:
    raise DocxError(_("the DOCX file declares entities, which no word processor writes"))

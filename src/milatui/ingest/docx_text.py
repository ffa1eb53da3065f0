"""Reads the text of a DOCX file (ECMA-376 WordprocessingML), footnotes included.

The file is hostile: what is unpacked has a limit whatever the archive claims, document types and
entities are refused, and no part is read but the text and the notes.
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
_PARTS: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SIGNS: Final = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, OverflowError, RuntimeError),
)
"""What ``zipfile`` raises for damaged archives, encrypted parts and unknown compressions."""
_NOTE_MARKS: Final = {"footnoteReference": "f", "endnoteReference": "e"}


class DocxError(ValueError):
    """A file is not a DOCX file that can be read; its message says why."""


def read_docx(file: IO[bytes]) -> str:
    """Returns the text: a line for each paragraph, then for each note ``[^f1]: ...``.

    Marks of footnotes are ``[^f1]``, of endnotes ``[^e1]``.  Deleted text of tracked changes is
    left out.

    Raises:
        DocxError: it is not a DOCX file, damaged, too large, or has entities.
    """
    lines: list[str] = []
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if _PARTS[0] not in names:
                raise DocxError(_("it is a ZIP archive, but not a DOCX file"))
            for name in _PARTS:
                if name in names:
                    parser = _PartParser()
                    with archive.open(name) as part:
                        data = part.read(left + 1)
                    left -= len(data)
                    if left < 0:
                        size = MAX_UNPACKED // 1_000_000
                        raise DocxError(_("its text is larger than {size} MB").format(size=size))
                    lines += parser.parse(data)
    except DocxError:
        raise
    except _DAMAGE as error:
        raise DocxError(_("the DOCX file is damaged or encrypted")) from error
    except expat.ExpatError as error:
        raise DocxError(_("the DOCX file is damaged: its XML is not well-formed")) from error
    return "\n".join(lines)


class _PartParser:
    """Takes the text from one part of a DOCX file."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._in_text = False
        self._label = ""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.buffer_text = True
        self._parser = parser

    def parse(self, data: bytes) -> list[str]:
        """Parses a whole part; returns its lines.

        In pieces, expat would look at a tag again with each: a long one would take for ever.
        """
        self._parser.Parse(data, True)
        return self._lines

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        if space not in (_WORD, _STRICT):
            return
        if local == "t":
            self._in_text = True
        elif local in _SIGNS:
            self._line.append(_SIGNS[local])
        elif local in _NOTE_MARKS:
            self._line.append(f"[^{_NOTE_MARKS[local]}{_number(space, attributes)}]")
        elif local in ("footnote", "endnote"):
            self._label = f"[^{local[0]}{_number(space, attributes)}]: "

    def _end(self, name: str) -> None:
        space, _gap, local = name.rpartition(" ")
        if space not in (_WORD, _STRICT):
            return
        if local == "t":
            self._in_text = False
        elif local == "p":
            # Of a note only the first paragraph begins with its label.
            self._lines.append(self._label + "".join(self._line).replace("\n", " "))
            self._line.clear()
            self._label = ""

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._line.append(text)

    def _doctype(self, *_declaration: object) -> None:
        raise DocxError(_("the DOCX file declares entities, which no word processor writes"))


def _number(space: str, attributes: dict[str, str]) -> str:
    """Returns the number of a note, as it can stand in a mark."""
    return "".join(c for c in attributes.get(f"{space} id", "")[:9] if c in "-0123456789")

"""Reads the text of a DOCX file (ECMA-376 WordprocessingML), footnotes included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.ingest.docx_package import (
    MAX_UNPACKED,
    NAMESPACES,
    DocxPackage,
    parse_part,
    part_parser,
)

if TYPE_CHECKING:
    from typing import IO

_PARTS: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_SIGNS: Final = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NOTE_MARKS: Final = {"footnoteReference": "f", "endnoteReference": "e"}


def read_docx(file: IO[bytes]) -> str:
    """Returns the text: a line for each paragraph, then for each note ``[^f1]: ...``.

    Marks of footnotes are ``[^f1]``, of endnotes ``[^e1]``.  Deleted text of tracked changes is
    left out.

    Raises:
        DocxError: it is not a DOCX file, damaged, too large, or has entities.
    """
    package = DocxPackage(file, MAX_UNPACKED)
    lines: list[str] = []
    for name in _PARTS:
        data = package.part(name)
        if data is not None:
            lines += _PartParser().parse(data)
    return "\n".join(lines)


class _PartParser:
    """Takes the text from one part of a DOCX file."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._in_text = False
        self._label = ""
        parser = part_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser

    def parse(self, data: bytes) -> list[str]:
        """Parses a whole part; returns its lines."""
        parse_part(self._parser, data)
        return self._lines

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        if space not in NAMESPACES:
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
        if space not in NAMESPACES:
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


def _number(space: str, attributes: dict[str, str]) -> str:
    """Returns the number of a note, as it can stand in a mark."""
    return "".join(c for c in attributes.get(f"{space} id", "")[:9] if c in "-0123456789")

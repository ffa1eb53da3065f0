"""Reads what the styles, lists and links of a DOCX file are, by the ids that its text uses."""

# untranslated: names of styles in Word files
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from milatui.ingest.docx_package import NAMESPACES, DocxPackage, parse_part, part_parser

if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal["", "title", "subtitle", "heading", "list", "quote", "contents"]
_HEADING: Final = re.compile(r"(?:heading|titre|überschrift|título|titolo|kop)\s*(?P<level>[1-9])$")
_ROLES: Final[dict[str, Role]] = {
    "title": "title",
    "titre": "title",
    "subtitle": "subtitle",
    "sous-titre": "subtitle",
    "quote": "quote",
    "intense quote": "quote",
    "citation": "quote",
}
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_TITLE: Final = "http://purl.org/dc/elements/1.1/ title"


@dataclass(slots=True)
class Style:
    """What the paragraphs of a style are: their role and level, and their list if they are items.

    Attributes:
        role: What they are; empty for ordinary text.
        level: Level of a heading from 1.
        list_id: Number of the list whose items they are.
    """

    role: Role = ""
    level: int = 0
    list_id: str = ""


@dataclass(slots=True)
class DocxStyles:
    """What ids mean.

    Attributes:
        styles: By id of the style.
        numbered: Lists (number, level) whose items are numbered; others have bullets.
        links: Addresses by id of the relation.
        title: Title in the properties of the file.
    """

    styles: dict[str, Style] = field(default_factory=dict)
    numbered: set[tuple[str, str]] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    title: str = ""


def read_styles(package: DocxPackage) -> DocxStyles:
    """Reads styles, lists, relations and properties; parts that are missing are passed over.

    Raises:
        DocxError: a part is damaged or too large.
    """
    found = DocxStyles()
    _read(package, "word/styles.xml", _StyleReader(found).start)
    _read(package, "word/numbering.xml", _NumberingReader(found).start)
    _read(package, "word/_rels/document.xml.rels", _RelationReader(found).start)
    title = _TitleReader()
    data = package.part("docProps/core.xml")
    if data is not None:
        parser = part_parser()
        parser.StartElementHandler = title.start
        parser.EndElementHandler = title.end
        parser.CharacterDataHandler = title.characters
        parse_part(parser, data)
        found.title = " ".join("".join(title.pieces).split())
    return found


def _read(package: DocxPackage, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
    data = package.part(name)
    if data is not None:
        parser = part_parser()
        parser.StartElementHandler = start
        parse_part(parser, data)


class _StyleReader:
    def __init__(self, found: DocxStyles) -> None:
        self._styles = found.styles
        self._style = Style()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        if space not in NAMESPACES:
            return
        value = attributes.get(f"{space} val", "")
        if local == "style":
            self._style = Style()
            self._styles[attributes.get(f"{space} styleId", "")] = self._style
        elif local == "name":
            name = value.strip().casefold()
            match = _HEADING.fullmatch(name)
            if match:
                self._style.role, self._style.level = "heading", int(match["level"])
            elif name.startswith(("toc ", "tm ", "table of contents")):
                self._style.role = "contents"
            elif name.startswith(("list ", "liste ")) and name != "list paragraph":
                self._style.role = "list"
                self._style.list_id = "number" if "num" in name else ""
            else:
                self._style.role = _ROLES.get(name, "")
        elif local == "outlineLvl" and value.isdecimal() and int(value) < 9:
            if not self._style.role:
                self._style.role, self._style.level = "heading", int(value) + 1
        elif local == "numId" and self._style.role in ("", "list"):
            self._style.role, self._style.list_id = "list", value


class _NumberingReader:
    def __init__(self, found: DocxStyles) -> None:
        self._numbered = found.numbered
        self._abstract = self._level = self._number = ""
        self._formats: set[tuple[str, str]] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        if space not in NAMESPACES:
            return
        value = attributes.get(f"{space} val", "")
        if local == "abstractNum":
            self._abstract = attributes.get(f"{space} abstractNumId", "")
        elif local == "lvl":
            self._level = attributes.get(f"{space} ilvl", "")
        elif local == "numFmt" and value not in ("bullet", "none"):
            self._formats.add((self._abstract, self._level))
        elif local == "num":
            self._number = attributes.get(f"{space} numId", "")
        elif local == "abstractNumId":
            self._numbered |= {
                (self._number, level) for number, level in self._formats if number == value
            }


class _RelationReader:
    def __init__(self, found: DocxStyles) -> None:
        self._links = found.links

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_RELATIONS} Relationship" and attributes.get("TargetMode") == "External":
            self._links[attributes.get("Id", "")] = attributes.get("Target", "")


class _TitleReader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._inside = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._inside = name == _CORE_TITLE

    def end(self, _name: str) -> None:
        self._inside = False

    def characters(self, text: str) -> None:
        if self._inside:
            self.pieces.append(text)

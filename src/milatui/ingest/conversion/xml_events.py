"""Parses XML of feeds and sitemaps without entities, document types or network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from milatui.i18n import _
from milatui.ingest.conversion.charset import decode
from milatui.ingest.conversion.converted import ConversionError

if TYPE_CHECKING:
    from typing import Protocol

    class XmlHandler(Protocol):
        """Takes the elements of a file, their names as ``namespace local``."""

        def start(self, name: str, attributes: dict[str, str]) -> None:
            """Takes the beginning of an element."""

        def end(self, name: str) -> None:
            """Takes the end of an element."""

        def characters(self, text: str) -> None:
            """Takes text."""


MAX_DEPTH: Final = 200
"""Depth of elements beyond which a file is refused."""


def parse_xml(data: bytes, handler: XmlHandler) -> None:
    """Parses a whole file.

    Raises:
        ConversionError: it is not well-formed, nested too deep, or declares entities.
    """
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise ConversionError(_("the XML is nested too deep"))
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.characters
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = None
    try:
        parser.Parse(decode(data, declares=True).text.lstrip().encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        message = _("the XML is not well-formed at line {line}")
        raise ConversionError(message.format(line=error.lineno)) from error


def _refuse_entity(*_declaration: object) -> None:
    raise ConversionError(_("the XML declares entities, which feeds have no need of"))

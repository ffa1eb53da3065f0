"""Reads a sitemap: the addresses of a site's pages, and what a news sitemap says of them.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from typing import Final

from milatui.ingest.conversion.converted import ConvertedDocument, FoundValue
from milatui.ingest.conversion.xml_events import parse_xml

_NEWS: Final = "http://www.google.com/schemas/sitemap-news/"
_FIELDS: Final = {
    "title": "title",
    "publication_date": "date",
    "name": "publisher",
    "language": "language",
}


def convert_sitemap(data: bytes) -> tuple[ConvertedDocument, ...]:
    """Returns the pages that a sitemap lists, each with its address and without text.

    Raises:
        ConversionError: it is not well-formed, or declares entities.
    """
    reader = _SitemapReader()
    parse_xml(data, reader)
    return tuple(ConvertedDocument(page, "") for page in reader.pages if "source" in page)


class _SitemapReader:
    def __init__(self) -> None:
        self.pages: list[dict[str, FoundValue]] = []
        self._field = ""
        self._text: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        space, _gap, local = name.rpartition(" ")
        self._text = []
        self._field = ""
        if local == "url":
            self.pages.append({})
        elif local == "loc" and not space.startswith("http://www.google.com/"):
            self._field = "source"
        elif space.startswith(_NEWS):
            self._field = _FIELDS.get(local, "")

    def end(self, _name: str) -> None:
        text = "".join(self._text).strip()
        if self._field and text and self.pages:
            self.pages[-1].setdefault(self._field, FoundValue(text, "sitemap"))
        self._field = ""

    def characters(self, text: str) -> None:
        if self._field:
            self._text.append(text)

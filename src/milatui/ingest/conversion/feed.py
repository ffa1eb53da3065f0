"""Converts RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0: every entry is a document."""

from __future__ import annotations

from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from typing import Final

from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError, ConvertedDocument, FoundValue
from milatui.ingest.conversion.html.page import convert_fragment
from milatui.ingest.conversion.xml_events import parse_xml

_ATOM: Final = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_DC: Final = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_RSS: Final = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"
_WITH_MARKUP: Final = ("title", "summary", "content")
"""Fields in which elements are markup."""
_MARKUP: Final = ("html", "xhtml", "text/html", "application/xhtml+xml")
MAX_ENTRIES: Final = 100_000
"""Entries of a feed beyond which it is refused."""


@dataclass(slots=True)
class _Entry:
    """What a feed says of an entry, or of itself."""

    values: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    content: str = ""
    language: str = ""


def convert_feed(data: bytes) -> tuple[ConvertedDocument, ...]:
    """Converts a feed.

    Returns:
        A document per entry; one without text has an empty body.

    Raises:
        ConversionError: it is not a feed, not well-formed, or declares entities.
    """
    reader = _FeedReader()
    parse_xml(data, reader)
    if not reader.is_feed:
        raise ConversionError(_("it is XML, but neither RSS nor Atom"))
    if not reader.entries:
        raise ConversionError(_("the feed has no entries"))
    return tuple(_document(entry, reader.feed) for entry in reader.entries)


def _document(entry: _Entry, feed: _Entry) -> ConvertedDocument:
    values = dict(entry.values)
    permalink = values.pop("permalink", "")
    if permalink.startswith(("https://", "http://")):
        values.setdefault("source", permalink)
    # Another day than that of publication counts only if there is none.
    for key, better in (("created", ("date",)), ("updated", ("date", "created"))):
        if any(name in values for name in better):
            values.pop(key, None)
    base = values.get("source") or feed.values.get("source", "")
    title = _plain(values.pop("title", ""))
    body = entry.content if len(entry.content) >= len(entry.summary) else entry.summary
    if title:
        values["title"] = title
    if name := values.get("publisher") or _plain(feed.values.get("title", "")):
        values["publisher"] = name
    if language := entry.language or feed.values.get("language") or feed.language:
        values["language"] = language
    notes = []
    text = ""
    try:
        text = convert_fragment(body, base)
    except ConversionError as error:
        notes.append(str(error))
    if not entry.content and entry.summary:
        notes.append(_("the feed gives a summary only, not the text"))
    found = {key: FoundValue(value, "feed") for key, value in values.items() if value}
    return ConvertedDocument(found, text, notes=tuple(notes))


def _plain(text: str) -> str:
    """Returns a title without the markup that some feeds put into it."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    from milatui.ingest.conversion.html.tree import parse

    return parse(text).text()


class _FeedReader:
    """Collects the entries of a feed from the events of its parser."""

    def __init__(self) -> None:
        self.is_feed = False
        self.feed = _Entry()
        self.entries: list[_Entry] = []
        self._entry: _Entry | None = None
        self._text: list[str] = []
        self._field = ""
        self._markup = 0
        """Depth within an element of Atom that holds XHTML."""
        self._within: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes the beginning of an element; see ``XmlHandler``."""
        space, _gap, local = name.rpartition(" ")
        if self._markup:
            self._markup += 1
            link = attributes.get("href", "").replace('"', "%22").replace("<", "%3C")
            self._text.append(f'<{local} href="{link}">' if link else f"<{local}>")
            return
        self._within.append(local)
        target = self._entry or self.feed
        if local in ("rss", "RDF", "feed", "channel"):
            self.is_feed = True
            self.feed.language = attributes.get(_LANG, self.feed.language)
            return
        if local in ("item", "entry") and (space in _RSS or space in _ATOM):
            if len(self.entries) >= MAX_ENTRIES:
                message = _("the feed has more than {n} entries").format(n=f"{MAX_ENTRIES:,}")
                raise ConversionError(message)
            self._entry = _Entry(language=attributes.get(_LANG, ""))
            self.entries.append(self._entry)
            return
        if local == "link" and space in _ATOM:
            is_own = self._parent() in ("entry", "feed", "item", "channel")
            is_page = attributes.get("rel", "alternate") == "alternate" and "href" in attributes
            if is_own and is_page:
                target.values.setdefault("source", attributes["href"])
            return
        if self._field.partition(" ")[0] in _WITH_MARKUP:
            # Markup that is not escaped: its elements are those of the feed's XML.
            self._field = self._field.partition(" ")[0]
            self._within.pop()
            self._markup = 1
            self.start(name, attributes)
            return
        self._field = self._field_of(space, local)
        self._text = []
        if self._field == "permalink" and attributes.get("isPermaLink", "true") != "true":
            self._field = ""
        if self._field == "content" and space == _XHTML:
            self._markup = 1
        if self._field in _WITH_MARKUP and attributes.get("mode") == "base64":
            self._field += " base64"
        elif self._field in ("content", "summary") and space in _ATOM:
            kind = attributes.get("type", "text").lower()
            self._markup = int(kind == "xhtml")
            if kind not in _MARKUP:
                self._field += " text"

    def end(self, name: str) -> None:
        """Takes the end of an element; see ``XmlHandler``."""
        local = name.rpartition(" ")[2]
        if self._markup > 1:
            self._markup -= 1
            self._text.append(f"</{local}>")
            return
        self._markup = 0
        if self._within:
            self._within.pop()
        if local in ("item", "entry"):
            self._entry = None
        elif self._field:
            self._take("".join(self._text).strip())
        self._field = ""

    def characters(self, text: str) -> None:
        """Takes text; see ``XmlHandler``."""
        if self._markup:
            text = escape(text)
        if self._field:
            self._text.append(text)

    def _take(self, text: str) -> None:
        entry = self._entry or self.feed
        field_name, _gap, form = self._field.partition(" ")
        if form == "base64":
            # Atom 0.3; what cannot be decoded holds no words.
            with suppress(ValueError):
                text = b64decode(text).decode()
        if field_name in ("content", "summary"):
            if form == "text":
                text = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
            if field_name == "content":
                entry.content = entry.content or text
            else:
                entry.summary = entry.summary or text
        elif text:
            entry.values.setdefault(field_name, text)

    def _parent(self) -> str:
        return self._within[-2] if len(self._within) > 1 else ""

    def _field_of(self, space: str, local: str) -> str:
        """Returns the field that an element gives; empty if it gives none."""
        if self._parent() not in ("item", "entry", "channel", "feed"):
            return ""
        if space in _RSS:
            return {
                "title": "title",
                "link": "source",
                "description": "summary",
                "fullitem": "content",
                "guid": "permalink",
                "pubDate": "date",
                "language": "language",
            }.get(local, "")
        if space in _ATOM:
            return {
                "title": "title",
                "published": "date",
                "issued": "date",
                "created": "created",
                "updated": "updated",
                "modified": "updated",
                "content": "content",
                "summary": "summary",
            }.get(local, "")
        if space == _CONTENT:
            return "content" if local == "encoded" else ""
        if space == _XHTML:
            return "content" if local in ("body", "div") else ""
        if space in _DC:
            return {
                "title": "title",
                "description": "summary",
                "date": "date",
                "issued": "date",
                "created": "created",
                "modified": "updated",
                "publisher": "publisher",
                "language": "language",
            }.get(local, "")
        return ""

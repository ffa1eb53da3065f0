"""Converts a web page to a document: its metadata, and its main content as Markdown."""

from __future__ import annotations

import re

from milatui.ingest.conversion.converted import ConvertedDocument
from milatui.ingest.conversion.html.main_content import main_content, without_hidden
from milatui.ingest.conversion.html.metadata import metadata, visible_date_lines
from milatui.ingest.conversion.html.page_markdown import to_markdown
from milatui.ingest.conversion.html.tree import Element, parse

_WORDS = re.compile(r"\w+")


def convert_page(text: str) -> ConvertedDocument:
    """Converts a page.

    Raises:
        ConversionError: it has no text, or too many elements.
    """
    page = parse(text)
    values = metadata(page)
    title = values["title"].value if "title" in values else ""
    base = _base(page) or (values["source"].value if "source" in values else "")
    visible = without_hidden(page)
    dates = () if "date" in values else visible_date_lines(visible, title)
    content = main_content(page)
    _drop_title(content, title)
    return ConvertedDocument(values, to_markdown(content, base), dates)


def convert_fragment(text: str, base: str = "") -> str:
    """Returns the Markdown of a piece of HTML, all of it, as feeds hold it."""
    if "<" not in text and "&" not in text:
        return text.strip()
    return to_markdown(without_hidden(parse(text)), base)


def _base(page: Element) -> str:
    element = next((e for e in page.elements() if e.tag == "base"), None)
    return element.get("href") if element is not None else ""


def _drop_title(content: Element, title: str) -> None:
    """Takes the page's title out of its content: it is the title of the document."""
    words = _WORDS.findall(title.casefold())
    for element in content.elements():
        if element.tag in ("h1", "h2") and _WORDS.findall(element.text().casefold()) == words:
            element.children.clear()
            return

"""Recognises the format of a file: by its content, and where that leaves it open by its name."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["markdown", "jsonl", "csv", "text", "html", "pdf", "docx", "feed", "sitemap"]

ENDINGS: Final[dict[str, Kind]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".mdown": "markdown",
    ".mkdn": "markdown",
    ".mkd": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
}
"""Formats by the ending of a file's name, in lower case."""
HEAD: Final = 4_096
"""Bytes at the beginning of a file by which it is recognised."""
_XML_ROOT: Final = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_ROOTS: Final[dict[bytes, Kind]] = {
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"html": "html",
}
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.IGNORECASE)
_MARKDOWN: Final = re.compile(rb"(?:---|\+\+\+)\s*\n|#{1,6} |\[[^\]\n]+\]\([^)\n]+\)")
_CSV: Final = re.compile(
    rb"[^\n]*(?:^|[,;\t|\"])\s*(?:text|title|body|content|texte|titre|contenu)\s*(?:[,;\t|\"]|\r?\n)",
    re.IGNORECASE,
)
_BOM: Final = b"\xef\xbb\xbf"
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
"""How binary files of Word begin, up to 2003."""


def kind_of_content(head: bytes) -> Kind | None:
    """Returns the format that the first bytes of a file show; None if they leave it open."""
    start = head.removeprefix(_BOM).lstrip()
    if head[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith(b"<"):
        root = _XML_ROOT.search(start)
        named = _ROOTS.get(root[1].lower()) if root else None
        return named or ("html" if _HTML.match(start) else None)
    return None


def kind_of_text(head: bytes) -> Kind:
    """Returns the format of a text without a name."""
    start = head.removeprefix(_BOM).lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    if _HTML.match(start):
        return "html"
    if _MARKDOWN.match(start):
        return "markdown"
    return "csv" if _CSV.match(start) else "text"


def kind_of_file(ending: str, head: bytes) -> Kind | None:
    """Returns the format of a file by its ending in lower case and its first bytes.

    What is a PDF or DOCX file, a page or a feed counts as that whatever its name says.
    """
    named = ENDINGS.get(ending)
    if named in ("jsonl", "csv", "markdown", "text"):
        shown = kind_of_content(head)
        return shown if shown in ("pdf", "docx") else named
    shown = kind_of_content(head)
    if shown is not None:
        return shown
    return named


def is_old_word(head: bytes) -> bool:
    """Returns whether a file is one of Word before 2007, which is not read."""
    return head.startswith(_OLD_WORD)

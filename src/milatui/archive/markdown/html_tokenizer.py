"""Splits HTML within Markdown into tags and text, without comments, declarations, scripts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DROPPED: Final = frozenset(
    ("script", "style", "template", "iframe", "noscript", "svg", "math", "head", "title", "object")
)
"""Elements whose content does not belong to the text of the document."""
# Attributes are not given back once matched: by a lookahead with a backreference, as possessive
# groups match wrongly in Python 3.11.2 (python/cpython#106052).
_TAG: Final = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9:.-]*)(?=(?P<attributes>[^<>\"']*+"
    r"(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*+)*))(?P=attributes)>"
)
_ATTRIBUTE: Final = re.compile(
    r"([A-Za-z_:][A-Za-z0-9_.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))"
)


class Tag(NamedTuple):
    """A tag.

    Attributes:
        name: Name of the element, in lower case.
        is_end: Whether it ends the element.
        attributes: Values by name, in lower case; decoded.
        is_bare: Whether it is written without attributes and without a slash.
    """

    name: str
    is_end: bool
    attributes: Mapping[str, str]
    is_bare: bool


def html_pieces(html: str) -> Iterator[Tag | str]:
    """Yields tags and decoded text of a piece of HTML, in order."""
    at = 0
    lower = ""
    unclosed: set[str] = set()
    while at < len(html):
        match = _TAG.search(html, at)
        if match is None:
            yield unescape(html[at:])
            return
        if match.start() > at:
            yield unescape(html[at : match.start()])
        at = match.end()
        if match["name"] is None:
            continue
        tag = _tag(match)
        yield tag
        if tag.name in DROPPED - unclosed and not tag.is_end:
            lower = lower or html.lower()
            close = lower.find(f"</{tag.name}", at)
            if close < 0:
                unclosed.add(tag.name)
            else:
                at = close


def _tag(match: re.Match[str]) -> Tag:
    written = match["attributes"]
    attributes = {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(written)
    }
    return Tag(match["name"].lower(), match["end"] is not None, attributes, not written.strip())

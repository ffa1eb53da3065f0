"""Decodes HTML character references (``&amp;``, ``&#39;``, ``&eacute;``) in text and Markdown.

The loader decodes whatever it reads, so that index, titles, snippets, pages and quotes all have the
characters themselves, at the same offsets.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_REFERENCE: Final = re.compile(_NAME)
_IN_MARKDOWN: Final = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?s:.*?)(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`++)[^`\n]{1,500}(?P=ticks)(?!`)"
    rf"|\\.|(?P<start>^[ \t]*)?(?P<reference>{_NAME})",
    re.MULTILINE,
)
"""Finds references in Markdown; code and escaped characters first, in which there are none."""
_MARKUP: Final = frozenset("*_`[]\\~|")
_MARKUP_AT_START: Final = frozenset("#>+-=")
_NESTED: Final = re.compile(r"&(?:amp;){2,}")
"""An ampersand that several programs have encoded, one after the other."""
_ROUNDS: Final = 3
"""Maximum number of times that other characters are decoded."""


def decode_references(text: str) -> str:
    """Decodes the references of plain text, also those that were encoded several times."""
    text = _NESTED.sub("&amp;", text)
    for _round in range(_ROUNDS):
        if "&" not in text or _REFERENCE.search(text) is None:
            break
        text = _REFERENCE.sub(lambda match: _character(match[0]), text)
    return text


def decode_markdown_references(text: str) -> str:
    """Decodes the references of Markdown as CommonMark does: once, and none in code.

    What would be markup as a bare character gets a backslash.
    """
    if "&" not in text or _REFERENCE.search(text) is None:
        return text
    return _IN_MARKDOWN.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    reference = match["reference"]
    if reference is None:
        return match[0]
    start = match["start"]
    char = _character(reference)
    if char == reference:
        return match[0]
    following = match.string[match.end() : match.end() + 40]
    markup = (
        char in _MARKUP
        or (char in _MARKUP_AT_START and start is not None)
        or (char == "<" and re.match(r"[A-Za-z/!?]", following) is not None)
        or (char == "&" and _REFERENCE.match(f"&{following}") is not None)
    )
    return (start or "") + ("\\" if markup else "") + char


def _character(reference: str) -> str:
    """Returns what a reference stands for, itself if there is no such name."""
    # Deferred: few archives have any, and the table of names takes time to load.
    from html import unescape
    from html.entities import html5

    named = reference[1] != "#"
    return html5.get(reference[1:], reference) if named else unescape(reference)

"""Renders texts without markup, as most are, without the Markdown parser.

``has_markup`` errs on one side only: a text for which it is false reads the same when parsed.
"""

from __future__ import annotations

import re
from typing import Final

from milatui.archive.markdown.rendered_text import RenderedText, bare_addresses

_SIGNS: Final = b"*_`[<\\|{"
_SIGN_PAIRS: Final = (b"~~", b"  \n")
_REFERENCE: Final = re.compile(r"&#?[A-Za-z0-9]{1,31};")
_BLOCK_SIGN: Final = (
    r"(?:[ \t]*(?:(?:[-+•◦▪●‣·]|[0-9]{1,9}[.)])(?:[ \t\n]|\Z)|[#>=]|-{2}|:{3}|(?:im|ex)port )"
    r"| {4}| {0,3}\t)"
)
_FIRST_LINE: Final = re.compile(_BLOCK_SIGN)
_LATER_LINE: Final = re.compile(rf"\n{_BLOCK_SIGN}")
IDEOGRAPHS: Final = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f"
"""Han, Kana and their punctuation, within a character class: their lines join without a space."""
_WRAPPED: Final = re.compile(rf"(?<=[{IDEOGRAPHS}])[ ]*\n[ ]*(?=[{IDEOGRAPHS}])")
_GAP: Final = re.compile(r"\n(?:[ \t]*\n)+")


def has_markup(body: str) -> bool:
    """Returns whether a sanitized text may hold anything that the parser understands."""
    raw = body.encode("utf-8", "surrogatepass")
    # One pass for all signs; looking for each of them takes three times as long.
    return (
        len(raw.translate(None, _SIGNS)) < len(raw)
        or any(map(raw.__contains__, _SIGN_PAIRS))
        or _FIRST_LINE.match(body) is not None
        or _LATER_LINE.search(body) is not None
        or ("&" in body and _REFERENCE.search(body) is not None)
    )


def render_plain(body: str) -> RenderedText:
    """Renders a sanitized text without markup: its paragraphs, each in one line."""
    body = body.replace("\t", " ")
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for block in _GAP.split(body):
        paragraph = block.strip()
        if not paragraph:
            continue
        if not paragraph.isascii():
            paragraph = _WRAPPED.sub("", paragraph)
        if " \n" in paragraph or "\n " in paragraph:
            lines = paragraph.split("\n")
            paragraph = " ".join(line.strip(" ") for line in lines)
        else:
            paragraph = paragraph.replace("\n", " ")
        starts.append(at)
        parts.append(paragraph + "\n\n")
        at += len(paragraph) + 2
    text = "".join(parts)
    return RenderedText(text, tuple(starts), links=bare_addresses(text), is_plain=True)

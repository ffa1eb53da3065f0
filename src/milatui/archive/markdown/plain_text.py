"""Renders texts without markup, as most are, without the Markdown parser.

``has_markup`` errs on one side only: a text for which it is false reads the same when parsed.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import Final

from milatui.archive.markdown.rendered_text import RenderedText, bare_addresses

_SIGNS: Final = b"*_`[<\\|{"
_REFERENCE: Final = re.compile(rb"&#?[A-Za-z0-9]{1,31};")
_HARD_BREAK: Final = re.compile(rb"\n(?<=  \n)")
_BULLETS: Final = b"|".join(bullet.encode() for bullet in "•◦▪●‣·")
_BLOCK_SIGN: Final = (
    rb"(?:[ \t]*(?:(?:[-+]|%b|[0-9]{1,9}[.)])(?:[ \t\n]|\Z)|[#>=]|-{2}|:{3}|(?:im|ex)port )"
    rb"| {4}| {0,3}\t)"
) % _BULLETS
_FIRST_LINE: Final = re.compile(_BLOCK_SIGN)
_LATER_LINE: Final = re.compile(rb"\n" + _BLOCK_SIGN)
IDEOGRAPHS: Final = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f"
"""Han, Kana and their punctuation, within a character class: their lines join without a space."""
_GAP: Final = re.compile(r"\n(?:[ \t]*\n)+")
_LATIN_BYTES: Final = bytes(
    byte
    for byte in (*b"\t\n", *range(0x20, 0x7F), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5)
    if byte not in _SIGNS
)
"""Bytes of Latin texts without any of ``_SIGNS``."""
_FIRST_BYTES: Final = b"\xc2\xe2"
"""First bytes of quotation marks, dashes and no-break spaces, and of the following."""
_UNSAFE_OR_MARKS: Final = (
    re.compile(b"\xc2[\x80-\x9f\xad]"),
    re.compile(b"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf]|[\x83\xb3-\xbf])"),
)
"""Characters that ``sanitize`` changes, or combining marks that it may count."""


@cache
def _wrapped() -> re.Pattern[str]:
    """Returns the pattern of a line break that stands for no space; it takes 2 ms to compile."""
    return re.compile(rf"(?<=[{IDEOGRAPHS}])[ ]*\n[ ]*(?=[{IDEOGRAPHS}])")


def has_markup(body: str) -> bool:
    """Returns whether a sanitized text may hold anything that the parser understands."""
    raw = body.encode("utf-8", "surrogatepass")
    # One pass for all signs; looking for each of them takes three times as long.
    return len(raw.translate(None, _SIGNS)) < len(raw) or _has_line_signs(raw)


def _has_line_signs(raw: bytes) -> bool:
    """Returns whether the UTF-8 of a text may hold markup beyond ``_SIGNS``."""
    return (
        (b"~" in raw and b"~~" in raw)
        or _HARD_BREAK.search(raw) is not None
        or _FIRST_LINE.match(raw) is not None
        or _LATER_LINE.search(raw) is not None
        or (b"&" in raw and _REFERENCE.search(raw) is not None)
    )


def simple_text(body: str) -> str | None:
    """Returns the text of a body that needs neither sanitizing nor the parser, fast.

    Returns:
        The text that ``render_markdown`` gives; None if the body may need either.
    """
    raw = body.encode("utf-8", "surrogatepass")
    rest = raw.translate(None, _LATIN_BYTES)
    if rest.strip(_FIRST_BYTES) or (rest and any(each.search(raw) for each in _UNSAFE_OR_MARKS)):
        return None
    return None if _has_line_signs(raw) else "".join(_paragraphs(body))


def render_plain(body: str) -> RenderedText:
    """Renders a sanitized text without markup: its paragraphs, each in one line."""
    paragraphs = _paragraphs(body)
    starts = accumulate(map(len, paragraphs[:-1]), initial=0) if paragraphs else ()
    text = "".join(paragraphs)
    return RenderedText(text, tuple(starts), links=bare_addresses(text), is_plain=True)


def _paragraphs(body: str) -> list[str]:
    """Returns the paragraphs of a text, each in one line with an empty line behind it."""
    body = body.replace("\t", " ").strip()
    if "\n" not in body:
        return [body + "\n\n"] if body else []
    found: list[str] = []
    for block in _GAP.split(body):
        paragraph = block.strip()
        if not paragraph:
            continue
        if "\n" in paragraph:
            if not paragraph.isascii():
                paragraph = _wrapped().sub("", paragraph)
            lines = paragraph.split("\n")
            paragraph = " ".join([line.strip(" ") for line in lines])
        found.append(paragraph + "\n\n")
    return found

"""Writes pieces of Markdown: escaped text, links, emphasis, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKUP: Final = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|~~|<(?=[A-Za-z/!?])|!(?=\[)|\](?=[(\[:])|\[(?=\^)"
    r"|&(?=#?\w{1,31};)"
)
"""Characters that would be read as markup where they stand."""
_BLOCK_START: Final = re.compile(
    r"(?P<sign>[#>]|[-+](?=\s|$)|[-=~]{3})|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_ADDRESS_UNSAFE: Final = "%/:=&?~#+!$,;'@*[]-._"
_SCHEMES: Final = ("http", "https")


def escape(text: str) -> str:
    """Returns text as Markdown that shows exactly these characters, within a line."""
    return _MARKUP.sub(r"\\\g<0>", text)


def escape_block_start(text: str) -> str:
    """Escapes what at the beginning of a paragraph would make it a heading, list or quote."""
    match = _BLOCK_START.match(text)
    if match is None:
        return text
    if match["number"]:
        return f"{match['number']}\\{text[match.end() :]}"
    return f"\\{text}"


def link(text: str, address: str, base: str = "") -> str:
    """Returns a link; only the text if the address is not one of the web.

    Args:
        text: Markdown of one line.
        address: Where it leads, maybe relative to ``base``.
        base: Address of the page.
    """
    try:
        target = urljoin(base, address.strip())
        parts = urlsplit(target)
    except ValueError:  # a bracket out of place
        return text
    if not text or parts.scheme not in _SCHEMES or not parts.netloc or "](" in text:
        return text
    if address.lstrip().startswith("#"):
        return text
    safe = quote(target, safe=_ADDRESS_UNSAFE)
    return safe if text == safe else f"[{text}]({safe})"


def emphasis(text: str, sign: str) -> str:
    """Returns emphasised text; white space at its ends stays outside of the signs."""
    words = text.strip()
    if not words or sign in words or "\n\n" in words:
        return text
    before = text[: len(text) - len(text.lstrip())]
    return f"{before}{sign}{words}{sign}{text[len(text.rstrip()) :]}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Returns a table whose first row is its heading; short rows are filled up."""
    width = max((len(row) for row in rows), default=0)
    lines = []
    for number, row in enumerate(rows):
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in row]
        cells += [""] * (width - len(cells))
        lines.append(f"| {' | '.join(cells)} |")
        if number == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)

"""Defines rendered Markdown: its text, with roles, links and indents of its spans.

A session reads it from the index, where the Markdown parser put it when the index was built.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

MarkdownRole = Literal[
    "heading", "strong", "emphasis", "struck", "code", "quote", "rule", "bullet", "table"
]
_ROLES: Final = frozenset(get_args(MarkdownRole))
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\]]{1,1000}")
_AFTER_ADDRESS: Final = ".,;:!?)’”'\"*_"


class RoleSpan(NamedTuple):
    """A span of the text and what it is."""

    start: int
    end: int
    role: MarkdownRole


class AddressLink(NamedTuple):
    """A span of the text that leads to a web address (http or https)."""

    start: int
    end: int
    address: str


class HangingIndent(NamedTuple):
    """The columns by which the wrapped lines of a span are moved in."""

    start: int
    end: int
    columns: int


class RenderedHeading(NamedTuple):
    """A heading of the text and its level from 1."""

    start: int
    end: int
    level: int


class RenderedText(NamedTuple):
    """The text of a document, and what stands where in it; all offsets are into ``text``.

    Attributes:
        text: What is shown, searched and quoted; sanitized.
        paragraphs: Where its paragraphs begin: its blocks after blank lines.
        spans: Spans with their roles.
        links: Spans that lead to web addresses.
        indents: Hanging indents of list items and quotes.
        headings: Headings, in order.
        is_plain: Whether it was rendered without the parser, and so can be again in a session.
    """

    text: str
    paragraphs: tuple[int, ...] = ()
    spans: tuple[RoleSpan, ...] = ()
    links: tuple[AddressLink, ...] = ()
    indents: tuple[HangingIndent, ...] = ()
    headings: tuple[RenderedHeading, ...] = ()
    is_plain: bool = False


class StoredText(NamedTuple):
    """Rendered text as the index keeps it: decoded only where a page is drawn.

    Attributes:
        text: The text.
        layout: Everything else as one string: a line for each span, link, indent and heading.
    """

    text: str
    layout: str

    @classmethod
    def of(cls, rendered: RenderedText) -> StoredText:
        """Encodes rendered text."""
        lines = [_line("p", rendered.paragraphs)]
        lines += [_line("s", span) for span in rendered.spans]
        lines += [_line("l", link) for link in rendered.links]
        lines += [_line("i", indent) for indent in rendered.indents]
        lines += [_line("h", heading) for heading in rendered.headings]
        return cls(rendered.text, "\n".join(lines))

    def rendered(self) -> RenderedText:
        """Decodes the rendered text."""
        found: dict[str, list[list[str]]] = {key: [] for key in "pslih"}
        for line in self.layout.split("\n"):
            key, _space, values = line.partition(" ")
            found[key].append(values.split(" "))
        return RenderedText(
            self.text,
            tuple(int(start) for starts in found["p"] for start in starts if start),
            tuple(RoleSpan(int(s), int(e), _role(role)) for s, e, role in found["s"]),
            tuple(AddressLink(int(s), int(e), address) for s, e, address in found["l"]),
            tuple(HangingIndent(*map(int, numbers)) for numbers in found["i"]),
            tuple(RenderedHeading(*map(int, numbers)) for numbers in found["h"]),
        )


def _line(key: str, values: Iterable[object]) -> str:
    return " ".join((key, *map(str, values)))


def _role(name: str) -> MarkdownRole:
    if name not in _ROLES:
        raise ValueError(name)
    return cast("MarkdownRole", name)


def bare_addresses(text: str) -> tuple[AddressLink, ...]:
    """Returns the web addresses that stand in a text without any signs, in order."""
    if "http" not in text:
        return ()
    return tuple(
        AddressLink(match.start(), match.start() + len(address), address)
        for match in _ADDRESS.finditer(text)
        if (address := trimmed_address(match[0]))
    )


def address_at(text: str, start: int) -> str:
    """Returns the web address that begins at an offset; "" if none does."""
    match = _ADDRESS.match(text, start)
    return trimmed_address(match[0]) if match else ""


def trimmed_address(found: str) -> str:
    """Returns an address without the punctuation of the sentence that it ends."""
    address = found.rstrip(_AFTER_ADDRESS)
    # A closing bracket belongs to the address if it opens there.
    while found[len(address) : len(address) + 1] == ")" and "(" in address:
        if address.count("(") <= address.count(")"):
            break
        address += ")"
    return address if len(address) > len("https://") else ""

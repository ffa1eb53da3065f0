"""Builds rendered text line by line: prefixes of lists and quotes, spans, links, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.plain_text import IDEOGRAPHS
from milatui.archive.markdown.rendered_text import (
    AddressLink,
    HangingIndent,
    RenderedHeading,
    RenderedText,
    RoleSpan,
)
from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from milatui.archive.markdown.rendered_text import MarkdownRole

_BAR: Final = "│ "
_TAB: Final = 4
_IDEOGRAPH: Final = re.compile(f"[{IDEOGRAPHS}]")


@dataclass(slots=True)
class OpenSpan:
    """The start of a span that is still open; -1 until the first text within it is written."""

    start: int = -1


@dataclass(slots=True)
class LinePrefix:
    """A list item or a quote, which puts something before its lines.

    Attributes:
        marker: Sign of a list item; "" for a quote.
        written: Whether the sign has been written; the later lines are moved in.
    """

    marker: str = ""
    written: bool = False


class TextBuilder:
    """Writes rendered text from top to bottom; all that is written is sanitized on the way."""

    def __init__(self) -> None:
        self.at = 0
        self.containers: list[LinePrefix] = []
        self._parts: list[str] = []
        self._spans: list[RoleSpan] = []
        self._links: list[AddressLink] = []
        self._indents: list[HangingIndent] = []
        self._headings: list[RenderedHeading] = []
        self._paragraphs: list[int] = []
        self._unstarted: list[OpenSpan] = []
        self._held = ""
        self._joins = False
        self._line_start = -1
        self._hanging = 0
        self._quoted = False
        self._blank = False
        self._begins_paragraph = False

    @property
    def fresh_container(self) -> LinePrefix | None:
        """The innermost list item or quote, if nothing has been written in it."""
        inner = self.containers[-1] if self.containers else None
        return None if inner is None or inner.written else inner

    def write(self, text: str) -> None:
        """Appends text to the current line; spaces at its ends are left out."""
        if not text.isprintable():
            text = sanitize(text, multiline=False)
        if self._line_start < 0:
            text = text.lstrip()
        elif self._held:
            text = text.lstrip(" ")
        core = text.rstrip(" ")
        if core:
            self._begin_line()
            if self._held and not (self._joins and self._within_ideographs(core)):
                self._put(self._held)
            for span in self._unstarted:
                span.start = self.at
            self._unstarted.clear()
            self._put(core)
            self._held = ""
            self._joins = False
        if self._line_start >= 0:
            self._held += text[len(core) :]

    def join_lines(self) -> None:
        """Puts one space for the end of a line of the file, whatever spaces stand before it.

        Between ideographs it puts none.
        """
        if self._line_start >= 0:
            self._held = " "
            self._joins = True

    def _within_ideographs(self, text: str) -> bool:
        """Returns whether a text goes on what is written in a script without spaces."""
        return bool(_IDEOGRAPH.match(text)) and bool(_IDEOGRAPH.match(self._parts[-1][-1:]))

    def open(self) -> OpenSpan:
        """Begins a span at the next text."""
        span = OpenSpan()
        self._unstarted.append(span)
        return span

    def close(self, span: OpenSpan, role: MarkdownRole | None = None, address: str = "") -> None:
        """Ends a span: gives it a role or a link; one without text is dropped."""
        if span.start < 0:
            self._unstarted = [each for each in self._unstarted if each is not span]
        elif role is not None:
            self._spans.append(RoleSpan(span.start, self.at, role))
        if span.start >= 0 and address:
            self._links.append(AddressLink(span.start, self.at, address))

    def close_heading(self, span: OpenSpan, level: int) -> None:
        """Ends a heading."""
        self.close(span, "heading")
        if span.start >= 0:
            self._headings.append(RenderedHeading(span.start, self.at, level))

    def end_line(self) -> None:
        """Ends the current line, if one has begun."""
        if self._line_start < 0:
            return
        self._held = ""
        self._put("\n")
        if self._quoted:
            self._spans.append(RoleSpan(self._line_start, self.at, "quote"))
        if self._hanging:
            self._indents.append(HangingIndent(self._line_start, self.at, self._hanging))
        self._line_start = -1

    def blank(self) -> None:
        """Ends the current line and puts an empty one before the next."""
        self.end_line()
        self._blank = True

    def begin_paragraph(self) -> None:
        """Makes the next line the first of a paragraph."""
        self._begins_paragraph = True

    def write_lines(self, lines: list[str], role: MarkdownRole) -> None:
        """Writes lines that are not wrapped, and gives them all a role."""
        self.end_line()
        start = -1
        for line in lines:
            self._begin_line()
            start = self._line_start if start < 0 else start
            shown = line.expandtabs(_TAB)
            self._put(shown if shown.isprintable() else sanitize(shown, multiline=False))
            self._hanging = 0
            self.end_line()
        if start >= 0:
            self._spans.append(RoleSpan(start, self.at, role))

    def open_line(self) -> None:
        """Begins a line that may stay without text, as an empty list item."""
        if self._line_start < 0:
            self._begin_line()

    def insert(self, other: RenderedText, width: int, pad_before: int) -> None:
        """Appends rendered text of one line with its spans and links, padded by spaces.

        Args:
            other: The text.
            width: Spaces after it.
            pad_before: Spaces before it.
        """
        self._begin_line()
        self._put(self._held + " " * pad_before)
        self._held = ""
        shift = self.at
        self._put(other.text)
        self._spans += (RoleSpan(s.start + shift, s.end + shift, s.role) for s in other.spans)
        self._links += (AddressLink(k.start + shift, k.end + shift, k.address) for k in other.links)
        self._put(" " * width)

    def span_from(self, start: int, role: MarkdownRole) -> None:
        """Gives everything since an offset a role."""
        if self.at > start:
            self._spans.append(RoleSpan(start, self.at, role))

    def build(self) -> RenderedText:
        """Returns what was written, ended by an empty line."""
        self.end_line()
        text = "".join(self._parts)
        # Marks of several pieces may add up to more than a letter may carry.
        clean = sanitize(text)
        if clean != text:
            return RenderedText(clean + "\n", (0,))
        return RenderedText(
            text + "\n" if text else "",
            tuple(dict.fromkeys(self._paragraphs)),
            tuple(sorted(span for span in self._spans if span.end > span.start)),
            tuple(sorted(self._links)),
            tuple(self._indents),
            tuple(self._headings),
        )

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self.at += len(text)

    def _begin_line(self) -> None:
        if self._line_start >= 0:
            return
        if self._blank and self.at:
            self._put("\n")
        self._blank = False
        self._line_start = self.at
        if self._begins_paragraph:
            self._paragraphs.append(self.at)
            self._begins_paragraph = False
        self._quoted = False
        for container in self.containers:
            if not container.marker:
                self._quoted = container.written = True
                self._put(_BAR)
            elif container.written:
                self._put(" " * (len(container.marker) + 1))
            else:
                container.written = True
                self._spans.append(RoleSpan(self.at, self.at + len(container.marker), "bullet"))
                self._put(container.marker + " ")
        self._hanging = self.at - self._line_start

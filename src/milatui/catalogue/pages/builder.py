"""Collects the text of a page piece by piece, with the roles and links of its stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.sanitize import sanitize
from milatui.catalogue.pages.model import Indent, Link, Outline, Page, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.catalogue.location import Location
    from milatui.catalogue.pages.model import Role


_WIDEST_LABEL: Final = 40
"""Characters of a card's labels that what they say is lined up after."""


class TextRun(NamedTuple):
    """A few words with what they are and where they lead, for lines made of several."""

    text: str
    role: Role | None = None
    target: Location | str | None = None


class PageBuilder:
    """Writes a page from top to bottom; everything written is cleaned on the way."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._links: list[Link] = []
        self._highlights: list[tuple[int, int]] = []
        self._outline: list[Outline] = []
        self._indents: list[Indent] = []
        self.at = 0
        """Offset of the next character."""

    def write_clean(self, text: str) -> None:
        """Add text that has been cleaned already."""
        self._parts.append(text)
        self.at += len(text)

    def add(
        self, text: str, role: Role | None = None, target: Location | str | None = None
    ) -> None:
        """Add words to the present line."""
        start = self.at
        self.write_clean(sanitize(text, multiline=False))
        if role is not None:
            self.add_span(start, self.at, role)
        if target is not None:
            self._links.append(Link(start, self.at, target))

    def add_runs(self, pieces: Iterable[TextRun]) -> None:
        """Add pieces one after the other."""
        for piece in pieces:
            self.add(*piece)

    def add_span(self, start: int, end: int, role: Role) -> None:
        """Give a stretch a role."""
        if end > start:
            self._spans.append(Span(start, end, role))

    def link(self, start: int, end: int, target: Location | str) -> None:
        """Let a stretch lead somewhere."""
        if end > start:
            self._links.append(Link(start, end, target))

    def hanging_indent(self, start: int, end: int, columns: int) -> None:
        """Give the wrapped lines of a stretch a hanging indent."""
        self._indents.append(Indent(start, end, columns))

    def highlight(self, start: int, end: int) -> None:
        """Light a stretch."""
        if end > start:
            self._highlights.append((start, end))

    def append(self, other: PageBuilder) -> None:
        """Add everything another page has written, but for its outline and lit words."""
        shift = self.at
        self.write_clean(other.text_from(0))
        self._spans += (Span(s.start + shift, s.end + shift, s.role) for s in other._spans)
        self._links += (Link(k.start + shift, k.end + shift, k.target) for k in other._links)
        self._indents += (Indent(i.start + shift, i.end + shift, i.hanging) for i in other._indents)

    def end_line(self) -> None:
        """End the present line."""
        self.write_clean("\n")

    def line(self, text: str, role: Role | None = None) -> None:
        """Add a whole line."""
        self.add(text, role)
        self.end_line()

    def blank(self) -> None:
        """Leave an empty line, but only one and none at the top."""
        if self._parts and not self._ends_blank():
            self.write_clean("\n")

    def _ends_blank(self) -> bool:
        tail = "".join(self._parts[-3:])
        return tail.endswith("\n\n")

    def heading(self, text: str, level: int = 2) -> None:
        """Add a heading with an empty line before it; it is part of the outline."""
        self.blank()
        self.outline(level, text)
        self.line(text, "heading")

    def outline(self, level: int, text: str) -> None:
        """Put what follows into the outline."""
        self._outline.append(Outline(level, sanitize(text, multiline=False), self.at))

    def outline_from(self, start: int, level: int) -> None:
        """Put what was written since ``start`` into the outline."""
        self._outline.append(Outline(level, self.text_from(start), start))

    def text_from(self, start: int) -> str:
        """What has been written since ``start``."""
        parts: list[str] = []
        at = self.at
        for part in reversed(self._parts):
            if at <= start:
                break
            at -= len(part)
            parts.append(part)
        return "".join(reversed(parts))[start - at :]

    @property
    def first_highlight(self) -> int | None:
        """Where the first lit words stand so far, None if there are none."""
        return min(self._highlights)[0] if self._highlights else None

    def build(
        self, location: Location, title: str, citation: str, focus: int | None = None
    ) -> Page:
        """The finished page; without ``focus`` it opens at the first lit words."""
        text = "".join(self._parts).rstrip("\n") + "\n"
        # Empty lines at the end have gone, and what was marked of them.
        spans = (span._replace(end=min(span.end, len(text))) for span in self._spans)
        highlights = _apart(sorted(set(self._highlights)))
        if focus is None:
            focus = highlights[0][0] if highlights else 0
        # Words that are lit on their own may have joined the stretch one wants to begin at.
        focus = next((start for start, end in highlights if start <= focus < end), focus)
        return Page(
            location=location,
            title=sanitize(title, multiline=False),
            text=text,
            spans=tuple(
                sorted((s for s in spans if s.end > s.start), key=lambda s: (s.start, -s.end))
            ),
            links=tuple(sorted(self._links, key=lambda link: link.start)),
            highlights=highlights,
            outline=tuple(self._outline),
            indents=tuple(sorted(self._indents)),
            citation=sanitize(citation, multiline=False),
            focus=min(focus, len(text)),
        )


def _apart(stretches: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


class FieldTable:
    """Lines of a label and what it says, the labels in a column as wide as the widest."""

    def __init__(self, page: PageBuilder) -> None:
        self._writer = page
        self._lines: list[tuple[str, list[TextRun]]] = []

    def add(self, label: str, *pieces: TextRun) -> None:
        """Add a line; nothing is added if there is nothing to say."""
        if any(piece.text for piece in pieces):
            self._lines.append((label, list(pieces)))

    def add_text(self, label: str, text: str) -> None:
        """Add a line of plain words."""
        self.add(label, TextRun(text))

    def add_list(self, label: str, pieces: Iterable[TextRun]) -> None:
        """Add a line of pieces with commas between them."""
        joined: list[TextRun] = []
        for piece in pieces:
            if joined:
                joined.append(TextRun(", "))
            joined.append(piece)
        self.add(label, *joined)

    def write(self) -> None:
        """Write the card, with an empty line before it."""
        if not self._lines:
            return
        page = self._writer
        page.blank()
        width = min(_WIDEST_LABEL, max(len(label) for label, _pieces in self._lines)) + 2
        before = ""
        for label, pieces in self._lines:
            start = page.at
            # What belongs to the same label stands below it; the label is said once.
            shown, before = "" if label == before else label, label
            page.add(shown, "label")
            page.write_clean(" " * max(1, width - len(shown)))
            page.add_runs(pieces)
            page.end_line()
            page.hanging_indent(start, page.at, width)

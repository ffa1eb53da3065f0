"""Builds a page: its text, with the roles and links of spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.sanitize import sanitize
from milatui.catalogue.pages.model import Head, Indent, Link, MarginNote, Outline, Page, Span
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.markdown.rendered_text import RenderedText
    from milatui.catalogue.location import Location
    from milatui.catalogue.notes import Note
    from milatui.catalogue.pages.model import Role


_WIDEST_LABEL: Final = 40
"""Characters of a card's labels that what they say is lined up after."""


PASSAGE_INDENT: Final = 2
"""Columns of the bar beside a passage, and the space after it."""


LEAST_COLUMNS: Final = 36
"""Columns that a table or a chart may always take: those beside a list on 80 columns."""


class TextRun(NamedTuple):
    """A few words with what they are and where they lead, for lines made of several."""

    text: str
    role: Role | None = None
    target: Location | str | None = None


def comma_separated(pieces: Iterable[TextRun]) -> list[TextRun]:
    """Returns runs of text with commas between them."""
    joined: list[TextRun] = []
    for piece in pieces:
        if joined:
            joined.append(TextRun(", "))
        joined.append(piece)
    return joined


class PageBuilder:
    """Writes a page from top to bottom; everything written is cleaned on the way.

    ``columns`` are those that lines may take which are not to be wrapped: tables and charts.
    """

    def __init__(self, columns: int = LEAST_COLUMNS) -> None:
        self._columns = max(LEAST_COLUMNS, columns)
        self._fitted = False
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._links: list[Link] = []
        self._highlights: list[tuple[int, int]] = []
        self._outline: list[Outline] = []
        self._indents: list[Indent] = []
        self._notes: list[MarginNote] = []
        self.body = (0, 0)
        """Where the text of a document stands."""
        self._head: Head | None = None
        self.own_note: Note | None = None
        """What the user has noted about the record; it stands under the head."""
        self.at = 0
        """Offset of the next character."""

    @property
    def columns(self) -> int:
        """Columns that tables and charts may take; whoever asks fits the page to them."""
        self._fitted = True
        return self._columns

    def write_clean(self, text: str) -> None:
        """Appends text that has been sanitized."""
        self._parts.append(text)
        self.at += len(text)

    def add(
        self, text: str, role: Role | None = None, target: Location | str | None = None
    ) -> None:
        """Appends text to the current line."""
        start = self.at
        self.write_clean(sanitize(text, multiline=False))
        if role is not None:
            self.add_span(start, self.at, role)
        if target is not None:
            self._links.append(Link(start, self.at, target))

    def add_runs(self, pieces: Iterable[TextRun]) -> None:
        """Appends several runs of text."""
        for piece in pieces:
            self.add(*piece)

    def add_span(self, start: int, end: int, role: Role) -> None:
        """Gives ``[start, end)`` a role."""
        if end > start:
            self._spans.append(Span(start, end, role))

    def head(self, title: str, *facts: Sequence[TextRun]) -> None:
        """Writes the head of the page, which stays in view, before anything else.

        Args:
            title: What the page is about.
            facts: When, what kind, where and who, each as runs of text; empty ones are left out.
        """
        self.line(title, "title")
        title_end = self.at - 1
        given = [fact for fact in facts if any(piece.text for piece in fact)]
        for number, fact in enumerate(given):
            self.add(" · " if number else "", "dim")
            self.add_runs(piece if piece.role else piece._replace(role="meta") for piece in fact)
        if given:
            self.end_line()
        self._head = Head(title_end, self.at - 1)
        if self.own_note is not None:
            self._write_own_note(self.own_note)

    def _write_own_note(self, note: Note) -> None:
        """Writes star, tags and note of the user, set apart from the archive's own words."""
        signs = [_("starred")] if note.starred else []
        signs += (f"#{tag}" for tag in note.tags)
        if signs:
            self.line(" ".join(signs), "emphasis")
        for line in note.text.splitlines():
            self.line(_("My note: {text}").format(text=line), "emphasis")

    def write_rendered(self, rendered: RenderedText) -> None:
        """Appends the text of a document with the roles of its spans."""
        shift = self.at
        self.write_clean(rendered.text)
        self._spans += (Span(s.start + shift, s.end + shift, s.role) for s in rendered.spans)
        self._links += (Link(k.start + shift, k.end + shift, k.address) for k in rendered.links)
        self._indents += (
            Indent(i.start + shift, i.end + shift, i.columns) for i in rendered.indents
        )
        self._outline += (
            Outline(h.level, rendered.text[h.start : h.end], h.start + shift)
            for h in rendered.headings
        )

    def hanging_indent(self, start: int, end: int, columns: int) -> None:
        """Gives the wrapped lines of ``[start, end)`` a hanging indent."""
        self._indents.append(Indent(start, end, columns))

    def note(self, start: int, anchor: int | None) -> None:
        """Moves the lines since ``start`` into the margin, see ``MarginNote``."""
        if self.at > start:
            self._notes.append(MarginNote(start, self.at, anchor))

    def passage(self, text: str) -> int:
        """Appends a paragraph that is quoted as evidence; returns the offset of its text."""
        start = self.at
        self.write_clean(text)
        self.end_line()
        self.add_span(start, self.at, "passage")
        self._indents.append(Indent(start, self.at, PASSAGE_INDENT, PASSAGE_INDENT))
        return start

    def highlight(self, start: int, end: int) -> None:
        """Highlights ``[start, end)``."""
        if end > start:
            self._highlights.append((start, end))

    def append(self, other: PageBuilder) -> None:
        """Appends the content of another builder, without its outline and highlights."""
        shift = self.at
        self.write_clean(other.text_from(0))
        self._spans += (Span(s.start + shift, s.end + shift, s.role) for s in other._spans)
        self._links += (Link(k.start + shift, k.end + shift, k.target) for k in other._links)
        self._indents += (
            i._replace(start=i.start + shift, end=i.end + shift) for i in other._indents
        )

    def end_line(self) -> None:
        """Ends the current line."""
        self.write_clean("\n")

    def line(self, text: str, role: Role | None = None) -> None:
        """Appends a whole line."""
        self.add(text, role)
        self.end_line()

    def blank(self) -> None:
        """Appends an empty line, unless there is one already or the page is empty."""
        if self._parts and not self._ends_blank():
            self.write_clean("\n")

    def _ends_blank(self) -> bool:
        tail = "".join(self._parts[-3:])
        return tail.endswith("\n\n")

    def heading(self, text: str, level: int = 2) -> None:
        """Appends a heading after an empty line and adds it to the outline."""
        self.blank()
        self.outline(level, text)
        self.line(text, "heading")

    def outline(self, level: int, text: str) -> None:
        """Adds an entry to the outline that points to what follows."""
        self._outline.append(Outline(level, sanitize(text, multiline=False), self.at))

    def text_from(self, start: int) -> str:
        """Returns the text since ``start``."""
        parts: list[str] = []
        at = self.at
        for part in reversed(self._parts):
            if at <= start:
                break
            at -= len(part)
            parts.append(part)
        return "".join(reversed(parts))[start - at :]

    @property
    def head_end(self) -> int:
        """Offset of the first line after the head."""
        return self._head.end + 1 if self._head else 0

    @property
    def first_highlight(self) -> int | None:
        """Offset of the first highlight so far; None if there is none."""
        return min(self._highlights)[0] if self._highlights else None

    def build(
        self,
        location: Location,
        title: str,
        focus: int | None = None,
        address: str = "",
    ) -> Page:
        """Builds the page; without ``focus`` it opens at the first highlight."""
        text = "".join(self._parts).rstrip("\n") + "\n"
        # Empty lines at the end were removed, and with them the spans that they had.
        spans = (span._replace(end=min(span.end, len(text))) for span in self._spans)
        highlights = _apart(sorted(set(self._highlights)))
        if focus is None:
            focus = highlights[0][0] if highlights else 0
        # The highlight to open at may have been joined to an earlier one.
        focus = next((start for start, end in highlights if start <= focus < end), focus)
        return Page(
            location=location,
            title=sanitize(title, multiline=False),
            text=text,
            head=self._head,
            spans=tuple(
                sorted((s for s in spans if s.end > s.start), key=lambda s: (s.start, -s.end))
            ),
            links=tuple(sorted(self._links, key=lambda link: link.start)),
            highlights=highlights,
            outline=tuple(self._outline),
            indents=tuple(sorted(self._indents)),
            notes=tuple(note._replace(end=min(note.end, len(text))) for note in self._notes),
            body=self.body,
            address=address,
            columns=self._columns if self._fitted else 0,
            focus=min(focus, len(text)),
        )


def _apart(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Joins highlights that overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
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
        """Adds a row, unless it is empty."""
        if any(piece.text for piece in pieces):
            self._lines.append((label, list(pieces)))

    def add_text(self, label: str, text: str) -> None:
        """Adds a row of plain text."""
        self.add(label, TextRun(text))

    def add_list(self, label: str, pieces: Iterable[TextRun]) -> None:
        """Adds a row of runs with commas between them."""
        self.add(label, *comma_separated(pieces))

    def write(self, anchor: int | None = None, heading: str = "") -> None:
        """Writes the table after an empty line.

        Args:
            anchor: What it stands beside where there is a margin; None: it stays in the text.
            heading: The heading over it, if it has one.
        """
        if not self._lines:
            return
        page = self._writer
        page.blank()
        begin = page.at
        if heading:
            page.heading(heading)
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
        if anchor is not None:
            page.note(begin, anchor)

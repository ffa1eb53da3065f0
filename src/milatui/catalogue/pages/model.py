"""Defines a page: what the reader shows of a location, independent of any interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from milatui.catalogue.location import Location

Role = Literal[
    "title",
    "meta",
    "heading",
    "label",
    "strong",
    "emphasis",
    "struck",
    "code",
    "quote",
    "rule",
    "bullet",
    "dim",
    "flag",
    "kind",
    "table",
    "bar",
    "passage",
]


class Span(NamedTuple):
    """A span of the text and what it is; spans are sorted and may nest.

    A ``passage`` is a paragraph that is quoted as evidence: a bar stands beside its lines.
    """

    start: int
    end: int
    role: Role


class Head(NamedTuple):
    """The first lines of the text, which stay in view while the rest scrolls.

    Attributes:
        title_end: End of the title, which begins at 0.
        end: End of the line of facts (date, kind, where and who) under it; ``title_end`` if
            there are none.
    """

    title_end: int
    end: int


class Link(NamedTuple):
    """A span that leads somewhere: a location, or an address (http or https) as text."""

    start: int
    end: int
    target: Location | str


class Indent(NamedTuple):
    """For the lines that begin in ``start``..``end``: columns that they are moved in.

    ``hanging`` is for all but the first line of a wrapped paragraph, ``first`` for that one.
    """

    start: int
    end: int
    hanging: int
    first: int = 0


class MarginNote(NamedTuple):
    """Whole lines of the text that stand in a margin beside it, where there is room for one.

    Attributes:
        start: Where they begin.
        end: Where they end, after the last newline.
        anchor: Offset that they stand beside; None if a margin leaves them out: the notes after
            them say the same.
    """

    start: int
    end: int
    anchor: int | None


class Outline(NamedTuple):
    """A heading of the page: its level from 1, its words and where it stands."""

    level: int
    title: str
    offset: int


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and what stands where in it; all offsets are into ``text``.

    Attributes:
        location: Where this is.
        title: For the pane's border and the history.
        text: Cleaned text; lines end in newlines and are to be wrapped by who draws them,
            but for those in spans of the roles ``code`` (whole lines) and ``table``.
        head: The title and its facts; None for a page without.
        spans: Spans with their roles, sorted by start.
        links: Spans that lead somewhere, sorted by start.
        highlights: Spans of the quotes or of the query's words, in reading order.
        outline: The headings.
        indents: Hanging indents of list items and cards, sorted; other lines have none.
        notes: Lines for a margin, sorted; they do not overlap.
        body: Where the text of a document stands in ``text``; ``(0, 0)`` on other pages.
        address: Web address of the document, or of the one that the record is written in.
        focus: Offset to scroll to: the first highlight, a paragraph, or 0.
        columns: Columns that its tables and charts were fitted to; 0 if it has none.
    """

    location: Location
    title: str
    text: str
    head: Head | None = None
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    outline: tuple[Outline, ...] = ()
    indents: tuple[Indent, ...] = ()
    notes: tuple[MarginNote, ...] = ()
    body: tuple[int, int] = (0, 0)
    address: str = ""
    focus: int = 0
    columns: int = 0

"""Defines a report as typed blocks, which the writers of Markdown and HTML turn into text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Emphasis = Literal["plain", "strong", "quote", "dim", "warning"]


class Text(NamedTuple):
    """Some words.

    Attributes:
        words: The words, on one line.
        emphasis: What they are: ``quote`` published words, ``warning`` a contradiction or a doubt.
    """

    words: str
    emphasis: Emphasis = "plain"


class WebLink(NamedTuple):
    """Words that lead to a web address (http or https)."""

    words: str
    address: str


class ArchiveAddress(NamedTuple):
    """The address of a passage in the archive, ``milatui:LOCATION``, which ``verify`` finds.

    Attributes:
        location: The location.
        digest: The first digits of the SHA-256 of the document's text; "" if it is not known.
    """

    location: str
    digest: str


class NoteReference(NamedTuple):
    """The mark of a footnote, numbered from 1."""

    number: int


class Reference(NamedTuple):
    """Words that lead to a section or a footnote of the same report.

    Attributes:
        words: The words.
        anchor: Name of what they lead to.
    """

    words: str
    anchor: str


Run: TypeAlias = Text | WebLink | ArchiveAddress | NoteReference | Reference
Runs: TypeAlias = "tuple[Run, ...]"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        words: The heading.
        level: 2 for a section, 3 for a part of one.
        anchor: Name that references use; "" for none.
    """

    words: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list of items without numbers."""

    items: Sequence[Runs]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: Heading of each column.
        rows: The cells of each row, as many as there are columns.
        numeric: Numbers of the columns that are set flush right.
        unbroken: Numbers of the columns whose cells are not wrapped, such as dates.
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[Runs, ...]]
    numeric: frozenset[int] = frozenset()
    unbroken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its caption; Markdown shows the numbers as a table instead.

    Attributes:
        svg: The drawing, one ``<svg>`` element whose text is escaped.
        caption: What it shows, also for who cannot see it.
        numbers: The same as a table.
        whole: Whether the table says more than the drawing and is shown under it.
    """

    svg: str
    caption: str
    numbers: Table
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote.

    Attributes:
        number: Its number, from 1.
        runs: What it says.
    """

    number: int
    runs: Runs


Block: TypeAlias = Heading | Paragraph | Items | Table | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        title: Its title.
        language: BCP 47 code of the language it is written in.
        blocks: What stands in it, in order.
        notes: Its footnotes, in order.
        notes_title: Heading of the footnotes.
        colophon: What was read, with which program, and how it can be made again.
    """

    title: str
    language: str
    blocks: Sequence[Block]
    notes: Sequence[Footnote]
    notes_title: str
    colophon: Sequence[Runs]

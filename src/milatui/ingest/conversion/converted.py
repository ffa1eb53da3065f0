"""Defines what a conversion gives: documents as values and Markdown, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Literal["html", "pdf", "docx", "feed", "sitemap"]
"""A format that is converted in the child process."""


class FoundValue(NamedTuple):
    """A value of a document, and what of the file gives it: ``json-ld``, ``opengraph``."""

    value: str
    origin: str


class Limits(NamedTuple):
    """What the conversion of a file may take.

    Attributes:
        wall_seconds: Time that passes.
        cpu_seconds: Time of the processor.
        memory: Bytes of address space of the process.
    """

    wall_seconds: float = 90.0
    cpu_seconds: int = 60
    memory: int = 3 * 2**29


@dataclass(frozen=True, slots=True)
class ConvertedDocument:
    """One document of a file.

    Attributes:
        values: Values by field of a document, as the file has them.
        body: The text as Markdown.
        date_lines: Lines near the title that may be the date of publication, the likeliest first.
        notes: What is to be said of it although it is taken.
    """

    values: Mapping[str, FoundValue]
    body: str
    date_lines: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())


class ConversionError(ValueError):
    """A file cannot be converted; its message says why, on one line."""


class NoTextError(ConversionError):
    """A file holds pictures of text only."""

"""Defines proposals: documents read from outside files, with their origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from milatui.ingest.confidence import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.diagnostics import Diagnostic
    from milatui.archive.records import Document
    from milatui.ingest.readers.raw_document import OriginalFile
    from milatui.ingest.recognise.findings import TextSpan

Origin = Literal[
    "text",
    "heading",
    "dateline",
    "file name",
    "folder",
    "title",
    "website",
    "key",
    "change",
    "duplicate",
]
"""Where a value came from that nobody gave under its own key."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """How a value was found that nobody gave.

    Attributes:
        origin: Where it came from.
        confidence: How sure it is.
        span: The words of the body that it was read from; None if it is not from the body.
    """

    origin: Origin
    confidence: Confidence = Confidence.CERTAIN
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document as it would be written.

    Attributes:
        document: The document; ``id`` exactly as given.
        file: Where it was read, as the path was given.
        line: First line of it there, from 1.
        recognised: Field name -> how its value was found, for values nobody gave.
        notes: What is to be said of it although it is taken.
        original: The file it was read from, if that is to be kept.
    """

    document: Document
    file: str
    line: int
    recognised: Mapping[str, Recognised] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()
    original: OriginalFile | None = None

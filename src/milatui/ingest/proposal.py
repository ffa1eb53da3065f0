"""Defines proposals: documents read from outside files, with their origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.diagnostics import Diagnostic
    from milatui.archive.records import Document

Origin = Literal["text", "heading", "file name", "title", "website", "duplicate"]
"""Where a value came from that nobody gave."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document as it would be written.

    Attributes:
        document: The document; ``id`` exactly as given.
        file: Where it was read, as the path was given.
        line: First line of it there, from 1.
        recognised: Field name -> where its value was found, for values nobody gave.
        notes: What is to be said of it although it is taken.
    """

    document: Document
    file: str
    line: int
    recognised: Mapping[str, Origin] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()

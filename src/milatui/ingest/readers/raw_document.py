"""Defines what readers make of outside files: documents as found, nothing recognised yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.archive.diagnostics import Diagnostic
    from milatui.archive.kinds import Data


class Position(NamedTuple):
    """A place in a file: line and column, each from 1."""

    line: int
    column: int


START = Position(1, 1)
"""The beginning of a file, for formats whose values have no line and column."""


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A value that a file gives for a key, as it stands there.

    Attributes:
        value: Plain data; numbers and dates as they are written.
        position: Where in the file it stands, for diagnostics.
        origin: What of the file gives it, if not its front matter or object: ``meta``, ``json-ld``.
    """

    value: Data
    position: Position = START
    origin: str = ""


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """The bytes of a file that is kept beside the document made from it.

    It is read again when it is kept: a review would hold the bytes of all its files otherwise.

    Attributes:
        digest: SHA-256 of its bytes as hexadecimal digits.
        ending: Ending of its name with the dot, in lower case, such as ``.pdf``.
        path: Where it is; None for stdin.
        content: The bytes of what has no path.
    """

    digest: str
    ending: str
    path: Path | None
    content: bytes = b""

    @classmethod
    def of_bytes(cls, data: bytes, ending: str, path: Path | None) -> OriginalFile:
        """Describes a file that was read; ``path`` is None for stdin."""
        digest = hashlib.sha256(data).hexdigest()
        return cls(digest, ending, path, b"" if path is not None else data)

    def read(self) -> bytes | None:
        """Returns the bytes; None if the file has changed since.

        Raises:
            OSError: it cannot be read.
        """
        if self.path is None:
            return self.content
        data = self.path.read_bytes()
        return data if hashlib.sha256(data).hexdigest() == self.digest else None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as a reader found it in a file.

    Attributes:
        given: Values by key, under the keys that the file uses.
        body: The text as Markdown, with newlines as its only line ends.
        file: Path of the file as it was given, for messages.
        line: Line of the file at which the document begins, from 1.
        stem: Name of the file without its ending, where a file is one document; else empty.
        folders: Names of the folders around it, the innermost last.
        body_position: Where in the file the text stands.
        original: The file itself, for formats that the body cannot stand for.
        notes: What is to be said of the file although it is taken.
    """

    given: Mapping[str, GivenValue]
    body: str
    file: str
    line: int = 1
    stem: str = ""
    body_position: Position = START
    original: OriginalFile | None = None
    folders: tuple[str, ...] = ()
    notes: tuple[Diagnostic, ...] = field(default=())

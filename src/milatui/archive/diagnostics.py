"""Defines diagnostics: what is wrong in an archive, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Diagnostic(NamedTuple):
    """A fault at ``line`` and ``column`` (from 1) of ``file`` (POSIX path within the archive).

    ``path`` leads to the value within the record, like ``figures[2].source.exact``;
    empty if the fault concerns the file.  An *error* makes the value or the record
    unusable, a *warning* leaves it in use.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ArchiveError(Exception):
    """There is no archive to load: no such folder, or no ``archive.yaml`` in it."""

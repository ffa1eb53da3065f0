"""Formats diagnostics as JSON and for a terminal: there a warning of many places is one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milatui.archive.diagnostics import Diagnostic
    from milatui.cli.output import Json


def diagnostic_line(diagnostic: Diagnostic, more: int = 0) -> str:
    """Formats a diagnostic as compilers do, with its severity.

    Args:
        more: Number of further places that have the same message.
    """
    position = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}"
    severity = _("error") if diagnostic.severity == "error" else _("warning")
    line = f"{position}: {severity}: {diagnostic.message}"
    if more:
        others = ngettext("(and at {n} more place)", "(and at {n} more places)", more)
        line += " " + others.format(n=format_count(more))
    return sanitize(line, multiline=False)


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yields a line for each error, then one for each different warning with its first place."""
    warnings: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.severity == "error":
            yield diagnostic_line(diagnostic)
        else:
            warnings.setdefault(diagnostic.message, []).append(diagnostic)
    for same in warnings.values():
        yield diagnostic_line(same[0], len(same) - 1)


def diagnostics_json(diagnostics: Sequence[Diagnostic]) -> list[Json]:
    """Returns diagnostics as JSON data, in the order given."""
    return [
        {
            "file": diagnostic.file,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "path": diagnostic.path,
            "message": diagnostic.message,
            "severity": diagnostic.severity,
        }
        for diagnostic in diagnostics
    ]

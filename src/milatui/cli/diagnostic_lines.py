"""Formats diagnostics for a terminal: errors first, a warning that many places share only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.diagnostics import Diagnostic


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

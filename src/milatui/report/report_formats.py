"""Names the formats of reports and starts the writer of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.report.blocks import Report

ReportFormat = Literal["html", "markdown"]
REPORT_FORMATS: Final[tuple[ReportFormat, ...]] = ("html", "markdown")
"""The formats by name, in the order of the help."""
_BY_ENDING: Final[dict[str, ReportFormat]] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}


def report_format(name: str, path: Path | None) -> ReportFormat:
    """Returns the format of a name; without one, that of a file; else Markdown."""
    by_name = next((known for known in REPORT_FORMATS if known == name), None)
    ending = path.suffix.lower() if path is not None else ""
    return by_name or _BY_ENDING.get(ending, "markdown")


def report_format_label(name: ReportFormat) -> str:
    """Returns in a few words what a format is for."""
    return {
        "html": _("a page to read and to print, with charts"),
        "markdown": _("text for an editor, pandoc, a wiki"),
    }[name]


def report_extension(name: ReportFormat) -> str:
    """Returns the file name extension of a format, without the dot."""
    return {"html": "html", "markdown": "md"}[name]


def write_report(report: Report, name: ReportFormat) -> Iterator[str]:
    """Yields the text of a report in pieces."""
    if name == "html":
        from milatui.report.html_writer import write_html as write
    else:
        from milatui.report.markdown_writer import write_markdown as write
    return write(report)

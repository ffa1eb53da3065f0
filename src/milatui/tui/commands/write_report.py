"""Commands that write a report of the scope, and a memo of the visit, into a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import count_label, format_count
from milatui.i18n import _, ngettext
from milatui.tui.commands.export_scope import scope_stem, write_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.trail.steps import Visit
    from milatui.report.blocks import Report
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.sheets.export_sheet import ExportTarget


def _report(view: CommandView) -> None:
    """Asks for a format and a path, and writes the report of the scope."""
    session = view.session
    if view.options.read_only:
        view.show_status(_("This session is read-only."))
        return
    if session is None:
        return
    catalogue, scope = session.catalogue, session.full_scope
    counts = [count_label(kind, inside) for kind, (inside, _all) in catalogue.totals(scope).items()]
    if scope.query:
        # Totals leave the query out.
        counts = []
    today = _today(view)
    stem = "-".join((scope_stem(session), _("report")))
    _ask(
        view,
        _("Report of the scope"),
        ", ".join(counts[-1:]),
        stem,
        lambda: _build_report(catalogue, scope, today),
    )


def _memo(view: CommandView) -> None:
    """Asks for a format and a path, and writes the memo of the visit."""
    session, trail = view.session, view.trail
    if view.options.read_only or not trail.available:
        view.show_status(_("This session is read-only."))
        return
    if session is None:
        return
    if trail.is_off:
        view.show_status(_("The trail is off; milatui trail --on records visits."))
        return
    visit, catalogue, today = trail.visit(), session.catalogue, _today(view)
    if not visit.steps:
        view.show_status(_("Nothing was searched or opened yet."))
        return
    searches, opened = len(visit.searches), len(visit.opened)
    words = ngettext("{n} search", "{n} searches", searches).format(n=format_count(searches))
    more = ngettext("{n} opened", "{n} opened", opened).format(n=format_count(opened))
    stem = "-".join((_("memo"), today.isoformat()))
    _ask(
        view,
        _("Memo of this visit"),
        f"{words}, {more}",
        stem,
        lambda: _build_memo(catalogue, visit, today),
    )


def _today(view: CommandView) -> date:
    return view.options.today or date.today()  # noqa: DTZ011 - the user's own day is meant


def _build_report(catalogue: Catalogue, scope: Scope, today: date) -> Report:
    # Deferred: the first screen writes no report.
    from milatui.report.colophon import colophon, report_command
    from milatui.report.report_builder import ReportBuilder

    text = colophon(catalogue, report_command(scope), today)
    return ReportBuilder(catalogue, scope).build(text)


def _build_memo(catalogue: Catalogue, visit: Visit, today: date) -> Report:
    from milatui.report.colophon import memo_colophon
    from milatui.report.research_memo import ResearchMemo

    return ResearchMemo(catalogue, today).build([visit], memo_colophon(catalogue, today))


def _ask(view: CommandView, title: str, count: str, stem: str, build: Callable[[], Report]) -> None:
    """Opens the sheet of formats, which writes what ``build`` makes."""
    from milatui.report.report_formats import (
        REPORT_FORMATS,
        report_extension,
        report_format_label,
    )
    from milatui.tui.sheets.export_sheet import ExportChoice, ExportSheet

    choices = [
        ExportChoice(name, report_format_label(name), report_extension(name), count)
        for name in REPORT_FORMATS
    ]

    def write(target: ExportTarget) -> None:
        view.run_in_background(_write(view, target, build))

    view.open_sheet(ExportSheet(view.theme, title, choices, stem, write))


async def _write(view: CommandView, target: ExportTarget, build: Callable[[], Report]) -> None:
    """Builds and writes the file in a thread."""
    from milatui.export.export_file import write_file
    from milatui.report.report_formats import REPORT_FORMATS, write_report

    name = REPORT_FORMATS[target.format_number]

    def write() -> int:
        report = build()
        pieces = write_report(report, name)
        write_file(target.path, pieces, name, overwrite=target.overwrite)
        return len(report.notes)

    footnotes = await write_target(view, target, write)
    if footnotes is None:
        return
    words = ngettext("{n} footnote", "{n} footnotes", footnotes)
    said = words.format(n=format_count(footnotes))
    view.show_status(_("{file}: {counts}").format(file=target.path, counts=said))


REPORT_COMMANDS: dict[str, Command] = {"copy.report": _report, "copy.memo": _memo}

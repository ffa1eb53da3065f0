"""The command that exports what the scope holds into a file."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final, TypeVar

from milatui.i18n import _
from milatui.index.analysis.folding import fold
from milatui.index.errors import IndexUnusable
from milatui.paths import in_bundled_archive
from milatui.tui.builtin_pages import message_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.export.formats import ExportPlan
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.sheets.export_sheet import ExportSheet, ExportTarget
    from milatui.tui.state.session import Session

Written = TypeVar("Written")
"""The message about a file that was written."""

_ACTION: Final = "copy.export"
_NOT_IN_NAME: Final = re.compile(r"[^\w]+")
_MAX_NAME: Final = 60


def _export(view: CommandView) -> None:
    """Opens the sheet of formats; counts what goes out while it is open."""
    session = view.session
    if view.options.read_only:
        view.show_status(_("This session is read-only."))
        return
    if session is None:
        return
    # Deferred: the first screen exports nothing.
    from milatui.export.formats import FORMATS, file_extension, format_label
    from milatui.export.scope_records import ScopeRecords
    from milatui.tui.sheets.export_sheet import ExportChoice, ExportSheet

    try:
        notes = session.catalogue.noted()
    except OSError as error:
        view.show_status(_("The notes cannot be read: {reason}").format(reason=error.strerror))
        return
    records = ScopeRecords(session.catalogue, session.full_scope, notes)
    choices = [ExportChoice(name, format_label(name), file_extension(name)) for name in FORMATS]

    def write(target: ExportTarget) -> None:
        view.run_in_background(_write(view, records, target))

    title = _("Export the scope")
    sheet = ExportSheet(view.theme, title, choices, scope_stem(session), write)
    view.open_sheet(sheet)
    view.run_in_background(_count(view, records, sheet))


def scope_stem(session: Session) -> str:
    """Returns a file name after the archive and the restrictions of the scope."""
    words = [session.catalogue.info.title, *(chip.label for chip in session.chips())]
    names = (_NOT_IN_NAME.sub("-", fold(word)).strip("-") for word in words)
    return "-".join(name for name in names if name)[:_MAX_NAME].strip("-") or "export"


async def _count(view: CommandView, records: ScopeRecords, sheet: ExportSheet) -> None:
    """Counts in a thread what each format would hold."""
    from milatui.export.formats import FORMATS, export_count

    for number, name in enumerate(FORMATS):
        try:
            count = await asyncio.to_thread(export_count, records, name)
        except IndexUnusable:
            view.index_damaged()
            return
        sheet.show_count(number, count)


async def write_target(
    view: CommandView, target: ExportTarget, write: Callable[[], Written]
) -> Written | None:
    """Writes a file in a thread, and shows why if it cannot be written.

    Args:
        view: The main screen.
        target: The file.
        write: Writes it; returns a message about what was written.

    Returns:
        What ``write`` returned; None if the file was not written.
    """
    if in_bundled_archive(target.path.parent):
        view.show_status(_("the bundled archive is never changed"))
        return None
    view.show_status(_("Writing {file}…").format(file=target.path))
    try:
        return await asyncio.to_thread(write)
    except IndexUnusable:
        view.index_damaged()
    except OSError as error:
        reason = error.strerror or str(error)
        view.show_status(_("It cannot be written: {reason}").format(reason=reason))
    return None


async def _write(view: CommandView, records: ScopeRecords, target: ExportTarget) -> None:
    """Writes the file in a thread, and shows what was written."""
    from milatui.export.export_file import write_file
    from milatui.export.formats import FORMATS, export_summary, plan_export, write_export
    from milatui.export.remarks import Remarks

    remarks = Remarks()
    name = FORMATS[target.format_number]

    def write() -> ExportPlan:
        plan = plan_export(records, name)
        if plan.total:
            pieces = write_export(records, plan, remarks)
            write_file(target.path, pieces, name, overwrite=target.overwrite)
        return plan

    plan = await write_target(view, target, write)
    if plan is None:
        return
    if not plan.total:
        view.show_status(_("nothing to export"))
        return
    counts = export_summary(records, plan, remarks)
    _show_written(view, _("{file}: {counts}").format(file=target.path, counts=counts), remarks)


def _show_written(view: CommandView, written: str, remarks: Remarks) -> None:
    """Shows the path and the counts in the bottom bar; remarks on a sheet."""
    view.show_status(written)
    messages = remarks.messages()
    if messages:
        page = message_page(written, messages)
        view.show_sheet(_("Exported"), lambda _words: page, opened_by=_ACTION)


EXPORT_COMMANDS: dict[str, Command] = {_ACTION: _export}

"""``milatui diff``: says what differs between two states of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.validate import format_path
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg
from milatui.cli.commands.show import print_page
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import archive_dir
from milatui.cli.output import Json, write_json
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.archive.diff.differences import (
        ArchiveDiff,
        ChangedRecord,
        RecordName,
        StateSummary,
    )
    from milatui.archive.diff.value_diff import ValueChange
    from milatui.archive.kinds import Data
    from milatui.cli.argument_parser import CommandParser

SCHEMA: Final = "milatui.diff/1"


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``diff``."""
    parser.describe(
        _("Say what differs between two states of an archive: records, values, texts, evidence."),
        (
            ("milatui diff OLD NEW", _("two folders")),
            ("milatui diff --archive DIR HEAD", _("what was not committed yet")),
            ("milatui diff --archive DIR v1.0 v1.1", _("two revisions of its git repository")),
            ("milatui diff OLD NEW --json | jq .lost", _("for a program")),
        ),
        "milatui diff OLD [NEW] [--json]",
        (_("Exit status: 0 if nothing differs, 1 if something does."),),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "old", metavar="OLD", type=decode_arg, help=_("a folder, or a revision of the archive")
    )
    group.add_argument(
        "new",
        metavar="NEW",
        type=decode_arg,
        nargs="?",
        default="",
        help=_("the same (default: the archive as it is now)"),
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("all differences as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the differences; exit code 1 if there are any."""
    from milatui.archive.diff.archive_diff import compare_states
    from milatui.catalogue.pages.changes import write_changes

    try:
        diff = compare_states(args.old, args.new, archive_dir(args))
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    if args.json:
        write_json(diff_json(diff))
    else:
        print_page(write_changes(diff))
    return Exit.DONE if diff.is_empty else Exit.NO_RESULTS


def diff_json(diff: ArchiveDiff) -> dict[str, Json]:
    """Returns differences as JSON data."""
    return {
        "schema": SCHEMA,
        "old": _state(diff.old),
        "new": _state(diff.new),
        "added": [_record(record) for record in diff.added],
        "removed": [_record(record) for record in diff.removed],
        "renamed": [{"old": _record(old), "new": _record(new)} for old, new in diff.renamed],
        "changed": [_changed(changed) for changed in diff.changed],
        "unreadable": [_record(record) for record in diff.unreadable],
        "lost": [
            {
                **_record(lost.record),
                "path": format_path(lost.path),
                "document": lost.document,
                "exact": lost.exact,
                "loss": lost.loss,
            }
            for lost in diff.lost
        ],
        "metadata": [_value(change) for change in diff.metadata],
    }


def _state(state: StateSummary) -> dict[str, Json]:
    return {"label": state.label, "counts": dict(state.counts.items()), "errors": state.errors}


def _record(record: RecordName) -> dict[str, Json]:
    return {"kind": record.kind, "id": record.id, "title": record.title}


def _changed(changed: ChangedRecord) -> dict[str, Json]:
    text: Json = None
    if changed.text is not None:
        text = {
            "removed": changed.text.removed,
            "added": changed.text.added,
            "runs": [{"fate": run.fate, "text": run.text} for run in changed.text.runs],
        }
    values: list[Json] = [_value(change) for change in changed.values]
    return {**_record(changed.record), "values": values, "text": text}


def _value(change: ValueChange) -> dict[str, Json]:
    return {
        "path": format_path(change.path),
        "change": change.kind,
        "old": _plain(change.old),
        "new": _plain(change.new),
    }


def _plain(data: Data) -> Json:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data

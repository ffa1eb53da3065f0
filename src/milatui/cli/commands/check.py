"""``milatui check``: every fault of an archive in one run, each with its place."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import ArchiveError, Diagnostic
from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import count_label, format_count
from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import Json, write_json
from milatui.cli.paths import archive_dir
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.cli.parser import CommandParser

SCHEMA = "milatui.check/1"


def configure(parser: CommandParser) -> None:
    """Declare the arguments of ``check``."""
    parser.describe(
        _("Re-read every record, every reference and every quoted passage of an archive."),
        (
            ("milatui check", _("the archive that ships")),
            ("milatui check --archive DIR", _("one's own, before a commit")),
            ("milatui check --json | jq .counts", _("for a program")),
        ),
        "milatui check [--json]",
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("counts and faults as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Report the faults; exit code 1 if any of them is an error."""
    from milatui.archive.checks import check
    from milatui.archive.loader import load_archive

    try:
        loaded = load_archive(archive_dir(args))
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    faults = sorted({*loaded.faults, *check(loaded)})
    severities = Counter(fault.severity for fault in faults)
    counts: dict[str, int] = {kind: len(loaded.records[kind]) for kind in KINDS}
    counts["errors"] = severities["error"]
    counts["warnings"] = severities["warning"]
    if args.json:
        write_json(
            {"schema": "milatui.check/1", "counts": counts, "faults": diagnostics_json(faults)}
        )
    else:
        _print(faults, counts)
    return Exit.NO_RESULTS if severities["error"] else Exit.DONE


def diagnostics_json(faults: Sequence[Diagnostic]) -> list[Json]:
    """Faults as JSON data, in the order given."""
    return [
        {
            "file": fault.file,
            "line": fault.line,
            "column": fault.column,
            "path": fault.path,
            "message": fault.message,
            "severity": fault.severity,
        }
        for fault in faults
    ]


def _print(faults: Sequence[Diagnostic], counts: dict[str, int]) -> None:
    for fault in faults:
        print(sanitize(str(fault), multiline=False))
    sys.stdout.flush()
    records = ", ".join(count_label(kind, counts[kind]) for kind in KINDS)
    errors, warnings = counts["errors"], counts["warnings"]
    number = format_count
    found = ", ".join(
        (
            ngettext("{n} error", "{n} errors", errors).format(n=number(errors)),
            ngettext("{n} warning", "{n} warnings", warnings).format(n=number(warnings)),
        )
    )
    print(_("{records}: {found}").format(records=records, found=found), file=sys.stderr)

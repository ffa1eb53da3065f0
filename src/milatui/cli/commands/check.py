"""``milatui check``: reports all faults of an archive with file, line and column."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import count_label, format_count
from milatui.cli import options
from milatui.cli.diagnostic_lines import diagnostic_lines, diagnostics_json
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import archive_dir, writable_archive_dir
from milatui.cli.output import write_diff, write_json
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.archive.diagnostics import Diagnostic
    from milatui.cli.argument_parser import CommandParser

SCHEMA = "milatui.check/1"


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``check``."""
    parser.describe(
        _("Re-read every record, every reference and every quoted passage of an archive."),
        (
            ("milatui check", _("the bundled archive")),
            ("milatui check --archive DIR", _("one's own, before a commit")),
            ("milatui check --json | jq .counts", _("for a program")),
            ("milatui check --archive DIR --migrate", _("what a newer layout would change")),
            ("milatui check --archive DIR --names", _("organisations without a record")),
        ),
        "milatui check [--json | --migrate [--accept] | --names [--partner NAME [--accept]]]",
        (
            _("--migrate is for briefs about published pages: what is said of the page goes to"),
            _("“original”. Documents that are the published text itself need no change."),
            "",
            _("--names --partner NAME shows as a diff the record that would be made of a name (or"),
            _("with --alias-of the partner that gets it as another name), and the documents whose"),
            _("subject follows; --accept writes it."),
        ),
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("counts and faults as JSON"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--migrate", action="store_true", help=_("show briefs in the newer layout, as a diff")
    )
    choice.add_argument(
        "--names",
        action="store_true",
        help=_("organisations that several documents name and no record has"),
    )
    group.add_argument(
        "--accept", action="store_true", help=_("with --migrate or --partner: write it")
    )
    group = parser.add_argument_group(_("With --names"))
    group.add_argument("--partner", metavar="NAME", default="", help=_("make a partner of it"))
    group.add_argument(
        "--alias-of", metavar="ID", default="", help=_("it is another name of this partner")
    )
    group.add_argument("--kind", default="", help=_("kind of the new partner"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Reports all faults; exit code 1 if one of them is an error."""
    _check_combination(args)
    if args.migrate:
        return _migrate(args)
    if args.names:
        from milatui.cli.review.names_report import report_names

        return report_names(args)
    from milatui.archive.checks import check
    from milatui.archive.figures.contradictions import claim_of, contradicted
    from milatui.archive.loader import load_archive

    try:
        loaded = load_archive(archive_dir(args))
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    diagnostics = sorted({*loaded.diagnostics, *check(loaded)})
    severities = Counter(diagnostic.severity for diagnostic in diagnostics)
    claims = [claim_of(figure, loaded.head.home) for figure in loaded.figures]
    counts: dict[str, int] = dict(loaded.counts.items())
    counts["contradicted"] = sum(contradicted(claims))
    counts["errors"] = severities["error"]
    counts["warnings"] = severities["warning"]
    if args.json:
        write_json({"schema": SCHEMA, "counts": counts, "faults": diagnostics_json(diagnostics)})
    else:
        _print(diagnostics, counts)
    return Exit.NO_RESULTS if severities["error"] else Exit.DONE


def _check_combination(args: argparse.Namespace) -> None:
    """Refuses options that would do nothing beside those that are given.

    Raises:
        CommandError: there are some.
    """
    if args.json and (args.migrate or args.partner):
        option = "--migrate" if args.migrate else "--partner"
        raise CommandError(_("{option} has no JSON").format(option=option))
    for option, given in (("--alias-of", args.alias_of), ("--kind", args.kind)):
        if given and not args.partner:
            message = _("{option} goes with --names --partner")
            raise CommandError(message.format(option=option))
    if args.partner and not args.names:
        raise CommandError(_("--partner goes with --names"))
    if args.accept and not (args.migrate or args.partner):
        raise CommandError(_("--accept goes with --migrate or --names --partner"))


def _migrate(args: argparse.Namespace) -> int:
    """Prints what would change in the briefs of an archive; with ``--accept`` writes it."""
    from milatui.archive.migrate import migrations, write_migration
    from milatui.archive.writer import ConflictError

    accept: bool = args.accept
    command = "milatui check --migrate --accept --archive DIR"
    root = writable_archive_dir(args, command) if accept else archive_dir(args)
    count = failed = 0
    for migration in migrations(root):
        count += 1
        if not accept:
            write_diff(migration.relpath, migration.before, migration.after)
            continue
        try:
            write_migration(root, migration)
        except ConflictError as error:
            failed += 1
            print(sanitize(error.message, multiline=False), file=sys.stderr)
    sys.stdout.flush()
    if accept:
        done = ngettext("{n} file rewritten", "{n} files rewritten", count - failed)
    else:
        done = ngettext("{n} file would change", "{n} files would change", count)
    print(done.format(n=format_count(count - failed)), file=sys.stderr)
    return Exit.NO_RESULTS if failed else Exit.DONE


def _print(diagnostics: Sequence[Diagnostic], counts: dict[str, int]) -> None:
    for line in diagnostic_lines(diagnostics):
        print(line)
    sys.stdout.flush()
    records = ", ".join(count_label(kind, counts[kind]) for kind in KINDS)
    errors, warnings, doubtful = counts["errors"], counts["warnings"], counts["contradicted"]
    number = format_count
    found = ", ".join(
        (
            ngettext("{n} error", "{n} errors", errors).format(n=number(errors)),
            ngettext("{n} warning", "{n} warnings", warnings).format(n=number(warnings)),
            ngettext("{n} contradicted figure", "{n} contradicted figures", doubtful).format(
                n=number(doubtful)
            ),
        )
    )
    print(_("{records}: {found}").format(records=records, found=found), file=sys.stderr)

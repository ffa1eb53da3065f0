"""``milatui report``: writes a scope as Markdown or HTML, every claim with its footnote."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import count_label
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import Exit
from milatui.cli.file_output import add_file_output, output_file, write_output
from milatui.cli.filter_options import add_filters, scope_of
from milatui.cli.filter_values import resolve_scope
from milatui.i18n import _
from milatui.report.report_formats import REPORT_FORMATS, report_format, write_report

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``report``."""
    parser.describe(
        _("Write what the archive holds as a report: every claim with its footnote."),
        (
            ("milatui report --partner amgen --output amgen.html", _("one partner, to print")),
            ("milatui report --from 2023 > since-2023.md", _("Markdown")),
            ("milatui report --query 'drug discovery' --output d.html", _("what a query finds")),
        ),
        "milatui report [options]",
        (_("HTML is one file without scripts, which needs nothing from elsewhere."),),
    )
    add_filters(parser)
    group = parser.add_argument_group(_("More filters"))
    group.add_argument(
        "--query", metavar="WORDS", type=decode_arg, default="", help=_("what a search finds")
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument(
        "--format",
        choices=REPORT_FORMATS,
        default="",
        help=_("html or markdown (default: as FILE ends, else markdown)"),
    )
    group.add_argument(
        "--notes", action="store_true", help=_("with your own stars, tags and notes")
    )
    add_file_output(group)
    options.add_shared(parser, has_language_filter=True)


def run(args: argparse.Namespace) -> int:
    """Writes the report of a scope; exit code 1 if nothing is in it."""
    from milatui.cli.index_access import open_catalogue, read_own_notes
    from milatui.report.colophon import colophon, present_day, report_command
    from milatui.report.report_builder import ReportBuilder

    output = output_file(args)
    catalogue = open_catalogue(args)
    scope = resolve_scope(catalogue, scope_of(args, args.query))
    own_notes = read_own_notes(catalogue) if args.notes else {}
    report = ReportBuilder(catalogue, scope, own_notes).build(
        colophon(catalogue, report_command(scope, notes=args.notes), present_day())
    )
    write_output(args, write_report(report, report_format(args.format, output)), "report")
    counts = {kind: len(catalogue.list_records(kind, scope)) for kind in KINDS}
    summary = ", ".join(count_label(kind, count) for kind, count in counts.items() if count)
    message = _("{counts}, {n} footnotes").format(counts=summary, n=len(report.notes))
    print(
        sanitize(message, multiline=False) if summary else _("nothing to report"), file=sys.stderr
    )
    return Exit.DONE if summary else Exit.NO_RESULTS

"""``milatui export``: writes the records of a scope in the format of another program."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg, did_you_mean
from milatui.cli.errors import Exit
from milatui.cli.file_output import add_file_output, output_file, write_output
from milatui.cli.filter_options import add_filters, scope_of
from milatui.cli.filter_values import check_person, resolve_scope
from milatui.export.formats import (
    FORMATS,
    export_summary,
    format_label,
    plan_export,
    write_export,
)
from milatui.export.remarks import Remarks
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.cli.argument_parser import CommandParser
    from milatui.export.formats import FormatName


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``export``."""
    parser.describe(
        _("Write the records of a scope for other programs, each with the words that prove it."),
        (
            ("milatui export --format csv --output mila.csv", _("every value with its source")),
            ("milatui export --format bibtex --partner amgen", _("a bibliography of one partner")),
            ("milatui export --format ics --from 2023 > events.ics", _("a calendar")),
            ("milatui export --format csl-json --query 'drug discovery'", _("what a query finds")),
            ("milatui export --format ftm --kind partner", _("organisations and their relations")),
        ),
        "milatui export --format FORMAT [options]",
        (_("Formats:"), *(f"  {name:<12}{format_label(name)}" for name in FORMATS)),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "--format",
        type=_format,
        required=True,
        metavar="FORMAT",
        help=", ".join(FORMATS),
    )
    add_filters(parser)
    group = parser.add_argument_group(_("More filters"))
    group.add_argument(
        "--person", metavar="ID", type=decode_arg, default="", help=_("about this person only")
    )
    group.add_argument(
        "--query", metavar="WORDS", type=decode_arg, default="", help=_("what a search finds")
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument(
        "--no-notes",
        dest="notes",
        action="store_false",
        help=_("leave out your own stars, tags and notes"),
    )
    add_file_output(group)
    options.add_shared(parser, has_language_filter=True)


def _format(text: str) -> FormatName:
    """Returns the name of a format.

    Raises:
        ArgumentTypeError: if there is no such format.
    """
    name = decode_arg(text).lower()
    for known in FORMATS:
        if name == known:
            return known
    message = _("there is no format “{name}”{near}; there are: {values}")
    near, values = did_you_mean(name, FORMATS), ", ".join(FORMATS)
    raise argparse.ArgumentTypeError(message.format(name=name, near=near, values=values))


def run(args: argparse.Namespace) -> int:
    """Writes the records in the scope of the filters; exit code 1 if there are none."""
    from milatui.cli.index_access import open_catalogue, read_own_notes
    from milatui.export.scope_records import ScopeRecords

    output = output_file(args)
    args.person = args.person.removeprefix("person/")
    scope = scope_of(args, _query(args))
    catalogue = open_catalogue(args)
    check_person(catalogue, args.person)
    notes = read_own_notes(catalogue) if args.notes else {}
    records = ScopeRecords(catalogue, resolve_scope(catalogue, scope), notes)
    plan = plan_export(records, args.format)
    remarks = Remarks()
    pieces = write_export(records, plan, remarks)
    if output is None or plan.total:
        write_output(args, pieces, plan.name)
    summary = export_summary(records, plan, remarks) if plan.total else _("nothing to export")
    if plan.total and output is not None:
        summary = _("{file}: {counts}").format(file=output, counts=summary)
    for message in (summary, *remarks.messages()):
        print(sanitize(message, multiline=False), file=sys.stderr)
    return Exit.DONE if plan.total else Exit.NO_RESULTS


def _query(args: argparse.Namespace) -> str:
    """Returns the query of ``--query`` and ``--person``."""
    clauses = (args.query, f'person:"{args.person}"' if args.person else "")
    return " ".join(clause for clause in clauses if clause)

"""``milatui report``: writes a scope as Markdown or HTML, every claim with its footnote."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from milatui import __version__
from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label
from milatui.catalogue.location import scope_pairs
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import Exit
from milatui.cli.file_output import add_file_output, output_file, write_output
from milatui.cli.filter_options import add_filters, scope_of
from milatui.cli.filter_values import resolve_scope
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.cli.argument_parser import CommandParser

FORMATS: Final = ("html", "markdown")
_ENDINGS: Final = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}


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
        choices=FORMATS,
        default="",
        help=_("html or markdown (default: as FILE ends, else markdown)"),
    )
    add_file_output(group)
    options.add_shared(parser, has_language_filter=True)


def run(args: argparse.Namespace) -> int:
    """Writes the report of a scope; exit code 1 if nothing is in it."""
    from milatui.cli.index_access import open_catalogue
    from milatui.report.report_builder import ReportBuilder

    output = output_file(args)
    catalogue = open_catalogue(args)
    scope = resolve_scope(catalogue, scope_of(args, args.query))
    report = ReportBuilder(catalogue, scope).build(_colophon(catalogue, scope))
    if (args.format or _ENDINGS.get(output.suffix.lower() if output else "", "")) == "html":
        from milatui.report.html_writer import write_html as write
    else:
        from milatui.report.markdown_writer import write_markdown as write
    write_output(args, write(report), "report")
    counts = {kind: len(catalogue.list_records(kind, scope)) for kind in KINDS}
    said = ", ".join(count_label(kind, count) for kind, count in counts.items() if count)
    message = _("{counts}, {n} footnotes").format(counts=said, n=len(report.notes))
    print(sanitize(message, multiline=False) if said else _("nothing to report"), file=sys.stderr)
    return Exit.DONE if said else Exit.NO_RESULTS


def _colophon(catalogue: Catalogue, scope: Scope) -> list[str]:
    """Returns what was read, when, and how to make the report again."""
    info = catalogue.info
    counts = ", ".join(count_label(kind, info.counts[kind]) for kind in KINDS if info.counts[kind])
    archive = _("Archive: {title} ({counts}). Fingerprint of all records: SHA-256 {fingerprint}.")
    made = _("Made on {date} with milatui {version}. To make it again: {command}")
    return [
        archive.format(title=info.title, counts=counts, fingerprint=catalogue.fingerprint),
        made.format(
            date=format_date(_today().isoformat(), short=False),
            version=__version__,
            command=shlex.join(_command(scope)),
        ),
    ]


def _command(scope: Scope) -> list[str]:
    options = [f"--{key}={value}" for key, value in scope_pairs(replace(scope, query="")) if value]
    query = [f"--query={scope.query}"] if scope.query else []
    return ["milatui", "report", *options, *query]


def _today() -> date:
    """Returns the day, that of ``SOURCE_DATE_EPOCH`` where builds are to be reproducible."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.fromtimestamp(int(given), UTC).date()
    return datetime.now().astimezone().date()

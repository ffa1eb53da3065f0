"""``milatui add FILE...``: shows what outside files would become, and with ``--accept`` adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.cli import options
from milatui.cli.addreport import JsonReport, TextReport
from milatui.cli.errors import Exit
from milatui.cli.places import archive_dir
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.cli.parser import Parser


def configure(parser: Parser) -> None:
    """Declare the arguments of ``add``."""
    parser.describe(
        _("Propose files as documents of an archive; nothing is written without --accept."),
        (
            ("milatui add --archive DIR release.md", _("what was recognised in it")),
            (
                "milatui add --archive DIR --accept *.md",
                _("Markdown, with or without front matter"),
            ),
            ("milatui add --archive DIR --accept docs.jsonl", _("any number of documents")),
            ("curl ... | milatui add --archive DIR -", _("JSON Lines from a pipe")),
        ),
        "milatui add FILE... [--accept] [--json]",
        (
            _("Formats: Markdown (.md) and JSON Lines (.jsonl) with the keys"),
            "  id title text date language publisher source",
            _("of which only text is needed. Other keys are kept as they are."),
        ),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument("files", metavar="FILE", nargs="+", help=_("- stands for stdin"))
    group = parser.add_argument_group(_("How"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument("--accept", action="store_true", help=_("write what is proposed"))
    choice.add_argument("--dry-run", action="store_true", help=_("write nothing (the default)"))
    group.add_argument("--json", action="store_true", help=_("the whole report as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Read all files; exit code 1 if something in them could not be taken."""
    from milatui.ingest.importer import DocumentImporter
    from milatui.ingest.readers.reader import read_file

    archive = archive_dir(args)
    accept: bool = args.accept
    files: list[str] = args.files
    report = JsonReport(accept) if args.json else TextReport(accept)
    with DocumentImporter(archive, accept=accept) as adding:
        for file in files:
            for item in read_file(file):
                report.take(item if isinstance(item, Diagnostic) else adding.take(item))
    report.finish()
    return Exit.NOTHING if report.faults else Exit.DONE

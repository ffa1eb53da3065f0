"""``milatui add FILE...``: takes documents from files, by review or by ``--accept``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import writable_archive_dir
from milatui.cli.review.accept_option import AcceptAction
from milatui.cli.review.import_report import JsonReport, TextReport
from milatui.i18n import _
from milatui.ingest.importer import Duplicate, Imported

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.cli.argument_parser import CommandParser
    from milatui.ingest.confidence import Confidence
    from milatui.tui.review.review_options import ReviewOptions


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``add``."""
    parser.describe(
        _("Take files into an archive as documents, and what they say as records."),
        (
            ("milatui add --archive DIR release.md", _("review what was recognised in it")),
            ("milatui add --archive DIR --resume", _("go on with the review")),
            (
                "milatui add --archive DIR --accept *.md",
                _("Markdown, with or without front matter"),
            ),
            ("milatui add --archive DIR --accept docs.jsonl", _("any number of documents")),
            ("milatui add --archive DIR --accept FOLDER", _("all that can be read in a folder")),
            ("milatui add --archive DIR --retry failed.jsonl", _("what has failed, once more")),
            ("curl ... | milatui add --archive DIR -", _("a page or another format")),
        ),
        "milatui add FILE... [--accept [CONFIDENCE] | --dry-run | --resume] [--json]",
        (
            _("Formats: Markdown, text, HTML, PDF, DOCX, RSS and Atom feeds, folders of them, and"),
            _("JSON Lines (.jsonl) and CSV with the keys or columns"),
            "  id title text date language publisher source",
            _("of which only text is needed. Other keys are kept as they are. HTML and feeds need"),
            "  pip install 'milatui[html]'",
            _("PDF needs milatui[pdf], scanned PDF an installed ocrmypdf. See docs/adding.md."),
            "",
            _("On a terminal the review begins. Elsewhere nothing is written without --accept."),
            _("--accept alone writes the documents. --accept certain (or likely, unsure) writes"),
            _("records, too, of what was recognised and is at least so sure."),
        ),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument("files", metavar="FILE", nargs="*", help=_("- stands for stdin"))
    _add_modes(parser)
    _add_failure_lists(parser)
    group = parser.add_argument_group(_("Review"))
    group.add_argument(
        "--theme",
        choices=("dark", "light", "ansi"),
        default="",
        help=_("colours of the review screen"),
    )
    parser.set_defaults(confidence=None, first_files=[])
    options.add_shared(parser)


def _add_modes(parser: CommandParser) -> None:
    group = parser.add_argument_group(_("How"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--accept",
        action=AcceptAction,
        nargs="?",
        metavar="CONFIDENCE",
        default=False,
        help=_("write the documents; with certain, likely or unsure records, too"),
    )
    choice.add_argument("--dry-run", action="store_true", help=_("write nothing, show everything"))
    choice.add_argument("--resume", action="store_true", help=_("go on with the last review"))
    group.add_argument("--json", action="store_true", help=_("the whole report as JSON"))


def _add_failure_lists(parser: CommandParser) -> None:
    group = parser.add_argument_group(_("What cannot be taken"))
    lists = group.add_mutually_exclusive_group()
    lists.add_argument(
        "--failures",
        type=Path,
        metavar="LIST",
        help=_("list it in the file LIST, with file and reason"),
    )
    lists.add_argument(
        "--retry",
        type=Path,
        metavar="LIST",
        help=_("try only what LIST names; what fails again stays in it"),
    )


def run(args: argparse.Namespace) -> int:
    """Imports all files; exit code 1 if any document in them is invalid.

    Raises:
        CommandError: the archive is not one of the user's own.
    """
    archive = writable_archive_dir(args, "milatui add --archive DIR FILE...")
    files: list[str] = [*args.first_files, *args.files]
    if not files and not args.resume and args.retry is None:
        raise CommandError(
            _("name the files to add"), hint=_("See '{prog} --help'.").format(prog="milatui add")
        )
    accept: bool = args.accept
    is_listed = args.failures is not None or args.retry is not None
    if args.resume or not (accept or args.dry_run or args.json or is_listed):
        from milatui.cli.review.terminal_review import can_review, review

        if can_review(files):
            return review(archive, files, _review_options(args, archive))
        if args.resume:
            raise CommandError(_("a review needs a terminal, and this is not one"))
    return _import(archive, files, args)


def _import(archive: Path, files: Sequence[str], args: argparse.Namespace) -> int:
    """Imports all files without a review."""
    from milatui.cli.bulk.bulk_import import BulkImport
    from milatui.ingest.complete import propose
    from milatui.ingest.importer import DocumentImporter
    from milatui.ingest.readers.conversion_cache import ConversionCache
    from milatui.ingest.review.record_collector import RecordCollector

    accept: bool = args.accept
    conversions = ConversionCache.of_import(archive) if accept else None
    confidence: Confidence | None = args.confidence
    report = JsonReport(accept) if args.json else TextReport(accept)
    with (
        BulkImport(files, args.failures, args.retry, conversions) as bulk,
        DocumentImporter(
            archive,
            accept=accept,
            progress=bulk.progress.archive_read,
            waiting=bulk.progress.waiting,
        ) as adding,
    ):
        # Documents alone need nothing to be recognised. The records are read under the lock.
        needed = confidence is not None or not accept
        collector = RecordCollector(archive, adding.expect_edited) if needed else None
        for item in bulk.items():
            found = item if isinstance(item, Diagnostic) else propose(item)
            if isinstance(found, Diagnostic) and found.severity == "warning":
                report.note(found)
                continue
            outcome = found if isinstance(found, Diagnostic) else adding.add(found)
            bulk.take(outcome)
            report.take(outcome)
            if isinstance(outcome, Imported) or (confidence and isinstance(outcome, Duplicate)):
                reviewed = collector.take(outcome, confidence) if collector is not None else None
                if reviewed is not None and isinstance(outcome, Imported):
                    report.recognise(reviewed)
        for note in adding.resolve_references():
            report.note(note)
        if collector is not None and accept:
            collector.write()
            report.add_records(collector.written, collector.refused)
    if conversions is not None:
        conversions.remove()
    report.finish()
    return Exit.NO_RESULTS if report.faults else Exit.DONE


def _review_options(args: argparse.Namespace, archive: Path) -> ReviewOptions:
    from milatui.archive.loader import load_metadata
    from milatui.tui.review.review_options import ReviewOptions

    return ReviewOptions(load_metadata(archive)[0].title, theme=args.theme)

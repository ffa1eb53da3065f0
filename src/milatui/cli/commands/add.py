"""``milatui add FILE...``: takes documents from files, by review or by ``--accept``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.cli import options
from milatui.cli.commands.check import diagnostics_json
from milatui.cli.diagnostic_lines import diagnostic_line
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import writable_archive_dir
from milatui.cli.output import write_json
from milatui.cli.review.accept_option import AcceptAction
from milatui.cli.review.findings_summary import FindingsSummary, candidate_json
from milatui.i18n import _, ngettext
from milatui.ingest.importer import Duplicate, Imported

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.cli.argument_parser import CommandParser
    from milatui.cli.output import Json
    from milatui.ingest.confidence import Confidence
    from milatui.ingest.near_duplicates.finder import NearDuplicate
    from milatui.ingest.proposal import Origin
    from milatui.ingest.review.review_session import ReviewDocument
    from milatui.tui.review.review_options import ReviewOptions

SCHEMA = "milatui.add/1"
MAX_LISTED = 20
"""Maximum number of documents listed one by one; of the rest only the number."""

_SHOWN = ("title", "date", "language", "publisher")


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
    group = parser.add_argument_group(_("Review"))
    group.add_argument(
        "--theme",
        choices=("dark", "light", "ansi"),
        default="",
        help=_("colours of the review screen"),
    )
    parser.set_defaults(confidence=None, first_files=[])
    options.add_shared(parser)


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


class TextReport:
    """Prints all faults and the first documents; ``faults`` counts invalid documents."""

    def __init__(self, accept: bool) -> None:
        self._accept = accept
        self._added = self._repeated = self._near = 0
        self._summary = FindingsSummary()
        self._records: Sequence[str] = ()
        self._notes: dict[str, tuple[Diagnostic, int]] = {}
        self.faults = 0

    def note(self, note: Diagnostic) -> None:
        """Counts a warning; the same one of many documents is printed once."""
        first, count = self._notes.get(note.message, (note, 0))
        self._notes[note.message] = (first, count + 1)

    def recognise(self, document: ReviewDocument) -> None:
        """Counts what was recognised in the document that was taken last."""
        self._summary.add(document)

    def add_records(self, written: Sequence[str], refused: Sequence[str]) -> None:
        """Prints what could not become a record; remembers the files of records."""
        self._records = written
        for line in refused:
            print(sanitize(line, multiline=False))

    def take(self, outcome: Imported | Duplicate | Diagnostic) -> None:
        """Prints the outcome of one document."""
        if isinstance(outcome, Diagnostic):
            self.faults += 1
            print(diagnostic_line(outcome))
        elif isinstance(outcome, Imported):
            self._added += 1
            for note in outcome.proposal.notes:
                self.note(note)
            self._near += outcome.near is not None
            if self._added <= MAX_LISTED:
                _print_added(outcome)
        else:
            self._repeated += 1
            if self._repeated <= MAX_LISTED:
                _print_repeated(outcome)

    def finish(self) -> None:
        """Prints the warnings, and to stderr the counts and how to write what is proposed."""
        for first, count in list(self._notes.values())[:MAX_LISTED]:
            print(diagnostic_line(first, count - 1))
        if len(self._notes) > MAX_LISTED:
            rest = len(self._notes) - MAX_LISTED
            text = ngettext("{n} other warning", "{n} other warnings", rest)
            print(text.format(n=format_count(rest)) + " " + _("(--json lists all)"))
        sys.stdout.flush()
        n = self._added
        if self._accept:
            added = ngettext("{n} document written", "{n} documents written", n)
        else:
            added = ngettext("{n} document can be added", "{n} documents can be added", n)
        near = ngettext(
            "{n} of them is nearly the same as another one",
            "{n} of them are nearly the same as others",
            self._near,
        )
        repeated = ngettext("{n} is there already", "{n} are there already", self._repeated)
        faults = ngettext("{n} cannot be taken", "{n} cannot be taken", self.faults)
        parts = [(added, n), (near, self._near), (repeated, self._repeated), (faults, self.faults)]
        if not self._near:
            del parts[1]
        text = ", ".join(form.format(n=format_count(number)) for form, number in parts)
        if max(n, self._repeated) > MAX_LISTED:
            text += " " + _("(the first {n} of each are shown; --json lists all)").format(
                n=MAX_LISTED
            )
        print(text, file=sys.stderr)
        for line in self._summary.lines():
            print(f"  {line}", file=sys.stderr)
        if self._records:
            number = len(self._records)
            form = ngettext("{n} file of records written", "{n} files of records written", number)
            print(form.format(n=format_count(number)), file=sys.stderr)
        if n and not self._accept:
            print(_("Nothing was written. To write it, add --accept."), file=sys.stderr)


class JsonReport:
    """Collects all outcomes and writes one JSON object at the end."""

    def __init__(self, accept: bool) -> None:
        self._accept = accept
        self._documents: list[Json] = []
        self._duplicates: list[Json] = []
        self._faults: list[Diagnostic] = []
        self._last: dict[str, Json] = {}
        self._records: Sequence[str] = ()
        self._refused: Sequence[str] = ()
        self._notes: list[Diagnostic] = []

    def recognise(self, document: ReviewDocument) -> None:
        """Adds what was recognised to the document that was taken last."""
        body = document.proposal.document.body
        self._last["findings"] = [candidate_json(each, body) for each in document.candidates]

    def add_records(self, written: Sequence[str], refused: Sequence[str]) -> None:
        """Collects the files of records, and why accepted findings became none."""
        self._records, self._refused = written, refused

    @property
    def faults(self) -> int:
        """Number of invalid documents."""
        return len(self._faults)

    def note(self, note: Diagnostic) -> None:
        """Collects a warning."""
        self._notes.append(note)

    def take(self, outcome: Imported | Duplicate | Diagnostic) -> None:
        """Collects the outcome of one document."""
        if isinstance(outcome, Diagnostic):
            self._faults.append(outcome)
            return
        proposal = outcome.proposal
        position: dict[str, Json] = {
            "id": proposal.document.id,
            "file": proposal.file,
            "line": proposal.line,
        }
        if isinstance(outcome, Imported):
            self._notes += proposal.notes
            shown = {name: getattr(proposal.document, name) for name in _SHOWN}
            recognised = {name: how.origin for name, how in proposal.recognised.items()}
            path: dict[str, Json] = {"path": outcome.path, "written": self._accept}
            near: dict[str, Json] = (
                {"near": _near_json(outcome.near, outcome)} if outcome.near else {}
            )
            self._last = {**position, **path, **shown, "recognised": recognised, **near}
            self._documents.append(self._last)
        else:
            self._last = {**position, "of": outcome.of, "by": outcome.by}
            self._duplicates.append(self._last)

    def finish(self) -> None:
        """Writes the JSON object."""
        counts = {
            "documents": len(self._documents),
            "duplicates": len(self._duplicates),
            "faults": len(self._faults),
        }
        write_json(
            {
                "schema": SCHEMA,
                "accepted": self._accept,
                "counts": counts,
                "documents": self._documents,
                "duplicates": self._duplicates,
                "faults": diagnostics_json(self._faults),
                "records": {"written": self._records, "refused": self._refused},
                "notes": diagnostics_json(self._notes),
            }
        )


def _print_added(added: Imported) -> None:
    document = added.proposal.document
    print(sanitize(f"+ {added.path}", multiline=False))
    labels = {
        "id": _("id"),
        "title": _("title"),
        "date": _("date"),
        "language": _("language"),
        "publisher": _("publisher"),
    }
    for name, label in labels.items():
        value = sanitize(getattr(document, name), multiline=False) or _("(unknown)")
        found = added.proposal.recognised.get(name)
        note = f"  ({_origin_words(found.origin)})" if found else ""
        print("    " + _("{label}: {value}").format(label=label, value=value) + note)

    if added.near is not None:
        print("    " + sanitize(_near_words(added.near), multiline=False))
        if document.version_of == added.near.of:
            print("    " + _("(recorded as a version of it)"))


def _near_words(near: NearDuplicate) -> str:
    forms = {
        "reprint": _("the same text as “{of}” ({share} % of the words)"),
        "version": _("an edited text of “{of}” ({share} % of the words)"),
        "follow-up": _("has a part of “{of}” ({share} % of the words)"),
        "other-date": _("the same words as “{of}” for another occasion ({share} % of the words)"),
    }
    return forms[near.relation].format(of=near.of, share=format_count(round(100 * near.shared)))


def _near_json(near: NearDuplicate, added: Imported) -> Json:
    return {
        "of": near.of,
        "relation": near.relation,
        "shared": round(near.shared, 3),
        "family": near.family,
        "recorded": added.proposal.document.version_of == near.of,
    }


def _print_repeated(repeated: Duplicate) -> None:
    proposal = repeated.proposal
    forms = {
        "id": _("{file}:{line}: “{id}” is there already (the same id and text)"),
        "content": _(
            "{file}:{line}: “{id}” is there already as “{of}” (the same title, date and text)"
        ),
    }
    text = forms[repeated.by].format(
        file=proposal.file, line=proposal.line, id=proposal.document.id, of=repeated.of
    )
    print(sanitize(f"= {text}", multiline=False))


def _origin_words(origin: Origin) -> str:
    return {
        "text": _("recognised in the text"),
        "heading": _("from the heading"),
        "dateline": _("from the dateline"),
        "file name": _("from the file name"),
        "folder": _("from the name of the folder"),
        "key": _("from another key"),
        "change": _("of its last change"),
        "title": _("made from the title"),
        "website": _("by the site it was published on"),
        "duplicate": _("its words are the same"),
    }[origin]

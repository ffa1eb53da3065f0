"""Runs the review of ``add`` on a terminal: reads the files, shows the screen, saves."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.sanitize import sanitize
from milatui.archive.writer import ConflictError
from milatui.catalogue.labels.labels import format_count
from milatui.cli.bulk.bulk_import import BulkImport
from milatui.cli.diagnostic_lines import diagnostic_line
from milatui.cli.errors import CommandError, Exit
from milatui.cli.review.findings_summary import FindingsSummary
from milatui.i18n import _, ngettext
from milatui.ingest.complete import propose
from milatui.ingest.importer import DocumentImporter, Duplicate, Imported
from milatui.ingest.readers.conversion_cache import ConversionCache
from milatui.ingest.readers.reader import STDIN
from milatui.ingest.review.document_spool import DocumentSpool
from milatui.ingest.review.record_collector import RecordCollector
from milatui.ingest.review.review_session import ReviewSession
from milatui.ingest.review.session_store import SessionInUseError, SessionStore, latest_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.tui.review.review_options import ReviewOptions


def can_review(files: Sequence[str]) -> bool:
    """Returns whether there is a terminal for the review screen, and stdin is free for keys."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and STDIN not in files and os.environ.get("TERM", "") not in ("", "dumb")


def review(archive: Path, files: Sequence[str], options: ReviewOptions) -> int:
    """Reviews the documents of files, or goes on with the review of the same files.

    Args:
        archive: The archive that takes them.
        files: The files; none goes on with the last review of the archive.
        options: How the screen looks.

    Returns:
        The exit code: 1 if a document in the files is invalid.

    Raises:
        CommandError: there is nothing to go on with, or another process reviews these files.
    """
    given = tuple(str(Path(file).absolute()) for file in files) or latest_files(archive)
    if not given:
        raise CommandError(
            _("there is no review to go on with"),
            Exit.NO_RESULTS,
            _("To start one: milatui add --archive DIR FILE..."),
        )
    try:
        opened = SessionStore(archive, given)
    except SessionInUseError:
        raise CommandError(_("these files are under review in another terminal")) from None
    with opened as store, DocumentSpool() as documents:
        return _review(archive, options, store, documents)


def _review(
    archive: Path, options: ReviewOptions, store: SessionStore, documents: DocumentSpool
) -> int:
    """Reviews the documents of files on the screen, and saves."""
    collector = RecordCollector(archive)
    faults = _read(archive, collector, store, documents)
    session = ReviewSession(documents, store.record)
    for changes in store.steps:
        session.replay(changes)
    if not documents:
        print(_("There is nothing to review."), file=sys.stderr)
        store.remove()
        return Exit.NO_RESULTS if faults else Exit.DONE
    from milatui.tui.review.review_app import run

    outcome = run(session, options)
    if outcome.save:
        faults += _save(archive, session, collector, store)
    elif store.is_new and not session.verdicts():
        store.remove()
        print(_("Nothing was written."), file=sys.stderr)
    else:
        _print_left(archive, session)
    return outcome.code or (Exit.NO_RESULTS if faults else Exit.DONE)


def _read(
    archive: Path, collector: RecordCollector, store: SessionStore, documents: DocumentSpool
) -> int:
    """Reads and recognises all documents; prints the summary.

    Args:
        archive: The archive that takes them.
        collector: Recognises documents, and collects their records.
        store: Names the files, what they were converted to, and what was decided.
        documents: Takes the documents under review.

    Returns:
        The number of documents that cannot be taken.
    """
    summary = FindingsSummary()
    repeated = faults = 0
    decided = store.decided
    conversions = ConversionCache(store.conversions)
    with (
        BulkImport(store.files, None, None, conversions) as bulk,
        DocumentImporter(
            archive,
            accept=False,
            progress=bulk.progress.archive_read,
            waiting=bulk.progress.waiting,
        ) as importer,
    ):
        for item in bulk.items():
            found = item if isinstance(item, Diagnostic) else propose(item)
            outcome = found if isinstance(found, Diagnostic) else importer.add(found)
            bulk.take(outcome)
            path = ""
            if isinstance(outcome, Diagnostic):
                faults += outcome.severity == "error"
                print(diagnostic_line(outcome))
                continue
            if isinstance(outcome, Duplicate):
                # A save may have been interrupted right after the document was written.
                known = outcome.proposal.document.id in decided
                path = store.written.get(outcome.of, "")
                path = path or (collector.path_of(outcome.of) if known else "")
                if not path:
                    repeated += 1
                    continue
            near = outcome.near if isinstance(outcome, Imported) else None
            reviewed = collector.recognise(outcome.proposal, path, near)
            summary.add(reviewed)
            documents.append(reviewed)
    _print_summary(len(documents), repeated, faults, summary)
    return faults


def _print_summary(new: int, repeated: int, faults: int, summary: FindingsSummary) -> None:
    parts = (
        (ngettext("{n} document to review", "{n} documents to review", new), new),
        (ngettext("{n} is there already", "{n} are there already", repeated), repeated),
        (ngettext("{n} cannot be taken", "{n} cannot be taken", faults), faults),
    )
    print(", ".join(form.format(n=format_count(number)) for form, number in parts))
    for line in summary.lines():
        print(f"  {line}")
    sys.stdout.flush()


def _save(
    archive: Path, session: ReviewSession, collector: RecordCollector, store: SessionStore
) -> int:
    """Writes what was decided; returns how many documents could not be written."""
    try:
        with DocumentImporter(archive, accept=True) as importer:
            faults = collector.save(session, importer, store)
            for note in importer.resolve_references():
                print(diagnostic_line(note))
    except ConflictError as error:
        raise CommandError(
            error.message, Exit.NO_RESULTS, _("Nothing is lost: give the same command again.")
        ) from None
    for fault in faults:
        print(diagnostic_line(fault))
    for line in collector.refused:
        print(sanitize(line, multiline=False))
    sys.stdout.flush()
    taken = sum(not session.is_left_out(document.id) for document in session)
    files = ngettext("{n} document written", "{n} documents written", taken)
    records = ngettext(
        "{n} file of records written", "{n} files of records written", len(collector.written)
    )
    counts = (
        files.format(n=format_count(taken)),
        records.format(n=format_count(len(collector.written))),
    )
    print(", ".join(counts), file=sys.stderr)
    if session.remaining():
        _print_left(archive, session)
    else:
        store.remove()
    return len(faults)


def _print_left(archive: Path, session: ReviewSession) -> None:
    """Says how much is undecided, and how to go on."""
    left = session.remaining()
    text = ngettext("{n} proposal is undecided", "{n} proposals are undecided", left)
    command = f"milatui add --resume --archive {shlex.quote(str(archive))}"
    message = _("{left}; your decisions are kept. To go on: {command}")
    print(
        sanitize(message.format(left=text.format(n=format_count(left)), command=command)),
        file=sys.stderr,
    )

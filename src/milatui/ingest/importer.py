"""Imports proposed documents: refuses duplicates, completes ids, writes files."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.edit.example_records import remove_examples
from milatui.archive.files import FileStat, file_stat, kind_of_path, original_path
from milatui.archive.kinds import FOLDERS
from milatui.archive.loader import load_file
from milatui.archive.records import Document
from milatui.archive.sanitize import excerpt
from milatui.archive.writer import (
    ConflictError,
    digest_stem,
    document_file_text,
    file_stem,
    sync_files,
    write_in_archive,
)
from milatui.i18n import _
from milatui.ingest.archive_lock import archive_lock
from milatui.ingest.confidence import Confidence
from milatui.ingest.dedupe import KnownDocuments
from milatui.ingest.original_files import keep_file
from milatui.ingest.proposal import Recognised
from milatui.ingest.references import (
    PartnerDirectory,
    UnresolvedReference,
    with_known_subjects,
    with_resolved,
    without_unknown_documents,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from milatui.ingest.near_duplicates.finder import NearDuplicate
    from milatui.ingest.proposal import Proposal
    from milatui.ingest.readers.raw_document import OriginalFile

_SYNC_BATCH: Final = 1_000
"""Number of files that are written before waiting until they are on disk."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A new document.

    Attributes:
        proposal: What was proposed, completed.
        path: Where it is or would be written, within the archive.
        near: What it is nearly the same as.
    """

    proposal: Proposal
    path: str
    near: NearDuplicate | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document the archive has already: as ``of``, with the same ``id`` or another one.

    Attributes:
        proposal: What was proposed.
        of: Id of the document that it is.
        by: What it has in common with it.
        path: The file of that document within the archive.
    """

    proposal: Proposal
    of: str
    by: Literal["id", "content"]
    path: str


@dataclass(slots=True)
class _Pending:
    """A document that refers to others which are not there yet.

    Attributes:
        path: Its file in the archive.
        stat: The status of that file; None if it was not written.
        identifier: Its id.
        position: File and line that it comes from, for messages.
        references: What is kept under keys of its own until the documents are there.
    """

    path: str
    stat: FileStat | None
    identifier: str
    position: tuple[str, int]
    references: Sequence[UnresolvedReference]


class DocumentImporter:
    """Takes proposals one by one into the archive at ``root``.

    Nothing is written unless ``accept``; nothing is ever overwritten.  The examples of a new
    archive give way.  Use as a context manager: at its end everything written has reached the
    disk.  Who writes waits for other imports into the archive.

    Args:
        root: The archive.
        accept: Whether documents are written.
        progress: Told how many of the archive's own files are read, of how many.
        waiting: Called once if another import has to end first.

    Raises:
        OSError: the archive cannot be opened; or, at the end, the disk has not taken everything.
    """

    def __init__(
        self,
        root: Path,
        *,
        accept: bool,
        progress: Callable[[int, int], None] | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self._root = root
        self._accept = accept
        self._ending = ExitStack()
        if accept:
            self._ending.enter_context(archive_lock(root, waiting))
            remove_examples(root)
        self._known = KnownDocuments(root, progress)
        self._ending.callback(self._known.close)
        self._folders = DocumentFolders(root)
        self._pending: list[_Pending] = []
        self._unsynced: list[str] = []

    def __enter__(self) -> DocumentImporter:
        return self

    def __exit__(self, *_error: object) -> None:
        with self._ending:
            self._sync()

    def add(self, proposal: Proposal) -> Imported | Duplicate | Diagnostic:
        """Adds a proposed document, or returns what it duplicates or why it cannot be added.

        Raises:
            OSError: the archive cannot be written to.
        """
        document = proposal.document
        if same := self._known.same_content(document):
            by: Literal["id", "content"] = "id" if same == document.id else "content"
            return Duplicate(proposal, same, by, self._known.path_of(same))
        if "id" not in proposal.recognised and self._known.has_id(document.id):
            return self._same_id(proposal)
        proposal = self._with_publisher(self._with_free_id(proposal))
        if proposal.document.subject:
            proposal = with_known_subjects(proposal, self._partners)
        sketched, near = self._known.near(proposal.document)
        if near is not None:
            proposal = _with_version(proposal, near)
        document, unresolved = without_unknown_documents(proposal.document, self._known.has_id)
        if proposal.original is not None:
            try:
                document = replace(document, file=self._keep(proposal.original))
            except ConflictError as error:
                return Diagnostic(proposal.file, proposal.line, 1, "", error.message)
        proposal = replace(proposal, document=document)
        stem = file_stem(document.id)
        path = self._folders.path_for(f"{stem}.md")
        stat = None
        if self._accept:
            try:
                path, stat = self._write(document, path)
            except ConflictError as error:
                return Diagnostic(proposal.file, proposal.line, 1, "id", error.message)
            self._unsynced.append(path)
            if len(self._unsynced) >= _SYNC_BATCH:
                self._sync()
        self._known.add(document, sketched, path, stat)
        if unresolved:
            position = (proposal.file, proposal.line)
            self._pending.append(_Pending(path, stat, document.id, position, unresolved))
        return Imported(proposal, path, near)

    def _keep(self, original: OriginalFile) -> str:
        """Keeps the file that a document was read from; returns its path in the archive.

        Raises:
            ConflictError: a link leads out of the archive.
            OSError: the disk does not take it.
        """
        path = original_path(original.digest, original.ending)
        if self._accept and keep_file(self._root, path, original):
            self._unsynced.append(path)
        return path

    def _write(self, document: Document, path: str) -> tuple[str, FileStat]:
        """Writes the file of a document; beside it under another name if that is taken.

        Returns:
            The path in the archive, and the status of the file.

        Raises:
            ConflictError: it cannot be written there.
        """
        stem = PurePosixPath(path).stem
        try:
            text = document_file_text(document, stem)
            return path, write_in_archive(self._root, path, text, None, sync=False)
        except ConflictError:
            other = digest_stem(document.id)
            if other == stem:
                raise
        path = str(PurePosixPath(path).with_name(f"{other}.md"))
        text = document_file_text(document, other)
        return path, write_in_archive(self._root, path, text, None, sync=False)

    def _same_id(self, proposal: Proposal) -> Duplicate | Diagnostic:
        """Returns what becomes of a document whose given id another one has.

        With the same words it is that one, whose title or date somebody has corrected.
        """
        document = proposal.document
        path = self._known.path_of(document.id)
        records = load_file(self._root, path).records if (self._root / path).is_file() else ()
        for located in records:
            held = located.record
            if (
                isinstance(held, Document)
                and held.id == document.id
                and held.body.split() == document.body.split()
            ):
                return Duplicate(proposal, held.id, "id", path)
        message = _("another document has the id “{id}” already, with another text")
        text = message.format(id=excerpt(document.id))
        return Diagnostic(proposal.file, proposal.line, 1, "id", text)

    def resolve_references(self) -> list[Diagnostic]:
        """Puts references in place whose documents have been added since; returns the others.

        Raises:
            OSError: the archive cannot be written to.
        """
        notes = []
        for pending in self._pending:
            for reference in pending.references:
                if reference.identifier != pending.identifier and self._known.has_id(
                    reference.identifier
                ):
                    self._resolve(pending, reference)
                    continue
                message = _("“{field}” is not a document of the archive: kept as “{key}”")
                text = message.format(field=reference.field, key=reference.key)
                notes.append(Diagnostic(*pending.position, 1, reference.field, text, "warning"))
        self._pending.clear()
        return notes

    def expect_edited(self, relpaths: Collection[str]) -> None:
        """Takes the present state of files that this import has edited for its own.

        Args:
            relpaths: Paths in the archive.
        """
        stats = {}
        for relpath in relpaths:
            if kind_of_path(relpath) == "document":
                stats[relpath] = file_stat((self._root / relpath).stat())
                self._known.keep(relpath, stats[relpath])
        for pending in self._pending:
            if pending.stat is not None:
                pending.stat = stats.get(pending.path, pending.stat)

    def _resolve(self, pending: _Pending, reference: UnresolvedReference) -> None:
        """Writes a reference into a file that this import has written and nobody changed since."""
        if pending.stat is None:
            return
        for located in load_file(self._root, pending.path).records:
            document = located.record
            if isinstance(document, Document) and document.id == pending.identifier:
                stem = PurePosixPath(pending.path).stem
                text = document_file_text(with_resolved(document, reference), stem)
                with suppress(ConflictError):
                    pending.stat = write_in_archive(
                        self._root, pending.path, text, pending.stat, sync=False
                    )
                    self._unsynced.append(pending.path)
                    self._known.keep(pending.path, pending.stat)

    def _sync(self) -> None:
        """Waits until the files written so far are on disk."""
        if self._unsynced:
            sync_files(self._root, self._unsynced)
            self._unsynced.clear()
            self._known.commit()

    def _with_free_id(self, proposal: Proposal) -> Proposal:
        """Adds a number to an id that nobody gave if it is taken."""
        identifier, number = proposal.document.id, 1
        while self._known.has_id(identifier):
            number += 1
            identifier = f"{proposal.document.id}-{number}"
        if number == 1:
            return proposal
        return replace(proposal, document=replace(proposal.document, id=identifier))

    def _with_publisher(self, proposal: Proposal) -> Proposal:
        """Fills in a missing publisher by the website of the document."""
        document = proposal.document
        if document.publisher or not document.source:
            return proposal
        name = self._partners.of_address(document.source)
        if not name:
            return proposal
        found = {**proposal.recognised, "publisher": Recognised("website", Confidence.LIKELY)}
        return replace(proposal, document=replace(document, publisher=name), recognised=found)

    @cached_property
    def _partners(self) -> PartnerDirectory:
        return PartnerDirectory(self._root)


def _with_version(proposal: Proposal, near: NearDuplicate) -> Proposal:
    """Records what a document is a version of, if that is sure and nobody has said otherwise.

    Whoever has seen it proposed and left it empty has said otherwise.
    """
    document = proposal.document
    is_said = document.version_of or document.translation_of or document.original
    if not near.is_sure or is_said or "version_of" in proposal.recognised:
        return proposal
    found = {**proposal.recognised, "version_of": Recognised("duplicate")}
    return replace(proposal, document=replace(document, version_of=near.of), recognised=found)


MAX_FILES_PER_FOLDER = 1_000
"""Files beyond which a folder is slow to list and to look at, and the next one is begun."""

_NUMBERED = re.compile(r"part-(\d{3,9})")


class DocumentFolders:
    """``documents/`` itself, then ``documents/part-002/``, ``part-003/``, ..., as they fill."""

    def __init__(self, root: Path) -> None:
        folder = root / FOLDERS["document"]
        self._number = 1
        if folder.is_dir():
            with os.scandir(folder) as entries:
                for entry in entries:
                    match = _NUMBERED.fullmatch(entry.name)
                    if match and entry.is_dir():
                        self._number = max(self._number, int(match[1]))
        self._files = _count(root / self._name(self._number))

    def path_for(self, file_name: str) -> str:
        """Returns the path within the archive for a new file, and counts the file."""
        if self._files >= MAX_FILES_PER_FOLDER:
            self._number += 1
            self._files = 0
        self._files += 1
        return f"{self._name(self._number)}/{file_name}"

    def _name(self, number: int) -> str:
        documents = FOLDERS["document"]
        return documents if number == 1 else f"{documents}/part-{number:03}"


def _count(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    with os.scandir(folder) as entries:
        return sum(1 for entry in entries if entry.name.endswith(".md"))

"""Imports proposed documents: refuses duplicates, completes ids, writes files."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import METADATA_FILE, kind_of_path, scan
from milatui.archive.kinds import FOLDERS
from milatui.archive.loader import load_file
from milatui.archive.records import Partner
from milatui.archive.writer import (
    ConflictError,
    document_text,
    file_stem,
    sync_files,
    write_in_archive,
)
from milatui.ingest.archive_lock import archive_lock
from milatui.ingest.dedupe import KnownDocuments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.ingest.near_duplicates.finder import NearDuplicate
    from milatui.ingest.proposal import Origin, Proposal

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
    """A document the archive has already: as ``of``, by its ``id`` or its ``content``."""

    proposal: Proposal
    of: str
    by: Literal["id", "content"]


class DocumentImporter:
    """Takes proposals one by one into the archive at ``root``.

    Nothing is written unless ``accept``; nothing is ever overwritten.  Use as a context
    manager: at its end everything written has reached the disk.  Who writes waits for other
    imports into the archive.

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
        self._known = KnownDocuments(root, progress)
        self._ending.callback(self._known.close)
        self._folders = DocumentFolders(root)
        self._publishers: WebsitePublishers | None = None
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
        if self._known.has_id(document.id) and proposal.recognised.get("id") != "title":
            return Duplicate(proposal, document.id, "id")
        if same := self._known.same_content(document):
            return Duplicate(proposal, same, "content")
        proposal = self._with_publisher(self._with_free_id(proposal))
        sketched, near = self._known.near(proposal.document)
        if near is not None:
            proposal = _with_version(proposal, near)
        document = proposal.document
        stem = file_stem(document.id)
        path = self._folders.path_for(f"{stem}.md")
        if not self._accept:
            self._known.add(document, sketched)
            return Imported(proposal, path, near)
        text = document_text(document, stem)
        try:
            stat = write_in_archive(self._root, path, text, None, sync=False)
        except ConflictError as error:
            return Diagnostic(proposal.file, proposal.line, 1, "id", error.message)
        self._known.remember(path, stat, self._known.add(document, sketched))
        self._unsynced.append(path)
        if len(self._unsynced) >= _SYNC_BATCH:
            self._sync()
        return Imported(proposal, path, near)

    def _sync(self) -> None:
        """Waits until the files written so far are on disk."""
        if self._unsynced:
            sync_files(self._root, self._unsynced)
            self._unsynced.clear()
            self._known.commit()

    def _with_free_id(self, proposal: Proposal) -> Proposal:
        """Adds a number to an id made from a title if the id is taken."""
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
        if self._publishers is None:
            self._publishers = WebsitePublishers(self._root)
        name = self._publishers.of_address(document.source)
        if not name:
            return proposal
        found: dict[str, Origin] = {**proposal.recognised, "publisher": "website"}
        return replace(proposal, document=replace(document, publisher=name), recognised=found)


def _with_version(proposal: Proposal, near: NearDuplicate) -> Proposal:
    """Records what a document is a version of, if that is sure and nobody has said otherwise."""
    document = proposal.document
    if not near.is_sure or document.version_of or document.translation_of or document.original:
        return proposal
    found: dict[str, Origin] = {**proposal.recognised, "version_of": "duplicate"}
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
        self._files = _count(root / self._name())

    def path_for(self, file_name: str) -> str:
        """Returns the path within the archive for a new file, and counts the file."""
        if self._files >= MAX_FILES_PER_FOLDER:
            self._number += 1
            self._files = 0
        self._files += 1
        return f"{self._name()}/{file_name}"

    def _name(self) -> str:
        documents = FOLDERS["document"]
        return documents if self._number == 1 else f"{documents}/part-{self._number:03}"


def _count(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    with os.scandir(folder) as entries:
        return sum(1 for entry in entries if entry.name.endswith(".md"))


class WebsitePublishers:
    """The partners of an archive by their websites."""

    def __init__(self, root: Path) -> None:
        self._names: dict[str, str] = {}
        for relpath in scan(root):
            if relpath != METADATA_FILE and kind_of_path(relpath) == "partner":
                for located in load_file(root, relpath).records:
                    if isinstance(located.record, Partner) and located.record.website:
                        self._names.setdefault(_host(located.record.website), located.record.name)
        self._names.pop("", None)

    def of_address(self, address: str) -> str:
        """Returns the partner whose website (or its subdomain) ``address`` is on, or empty text."""
        host = _host(address)
        while "." in host:
            if name := self._names.get(host):
                return name
            host = host.partition(".")[2]
        return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket out of place
        return ""

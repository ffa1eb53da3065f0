"""Decides what becomes of each proposal, and writes those that are accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.writer import (
    ConflictError,
    document_text,
    file_stem,
    sync_files,
    write_in_archive,
)
from milatui.ingest.holdings import Holdings
from milatui.ingest.publishers import Publishers
from milatui.ingest.shelving import Shelves

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ingest.proposals import Origin, Proposal

_TOGETHER: Final = 1_000
"""Files that are written before it is waited for them."""


@dataclass(frozen=True, slots=True)
class Added:
    """A new document; ``path`` within the archive, where it is or would be written."""

    proposal: Proposal
    path: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A document the archive has already: as ``of``, by its ``id`` or its ``content``."""

    proposal: Proposal
    of: str
    by: Literal["id", "content"]


class Adding:
    """Takes proposals one by one into the archive at ``root``.

    Nothing is written unless ``accept``; nothing is ever overwritten.  Use as a context
    manager: at its end everything written has reached the disk.

    Raises:
        OSError: at the end, the disk has not taken everything.
    """

    def __init__(self, root: Path, *, accept: bool) -> None:
        self._root = root
        self._accept = accept
        self._holdings = Holdings.of_archive(root)
        self._shelves = Shelves(root)
        self._publishers: Publishers | None = None
        self._unsynced: list[str] = []

    def __enter__(self) -> Adding:
        return self

    def __exit__(self, *_error: object) -> None:
        self._sync()

    def take(self, proposal: Proposal) -> Added | Repeated | Diagnostic:
        """Add ``proposal``, or say of which document it is a repetition or why it cannot be.

        Raises:
            OSError: the archive cannot be written to.
        """
        document = proposal.document
        if self._holdings.has_id(document.id) and proposal.recognised.get("id") != "title":
            return Repeated(proposal, document.id, "id")
        if same := self._holdings.same_content(document):
            return Repeated(proposal, same, "content")
        proposal = self._with_publisher(self._with_free_id(proposal))
        document = proposal.document
        stem = file_stem(document.id)
        path = self._shelves.place(f"{stem}.md")
        if self._accept:
            text = document_text(document, stem)
            try:
                write_in_archive(self._root, path, text, None, sync=False)
            except ConflictError as error:
                return Diagnostic(proposal.file, proposal.line, 1, "id", error.message)
            self._unsynced.append(path)
            if len(self._unsynced) >= _TOGETHER:
                self._sync()
        self._holdings.add(document.id, document.body)
        return Added(proposal, path)

    def _sync(self) -> None:
        """Wait until what was written is on disk; other programs' files are their own matter."""
        if self._unsynced:
            sync_files(self._root, self._unsynced)
            self._unsynced.clear()

    def _with_free_id(self, proposal: Proposal) -> Proposal:
        """An id made from a title may be taken; then it is given a number."""
        identifier, number = proposal.document.id, 1
        while self._holdings.has_id(identifier):
            number += 1
            identifier = f"{proposal.document.id}-{number}"
        if number == 1:
            return proposal
        return replace(proposal, document=replace(proposal.document, id=identifier))

    def _with_publisher(self, proposal: Proposal) -> Proposal:
        """A document without a publisher has that of the site it was published on."""
        document = proposal.document
        if document.publisher or not document.source:
            return proposal
        if self._publishers is None:
            self._publishers = Publishers(self._root)
        name = self._publishers.of_address(document.source)
        if not name:
            return proposal
        found: dict[str, Origin] = {**proposal.recognised, "publisher": "website"}
        return replace(proposal, document=replace(document, publisher=name), recognised=found)

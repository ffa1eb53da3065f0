"""Recognises what documents say, and collects the records that are made of accepted findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from milatui.archive.files import scan
from milatui.archive.loader import load_file
from milatui.archive.records import Document
from milatui.ingest.confidence import Confidence
from milatui.ingest.importer import Duplicate, Imported
from milatui.ingest.recognise.findings import RelatedDocument
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise
from milatui.ingest.recognise.related import MAX_COMPARED, RelatedIndex
from milatui.ingest.review.candidate import candidates_of
from milatui.ingest.review.document_records import DocumentRecords
from milatui.ingest.review.record_edits import RecordEdits
from milatui.ingest.review.review_session import ReviewDocument, ReviewSession

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from milatui.archive.diagnostics import Diagnostic
    from milatui.ingest.importer import DocumentImporter
    from milatui.ingest.near_duplicates.finder import NearDuplicate
    from milatui.ingest.near_duplicates.relations import Relation
    from milatui.ingest.proposal import Proposal
    from milatui.ingest.recognise.findings import Findings, RelatedField
    from milatui.ingest.review.session_store import SessionStore

_RELATIONS: Final[Mapping[Relation, RelatedField]] = {
    "reprint": "version_of",
    "version": "version_of",
    "follow-up": "follows",
}
"""How near duplicates are recorded; the same words for another occasion are not."""
_BATCH: Final = 200
"""Documents whose records are collected before they are written."""


class RecordCollector:
    """Recognises what documents say, given the names of an archive; collects their records.

    Args:
        root: The archive.
        edited: Called with the paths of files of the archive that were written.

    Attributes:
        written: The files of records that were written, by their paths in the archive.
    """

    def __init__(
        self, root: Path, edited: Callable[[Collection[str]], None] = lambda relpaths: None
    ) -> None:
        self._root = root
        self._edited = edited
        self._edits = RecordEdits(root)
        self._names = NameIndex(self._edits.records)
        self._related = RelatedIndex(self._names)
        documents = [path for path in scan(root) if path.endswith(".md")]
        for relpath in documents if len(documents) <= MAX_COMPARED else ():
            for located in load_file(root, relpath).records:
                if isinstance(located.record, Document):
                    self._related.add(located.record)
        self.written: list[str] = []
        self._collected = 0
        self._paths: dict[str, str] | None = None

    @property
    def refused(self) -> list[str]:
        """Why accepted candidates could not become records, for people."""
        return self._edits.refused

    def recognise(
        self, proposal: Proposal, path: str = "", near: NearDuplicate | None = None
    ) -> ReviewDocument:
        """Returns a proposed document with its candidates.

        Args:
            proposal: The document.
            path: Its path in the archive, if it is there already.
            near: What it is nearly the same as.
        """
        findings = _with_near(self._find(proposal, remember=True), proposal, near)
        candidates = candidates_of(proposal, findings, self._edits.nearest_partner)
        return ReviewDocument(proposal, candidates, path)

    def _find(self, proposal: Proposal, *, remember: bool) -> Findings:
        """Returns the findings of a document; later ones may belong to it if it is remembered."""
        findings = recognise(proposal.document, self._names)
        related = self._related.find(proposal.document)
        if remember:
            self._related.add(proposal.document)
        return replace(findings, related=related) if related else findings

    def take(self, outcome: Imported | Duplicate, confidence: Confidence | None) -> ReviewDocument:
        """Recognises a document, and collects the records of what is sure enough.

        What the archive has already is not made again, so an interrupted import that begins anew
        makes the records that are missing.

        Args:
            outcome: The document as it was written, or as it is there already.
            confidence: The least confidence of what becomes a record; None makes none.
        """
        path = self._learn_path(outcome) if isinstance(outcome, Imported) else outcome.path
        # Partners of similar names are for a person to compare, and take long to find.
        is_new = isinstance(outcome, Imported)
        findings = self._find(outcome.proposal, remember=is_new)
        if isinstance(outcome, Imported):
            findings = _with_near(findings, outcome.proposal, outcome.near)
        candidates = candidates_of(outcome.proposal, findings)
        reviewed = ReviewDocument(outcome.proposal, candidates, path)
        if confidence is not None:
            session = ReviewSession([reviewed])
            session.accept_all(confidence, [reviewed])
            if path:
                self._collect(session, reviewed, path)
        return reviewed

    def path_of(self, document: str) -> str:
        """Returns the path of a document that is in the archive; empty if it is not."""
        if self._paths is None:
            self._paths = {}
            for relpath in scan(self._root):
                if relpath.endswith(".md"):
                    for located in load_file(self._root, relpath).records:
                        self._paths.setdefault(located.record.id, relpath)
        return self._paths.get(document, "")

    def _collect(self, session: ReviewSession, reviewed: ReviewDocument, path: str) -> None:
        written = [each.record for each in load_file(self._root, path).records]
        for document in written:
            if isinstance(document, Document):
                records = DocumentRecords(self._edits, document, path, self._is_document)
                records.add(session.accepted(reviewed))
        self._collected += 1
        if self._collected % _BATCH == 0:
            self.write()

    def _is_document(self, identifier: str) -> bool:
        return bool(self.path_of(identifier))

    def _learn_path(self, outcome: Imported) -> str:
        if self._paths is not None:
            self._paths[outcome.proposal.document.id] = outcome.path
        return outcome.path

    def write(self) -> None:
        """Writes the records collected so far; errors as of ``RecordEdits.write``.

        Large imports write many records into a file, as nobody looks at each file there.
        """
        written = self._edits.write(grouped=self._collected >= _BATCH)
        self.written = list(dict.fromkeys((*self.written, *written)))
        self._edited(written)

    def save(
        self, session: ReviewSession, importer: DocumentImporter, store: SessionStore
    ) -> list[Diagnostic]:
        """Writes the documents of a review and the records that were accepted.

        Args:
            session: The decisions.
            importer: Writes documents.
            store: Learns which documents are written, should the rest be interrupted.

        Returns:
            Why documents could not be written.

        Raises:
            ConflictError: somebody else has changed a file of records meanwhile.
            OSError: the disk does not take it.
        """
        faults: list[Diagnostic] = []
        self._edited = importer.expect_edited
        for reviewed in session:
            if session.is_left_out(reviewed.id):
                continue
            path = reviewed.path or store.written.get(reviewed.id, "")
            if not path:
                outcome = importer.add(session.proposal_as_decided(reviewed))
                if isinstance(outcome, Imported):
                    path = self._learn_path(outcome)
                    store.record_written(reviewed.id, path)
                elif not isinstance(outcome, Duplicate):
                    faults.append(outcome)
            if path:
                self._collect(session, reviewed, path)
        self.write()
        return faults


def _with_near(findings: Findings, proposal: Proposal, near: NearDuplicate | None) -> Findings:
    """Adds what a document is nearly the same as, if it is not recorded without asking."""
    relation = _RELATIONS.get(near.relation) if near is not None else None
    if near is None or relation is None or proposal.document.version_of:
        return findings
    if any(each.relation == relation for each in findings.related):
        return findings
    related = RelatedDocument(relation, near.of, None, Confidence.UNSURE)
    return replace(findings, related=(*findings.related, related))

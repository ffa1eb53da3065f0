"""What is nearly the same as another document is offered in the review, and never forced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.archive.loader import load_archive
from milatui.archive.records import Document
from milatui.ingest.importer import DocumentImporter, Imported
from milatui.ingest.proposal import Proposal
from milatui.ingest.review.record_collector import RecordCollector
from milatui.ingest.review.review_session import Decision, ReviewSession
from tests.ingest.near_duplicates.texts import releases
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path


def _offered(root: Path, document: Document) -> set[tuple[str, str, str]]:
    """Returns kind, field and value of what is offered about other documents."""
    with DocumentImporter(root, accept=False) as importer:
        outcome = importer.add(Proposal(document, "file", 1))
    assert isinstance(outcome, Imported)
    reviewed = RecordCollector(root).recognise(outcome.proposal, near=outcome.near)
    found: set[tuple[str, str, str]] = set()
    for each in reviewed.candidates:
        if each.kind == "related":
            found.add((each.kind, each.values["relation"], each.values["document"]))
        elif each.kind == "field" and "version_of" in each.values:
            found.add((each.kind, "version_of", each.values["version_of"]))
    return found


def test_what_is_nearly_the_same_is_offered_by_how_it_belongs_together(tmp_path: Path) -> None:
    root = write_sample(tmp_path / "archive")
    (first,) = releases(1)
    with DocumentImporter(root, accept=True) as importer:
        importer.add(Proposal(first, "file", 1))
    again = replace(first, id="again", date="2024-03-04")
    assert _offered(root, again) == {("field", "version_of", first.id)}
    other_title = replace(again, title="Another headline")
    assert _offered(root, other_title) == {("related", "version_of", first.id)}
    assert _offered(root, replace(again, date="2024-09-04")) == set()


def test_a_version_that_was_rejected_is_not_recorded(tmp_path: Path) -> None:
    root = write_sample(tmp_path / "archive")
    (first,) = releases(1)
    again = replace(first, id="again", date="2024-03-04")
    with DocumentImporter(root, accept=False) as importer:
        importer.add(Proposal(first, "file", 1))
        outcome = importer.add(Proposal(again, "file", 1))
    assert isinstance(outcome, Imported)
    reviewed = RecordCollector(root).recognise(outcome.proposal, near=outcome.near)
    session = ReviewSession([reviewed])
    (candidate,) = [each for each in reviewed.candidates if "version_of" in each.values]
    session.decide(reviewed.id, candidate.key, Decision("rejected"))
    with DocumentImporter(root, accept=True) as importer:
        importer.add(Proposal(first, "file", 1))
        importer.add(session.proposal_as_decided(reviewed))
    (written,) = [
        located.record
        for located in load_archive(root).records["document"]
        if located.record.id == "again"
    ]
    assert isinstance(written, Document)
    assert written.version_of == ""

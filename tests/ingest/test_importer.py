"""What becomes of proposals: written once, never over anything, told where they repeat."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from milatui.archive.checks import check
from milatui.archive.diagnostics import Diagnostic
from milatui.archive.loader import LoadedFile, load_archive, load_file
from milatui.archive.records import Document
from milatui.archive.writer import file_stem
from milatui.ingest import dedupe, importer
from milatui.ingest.importer import DocumentImporter, Duplicate, Imported
from milatui.ingest.proposal import Proposal, Recognised
from milatui.ingest.sketch_cache import cache_file
from tests.ingest.near_duplicates.texts import releases
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ingest.proposal import Origin


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "archive")


def _proposal(identifier: str, body: str, id_from: Origin | None = None) -> Proposal:
    return _of(Document(identifier, "T", body), id_from)


def _of(document: Document, id_from: Origin | None = None) -> Proposal:
    recognised = {"id": Recognised(id_from)} if id_from else {}
    return Proposal(document, "docs.jsonl", 1, recognised)


def _records(archive: Path) -> dict[str, Document]:
    records = (located.record for located in load_archive(archive).records["document"])
    return {record.id: record for record in records if isinstance(record, Document)}


def _documents(archive: Path) -> dict[str, str]:
    return {name: record.body for name, record in _records(archive).items()}


@pytest.mark.parametrize(
    "identifier",
    ["plain", "Wire/2024/one", "../../escape", "CON", "é" * 300, "a" * 300, ".hidden", "-"],
)
def test_any_id_is_kept_and_stays_within_the_archive(archive: Path, identifier: str) -> None:
    before = _documents(archive)
    with DocumentImporter(archive, accept=True) as documents:
        added = documents.add(_proposal(identifier, "Body.\n"))
    assert isinstance(added, Imported)
    assert (archive / added.path).resolve().is_relative_to(archive / "documents")
    assert _documents(archive) == {**before, identifier: "Body.\n"}


def test_nothing_is_written_unless_accepted(archive: Path) -> None:
    before = _documents(archive)
    with DocumentImporter(archive, accept=False) as documents:
        assert isinstance(documents.add(_proposal("new", "Body.")), Imported)
    assert _documents(archive) == before


def test_repetitions_are_told_by_id_and_by_content(archive: Path) -> None:
    existing, record = next(iter(_records(archive).items()))
    body = record.body
    same = replace(record, id="other", body=body.replace(" ", "\n "))
    with DocumentImporter(archive, accept=True) as documents:
        by_id = documents.add(_proposal(existing, body))
        clash = documents.add(_proposal(existing, "Other text."))
        by_content = documents.add(_of(same))
        documents.add(_proposal("first", "Fresh text."))
        within = documents.add(_proposal("second", "Fresh  text.\n"))
        empty = [documents.add(_proposal(name, "")) for name in ("e1", "e2")]
    assert isinstance(by_id, Duplicate)
    assert (by_id.of, by_id.by) == (existing, "id")
    assert isinstance(clash, Diagnostic)
    assert "another document has the id" in clash.message
    assert isinstance(by_content, Duplicate)
    assert (by_content.of, by_content.by) == (existing, "content")
    assert isinstance(within, Duplicate)
    assert within.of == "first"
    assert all(isinstance(item, Imported) for item in empty)
    assert _documents(archive)[existing] == body


def test_an_id_told_in_the_front_matter_counts(archive: Path) -> None:
    with DocumentImporter(archive, accept=True) as documents:
        documents.add(_proposal("Wire/1", "One."))
    with DocumentImporter(archive, accept=True) as again:
        repeated = again.add(_proposal("Wire/1", "Two."))
    assert isinstance(repeated, Diagnostic)


@pytest.mark.parametrize("change", ["title", "date", "body"])
def test_the_same_words_of_another_announcement_are_another_document(
    archive: Path, change: str
) -> None:
    first = Document("march", "Signing", "The partners meet.", date="2024-03-05")
    second = {
        "title": replace(first, id="april", title="Other"),
        "date": replace(first, id="april", date="2024-04-05"),
        "body": replace(first, id="april", body="More."),
    }[change]
    with DocumentImporter(archive, accept=True) as documents:
        documents.add(Proposal(first, "a.md", 1))
        within = documents.add(Proposal(second, "b.md", 1))
    assert isinstance(within, Imported)
    with DocumentImporter(archive, accept=True) as again:
        repeated = [again.add(Proposal(one, "c.md", 1)) for one in (first, second)]
    assert [item.of for item in repeated if isinstance(item, Duplicate)] == ["march", "april"]


def test_files_of_the_same_name_are_all_taken_once(archive: Path) -> None:
    proposals = [_proposal("index", f"Text {n}.", "file name") for n in range(3)]
    with DocumentImporter(archive, accept=True) as documents:
        taken = [documents.add(proposal) for proposal in proposals]
    ids = [item.proposal.document.id for item in taken if isinstance(item, Imported)]
    assert ids == ["index", "index-2", "index-3"]
    with DocumentImporter(archive, accept=True) as again:
        repeated = [again.add(proposal) for proposal in proposals]
    assert [item.of for item in repeated if isinstance(item, Duplicate)] == ids


def test_a_file_name_that_another_document_has_is_no_obstacle(archive: Path) -> None:
    held = archive / "documents" / "new.md"
    held.write_text("---\nid: other\ntitle: Other\n---\n\nOther text.\n")
    with DocumentImporter(archive, accept=True) as documents:
        added = documents.add(_proposal("new", "Body."))
    assert isinstance(added, Imported)
    assert {"other", "new"} <= _documents(archive).keys()


def test_what_is_no_record_is_kept_but_not_referred_to(archive: Path) -> None:
    document = Document("new", "T", "Body.", subject=("Amgen", "Robots"), follows="nowhere")
    with DocumentImporter(archive, accept=True) as documents:
        added = documents.add(Proposal(document, "docs.jsonl", 1))
        notes = documents.resolve_references()
    assert isinstance(added, Imported)
    loaded = load_archive(archive)
    written = next(r.record for r in loaded.records["document"] if r.record.id == "new")
    assert isinstance(written, Document)
    assert (list(written.subject), written.follows) == (["amgen"], "")
    assert written.extra == {"subject_given": ["Robots"], "follows_given": "nowhere"}
    assert [note.severity for note in (*added.proposal.notes, *notes)] == ["warning"] * 2
    assert not [fault for fault in check(loaded) if fault.file.startswith("documents/new")]


@pytest.mark.parametrize("order", [1, -1])
def test_documents_refer_to_each_other_in_any_order(archive: Path, order: int) -> None:
    english = Document("en", "T", "Body.")
    french = Document("fr", "T", "Corps.", translation_of="en")
    with DocumentImporter(archive, accept=True) as documents:
        for document in (english, french)[::order]:
            documents.add(Proposal(document, "docs.jsonl", 1))
        assert documents.resolve_references() == []
    loaded = {r.record.id: r.record for r in load_archive(archive).records["document"]}
    assert loaded["fr"] == french


def test_an_id_made_from_a_title_is_numbered_where_it_is_taken(archive: Path) -> None:
    with DocumentImporter(archive, accept=True) as documents:
        taken = [documents.add(_proposal("robots", f"Text {n}.", "title")) for n in range(3)]
    ids = [item.proposal.document.id for item in taken if isinstance(item, Imported)]
    assert ids == ["robots", "robots-2", "robots-3"]


def test_a_file_that_is_in_the_way_is_never_overwritten(archive: Path) -> None:
    path = archive / "documents" / f"{file_stem('new')}.md"
    with DocumentImporter(archive, accept=True) as documents:
        path.write_text("somebody else's")
        outcome = documents.add(_proposal("new", "Body."))
    assert isinstance(outcome, Imported)
    assert path.read_text() == "somebody else's"
    assert _documents(archive)["new"] == "Body."


def test_a_full_folder_is_followed_by_numbered_ones(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(_documents(archive))
    held = len(list((archive / "documents").glob("*.md")))
    monkeypatch.setattr(importer, "MAX_FILES_PER_FOLDER", held + 1)
    for batch in range(3):
        with DocumentImporter(archive, accept=True) as documents:
            for n in range(held + 1):
                documents.add(_proposal(f"doc-{batch}-{n}", f"Text {batch} {n}."))
    folders = [archive / "documents", *sorted((archive / "documents").glob("part-*"))]
    assert [folder.name for folder in folders[1:]] == ["part-002", "part-003", "part-004"]
    assert [len(list(f.glob("*.md"))) for f in folders] == [*[held + 1] * 3, held]
    assert len(_documents(archive)) == before + 3 * (held + 1)


@pytest.mark.parametrize(
    ("source", "publisher"),
    [
        ("https://www.amgen.com/lab", "Amgen"),
        ("https://news.amgen.com/lab", "Amgen"),
        ("https://notamgen.com/lab", ""),
        ("https://com/", ""),
        ("https://[amgen.com", ""),
        ("a newspaper", ""),
    ],
)
def test_a_publisher_is_recognised_by_its_site(archive: Path, source: str, publisher: str) -> None:
    document = Document("new", "T", "Body.", source=source)
    with DocumentImporter(archive, accept=False) as documents:
        added = documents.add(Proposal(document, "docs.jsonl", 1))
    assert isinstance(added, Imported)
    assert added.proposal.document.publisher == publisher
    found = added.proposal.recognised.get("publisher")
    assert (found.origin if found else "") == ("website" if publisher else "")


def test_a_given_publisher_is_kept(archive: Path) -> None:
    document = Document("new", "T", "Body.", publisher="Wire", source="https://www.amgen.com/")
    with DocumentImporter(archive, accept=False) as documents:
        added = documents.add(Proposal(document, "docs.jsonl", 1))
    assert isinstance(added, Imported)
    assert added.proposal.document.publisher == "Wire"


def test_what_was_added_is_on_disk_and_nothing_else_is_waited_for(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    fsync = os.fsync

    def note(handle: int) -> None:
        fsync(handle)
        synced.add(os.fstat(handle).st_ino)

    def everybodys() -> None:
        raise AssertionError("the disks of the whole machine")

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "sync", everybodys)
    monkeypatch.setattr(importer, "_SYNC_BATCH", 2)
    monkeypatch.setattr(importer, "MAX_FILES_PER_FOLDER", 1)
    before = set(archive.rglob("*"))
    with DocumentImporter(archive, accept=True) as taking:
        for number in range(5):
            taking.add(_proposal(f"new-{number}", f"Body {number}.\n"))
        # Those that are waited for together; the rest follows at the end.
        assert sum(path.stat().st_ino in synced for path in archive.rglob("new-*.md")) == 4
    new = set(archive.rglob("*")) - before
    assert len([path for path in new if path.is_dir()]) > 1
    assert {path.stat().st_ino for path in new} <= synced
    # A folder names what is new in it.
    assert {path.parent.stat().st_ino for path in new} <= synced


def test_a_file_that_goes_at_once_is_no_failure(archive: Path) -> None:
    with DocumentImporter(archive, accept=True) as taking:
        added = taking.add(_proposal("new", "Body.\n"))
        assert isinstance(added, Imported)
        (archive / added.path).unlink()


def test_the_same_words_with_another_title_or_date_are_another_document(archive: Path) -> None:
    words = (
        "The yearly meeting of all partners takes place in the great hall. Everybody is welcome."
    )
    first = Document("march", "Meeting in March", words, date="2024-03-01")
    others = [
        replace(first, id="april", date="2024-04-01"),
        replace(first, id="hall", title="Meeting in the hall", date="2024-04-01"),
        replace(first, id="undated", date=""),
    ]
    with DocumentImporter(archive, accept=True) as documents:
        documents.add(_of(first))
        added = [documents.add(_of(other)) for other in others]
        again = documents.add(_of(replace(others[0], id="again", body=f"{words}\n")))
    assert [item.near is not None for item in added if isinstance(item, Imported)] == [True] * 3
    assert isinstance(again, Duplicate)
    assert again.of == "april"
    assert {"march", "april", "hall", "undated"} <= _records(archive).keys()


def test_a_version_is_recorded_if_it_is_sure_and_nobody_says_otherwise(archive: Path) -> None:
    (first,) = releases(1)
    later = replace(first, id="later", date="2024-09-03")
    nextday = replace(first, id="nextday", date="2024-03-04")
    said = replace(nextday, id="said", version_of="samsung-fr", title="Said otherwise")
    with DocumentImporter(archive, accept=True) as documents:
        for document in (first, later, nextday, said):
            added = documents.add(_of(document))
            assert isinstance(added, Imported)
            assert (added.near is None) == (document is first)
    found = {name: record.version_of for name, record in _records(archive).items()}
    assert (found["later"], found["nextday"], found["said"]) == ("", first.id, "samsung-fr")
    faults = [str(fault) for fault in check(load_archive(archive))]
    assert not [fault for fault in faults if fault.startswith("documents/")]


def test_what_the_archive_holds_is_remembered_and_looked_at_again_when_it_changes(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = releases(2)
    with DocumentImporter(archive, accept=True) as documents:
        documents.add(_of(first))
    read: list[str] = []

    def note(root: Path, relpath: str) -> LoadedFile:
        read.append(relpath)
        return load_file(root, relpath)

    monkeypatch.setattr(dedupe, "load_file", note)
    with DocumentImporter(archive, accept=True) as documents:
        assert isinstance(documents.add(_of(replace(first, id="new"))), Duplicate)
        near = documents.add(_of(replace(first, id="near", title="Another one")))
    assert isinstance(near, Imported)
    assert near.near is not None
    assert near.near.of == first.id
    assert read == []
    path = archive / "documents" / f"{first.id}.md"
    path.write_text(path.read_text().replace(first.body.strip(), second.body.strip()))
    (archive / "documents" / "near.md").unlink()
    with DocumentImporter(archive, accept=True) as documents:
        assert read == [f"documents/{first.id}.md"]
        assert isinstance(documents.add(_of(replace(first, id="new"))), Imported)
        assert isinstance(documents.add(_of(replace(first, id="near", body="Else."))), Imported)


@pytest.mark.parametrize("damage", ["garbage", "folder", "other version", "cut"])
def test_a_cache_that_cannot_be_used_is_made_again(archive: Path, damage: str) -> None:
    (first,) = releases(1)
    with DocumentImporter(archive, accept=True) as documents:
        documents.add(_of(first))
    file = cache_file(archive)
    match damage:
        case "garbage":
            file.write_bytes(b"no database" * 500)
        case "cut":
            file.write_bytes(file.read_bytes()[:5000])
        case "folder":
            file.unlink()
            file.mkdir()
        case _:
            with closing(sqlite3.connect(file)) as database:
                database.execute("PRAGMA user_version = 999")
                database.execute("DROP TABLE documents")
                database.execute("CREATE TABLE documents (other)")
    for _ in range(2):
        with DocumentImporter(archive, accept=True) as documents:
            assert isinstance(documents.add(_of(replace(first, id="new"))), Duplicate)


def test_a_document_whose_record_was_edited_is_not_read_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = releases(1)
    with DocumentImporter(archive, accept=True) as documents:
        added = documents.add(_of(first))
        assert isinstance(added, Imported)
        path = archive / added.path
        path.write_text(path.read_text().replace("language: en", "language: en\nsubject: [amgen]"))
        documents.expect_edited([added.path, "partners/amgen.yaml"])
    read: list[str] = []

    def note(root: Path, relpath: str) -> LoadedFile:
        read.append(relpath)
        return load_file(root, relpath)

    monkeypatch.setattr(dedupe, "load_file", note)
    with DocumentImporter(archive, accept=True) as documents:
        again = documents.add(_of(first))
    assert isinstance(again, Duplicate)
    assert (again.of, again.path, read) == (first.id, added.path, [])

"""Imports of many documents: estimated, locked, interrupted, and what failed tried again."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.archive import writer
from milatui.archive.diagnostics import Diagnostic
from milatui.archive.loader import load_archive
from milatui.archive.records import Document
from milatui.ingest.archive_lock import archive_lock
from milatui.ingest.document_count import estimate_documents
from milatui.ingest.failures import FailureListError, read_again, read_failures, write_failures
from milatui.ingest.importer import DocumentImporter, Duplicate, Imported
from milatui.ingest.proposal import Proposal
from milatui.ingest.readers.reader import FileReader
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "archive")


def test_documents_are_estimated_by_lines_and_files(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text("".join(json.dumps({"text": "x" * 300}) + "\n" for _ in range(9_000)))
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    for name in ("a.md", "deep/b.md", "deep/c.pdf"):
        (tmp_path / "folder" / name).touch()
    assert estimate_documents([str(lines), str(tmp_path / "folder"), "gone.md"]) == 9_004
    assert estimate_documents([str(lines), "-"]) is None


def test_failures_are_listed_and_read_again_alone(tmp_path: Path) -> None:
    jsonl, markdown = tmp_path / "docs.jsonl", tmp_path / "wrong.md"
    jsonl.write_text('{"text": "One."}\n{\n{"text": "Three."}\n{"text": 4}\n')
    markdown.touch()
    failures = [
        Diagnostic(str(jsonl), 2, 2, "", "not valid JSON"),
        Diagnostic(str(markdown), 3, 1, "title", "broken “here”"),
    ]
    path = tmp_path / "failed.jsonl"
    write_failures(path, failures)
    assert read_failures(path) == failures
    jsonl.write_text('{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}\n{"text": 4}\n')
    markdown.write_text("Mended.\n")
    with FileReader() as reader:
        read = [item for item in read_again(reader, failures) if not isinstance(item, Diagnostic)]
    assert [item.body.strip() for item in read] == ["Two.", "Mended."]
    write_failures(path, [])
    assert read_failures(path) == []


@pytest.mark.parametrize(
    "content", ["# A release\n", '{"text": "Release."}\n', "[1]\n", '{"file": 1}', "\xff"]
)
def test_another_file_is_no_list_of_failures(tmp_path: Path, content: str) -> None:
    path = tmp_path / "release.jsonl"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(FailureListError, match="is not a list of failures"):
        read_failures(path)


def test_one_import_waits_for_another(archive: Path) -> None:
    waits, ended = threading.Event(), threading.Event()

    def second() -> None:
        with archive_lock(archive, waits.set):
            ended.set()

    with archive_lock(archive):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(60)
        assert not ended.is_set()
    thread.join(60)
    assert ended.is_set()
    assert not [path for path in archive.rglob("*") if "lock" in path.name]


def _import(archive: Path, name: str, results: multiprocessing.Queue[tuple[str, int]]) -> None:
    with DocumentImporter(archive, accept=True) as documents:
        for number in range(60):
            body = f"Release number {number} of the company about many things."
            document = Document(f"Release/{number}", f"Release {number}", body)
            results.put((type(documents.add(Proposal(document, name, number))).__name__, number))


def test_two_imports_of_the_same_documents_write_each_once(archive: Path) -> None:
    before = len(load_archive(archive).records["document"])
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[tuple[str, int]] = context.Queue()
    processes = [
        context.Process(target=_import, args=(archive, name, results)) for name in ("one", "two")
    ]
    for process in processes:
        process.start()
    outcomes = sorted(results.get(timeout=120) for _ in range(120))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    expected = [(kind, number) for kind in ("Duplicate", "Imported") for number in range(60)]
    assert outcomes == expected
    assert len(load_archive(archive).records["document"]) == before + 60


def test_a_full_disk_ends_an_import_and_leaves_whole_documents(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(load_archive(archive).records["document"])
    write: Callable[..., None] = os.link
    left = iter(range(5))

    def link(*args: object, **kwargs: object) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        write(*args, **kwargs)

    monkeypatch.setattr(os, "link", link)
    proposals = [
        Proposal(Document(f"d{number}", f"Title {number}", f"Body {number}."), "f", 1)
        for number in range(9)
    ]

    def add_all() -> list[Imported | Duplicate | Diagnostic]:
        with DocumentImporter(archive, accept=True) as adding:
            return [adding.add(proposal) for proposal in proposals]

    with pytest.raises(OSError, match="No space"):
        add_all()
    loaded = load_archive(archive)
    assert len(loaded.records["document"]) == before + 5
    assert not list(archive.rglob(".*"))
    monkeypatch.undo()
    assert [isinstance(item, Imported) for item in add_all()] == [False] * 5 + [True] * 4


def test_a_read_only_archive_is_read_and_refuses_documents(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create(_path: Path, _data: bytes, *, sync: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(writer, "create_file", create)
    proposal = Proposal(Document("new", "Title", "Body."), "f", 1)
    with DocumentImporter(archive, accept=False) as proposing:
        assert isinstance(proposing.add(proposal), Imported)
    with (
        DocumentImporter(archive, accept=True) as adding,
        pytest.raises(OSError, match="Read-only file system"),
    ):
        adding.add(proposal)

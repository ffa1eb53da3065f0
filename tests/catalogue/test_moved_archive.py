"""Own notes follow an archive to another folder, and a document to another id."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue import moved_documents
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.moved_archive import open_notes
from milatui.catalogue.notes import Note, notes_file
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-01-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def opened(archive: Path) -> Catalogue:
    """The catalogue of an archive with the user's notes, as commands and explorer open it."""
    index = archive.with_suffix(".index")
    build(archive, index)
    catalogue = Catalogue.open(index)
    catalogue.notes = open_notes(archive, catalogue)
    return catalogue


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    archive = write_sample(tmp_path / "old")
    catalogue = opened(archive)
    for kind, identifier in (("partner", "amgen"), ("document", "mile-ex"), ("event", "gone")):
        assert catalogue.notes is not None
        if identifier == "gone":
            catalogue.notes.put(Note("event", identifier, starred=True, changed=AT))
        else:
            note = Note("partner" if kind == "partner" else "document", identifier, starred=True)
            catalogue.put_note(note)
    return archive


def starred(catalogue: Catalogue) -> set[str]:
    return {hit.row.id for hit in catalogue.search("star:yes", Scope()).hits}


def test_notes_follow_an_archive_to_another_folder(archive: Path, tmp_path: Path) -> None:
    archive.rename(tmp_path / "new")
    moved = opened(tmp_path / "new")
    assert starred(moved) == {"amgen", "mile-ex"}
    assert notes_file(tmp_path / "new").exists()
    assert not notes_file(archive).exists()
    assert len(moved.noted()) == 3


def test_a_copy_has_notes_of_its_own(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(archive, tmp_path / "copy")
    assert starred(opened(tmp_path / "copy")) == set()
    assert notes_file(archive).exists()


@pytest.mark.parametrize(
    ("old", "new"), [("title: A sample", "title: Another"), ("home: mila", "home: amgen")]
)
def test_another_archive_gets_none(archive: Path, tmp_path: Path, old: str, new: str) -> None:
    other = tmp_path / "new"
    archive.rename(other)
    head = other / "archive.yaml"
    head.write_text(head.read_text("utf-8").replace(old, new), "utf-8")
    assert starred(opened(other)) == set()


def test_an_archive_of_the_same_name_without_the_records_gets_none(
    archive: Path, tmp_path: Path
) -> None:
    other = tmp_path / "new"
    other.mkdir()
    (other / "archive.yaml").write_bytes((archive / "archive.yaml").read_bytes())
    shutil.rmtree(archive)
    assert not opened(other).noted()


def test_one_of_two_is_not_chosen(archive: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    shutil.copytree(archive, second)
    opened(second).put_note(Note("partner", "denso", starred=True))
    shutil.rmtree(archive)
    second.rename(tmp_path / "third")
    assert starred(opened(tmp_path / "third")) == set()
    assert notes_file(archive).exists()
    assert notes_file(second).exists()


@pytest.mark.parametrize("most", [moved_documents.MOST_READ, 0])
def test_a_note_about_a_document_with_another_id_is_found(
    archive: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved_documents, "MOST_READ", most)
    folder = archive / "documents" / "2019"
    (folder / "mile-ex.md").rename(folder / "life-in-mile-ex.md")
    catalogue = opened(archive)
    assert starred(catalogue) == {"amgen", "life-in-mile-ex"}
    note = catalogue.store().own_note("document", "life-in-mile-ex")
    assert note is not None
    assert note.starred
    catalogue.put_note(Note("document", "life-in-mile-ex", text="Changed."))
    assert catalogue.notes is not None
    assert ("document", "mile-ex") not in catalogue.notes.notes()
    assert starred(catalogue) == {"amgen"}

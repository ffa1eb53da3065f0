"""Own notes: kept in a plain file, whatever happens while one is written."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import time
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import Location
from milatui.catalogue.notes import Note, NoteStore, clean_tag, notes_file
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.catalogue import Catalogue

STARRED = Note("partner", "amgen", starred=True, changed="2026-01-01T00:00:00+00:00")
FORKED = multiprocessing.get_context("fork")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes" / "archive.jsonl"


def test_a_note_is_kept_and_found_by_another_store(path: Path) -> None:
    note = STARRED._replace(tags=("check", "pharma"), text="Ask them.\nTwice.", digest="12ab")
    NoteStore(path).put(note)
    assert NoteStore(path).get("partner", "amgen") == note
    assert NoteStore(path).get("partner", "mila") == Note("partner", "mila")
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_newest_line_counts_and_an_empty_note_removes(path: Path) -> None:
    store = NoteStore(path)
    store.put(STARRED)
    store.put(STARRED._replace(starred=False, text="only words"))
    assert store.get("partner", "amgen").text == "only words"
    assert not store.get("partner", "amgen").starred
    store.put(Note("partner", "amgen"))
    assert not store.notes()
    assert len(path.read_text().splitlines()) == 3


def test_lines_that_are_not_whole_are_skipped_and_ended(path: Path) -> None:
    store = NoteStore(path)
    store.put(STARRED)
    with path.open("a") as file:
        file.write('[]\n{"record": "x"}\n\x00\xff\n{"record": "partner/torn", "star"')
    assert list(store.notes()) == [("partner", "amgen")]
    store.put(Note("event", "lab", text="after"))
    assert list(store.notes()) == [("partner", "amgen"), ("event", "lab")]


def test_hostile_lines_are_cleaned(path: Path) -> None:
    path.parent.mkdir()
    line = {"record": "partner/x", "note": "a\x1b[31mb", "tags": ["A b", 3, "\x07", "#c"]}
    path.write_text(json.dumps(line) + "\n" + "[" * 100_000 + "\n")
    note = NoteStore(path).get("partner", "x")
    assert "\x1b" not in note.text
    assert note.tags == ("a-b", "c", "␇")


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Pharma", "pharma"), ("#to check", "to-check"), ("  ", ""), ("a, b", "a-b"), ("Été", "été")],
)
def test_tags_are_one_word(text: str, tag: str) -> None:
    assert clean_tag(text) == tag


def test_replaced_lines_are_dropped_in_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milatui.catalogue.notes._SPARE_LINES", 5)
    store = NoteStore(path)
    store.put(Note("event", "other", text="stays"))
    for number in range(20):
        store.put(STARRED._replace(text=str(number)))
    assert len(path.read_text().splitlines()) <= 8
    assert store.get("partner", "amgen").text == "19"
    assert store.get("event", "other").text == "stays"


def _write_many(path: Path, name: str, count: int) -> None:
    store = NoteStore(path)
    for number in range(count):
        store.put(Note("event", f"{name}-{number}", text="x" * 200))


def test_two_explorers_at_once_lose_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milatui.catalogue.notes._SPARE_LINES", 3)
    writers = [FORKED.Process(target=_write_many, args=(path, name, 40)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert len(NoteStore(path).notes()) == 80


def test_a_writer_that_is_killed_loses_nothing_that_was_written(path: Path) -> None:
    for number in range(8):
        writer = FORKED.Process(target=_write_many, args=(path, f"w{number}", 10_000))
        writer.start()
        before = 0
        while before < 3 * (number + 1):
            time.sleep(0.001)
            before = len(NoteStore(path).notes()) if path.exists() else 0
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        assert len(NoteStore(path).notes()) >= before
    store = NoteStore(path)
    found = len(store.notes())
    store.put(STARRED)
    assert len(store.notes()) == found + 1


def _write_with_a_full_disk(path: Path, size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        NoteStore(path).put(Note("event", "big", text="x" * 5_000))
    except OSError:
        os._exit(7)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    store = NoteStore(path)
    store.put(STARRED)
    before = path.read_bytes()
    writer = FORKED.Process(target=_write_with_a_full_disk, args=(path, len(before) + 100))
    writer.start()
    writer.join()
    assert writer.exitcode == 7
    assert path.read_bytes() == before


def test_each_archive_has_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    one, other = tmp_path / "a" / "archive", tmp_path / "b" / "archive"
    for folder in (one, other):
        folder.mkdir(parents=True)
    assert notes_file(one) != notes_file(other)
    assert notes_file(one).parent == tmp_path / "data" / "milatui" / "notes"
    (tmp_path / "link").symlink_to(one)
    assert (
        notes_file(tmp_path / "link").name.rpartition("-")[2]
        == notes_file(one).name.rpartition("-")[2]
    )


def test_a_file_in_the_way_of_the_folder_holds_no_notes(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert NoteStore(tmp_path / "file" / "notes.jsonl").notes() == {}


def test_records_are_read_though_their_notes_cannot_be(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    before = catalogue.notes
    catalogue.notes = NoteStore(tmp_path)  # a folder, which nobody reads as a file
    try:
        assert "Amgen" in catalogue.page(Location("partner", "amgen")).text
        assert catalogue.search("tag:check", Scope()).total == 0
    finally:
        catalogue.notes = before

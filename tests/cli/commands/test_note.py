"""Own stars, tags and notes on the command line, in searches and on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.notes import notes_file
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_a_note_is_written_shown_and_found(run: Callable[..., Ended]) -> None:
    words = ("note", "partner/amgen", "--star", "--tag", "To Check", "--tag", "pharma")
    assert run(*words, "--text", "Ask\nthem.").code == 0
    run("note", "event/denso-lab", "--tag", "pharma")
    found = run("note", "--json").json
    assert [(item["location"], item["star"], item["tags"]) for item in found["items"]] == [
        ("partner/amgen", True, ["pharma", "to-check"]),
        ("event/denso-lab", False, ["pharma"]),
    ]
    assert (
        "partner/amgen  Amgen  starred  #pharma  #to-check\n    Ask\n    them." in run("note").out
    )
    shown = run("show", "partner/amgen").out
    assert "starred #pharma #to-check" in shown
    assert "My note: Ask" in shown
    for query, ids in (
        ("star:yes", {"amgen"}),
        ("tag:pharma", {"amgen", "denso-lab"}),
        ("tag:pharma -star:yes", {"denso-lab"}),
        ("note:them", {"amgen"}),
        ("étiquette:pharma étoile:oui", {"amgen"}),
    ):
        assert {hit["id"] for hit in run("search", query, "--json").json["hits"]} == ids, query


def test_a_change_is_seen_by_the_next_search(run: Callable[..., Ended]) -> None:
    run("note", "partner/amgen", "--star")
    run("note", "partner/amgen", "--no-star")
    assert run("search", "star:yes").code == 1
    assert run("note").code == 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("note", "partner/amgem", "--star"), 1, "did you mean partner/amgen"),
        (("note", "timeline", "--star"), 2, "is not a record"),
        (("note", "--star"), 2, "name the record"),
        (("search", "star:perhaps"), 1, "star: takes yes or no"),
    ],
)
def test_mistakes_are_explained(
    run: Callable[..., Ended], words: tuple[str, ...], code: int, message: str
) -> None:
    ended = run(*words)
    assert ended.code == code
    assert message in ended.out + ended.err


def test_a_note_follows_a_document_to_its_new_id(run: Callable[..., Ended], tmp_path: Path) -> None:
    archive = write_sample(tmp_path / "archive")
    where = ("--archive", str(archive))
    run("note", "document/mile-ex", "--text", "A quarter.", *where)
    run("note", "document/about", "--text", "Vague.", *where)
    folder = archive / "documents" / "2019"
    (folder / "mile-ex.md").rename(folder / "life-in-mile-ex.md")
    (archive / "documents" / "about.md").unlink()
    assert "My note: A quarter." in run("show", "document/life-in-mile-ex", *where).out
    listed = run("note", *where)
    assert listed.err.count("no longer in the archive") == 1


def test_notes_stay_out_of_the_archive(run: Callable[..., Ended], sample: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sample.rglob("*")}
    run("note", "partner/amgen", "--star")
    assert {path: path.stat().st_mtime_ns for path in sample.rglob("*")} == before


def test_notes_that_cannot_be_read_hide_nothing(run: Callable[..., Ended], sample: Path) -> None:
    # A folder stands where the file should.
    notes_file(sample).mkdir(parents=True)
    assert "Amgen" in run("show", "partner/amgen").out
    for words in (("note",), ("note", "partner/amgen", "--star"), ("search", "star:yes")):
        ended = run(*words)
        assert ended.code in (1, 2)
        assert "the notes cannot be read: Is a directory" in ended.out + ended.err, words


def test_a_note_that_cannot_be_written_is_an_error(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    ended = run("note", "partner/amgen", "--star")
    assert ended.code == 2
    assert "the note cannot be written: Not a directory" in ended.err


def test_notes_about_an_archive_that_was_elsewhere_are_taken_over(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    old = write_sample(tmp_path / "old")
    run("note", "partner/denso", "--star", "--archive", str(old))
    run("note", "partner/amgen", "--text", "Mine.")
    taken = run("note", "--take-from", str(old))
    assert (taken.code, taken.err) == (0, "1 note taken over\n")
    assert {item["location"] for item in run("note", "--json").json["items"]} == {
        "partner/amgen",
        "partner/denso",
    }
    assert run("note", "--take-from", str(tmp_path / "none")).code == 2


def test_notes_go_out_with_exports_and_on_demand_with_reports(run: Callable[..., Ended]) -> None:
    run("note", "partner/amgen", "--star", "--tag", "pharma", "--text", "Ask them.")
    exported = run("export", "--format", "csv", "--partner", "amgen")
    assert "own-note,Ask them." in exported.out
    assert "1 partner has your own note" in exported.err
    assert "Ask them." not in run("export", "--format", "csv", "--no-notes").out
    assert "Ask them." not in run("export", "--format", "csv", "--partner", "denso").out
    assert "Ask them." not in run("report", "--partner", "amgen").out
    report = run("report", "--partner", "amgen", "--notes").out
    assert "## My notes (1)" in report
    assert "Amgen (partner): **starred \\#pharma** Ask them. <milatui:partner/amgen>" in report

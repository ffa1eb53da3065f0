"""An archive of one's own: new, check, add."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from milatui.cli.review.import_report import MAX_LISTED
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_new_archive_passes_its_check_and_can_be_searched(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = str(tmp_path / "deep" / "ours")
    assert run("new", "--example", ours).code == 0
    checked = run("check", "--archive", ours, "--json")
    assert checked.code == 0
    assert checked.json["faults"] == []
    assert checked.json["counts"]["partner"] == 2
    assert checked.json["counts"]["document"] == 1
    assert run("search", "joint laboratory", "--archive", ours).code == 0
    assert (
        "*about 40 researchers*" in run("show", "event/example-laboratory", "--archive", ours).out
    )


def test_new_refuses_a_folder_with_anything_in_it(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("new", "--example", str(tmp_path)).code == 2
    assert run("new", "--example", str(tmp_path / "mine.txt")).code == 2
    assert _files(tmp_path) == {"mine.txt": b"mine"}


def test_check_tells_every_fault_with_its_place(run: Callable[..., Ended], tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    (ours / "people" / "wrong.yaml").write_text("id: jane\nname: Jane\nroles: none\n")
    (ours / "partners" / "two.yaml").write_text(
        "id: two\nname: Two\nkind: company\nrelation: partner\nfounded: 2021-13\n"
    )
    ended = run("check", "--archive", str(ours))
    assert ended.code == 1
    assert "people/wrong.yaml:3:8: " in ended.out
    assert "partners/two.yaml:5:" in ended.out
    assert "2 errors" in ended.err
    faults = run("check", "--archive", str(ours), "--json").json["faults"]
    told = [f"{f['file']}:{f['line']}:{f['column']}: error: {f['message']}" for f in faults]
    assert told == ended.out.splitlines()
    assert {"file", "line", "column", "path", "message", "severity"} == faults[0].keys()


def test_a_proposal_shows_what_was_recognised_and_writes_nothing(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    text = "# The lab of the north\n\nMONTREAL, March 8, 2024 - It is open for all of the teams.\n"
    release = tmp_path / "north-lab.md"
    release.write_text(text)
    before = _files(ours)
    ended = run("add", "--archive", str(ours), str(release))
    assert ended.code == 0
    assert _files(ours) == before
    assert "+ documents/north-lab.md" in ended.out
    assert "title: The lab of the north  (from the heading)" in ended.out
    assert "date: 2024-03-08  (from the dateline)" in ended.out
    assert "language: en  (recognised in the text)" in ended.out
    assert "publisher: (unknown)" in ended.out
    assert "--accept" in ended.err
    assert run("add", "--archive", str(ours), "--dry-run", str(release)) == ended


def test_what_is_accepted_is_there_checked_and_found(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    lines = tmp_path / "docs.jsonl"
    documents = [
        {"id": "wire/2024/Åtta", "title": "Robots", "text": "Zebra robots.", "date": "2024-03-08"},
        {"id": "b", "title": "B", "text": "Second text.", "lang": "fr", "wire": {"no": 7}},
    ]
    bad = ["nonsense", json.dumps({"id": "c", "text": ["Third."]})]
    lines.write_text("\n".join([*map(json.dumps, documents[:1]), *bad, json.dumps(documents[1])]))
    ended = run("add", "--archive", str(ours), "--accept", str(lines), "--json")
    assert ended.code == 1
    report = ended.json
    assert report["schema"] == "milatui.add/1"
    assert report["counts"] == {"documents": 2, "duplicates": 0, "faults": 2}
    assert [(f["file"], f["line"], f["column"]) for f in report["faults"]] == [
        (str(lines), 2, 1),
        (str(lines), 3, 21),
    ]
    assert run("check", "--archive", str(ours), "--json").json["counts"]["errors"] == 0
    hits = run("search", "zebra", "--archive", str(ours), "--json").json["hits"]
    assert [hit["id"] for hit in hits] == ["wire/2024/Åtta"]
    shown = run("show", hits[0]["location"], "--archive", str(ours), "--json").json["record"]
    assert (shown["id"], shown["date"]) == ("wire/2024/Åtta", "2024-03-08")
    second = run("show", "document/b", "--archive", str(ours), "--json").json["record"]
    assert (second["language"], second["wire"]) == ("fr", {"no": "7"})


def test_adding_again_changes_nothing(run: Callable[..., Ended], tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    lines = tmp_path / "docs.jsonl"
    lines.write_text(
        "\n".join(json.dumps({"id": f"d{n}", "text": f"Text number {n}."}) for n in range(30))
    )
    first = run("add", "--archive", str(ours), "--accept", str(lines))
    assert first.out.count("+ documents/") == MAX_LISTED
    assert "30 documents written" in first.err
    before = _files(ours)
    again = run("add", "--archive", str(ours), "--accept", str(lines))
    assert again.code == 0
    assert "30 are there already" in again.err
    assert _files(ours) == before


def test_add_explains_files_it_cannot_take(run: Callable[..., Ended], tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    given = [*(str(tmp_path / name) for name in ("a.pdf", "absent.md", "absent.jsonl")), ""]
    ended = run("add", "--archive", str(ours), *given)
    assert ended.code == 1
    assert [line.split(":1:1: ")[0] for line in ended.out.splitlines()] == given
    assert "Traceback" not in ended.err


def test_hostile_documents_reach_the_terminal_only_as_text(
    run: Callable[..., Ended], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    evil = "\x1b]52;c;QQ==\x07\x9b31m\u202eevil\x7f"
    lines = tmp_path / "evil.jsonl"
    lines.write_text(json.dumps({"id": "evil", "title": evil, "text": f"evil {evil}", "x": evil}))
    said = [
        run("add", "--archive", str(ours), "--accept", str(lines)),
        *(run("list", "documents", "--archive", str(ours), *form) for form in ([], ["--csv"])),
        *(run("list", "documents", "--archive", str(ours), form) for form in ("--json", "--jsonl")),
        *(run("search", "evil", "--archive", str(ours), *form) for form in ([], ["--json"])),
        *(run("show", "document/evil", "--archive", str(ours), *form) for form in ([], ["--json"])),
    ]
    for ended in said:
        assert ended.code == 0
        assert "evil" in ended.out
        assert not any(c in ended.out + ended.err for c in "\x1b\x07\x9b\u202e\x7f")


@pytest.mark.parametrize("words", [(), ("--accept",), ("--json",)])
def test_add_writes_only_to_an_archive_that_is_named(
    run: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    shipped = _shipped(monkeypatch, tmp_path)
    before = _files(shipped)
    release = tmp_path / "release.md"
    release.write_text("# A new laboratory\n\nIt opened today.\n")
    ended = run("add", str(release), *words)
    assert (ended.code, ended.out) == (2, "")
    assert "milatui add --archive DIR" in ended.err
    assert "milatui new DIR" in ended.err
    assert _files(shipped) == before


@pytest.mark.parametrize(
    "words",
    [
        ("add", "RELEASE", "--accept", "--archive", "SHIPPED"),
        ("add", "RELEASE", "--accept", "--archive", "LINK"),
        ("check", "--migrate", "--accept", "--archive", "SHIPPED"),
        ("check", "--migrate", "--accept", "--archive", "LINK"),
        ("new", "SHIPPED/ours"),
        ("new", "LINK/ours"),
        ("list", "events", "--index", "SHIPPED/index"),
        ("index", "--index", "LINK/index"),
    ],
)
def test_nothing_is_written_into_the_shipped_archive_by_its_path(
    run: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    shipped = _shipped(monkeypatch, tmp_path)
    before = _files(shipped)
    (tmp_path / "link").symlink_to(shipped)
    release = tmp_path / "release.md"
    release.write_text("# A new laboratory\n\nIt opened today.\n")
    for name, path in (("RELEASE", release), ("SHIPPED", shipped), ("LINK", tmp_path / "link")):
        words = tuple(word.replace(name, str(path)) for word in words)
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert "the bundled archive is never changed" in ended.err
    assert _files(shipped) == before
    assert not (shipped / "ours").exists()


def test_the_refusal_to_add_is_in_french(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _shipped(monkeypatch, tmp_path)
    assert "fournie avec milatui" in run("--lang", "fr", "add", "x.md").err


def _shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An archive that takes the place of the one that ships; none is named."""
    shipped = write_sample(tmp_path / "package" / "data")
    monkeypatch.delenv("MILATUI_ARCHIVE")
    for module in ("milatui.paths", "milatui.cli.folder_options"):
        monkeypatch.setattr(f"{module}.bundled_archive", lambda: shipped)
    return shipped


def test_a_warning_of_many_documents_is_told_once(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", str(ours))
    lines = tmp_path / "docs.jsonl"
    lines.write_text(
        "\n".join(
            json.dumps({"text": f"Text {n}.", "subject": "Robots", "wire": "x"}) for n in range(30)
        )
    )
    added = run("add", "--archive", str(ours), "--accept", str(lines))
    (told,) = [line for line in added.out.splitlines() if "warning" in line]
    assert told.startswith(f"{lines}:1:1: warning: subjects")
    assert told.endswith("(and at 29 more places)")
    (ours / "documents" / "z.md").write_text("---\ntitle: Z\ndate: 2021-13\n---\n")
    checked = run("check", "--archive", str(ours)).out.splitlines()
    assert checked[0].startswith("documents/z.md:3:12: error: ")
    assert [line.partition(" warning: ")[2] for line in checked[1:]] == [
        "unknown key “wire” (and at 29 more places)",
        "unknown key “subject_given”; did you mean “subject”? (and at 29 more places)",
    ]


def test_what_cannot_be_taken_is_listed_and_tried_again_alone(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours, failed = tmp_path / "ours", tmp_path / "failed.jsonl"
    run("new", str(ours))
    lines, markdown = tmp_path / "docs.jsonl", tmp_path / "wrong.md"
    lines.write_text('{"text": "One."}\n{"text": \n{"text": "Three."}\n')
    markdown.write_text("")
    words = ("add", "--archive", str(ours), "--accept", "--json")
    first = run(*words, "--failures", str(failed), str(lines), str(markdown))
    assert (first.code, first.json["counts"]["documents"]) == (1, 2)
    listed = [json.loads(line) for line in failed.read_text().splitlines()]
    assert [(item["file"], item["line"]) for item in listed] == [
        (str(lines), 2),
        (str(markdown), listed[1]["line"]),
    ]
    assert all(item["message"] for item in listed)
    lines.write_text('{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}\n')
    second = run(*words, "--retry", str(failed))
    assert (second.code, second.json["counts"]) == (
        1,
        {"documents": 1, "duplicates": 0, "faults": 1},
    )
    markdown.write_text("Four.\n")
    third = run(*words, "--retry", str(failed))
    assert (third.code, third.json["counts"]["documents"]) == (0, 1)
    assert failed.read_text() == ""
    assert run(*words, "--retry", str(failed)).json["counts"]["documents"] == 0
    assert len(list((ours / "documents").glob("*.md"))) == 4


def test_a_list_of_failures_never_replaces_another_file(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours, release = tmp_path / "ours", tmp_path / "release.md"
    run("new", str(ours))
    release.write_text("Precious.\n")
    for option in ("--failures", "--retry"):
        ended = run("add", "--archive", str(ours), option, str(release), str(release))
        assert ended.code == 2
        assert "is not a list of failures" in ended.err
        assert release.read_text() == "Precious.\n"
    assert run("add", "--archive", str(ours), "--retry", str(tmp_path / "gone")).code == 2
    assert run("add", "--archive", str(ours)).code == 2


def test_near_duplicates_are_told_and_recorded_only_if_they_are_sure(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", str(ours))
    words = "The company opens a laboratory in Montreal with the university and forty researchers."
    for name, date in (("a", "2024-03-03"), ("b", "2024-03-04"), ("c", "2024-09-09")):
        text = f"---\ntitle: A laboratory opens\ndate: {date}\n---\n\n{words}\n"
        (tmp_path / f"{name}.md").write_text(text)
    files = [str(tmp_path / f"{name}.md") for name in "abc"]
    near = [
        item.get("near")
        for item in run("add", "--archive", str(ours), "--json", *files).json["documents"]
    ]
    same = {"of": "a", "family": "a", "shared": 1.0}
    assert near[0] is None
    assert near[1] == {**same, "relation": "reprint", "recorded": True}
    assert near[2] is not None
    assert {**near[2], "of": "a"} == {**same, "relation": "other-date", "recorded": False}
    told = run("add", "--archive", str(ours), "--accept", *files)
    assert "the same text as “a” (100 % of the words)" in told.out
    assert "for another occasion" in told.out
    assert "2 of them are nearly the same as others" in told.err
    assert "version_of: a" in (ours / "documents" / "b.md").read_text()
    assert "version_of" not in (ours / "documents" / "c.md").read_text()
    shown = run("show", "document/c#with=a", "--archive", str(ours))
    assert "Both texts are the same, word by word." in shown.out

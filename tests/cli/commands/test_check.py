"""``check --migrate``: briefs of the older layout, shown and rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

OLD_LAYOUT = (
    "---\ntitle: A brief\n# seen twice\ndate: 2020-01-02\npublisher: The Paper\nlanguage: en\n"
    "type: news\nsource: https://example.org/page\n---\n\nText.\n"
)


def _texts(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in found}


def test_briefs_of_the_older_layout_load_and_are_shown_in_the_newer_one(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    (ours / "documents" / "brief.md").write_text(OLD_LAYOUT)
    counts = run("check", "--archive", str(ours), "--json").json["counts"]
    assert (counts["errors"], counts["warnings"]) == (0, 0)
    before = _texts(ours)
    ended = run("check", "--archive", str(ours), "--migrate")
    assert ended.code == 0
    assert _texts(ours) == before
    assert "+  address: https://example.org/page" in ended.out.splitlines()
    assert "-source: https://example.org/page" in ended.out.splitlines()
    assert "1 file would change" in ended.err
    written = run("check", "--archive", str(ours), "--migrate", "--accept")
    assert (written.code, written.out) == (0, "")
    assert "1 file rewritten" in written.err
    assert "  # seen twice\n  date: 2020-01-02\n" in (ours / "documents" / "brief.md").read_text()
    assert run("check", "--archive", str(ours), "--json").json["counts"] == counts
    record = run("show", "document/brief", "--archive", str(ours), "--json").json["record"]
    assert (record["date"], record["original"]["date"]) == ("2020-01-02", "2020-01-02")


def test_only_an_archive_that_is_named_is_migrated(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MILATUI_ARCHIVE", raising=False)
    ended = run("check", "--migrate", "--accept")
    assert ended.code == 2
    assert "--archive" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["--accept"],
        ["--names", "--accept"],
        ["--partner", "Acme"],
        ["--migrate", "--kind", "startup"],
        ["--names", "--alias-of", "amgen"],
        ["--names", "--partner", "Acme", "--json"],
        ["--migrate", "--json"],
    ],
)
def test_options_that_would_do_nothing_are_refused(
    run: Callable[..., Ended], words: list[str]
) -> None:
    ended = run("check", *words)
    assert (ended.code, ended.out) == (2, "")
    assert "--archive" not in ended.err


def test_check_counts_figures_as_lists_do(run: Callable[..., Ended]) -> None:
    counts = run("check", "--json").json["counts"]
    listed = run("list", "figures", "--json").json["items"]
    assert counts["figure"] == len(listed) == 12
    flagged = [item["id"] for item in listed if "contradicted" in item["flags"]]
    assert counts["contradicted"] == len(flagged) > 1
    inside = [item for item in listed if ":" in item["id"]]
    assert inside
    for item in inside:
        assert run("show", item["location"]).code == 0


def test_files_that_are_not_read_are_told_by_name(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", str(ours))
    for name in ("documents/REPORT.MD", "documents/b.markdown", "partners/p.YAML", "events/.x"):
        (ours / name).write_text("---\ntitle: T\n---\n")
    ended = run("check", "--archive", str(ours))
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "documents/REPORT.MD:1:1: warning: "
        "not read: the names of files in documents must end in .md: REPORT.MD (1)",
        "documents/b.markdown:1:1: warning: "
        "not read: the names of files in documents must end in .md: b.markdown (1)",
        "partners/p.YAML:1:1: warning: "
        "not read: the names of files in partners must end in .yaml, .yml: p.YAML (1)",
    ]

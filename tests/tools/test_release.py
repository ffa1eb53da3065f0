"""The table of the release: how it is made from what was found, and where it stands."""

from __future__ import annotations

from pathlib import Path

from tests.security.testbed.large_archive import write_large_archive
from tools.release.table import BEGIN, END, SECURITY, Table


def filled() -> Table:
    table = Table()
    table.note("fresh", 7, "memory: 40 MB", "39 MB", kept=True)
    table.note("warm", 7, "memory: 40 MB", "26 | 27 MB", kept=False)
    table.note("fresh", 1, "attacks", "150", kept=True)
    return table


def test_lines_stand_by_point_and_say_where_they_are_missed() -> None:
    table = filled()
    rows = table.markdown().splitlines()[-2:]
    assert rows == [
        "| 1 | attacks | 150 | – | kept |",
        "| 7 | memory: 40 MB | 39 MB | 26 \\| 27 MB | **missed** (warm) |",
    ]
    assert not table.kept


def test_a_measure_that_breaks_is_a_line_that_is_missed() -> None:
    def broken() -> None:
        raise RuntimeError("no session")

    table = Table()
    table.attempt("fresh", 8, "echo", broken)
    assert not table.kept
    assert "not measured: RuntimeError no session" in table.markdown()


def test_only_what_stands_between_the_marks_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "SECURITY.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    filled().write(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\nMeasured on ")
    assert text.endswith(f"kept |\n| 7 | memory: 40 MB | 39 MB | 26 \\| 27 MB | "
                         f"**missed** (warm) |\n{END}\nafter\n")  # fmt: skip
    assert "old" not in text


def test_the_policy_has_a_place_for_it() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1


def test_a_large_archive_is_as_large_as_was_asked_for(tmp_path: Path) -> None:
    root = write_large_archive(tmp_path / "large", 1_234)
    texts = {path.read_text(encoding="utf-8") for path in root.glob("documents/*/*.md")}
    assert len(texts) == 1_234

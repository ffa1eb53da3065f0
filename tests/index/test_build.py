"""Building the index: whole, incremental, with faults, and the same either way."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path


def everything(index_dir: Path) -> list[object]:
    """All that a reader can see of an index, to compare two of them."""
    catalogue = Catalogue.open(index_dir)
    rows = [catalogue.row(number) for number in range(catalogue.size)]
    naming = [list(catalogue.records_naming(row.number)) for row in rows]
    records = [catalogue.record(row.kind, row.id) for row in rows]
    hits = [
        [(hit.row.id, round(hit.score, 6)) for hit in catalogue.search(query, Scope()).hits]
        for query in ("researchers", "laboratoire", "mila", '"corporate laboratory"')
    ]
    partners = list(catalogue.partners(Scope()))
    timeline = catalogue.timeline(Scope(), documents=True)
    return [rows, naming, records, hits, partners, list(timeline.items), timeline.years]


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file so that its stamp changes too, even within a clock's tick."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))


def test_nothing_to_do_makes_no_generation(archive: Path, index_dir: Path) -> None:
    before = (index_dir / "CURRENT").read_text()
    built = build(archive, index_dir)
    assert (built.changed, built.files) == (False, 0)
    assert (index_dir / "CURRENT").read_text() == before


def test_incremental_is_equal_to_whole(archive: Path, index_dir: Path, tmp_path: Path) -> None:
    rewrite(archive / "events/all.yaml", "Google gives a grant", "Google gives researchers much")
    (archive / "documents/2020/element.md").unlink()
    (archive / "documents/new.md").write_text(
        "---\ntitle: A new text\ndate: 2024-02\nlanguage: en\nsubject: [samsung]\n---\n\nNew lab.\n"
    )
    built = build(archive, index_dir)
    assert (built.incremental, built.files) == (True, 2)
    build(archive, tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")


def test_many_small_builds_stay_right(archive: Path, index_dir: Path, tmp_path: Path) -> None:
    for step in range(6):
        rewrite(archive / "documents/about.md", "Undated", f"Step {step} of robots. Undated")
        assert build(archive, index_dir).incremental
    build(archive, tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")


def test_an_open_catalogue_survives_one_build_though_it_has_read_little(
    archive: Path, index_dir: Path
) -> None:
    opened = Catalogue.open(index_dir)
    for step in range(2):
        before = (index_dir / "CURRENT").read_text().split()[0]
        rewrite(archive / "documents/about.md", "Undated", f"Step {step} of Zanzibar. Undated")
        build(archive, index_dir)
        now = (index_dir / "CURRENT").read_text().split()[0]
        assert {path.name for path in index_dir.glob("gen-*")} == {before, now}
        if step == 0:
            # Records and postings are opened when they are first asked for.
            assert opened.record("document", "about").id == "about"
            assert opened.search("zanzibar", Scope()).total == 0
            assert opened.search("laboratory", Scope()).total > 0


def test_twice_the_same_id_counts_once(archive: Path, index_dir: Path) -> None:
    copy = archive / "documents/zz/table.md"
    copy.parent.mkdir()
    copy.write_text("---\ntitle: The second table\n---\n\nText.\n")
    assert not build(archive, index_dir).incremental
    catalogue = Catalogue.open(index_dir)
    titles = [catalogue.row(n).title for n in catalogue.list_records("document", Scope())]
    assert titles.count("A table") == 1
    assert "The second table" not in titles


def test_faulty_files_leave_the_good_records(archive: Path, index_dir: Path) -> None:
    (archive / "events/bad.yaml").write_text("- {id: [}")
    (archive / "documents/binary.md").write_bytes(b"---\ntitle: \xff\n---\n")
    built = build(archive, index_dir)
    assert built.faults >= 2
    assert Catalogue.open(index_dir).totals(Scope())["event"] == (15, 15)


def test_another_main_language_rebuilds_all(archive: Path, index_dir: Path) -> None:
    rewrite(archive / "archive.yaml", "[en, fr]", "[fr, en]")
    assert not build(archive, index_dir).incremental


def test_the_head_is_renewed(archive: Path, index_dir: Path) -> None:
    rewrite(archive / "archive.yaml", "A sample", "Another sample")
    assert build(archive, index_dir).incremental
    assert Catalogue.open(index_dir).info.title == "Another sample of announcements"


def test_progress_ends_with_all_files(archive: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    build(archive, tmp_path / "index", progress=lambda *step: seen.append(step))
    assert seen[-1] == ("write", 17, 17)
    assert [done for stage, done, _total in seen if stage == "read"] == list(range(18))


def test_an_empty_archive_has_an_index(tmp_path: Path) -> None:
    (tmp_path / "archive.yaml").write_text("title: Nothing yet\n")
    build(tmp_path, tmp_path / "index")
    catalogue = Catalogue.open(tmp_path / "index")
    assert catalogue.size == 0
    assert not list(catalogue.timeline(Scope()).items)
    assert not list(catalogue.partners(Scope()))
    assert catalogue.search("anything", Scope()).total == 0
    assert catalogue.find("event", "x") is None


def test_old_generations_are_removed(archive: Path, index_dir: Path) -> None:
    for step in range(4):
        rewrite(archive / "documents/about.md", "Undated", f"{step} Undated")
        build(archive, index_dir)
    assert len(list(index_dir.glob("gen-*"))) == 2


def test_an_open_catalogue_survives_the_next_build(archive: Path, index_dir: Path) -> None:
    catalogue = Catalogue.open(index_dir)
    rewrite(archive / "documents/about.md", "About Mila", "Changed")
    build(archive, index_dir)
    assert catalogue.search("about mila", Scope()).hits[0].row.id
    assert catalogue.document("about").title == "About Mila"
    assert Catalogue.open(index_dir).document("about").title == "Changed"


def test_manifest_names_every_file(index_dir: Path) -> None:
    folder = next(index_dir.glob("gen-*"))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == {p.name for p in folder.iterdir()} - {"manifest.json"}


def test_synonyms_of_the_archive_are_searched(archive: Path, index_dir: Path) -> None:
    assert Catalogue.open(index_dir).search("atelier", Scope()).total == 0
    (archive / "synonyms.yaml").write_text("- [Atelier, laboratory, two words]\n- odd\n")
    built = build(archive, index_dir)
    assert (built.incremental, built.changed) == (True, True)
    catalogue = Catalogue.open(index_dir)
    assert (
        catalogue.search("atelier", Scope()).total == catalogue.search("laboratory", Scope()).total
    )
    assert not build(archive, index_dir).changed

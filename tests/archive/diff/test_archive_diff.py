"""Twenty changes planted in an archive, and each is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.diff.archive_diff import compare_archives
from milatui.archive.loader import load_archive
from milatui.archive.validate import format_path
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.archive.diff.differences import ArchiveDiff

EDITS = (
    # A new record, one that is gone, one with another id.
    ("partners/all.yaml", "- {id: cifar, ", "- {id: nokia, name: Nokia, kind: company,"
     " relation: New.}\n- {id: cifar, "),
    ("statements/all.yaml", "- {id: st-8, speaker: hugo-larochelle, organisation: mila,"
     " date: '2025', about: growth,\n   text: Sees the institute grow.}\n", ""),
    ("people/all.yaml", "id: hugo-larochelle", "id: h-larochelle"),
    # Values: text, date, number, added, removed, in a list, in a mapping.
    ("partners/all.yaml", "name: Denso,", "name: DENSO,"),
    ("events/all.yaml", "date: '2019-04-09', kind", "date: 2019-04, kind"),
    ("figures/all.yaml", "value: '7'", "value: '8'"),
    ("partners/all.yaml", "relation: Gave grants.", "relation: Gave grants., city: Montreal"),
    ("events/all.yaml", ",\n   partners: [denso], confidence: low}", ",\n   partners: [denso]}"),
    ("events/all.yaml", "partners: [amgen, amgen-canada, mila]}", "partners: [amgen, mila]}"),
    ("partners/all.yaml", "wikidata: Q470517", "wikidata: Q470518"),
    ("people/all.yaml", "as_of: '2021'}]}", "as_of: '2022'}]}"),
    ("events/all.yaml", "partners: [cifar, mila]", "partners: [mila, cifar]"),
    ("events/all.yaml", "value: '1000', unit: count, qualifier: over}",
     "value: '1000', unit: count, qualifier: over, as_of: '2023'}"),
    # A key that the schema does not know.
    ("partners/all.yaml", "relation: Keeps a laboratory nearby.",
     "relation: Keeps a laboratory nearby., internal_code: X1"),
    # Texts.
    ("documents/2019/mile-ex.md", "cafés, miles of rails", "cafés, many miles of rails"),
    ("documents/2018/samsung-fr.md", "groupe ouvre un laboratoire", "groupe inaugure un centre"),
    ("documents/2019/denso-fr.md", "title: Denso à Montréal", "title: Denso arrive à Montréal"),
    ("archive.yaml", "title: A sample of announcements", "title: A sample"),
    # Evidence: a source that is gone. The words of another went with the text above.
    ("figures/all.yaml", ", source: {document: deep-genomics-en, exact: over 700}}", "}"),
)  # fmt: skip
"""File, what stands in it, and what stands there afterwards; a document that goes is the last."""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample archive, and the same with twenty changes."""
    top = tmp_path_factory.mktemp("diff")
    old, new = write_sample(top / "old"), write_sample(top / "new")
    for file, before, after in EDITS:
        text = (new / file).read_text("utf-8")
        assert text.count(before) == 1, before
        (new / file).write_text(text.replace(before, after), "utf-8")
    (new / "documents" / "2022" / "sweden-en.md").unlink()
    return old, new


def compare(old: Path, new: Path) -> ArchiveDiff:
    return compare_archives(load_archive(old), load_archive(new))


def told(diff: ArchiveDiff) -> Iterator[str]:
    """Every difference as a line."""
    yield from (f"+ {each.kind}/{each.id}" for each in diff.added)
    yield from (f"- {each.kind}/{each.id}" for each in diff.removed)
    yield from (f"> {one.id} {other.id}" for one, other in diff.renamed)
    for each in diff.changed:
        for change in each.values:
            yield f"{each.record.id} {format_path(change.path)} {change.kind}"
        if each.text is not None:
            yield f"{each.record.id} text -{each.text.removed} +{each.text.added}"
    yield from (f"archive {format_path(change.path)} {change.kind}" for change in diff.metadata)
    for lost in diff.lost:
        yield f"! {lost.record.id} {format_path(lost.path)} {lost.loss}"


def test_twenty_changes_are_told(states: tuple[Path, Path]) -> None:
    assert sorted(told(compare(*states))) == sorted(
        [
            "+ partner/nokia",
            "- statement/st-8",
            "> hugo-larochelle h-larochelle",
            "denso name changed",
            "denso-lab date changed",
            "universities value changed",
            "google city added",
            "denso-lab confidence removed",
            "amgen-partner partners[1] removed",
            "amgen identifiers.wikidata changed",
            "yoshua-bengio roles[1].as_of changed",
            "chairs partners order",
            "amgen-lab-opens figures[0].as_of added",
            "samsung internal_code added",
            "mile-ex text -0 +1",
            "samsung-fr text -2 +2",
            "denso-fr title changed",
            "archive title changed",
            "researchers-2021 source removed",
            "- document/sweden-en",
            "! researchers-2021 source source-gone",
            "! samsung-lab sources[0] words-gone",
            "! researchers-2022 source document-gone",
        ]
    )


def test_the_way_back_is_told_the_other_way_round(states: tuple[Path, Path]) -> None:
    old, new = states
    there, back = compare(old, new), compare(new, old)
    assert [each.id for each in back.added] == [each.id for each in there.removed]
    assert [each.id for each in back.removed] == [each.id for each in there.added]
    assert len(back.changed) == len(there.changed)


def test_an_archive_equals_itself(states: tuple[Path, Path]) -> None:
    assert compare(states[0], states[0]).is_empty


def test_a_record_that_cannot_be_read_is_not_gone(
    states: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = write_sample(tmp_path / "broken")
    text = (broken / "events" / "all.yaml").read_text("utf-8")
    (broken / "events" / "all.yaml").write_text(text.replace("date: '2020-11-30'", "date: never"))
    (broken / "documents" / "2020" / "element.md").write_bytes(b"---\ntitle: [\n---\n")
    (broken / "documents" / "2023" / "amgen-lab.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n")
    diff = compare(states[0], broken)
    assert [each.id for each in diff.unreadable] == ["element-sold", "amgen-lab", "element"]
    assert not diff.removed
    assert diff.old.errors == 0
    assert diff.new.errors >= 3
    assert {each.loss for each in diff.lost} == {"document-unreadable"}


def test_a_value_that_goes_with_its_source_is_no_lost_evidence(tmp_path: Path) -> None:
    old, new = write_sample(tmp_path / "old"), write_sample(tmp_path / "new")
    path = new / "partners" / "all.yaml"
    fact = "   facts: [{text: Makes medicines., source: {document: amgen-lab, exact: biotechnology"
    text = path.read_text("utf-8")
    assert fact in text
    path.write_text(text.replace(f"{fact} group}}}}],\n", ""), "utf-8")
    diff = compare(old, new)
    assert list(told(diff)) == ["amgen facts removed"]


def test_a_document_with_another_name_is_renamed(tmp_path: Path) -> None:
    old, new = write_sample(tmp_path / "old"), write_sample(tmp_path / "new")
    (new / "documents" / "about.md").rename(new / "documents" / "2024-about.md")
    assert list(told(compare(old, new))) == ["> about 2024-about"]


def test_lines_that_were_wrapped_anew_are_told_as_white_space(tmp_path: Path) -> None:
    old, new = write_sample(tmp_path / "old"), write_sample(tmp_path / "new")
    path = new / "documents" / "2019" / "mile-ex.md"
    path.write_text(path.read_text("utf-8").replace("miles of", "miles\nof"), "utf-8")
    assert list(told(compare(old, new))) == ["mile-ex text -0 +0"]

"""What was loaded is written so that it loads the same; nothing is overwritten unseen."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from milatui import atomic_file
from milatui.archive.files import file_stat, scan
from milatui.archive.loader import load_archive, load_file, load_metadata
from milatui.archive.records import ArchiveMetadata, Document, Event, Person, Source
from milatui.archive.serialize import (
    kind_of,
    metadata_from_dict,
    metadata_to_dict,
    record_from_dict,
    record_to_dict,
)
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.writer import (
    ConflictError,
    document_file_text,
    file_stem,
    write_atomic,
    write_in_archive,
)
from tests.archive.record_files import record_path, records_text, write_metadata, write_record
from tests.archive.strategies import HEADS, RECORDS, YAML_RECORDS, ids, texts
from tests.rounds import examples

if TYPE_CHECKING:
    from milatui.archive.records import Record


FEW, MANY = 20, 1_000
"""Examples that are tried, and those of long rounds."""


@examples(FEW, MANY, RECORDS)
def test_a_record_comes_back_from_its_data_and_from_its_json(record: Record) -> None:
    data = record_to_dict(record)
    assert record_from_dict(kind_of(record), data) == record
    assert record_from_dict(kind_of(record), json.loads(json.dumps(data))) == record


@examples(FEW, MANY, RECORDS)
def test_a_record_comes_back_from_its_file(record: Record) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        relpath = write_record(root, record, sync=False)
        load = load_file(root, relpath)
        assert [
            diagnostic for diagnostic in load.diagnostics if diagnostic.severity == "error"
        ] == []
        assert [located.record for located in load.records] == [record]


@examples(FEW, MANY, st.lists(YAML_RECORDS, min_size=1, max_size=3))
def test_a_list_of_records_comes_back_from_its_file(records: list[Record]) -> None:
    kind = kind_of(records[0])
    same = [record for record in records if kind_of(record) == kind]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        relpath = record_path(kind, "all")
        write_in_archive(root, relpath, records_text(same), None, sync=False)
        assert [located.record for located in load_file(root, relpath).records] == same


@examples(FEW, MANY, HEADS)
def test_the_head_comes_back(head: ArchiveMetadata) -> None:
    assert metadata_from_dict(metadata_to_dict(head)) == head
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_metadata(root, head)
        loaded, diagnostics = load_metadata(root)
        assert loaded == head
        assert [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"] == []


@examples(FEW, MANY, st.dictionaries(texts(), texts(0), min_size=1, max_size=4))
@example({"k": "no", "n": "2018", "d": "2018-01-02", "t": "12:30", "e": "1e3", "o": "0o17"})
def test_every_text_is_still_text_to_an_ordinary_yaml_reader(data: dict[str, str]) -> None:
    assert yaml.safe_load(dump_yaml(dict(data))) == data


@pytest.mark.parametrize("text", ["1e3", "0o17", "1_000", "2018", "no", "Y", "~", ".5", "2018-1-2"])
def test_text_that_other_readers_take_for_something_else_is_quoted(text: str) -> None:
    assert dump_yaml({"value": text}) == f"value: '{text}'\n"


@pytest.mark.parametrize("text", ["2019?", "202X", "Amgen", "l'été", "no one", "A-1"])
def test_ordinary_text_is_not_quoted(text: str) -> None:
    assert dump_yaml({"value": text}) == f"value: {text}\n"


def test_the_file_of_a_record_is_readable_block_yaml_in_the_order_of_its_fields() -> None:
    event = Event(
        id="lab-2023",
        date="2023",
        title="A lab opens",
        kind="lab-opening",
        summary="One.\nTwo.",
        partners=("amgen", "mila"),
        sources=(Source("brief", "opens a lab", locator="¶2"),),
        extra={"reviewed": "yes"},
    )
    assert dump_yaml(record_to_dict(event)) == (
        "id: lab-2023\n"
        "date: '2023'\n"
        "title: A lab opens\n"
        "kind: lab-opening\n"
        "summary: |-\n  One.\n  Two.\n"
        "partners:\n- amgen\n- mila\n"
        "sources:\n- document: brief\n  exact: opens a lab\n  locator: ¶2\n"
        "reviewed: 'yes'\n"
    )


def test_a_document_is_front_matter_and_body_and_tells_its_id_only_if_the_name_does_not() -> None:
    document = Document(id="Été 1", title="T", body="One.\n")
    assert document_file_text(document, "ete-1") == "---\nid: Été 1\ntitle: T\n---\n\nOne.\n"
    assert document_file_text(document, "Été 1") == "---\ntitle: T\n---\n\nOne.\n"


def test_lone_surrogates_are_written_as_question_marks(tmp_path: Path) -> None:
    relpath = write_record(tmp_path, Document(id="a", title="x\ud800y", body="\udfff!"))
    [located] = load_file(tmp_path, relpath).records
    assert located.record == Document(id="a", title="x?y", body="?!")


@given(st.lists(ids(), min_size=2, max_size=2, unique=True))
@example(["MED-10", "med-10"])
@example(["a/b", "a b"])
def test_different_ids_never_share_a_file_even_where_case_is_folded(pair: list[str]) -> None:
    one, other = (file_stem(identifier) for identifier in pair)
    assert one.casefold() != other.casefold()


@given(st.text(min_size=1))
@example("../../etc/passwd")
@example("nul")
@example("x" * 300)
@example(".hidden")
@example("\ud800")
def test_any_id_gives_a_name_any_file_system_can_hold(identifier: str) -> None:
    stem = file_stem(identifier)
    assert stem.isascii()
    assert stem == stem.lower()
    assert 0 < len(stem) <= 100
    assert not set(stem) & set('/\\:*?"<>| \0')
    assert stem[0] not in ".-"
    assert stem[-1] != "."
    assert stem not in ("con", "prn", "aux", "nul", "com1", "lpt1")


def test_plain_ids_name_their_file() -> None:
    assert record_path("partner", "amgen-canada") == "partners/amgen-canada.yaml"
    assert record_path("document", "amgen-2023.v2") == "documents/amgen-2023.v2.md"


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_new_file_never_replaces_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool
) -> None:
    if not unnamed:
        monkeypatch.setattr(atomic_file, "_UNNAMED", 0)
    path = tmp_path / "a.yaml"
    write_atomic(path, "first", None)
    with pytest.raises(ConflictError, match="exists already"):
        write_atomic(path, "second", None)
    assert path.read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_the_same_holds_on_file_systems_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_source: Path, _target: Path, **_how: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.yaml"
    write_atomic(path, "first", None)
    with pytest.raises(ConflictError, match="exists already"):
        write_atomic(path, "second", None)
    assert path.read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="Linux has files without names")
def test_a_new_file_has_no_name_before_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(
        os, "fsync", lambda _handle: seen.append([each.name for each in tmp_path.iterdir()])
    )
    write_atomic(tmp_path / "a.yaml", "whole", None)
    assert seen == [[], ["a.yaml"]]  # the content, then the folder
    assert (tmp_path / "a.yaml").read_text() == "whole"
    assert (tmp_path / "a.yaml").stat().st_nlink == 1


def test_a_file_is_replaced_only_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert write_atomic(path, "first", None) == file_stat(path.stat())
    path.chmod(0o640)
    stamp = write_atomic(path, "second", file_stat(path.stat()))
    assert path.read_text() == "second"
    assert path.stat().st_mode & 0o777 == 0o640
    assert stamp == file_stat(path.stat())
    path.write_text("by someone else")
    with pytest.raises(ConflictError, match="was changed since it was read"):
        write_atomic(path, "third", stamp)
    assert path.read_text() == "by someone else"
    path.unlink()
    with pytest.raises(ConflictError, match="is gone"):
        write_atomic(path, "third", stamp)
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("precious")
    link = tmp_path / "link.yaml"
    link.symlink_to(outside)
    status = outside.stat()
    with pytest.raises(ConflictError):
        write_atomic(link, "x", file_stat(status))
    with pytest.raises(ConflictError):
        write_atomic(link, "x", None)
    assert outside.read_text() == "precious"


def test_a_linked_folder_cannot_take_a_record_out_of_the_archive(tmp_path: Path) -> None:
    root, outside = tmp_path / "archive", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "people").symlink_to(outside)
    with pytest.raises(ConflictError, match="outside of the archive"):
        write_record(root, Person(id="a", name="A"))
    with pytest.raises(ConflictError, match="outside of the archive"):
        write_in_archive(root, "people/more/a.yaml", "id: a\n", None)
    assert list(outside.iterdir()) == []


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    stamp = write_atomic(path, "first", None)

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(path, "second", stamp)
    assert path.read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_files_being_written_are_no_part_of_the_archive(tmp_path: Path) -> None:
    write_metadata(tmp_path, ArchiveMetadata(title="T"))
    write_record(tmp_path, Person(id="a", name="A"))
    (tmp_path / "people" / ".b.yaml.0123.tmp").write_text("half")
    (tmp_path / "people" / ".b.yaml").write_text("half")
    assert list(scan(tmp_path)) == ["archive.yaml", "people/a.yaml"]
    assert load_archive(tmp_path).diagnostics == []

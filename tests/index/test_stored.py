"""What Whoosh has stored is read without Whoosh as Whoosh reads it, and nothing is imported."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir

from milatui.catalogue.catalogue import Catalogue
from milatui.index.errors import IndexUnusable
from milatui.index.reading import IndexReader
from milatui.index.stored import Stored


def write(folder: Path, values: list[object]) -> Path:
    file = FileStorage(str(folder)).create_file("column")
    column = STORED_COLUMN.writer(file)
    for number, value in enumerate(values):
        column.add(number, value)
    column.finish(len(values))
    file.close()
    return folder / "column"


@pytest.mark.parametrize("documents", [1, 3, 300, 2**15, 2**15 + 1, 40_000])
def test_every_document_is_read(tmp_path: Path, documents: int) -> None:
    values: list[object] = [{"record": f"{n} {'é' * (n % 700)}"} for n in range(documents)]
    stored = Stored(write(tmp_path, values), documents)
    step = max(1, documents // 500)
    for number in (*range(0, documents, step), documents - 1):
        assert stored[number] == values[number]
    for number in (-1, documents):
        with pytest.raises(IndexUnusable):
            stored[number]


def test_records_are_those_that_whoosh_reads(index_dir: Path) -> None:
    reader = IndexReader.open(index_dir)
    with closing(open_dir(str(reader.folder)).reader()) as whoosh:
        for number in range(reader.size):
            record = whoosh.stored_fields(reader.columns["doc"][number])["record"]
            assert reader.texts.record(number) == json.loads(record)


class _Evil:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.path,))


def test_a_pickle_that_would_run_something_is_damage(tmp_path: Path) -> None:
    stored = Stored(write(tmp_path, [{"record": _Evil(tmp_path / "ran")}]), 1)
    with pytest.raises(IndexUnusable):
        stored[0]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("size", [0, 1, 2, 40])
def test_a_file_that_is_cut_is_damage(tmp_path: Path, size: int) -> None:
    path = write(tmp_path, [{"record": "one"}, {"record": "two"}])
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(IndexUnusable):
        _read_both(path)


def _read_both(path: Path) -> list[object]:
    stored = Stored(path, 2)
    return [stored[0], stored[1]]


def test_noise_is_damage(tmp_path: Path) -> None:
    path = write(tmp_path, [{"record": "one"}])
    packed = path.read_bytes()
    path.write_bytes(zlib.compress(b"\x80\x04x").ljust(len(packed) - 2) + packed[-2:])
    with pytest.raises(IndexUnusable):
        Stored(path, 1)[0]


def test_reading_a_page_imports_no_whoosh(index_dir: Path) -> None:
    row = Catalogue.open(index_dir).row(0)
    code = (
        "import sys; from pathlib import Path; from milatui.catalogue.catalogue import Catalogue\n"
        f"Catalogue.open(Path({str(index_dir)!r})).record({row.kind!r}, {row.id!r})\n"
        "print([name for name in sys.modules if name.startswith('whoosh')])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"

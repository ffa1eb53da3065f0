"""The reader of a generation on disk keeps the contract, also after deletions."""

from __future__ import annotations

import pytest

from milatui.index.builder.build import build
from milatui.index.index_reader import IndexReader
from tests.index.contract import IndexContract
from tests.sample import write_sample


class TestWholeIndex(IndexContract):
    """An index of one segment."""

    @pytest.fixture(scope="class")
    def index(self, tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
        tmp_path = tmp_path_factory.mktemp("read")
        archive = write_sample(tmp_path / "archive")
        build(archive, tmp_path / "index")
        return IndexReader.open(tmp_path / "index")


class TestGrownIndex(IndexContract):
    """An index of several segments with deleted documents."""

    @pytest.fixture(scope="class")
    def index(self, tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
        tmp_path = tmp_path_factory.mktemp("read")
        archive = write_sample(tmp_path / "archive")
        documents = sorted((archive / "documents").rglob("*.md"))
        kept = {path: path.read_text() for path in documents[::2]}
        for path in kept:
            path.write_text("---\ntitle: Before\n---\n\nAnother text.\n")
        build(archive, tmp_path / "index", processes=2)
        for path, text in kept.items():
            path.write_text(text)
            assert build(archive, tmp_path / "index").incremental
        reader = IndexReader.open(tmp_path / "index")
        assert len(reader.manifest.segments) > 2
        assert any(segment.deleted for segment in reader.manifest.segments)
        return reader

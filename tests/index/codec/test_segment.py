"""Segments: opened from a manifest, damaged, pickled, changed, shared."""

from __future__ import annotations

import os
import pickle
import pickletools
import random
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh import analysis, fields, formats, index, query, sorting
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import MultiReader, SegmentReader
from whoosh.searching import Searcher

from milatui.index.codec.codec import FlatCodec, FlatSegment, SegmentError, verify
from milatui.index.codec.postings_writer import PositionOverflowError
from tests.index.codec.corpus import WORDS, Session, build, random_document, random_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

DOCUMENTS = 60


def make(folder: Path | None, *sessions: Session) -> tuple[index.FileIndex, fields.Schema]:
    rng = random.Random(11)
    schema = random_schema(rng)
    added = Session(added=[random_document(rng, str(n)) for n in range(DOCUMENTS)])
    return build(FlatCodec(), schema, [added, *sessions], folder), schema


def numbers(searcher: Searcher, asked: query.Query) -> list[int]:
    return sorted(hit.docnum for hit in searcher.search(asked, limit=None))


def test_a_manifest_opens_a_segment_without_unpickling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, schema = make(tmp_path / "index", Session(deleted=["3", "5"]))
    (segment,) = made._segments()
    manifest = segment.to_manifest(made.storage)
    assert manifest["doc_count"] == DOCUMENTS
    assert manifest["deleted"] == [3, 5]
    assert sorted(manifest["files"]) == sorted(segment.list_files(made.storage))
    asked = [
        query.Phrase("body", ["ab", "abc"]),
        query.Prefix("title", "a"),
        query.NumericRange("n", 3, 30),
        query.FuzzyTerm("body", "cab"),
        query.Every(),
    ]
    with made.searcher() as searcher:
        expected = [numbers(searcher, one) for one in asked]
        stored = searcher.stored_fields(7)

    def refuse(*_args: object, **_options: object) -> object:
        raise AssertionError("something was unpickled")

    # First the modules that import the function: one that is imported later would keep ``refuse``.
    for module in ("whoosh.formats", "whoosh.columns", "whoosh.codec.whoosh3"):
        monkeypatch.setattr(f"{module}.loads", refuse)
    monkeypatch.setattr(pickle, "loads", refuse)
    monkeypatch.setattr(pickle, "load", refuse)
    storage = FileStorage(str(tmp_path / "index"))
    reader = SegmentReader(storage, schema, FlatSegment.from_manifest(manifest))
    found = Searcher(reader)
    assert [numbers(found, one) for one in asked] == expected
    assert found.stored_fields(7) == stored
    assert sum(map(len, expected)) > DOCUMENTS
    ordered = found.search(query.Every(), limit=5, sortedby=sorting.FieldFacet("price"))
    assert len(ordered) == DOCUMENTS - 2


def test_whoosh_opens_several_segments_from_manifests(tmp_path: Path) -> None:
    rng = random.Random(2)
    more = [Session(added=[random_document(rng, f"x{n}")]) for n in range(2)]
    made, schema = make(tmp_path / "index", *more)
    manifests = [segment.to_manifest(made.storage) for segment in made._segments()]
    assert len(manifests) == 3
    segments = map(FlatSegment.from_manifest, manifests)
    reader = MultiReader([SegmentReader(made.storage, schema, segment) for segment in segments])
    with made.searcher() as searcher:
        asked = query.Term("body", "ab")
        assert numbers(Searcher(reader), asked) == numbers(searcher, asked)


def test_a_broken_manifest_is_refused() -> None:
    with pytest.raises(SegmentError, match="manifest"):
        FlatSegment.from_manifest({"index_name": "MAIN"})  # type: ignore[typeddict-item]


def test_the_table_of_contents_pickles_names_and_numbers_only(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index", Session(deleted=["3"]))
    (segment,) = made._segments()
    segment.open(made.storage)
    pickled = pickle.dumps(segment, 2)
    globals_ = [arg for op, arg, _at in pickletools.genops(pickled) if op.name == "GLOBAL"]
    assert globals_ == ["milatui.index.codec.codec FlatSegment"]
    again = pickle.loads(pickled)  # noqa: S301 - made above
    assert again.segment_id() == segment.segment_id()
    assert list(again.deleted_docs()) == [3]
    assert again.doc_count() == DOCUMENTS - 1
    assert again.to_manifest(made.storage) == segment.to_manifest(made.storage)


def test_each_damaged_byte_is_found_by_its_checksum(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    (segment,) = made._segments()
    manifest = segment.to_manifest(made.storage)
    verify(made.storage, manifest)
    rng = random.Random(3)
    for name, (size, _crc) in manifest["files"].items():
        path = tmp_path / "index" / name
        whole = path.read_bytes()
        for place in [0, 40, 64, size - 1, *(rng.randrange(size) for _n in range(20))]:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << rng.randrange(8)
            path.write_bytes(damaged)
            with pytest.raises(SegmentError, match="damaged"):
                verify(made.storage, manifest)
        path.write_bytes(whole)
    verify(made.storage, manifest)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite_head(path: Path) -> None:
    path.write_bytes(bytes(64) + path.read_bytes()[64:])


def break_contents_table(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[-2] ^= 4
    path.write_bytes(whole)


@pytest.mark.parametrize(
    "damage",
    [cut, empty, overwrite_head, break_contents_table, os.unlink],
    ids=lambda f: f.__name__,
)
@pytest.mark.parametrize("extension", [".inv", ".doc"])
def test_opening_notices_damage_without_reading_everything(
    tmp_path: Path, damage: Callable[[Path], None], extension: str
) -> None:
    made, schema = make(tmp_path / "index")
    (segment,) = made._segments()
    manifest = segment.to_manifest(made.storage)
    damage(tmp_path / "index" / segment.make_filename(extension))
    with pytest.raises(SegmentError, match="cannot be opened"):
        FlatSegment.from_manifest(manifest).open(made.storage)
    with pytest.raises(SegmentError, match="cannot be opened"):
        SegmentReader(made.storage, schema, FlatSegment.from_manifest(manifest))
    with pytest.raises(SegmentError):
        verify(made.storage, manifest)


def test_a_documents_file_of_another_size_is_noticed(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    (segment,) = made._segments()
    manifest = segment.to_manifest(made.storage) | {"doc_count": DOCUMENTS + 1}
    with pytest.raises(SegmentError, match="60 documents, not 61"):
        FlatSegment.from_manifest(manifest).open(made.storage)


def test_columns_are_read_as_arrays(tmp_path: Path) -> None:
    made, schema = make(tmp_path / "index")
    (segment,) = made._segments()
    documents = segment.open(made.storage).documents
    with made.reader() as reader:
        for name in ("price", "n", "when"):
            column = schema[name].column_type
            if column is None:
                continue
            found = documents.numeric_column(name, column)
            assert found.tolist() == list(reader.column_reader(name, translate=False))
            assert found.dtype.isnative
    price = schema["price"].column_type
    missing = documents.numeric_column("body", price)
    assert missing.tolist() == [price.default_value()] * DOCUMENTS


def test_arrays_agree_with_the_matchers(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    (segment,) = made._segments()
    arrays = segment.open(made.storage)
    field = arrays.fields["body"]
    assert list(arrays.fields) == sorted(arrays.fields)
    terms = [word.encode() for word in WORDS] + [b"", b"zzz"]
    term_numbers = field.term_numbers(terms)
    assert term_numbers.dtype == np.int64
    present = [int(number) for number in term_numbers if number >= 0]
    assert 0 < len(present) < len(terms)
    everything = field.all_postings(present)
    assert field.doc_freqs(np.array(present)).tolist() == [field.doc_freq(n) for n in present]
    assert field.doc_freqs(range(len(field))).sum() == len(field.all_postings(range(len(field)))[0])
    some = range(present[0], present[-1] + 1)
    for left, right in zip(field.all_postings(some), field.all_postings(list(some)), strict=True):
        assert left.tolist() == right.tolist()
    assert len(field.all_postings(range(0)).doc_ids) == 0
    done = 0
    with made.reader() as reader:
        for number in present:
            matcher = reader.postings("body", field.terms[number])
            doc_ids, weights = field.postings(number)
            assert doc_ids.tolist() == list(matcher.all_ids())
            assert everything.doc_ids[done : done + len(doc_ids)].tolist() == doc_ids.tolist()
            assert everything.weights[done : done + len(doc_ids)].tolist() == weights.tolist()
            done += len(doc_ids)
            starts = field.position_starts
            line = [starts[matcher.id()] + p for p in matcher.value_as("positions")]
            while matcher.next() is not None and matcher.is_active():
                line += [starts[matcher.id()] + p for p in matcher.value_as("positions")]
            assert field.positions(number).tolist() == line
        assert field.lengths is not None
        lengths = field.lengths.of(everything.doc_ids)
        expected = [reader.doc_field_length(int(doc), "body") for doc in everything.doc_ids]
        assert lengths.tolist() == expected
        assert field.lengths.total == reader.field_length("body")


def test_documents_are_undeleted_and_merged(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index", Session(deleted=["3", "5"]))
    writer = made.writer(codec=FlatCodec())
    writer.delete_document(3, delete=False)
    writer.commit(merge=False)
    assert made.doc_count() == DOCUMENTS - 1
    writer = made.writer(codec=FlatCodec())
    writer.commit(optimize=True)
    assert made.doc_count_all() == DOCUMENTS - 1
    assert len(made._segments()) == 1
    assert len(list((tmp_path / "index").glob("*.inv"))) == 1
    with made.searcher() as searcher:
        assert searcher.document(id="3") is not None
        assert searcher.document(id="5") is None


def test_whoosh_adds_a_column_to_a_finished_segment(tmp_path: Path) -> None:
    schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(stored=True))
    made = index.create_in(str(tmp_path), schema)
    with made.writer(codec=FlatCodec()) as writer:
        for word in ("b", "c", "a"):
            writer.add_document(id=word, title=f"{word}x")
    with made.writer(codec=FlatCodec()) as writer:
        sorting.add_sortable(writer, "title", sorting.StoredFieldFacet("title"))
    with made.searcher() as searcher:
        assert searcher.reader().has_column("title")
        found = searcher.search(query.Every(), sortedby="title")
        assert [hit["id"] for hit in found] == ["a", "b", "c"]
    (segment,) = made._segments()
    assert len(segment.to_manifest(made.storage)["files"]) == 3


def test_compound_files_are_never_made(tmp_path: Path) -> None:
    made = index.create_in(str(tmp_path), fields.Schema(a=fields.TEXT))
    with made.writer(codec=FlatCodec(), compound=True) as writer:
        writer.add_document(a="x")
    assert sorted(path.suffix for path in tmp_path.glob("MAIN_*.*")) == [".doc", ".inv"]


def test_a_cancelled_writer_leaves_no_trace(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    before = made.doc_count_all()
    writer = made.writer(codec=FlatCodec())
    writer.add_document(id="new", body="cancelled")
    writer.cancel()
    assert index.open_dir(str(tmp_path / "index")).doc_count_all() == before
    with made.writer(codec=FlatCodec()) as writer:
        writer.add_document(id="new", body="kept")
    assert len(list((tmp_path / "index").glob("*.doc"))) == 2


def test_a_document_that_fails_leaves_its_number_to_the_next(tmp_path: Path) -> None:
    schema = fields.Schema(a=fields.TEXT(stored=True), b=fields.STORED)
    made = index.create_in(str(tmp_path), schema)
    writer = made.writer(codec=FlatCodec())
    with pytest.raises(TypeError, match="'b' cannot store"):
        writer.add_document(a="wrong wrong", b=object())
    writer.add_document(a="right", b=(1,))
    writer.commit()
    with made.reader() as reader:
        assert reader.stored_fields(0) == {"a": "right", "b": (1,)}
        assert reader.doc_field_length(0, "a") == 1
        assert reader.field_length("a") == 1


class Jumps(analysis.Filter):
    """Gives each token the position that its text says."""

    def __call__(self, tokens: Iterable[analysis.Token]) -> Iterator[analysis.Token]:
        for token in tokens:
            token.pos = int(token.text)
            yield token


@pytest.mark.parametrize("texts", [["4294967296"], ["4294967295"], ["3000000000", "2000000000"]])
def test_whoosh_cannot_write_more_positions_than_32_bits_hold(texts: list[str]) -> None:
    field = fields.FieldType(formats.Positions(), analysis.RegexTokenizer() | Jumps())
    made = RamStorage().create_index(fields.Schema(a=field))
    writer = made.writer(codec=FlatCodec())
    for text in texts:
        writer.add_document(a=text)
    with pytest.raises(PositionOverflowError, match="position"):
        writer.commit()
    made = RamStorage().create_index(fields.Schema(a=field))
    with made.writer(codec=FlatCodec()) as again:
        again.add_document(a="3000000000")
    with made.searcher() as searcher:
        matcher = searcher.reader().postings("a", "3000000000")
        assert matcher.value_as("positions") == [3_000_000_000]


def contents(made: index.FileIndex) -> dict[str, bytes]:
    """Returns all arrays of the only segment."""
    (segment,) = made._segments()
    arrays = segment.open(made.storage)
    files = (arrays.postings_file, arrays.documents.file)
    return {name: bytes(file.data(name)) for file in files for name in file}


def test_whoosh_writes_large_fields_in_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _schema = make(tmp_path / "whole")
    monkeypatch.setattr("milatui.index.codec.segment_writer.CHUNK_SIZE", 100)
    monkeypatch.setattr("milatui.index.codec.columns.SPOOL_SIZE", 100)
    chunked, _same = make(tmp_path / "chunked")
    assert contents(chunked) == contents(whole)


def test_forked_processes_share_the_maps(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    with made.searcher() as searcher:
        asked = query.And([query.Term("body", "ab"), query.NumericRange("n", 3, 50)])
        order = [hit.docnum for hit in searcher.search(asked, sortedby="price", limit=None)]
        assert order
        child = os.fork()
        if not child:
            found = [hit.docnum for hit in searcher.search(asked, sortedby="price", limit=None)]
            os._exit(0 if found == order else 1)
        for _n in range(50):
            again = [hit.docnum for hit in searcher.search(asked, sortedby="price", limit=None)]
            assert again == order
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_threads_read_columns_and_stored_fields_side_by_side(tmp_path: Path) -> None:
    made, _schema = make(tmp_path / "index")
    with made.reader() as reader:
        expected = [
            (reader.stored_fields(n), reader.column_reader("tags")[n]) for n in range(DOCUMENTS)
        ]
        wrong: list[int] = []

        def work(seed: int) -> None:
            rng = random.Random(seed)
            for _n in range(300):
                doc = rng.randrange(DOCUMENTS)
                if (reader.stored_fields(doc), reader.column_reader("tags")[doc]) != expected[doc]:
                    wrong.append(doc)

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong

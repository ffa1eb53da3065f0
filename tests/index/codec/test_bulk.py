"""A segment written from arrays is the one that ``add_document`` writes."""

from __future__ import annotations

import io
import random
import resource
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh import columns, fields, index, query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.util.numeric import length_to_byte

from milatui.index.codec.arrayfile import ArrayFile
from milatui.index.codec.bulk import BulkSegmentWriter
from milatui.index.codec.codec import FlatCodec, FlatSegment
from milatui.index.codec.postings import POSITION_GAP
from milatui.index.codec.postings_writer import (
    FieldFormat,
    PositionOverflowError,
    PostingsChunk,
    PostingsWriter,
    position_starts,
)
from milatui.index.codec.stored import encode_stored
from tests.index.codec.corpus import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.index.codec.postings_writer import FieldPostingsWriter

DOCUMENTS = 50
Chunk = PostingsChunk


def schema() -> fields.Schema:
    return fields.Schema(
        body=fields.TEXT(stored=True),
        n=fields.NUMERIC(sortable=True, signed=False),
        tag=fields.ID(),
    )


class Texts:
    """Some texts as words, and their postings in the order of terms."""

    def __init__(self) -> None:
        rng = random.Random(5)
        words = [word for word in WORDS if len(word) > 2 and word.isalpha() and word != "the"]
        self.texts = [rng.choices(words, k=rng.randint(0, 9)) for _n in range(DOCUMENTS)]
        self.positions: dict[bytes, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for doc_id, text in enumerate(self.texts):
            for position, word in enumerate(text):
                self.positions[word.encode()][doc_id].append(position)
        self.terms = sorted(self.positions)
        self.lengths = np.array([len(text) for text in self.texts])
        self.starts = position_starts(self.lengths)

    def chunk(self, term: bytes) -> PostingsChunk:
        """Returns the postings of a term."""
        found = self.positions[term]
        doc_ids = np.array(list(found), np.uint32)
        places = [self.starts[doc] + p for doc, own in found.items() for p in own]
        weights = np.array(list(map(len, found.values())))
        return PostingsChunk(doc_ids, weights, np.array(places, np.uint32))

    def doc_freqs(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([len(self.positions[term]) for term in self.terms])

    def counts(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([sum(map(len, self.positions[term].values())) for term in self.terms])

    def values(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.arange(DOCUMENTS) * 7 % 31


def together(texts: Texts, field: FieldPostingsWriter) -> None:
    for term in texts.terms:
        field.append(texts.chunk(term))


def positions_later(texts: Texts, field: FieldPostingsWriter) -> None:
    for term in texts.terms:
        field.append(texts.chunk(term)._replace(positions=None))
    for term in texts.terms:
        field.append(PostingsChunk(np.zeros(0, np.uint32), positions=texts.chunk(term).positions))


def all_at_once(texts: Texts, field: FieldPostingsWriter) -> None:
    chunks = list(map(texts.chunk, texts.terms))
    parts = [[part for part in column if part is not None] for column in zip(*chunks, strict=True)]
    doc_ids, weights, positions = (np.concatenate(part) for part in parts[:3])
    field.append(PostingsChunk(doc_ids, weights, positions))


def write(folder: Path, texts: Texts, fill: Callable[[Texts, FieldPostingsWriter], None]) -> None:
    storage = FileStorage(str(folder)).create()
    with BulkSegmentWriter(storage) as writer:
        for text in texts.texts:
            writer.documents.add(encode_stored({"body": " ".join(text)}))
        codes = np.array([length_to_byte(length) for length in texts.lengths.tolist()], np.uint8)
        writer.documents.set_lengths("body", codes, int(texts.lengths.sum()))
        writer.documents.set_numeric_column("n", schema()["n"].column_type, texts.values())
        with writer.postings.field(
            "body",
            texts.terms,
            texts.doc_freqs(),
            FieldFormat("H", "B"),
            texts.counts(),
            texts.starts,
        ) as field:
            fill(texts, field)
        write_numbers(writer.postings, texts)
    TOC(schema(), [writer.segment], 1).write(storage, "MAIN")


def write_numbers(postings: PostingsWriter, texts: Texts) -> None:
    docs = defaultdict(list)
    for doc_id, value in enumerate(texts.values().tolist()):
        for term, *_rest in schema()["n"].index(value):
            docs[term].append(doc_id)
    terms = sorted(docs)
    counts = np.array([len(docs[term]) for term in terms])
    with postings.field("n", terms, counts, FieldFormat("H")) as field:
        for term in terms:
            field.append(PostingsChunk(np.array(docs[term])))


@pytest.mark.parametrize("fill", [together, positions_later, all_at_once])
def test_arrays_equal_those_of_add_document(
    tmp_path: Path, fill: Callable[[Texts, FieldPostingsWriter], None]
) -> None:
    texts = Texts()
    write(tmp_path / "bulk", texts, fill)
    stock = tmp_path / "stock"
    stock.mkdir()
    made = index.create_in(str(stock), schema())
    with made.writer(codec=FlatCodec()) as writer:
        for text, value in zip(texts.texts, texts.values().tolist(), strict=True):
            writer.add_document(body=" ".join(text), n=value)
    bulk, ours = (index.open_dir(str(folder)) for folder in (tmp_path / "bulk", stock))
    for extension in (".inv", ".doc"):
        one, other = (files(opened, extension) for opened in (ours, bulk))
        assert sorted(one) == sorted(other)
        for name in one:
            assert one.spec(name).typecode == other.spec(name).typecode, name
            assert one.array(name).tolist() == other.array(name).tolist(), name
    with bulk.searcher() as searcher:
        found = searcher.search(query.Phrase("body", ["abcd", "bade"]), limit=None)
        pair = [("abcd", "bade")]
        right = [n for n, text in enumerate(texts.texts) if set(zip(text, text[1:])) & set(pair)]  # noqa: B905, RUF007
        assert sorted(hit.docnum for hit in found) == right


def files(opened: index.FileIndex, extension: str) -> ArrayFile:
    (segment,) = opened._segments()
    return ArrayFile.open(f"{opened.storage.folder}/{segment.make_filename(extension)}")


def test_weights_are_clipped(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    with BulkSegmentWriter(storage) as writer:
        writer.documents.add(b"")
        for name, weight_type in (("byte", "B"), ("short", "H"), ("float", "f")):
            with writer.postings.field(
                name, [b"x"], np.array([1]), FieldFormat("I", weight_type)
            ) as field:
                field.append(PostingsChunk(np.array([0]), np.array([70_000])))
    opened = writer.segment.open(storage).fields
    weights = {name: opened[name].weights(0).tolist() for name in opened}
    assert weights == {"byte": [255], "float": [70_000], "short": [65_535]}


def test_added_arrays_come_back(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    with BulkSegmentWriter(storage) as writer:
        writer.postings.add_array("body/stems", "I", np.array([3, 4]))
    opened = writer.segment.open(storage)
    assert opened.postings_file.view("body/stems").tolist() == [3, 4]


def test_more_positions_than_32_bits_hold_are_refused() -> None:
    assert position_starts(np.array([3, 0, 1])).tolist() == [0, 67, 67, 132]
    extents = np.full(2, (1 << 31) - POSITION_GAP)
    with pytest.raises(PositionOverflowError, match=r"4294967296 positions.*split it"):
        position_starts(extents)
    assert position_starts(extents - [0, 1])[-1] == (1 << 32) - 1


@pytest.mark.parametrize(
    ("terms", "doc_freqs", "chunk", "fault"),
    [
        ([b"b", b"a"], [1, 1], PostingsChunk(np.array([0, 0])), "not sorted"),
        ([b"a"], [1, 1], PostingsChunk(np.array([0])), "1 terms, not 2"),
        ([b"a"], [2], PostingsChunk(np.array([0]), np.array([1])), r"got \(1, 0\) postings"),
        ([b"a"], [1], PostingsChunk(np.array([0, 1]), np.array([1, 1])), "no room"),
        ([b"a"], [1], PostingsChunk(np.array([0])), "without weights"),
        ([b"a", b"b"], [1, 0], PostingsChunk(np.array([0])), "terms without postings"),
    ],
)
def test_arrays_that_disagree_are_refused(
    tmp_path: Path, terms: list[bytes], doc_freqs: list[int], chunk: PostingsChunk, fault: str
) -> None:
    storage = FileStorage(str(tmp_path))
    with (
        pytest.raises(ValueError, match=fault),
        BulkSegmentWriter(storage) as writer,
        writer.postings.field("f", terms, np.array(doc_freqs), FieldFormat("H", "B")) as field,
    ):
        field.append(chunk)
    assert list(tmp_path.iterdir()) == []


def test_a_field_with_positions_needs_their_line() -> None:
    postings = PostingsWriter(io.BytesIO())
    with pytest.raises(ValueError, match="lacks positions"):
        postings.field("f", [b"a"], np.array([1]), FieldFormat("H"), np.array([1]))


def test_an_empty_segment_can_be_searched(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    nothing = np.array([], np.int64)
    with (
        BulkSegmentWriter(storage) as writer,
        writer.postings.field("body", [], nothing, FieldFormat("H", "B")),
    ):
        pass
    assert isinstance(writer.segment, FlatSegment)
    TOC(schema(), [writer.segment], 1).write(storage, "MAIN")
    with index.open_dir(str(tmp_path)).searcher() as searcher:
        assert len(searcher.search(query.Prefix("body", "a"))) == 0
        assert searcher.doc_count_all() == 0


def write_much(storage: FileStorage) -> None:
    rng = random.Random(1)
    with BulkSegmentWriter(storage) as writer:
        column = writer.documents.column("c", columns.VarBytesColumn())
        for n in range(200):
            writer.documents.add(b"")
            column.add(n, rng.randbytes(1000))


def test_a_full_disk_leaves_no_file(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    storage = FileStorage(str(tmp_path))
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        with pytest.raises(OSError, match="too large"):
            write_much(storage)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_the_texts_are_worth_testing() -> None:
    texts = Texts()
    sizes = Counter(map(len, texts.texts))
    assert sizes[0]
    assert max(texts.counts()) > max(texts.doc_freqs()) > 10

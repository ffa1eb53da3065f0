"""A segment from the bulk writer is what Whoosh's own writer makes of the same documents."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from whoosh.filedb.filestore import FileStorage

from milatui.index.analysis.language import LANGUAGES
from milatui.index.builder import bulk_writer
from milatui.index.builder.bulk_writer import KEYWORDS, BulkWriter, RecordFields
from milatui.index.codec.arrayfile import ArrayFile
from milatui.index.codec.codec import FlatCodec
from milatui.index.schema import IndexedText, schema
from milatui.index.store.layout import INDEX_NAME
from tests.rounds import with_ci

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.index.codec.codec import SegmentArrays

WORDS = (
    *(
        "lab",
        "labs",
        "laboratoire",
        "partner",
        "Partners",
        "of",
        "the",
        "Mila",
        "l’institut",
        "été",
    ),
    *(
        "$180M",
        "5 M$",
        "1 000",
        "1,000",
        "R & D",
        "U.S.",
        "e\u0301te\u0301",
        "研究所",
        "co-op",
        "C++",
        "😀",
    ),
    *(
        " ",
        "\n",
        "\n\n",
        "(x)",
        "a_b",
        "don't",
        "x" * 70,
        "5M",
        "dollars",
        "2024",
        "per",
        "cent",
        "50 %",
    ),
)


def random_record(chance: random.Random, number: int) -> RecordFields:
    text = " ".join(chance.choices(WORDS, k=chance.choice((0, 1, 5, 200))))
    title = " ".join(chance.choices(WORDS, k=chance.randint(0, 4)))
    kind = chance.choice(("event", "document"))
    return RecordFields(
        title=title,
        body=text,
        rest=chance.choice(("", "Le Monde", "labs of the")),
        language=chance.choice(LANGUAGES),
        stored=json.dumps({"record": {"id": f"r{number}", "$x": "y"[:0], "title": title}}).encode(),
        first=chance.choice((-400, 4_000_001, 735_000 + number % 7)),
        last=735_100 + number % 5,
        keywords=(
            *((f"{kind}/r{number}",), (kind,), (("news", "grant")[number % 2],)),
            *(chance.sample(("a b", "amgen", "mila,x", "ü"), chance.randint(0, 3)),),
            *(chance.sample(("event/x", "partner/a b"), chance.randint(0, 2)), (), ("Le Monde",)),
            ("biotech",) if number % 3 else (),
        ),
    )


def written_by_whoosh(folder: Path, records: list[RecordFields]) -> SegmentArrays:
    folder.mkdir()
    storage = FileStorage(str(folder)).create()
    index = storage.create_index(schema(), INDEX_NAME)
    writer = index.writer(codec=FlatCodec())
    for record in records:
        body = f"{record.body}\n{record.rest}"
        text = IndexedText(record.title, body, record.language)
        keywords = {k: list(v) for k, v in zip(KEYWORDS, record.keywords, strict=True) if v}
        writer.add_document(
            record=json.loads(record.stored)["record"],
            **{"text": text, "stem": text, "title": text, **keywords},
            first=record.first,
            last=record.last,
        )
    writer.commit(merge=False)
    (segment,) = storage.open_index(INDEX_NAME)._segments()
    arrays: SegmentArrays = segment.open(storage)
    return arrays


def written_in_bulk(folder: Path, records: list[RecordFields]) -> SegmentArrays:
    folder.mkdir()
    writer = BulkWriter(folder, "en")
    for record in records:
        writer.add(record)
    return writer.finish().open(FileStorage(str(folder)))


def assert_equal(ours: SegmentArrays, theirs: SegmentArrays, count: int) -> None:
    # Whoosh does not write a field that no document has.
    assert {name for name, field in ours.fields.items() if len(field)} == set(theirs.fields)
    for name, expected in theirs.fields.items():
        field = ours.fields[name]
        assert list(field.terms) == list(expected.terms), name
        for number, term in enumerate(expected.terms):
            assert field.doc_ids(number).tolist() == expected.doc_ids(number).tolist(), (name, term)
            weights = expected.weights(number).tolist()
            assert field.weights(number).tolist() == weights, (name, term)
            if expected.has_positions:
                positions = expected.positions(number).tolist()
                assert field.positions(number).tolist() == positions, (name, term)
        assert field.has_positions == expected.has_positions
        assert not expected.has_values
        lengths, same = expected.lengths, field.lengths
        assert (lengths is None) == (same is None), name
        if lengths is not None and same is not None:
            assert same.codes.tolist() == lengths.codes.tolist(), name
            assert same[1:] == lengths[1:], name
    for name in ("first", "last"):
        column = schema()[name].column_type
        values = theirs.documents.numeric_column(name, column)
        assert ours.documents.numeric_column(name, column).tolist() == values.tolist()
    for doc in range(count):
        assert ours.documents.stored[doc] == theirs.documents.stored[doc]


@pytest.mark.parametrize("seed", with_ci(range(2), range(2, 6)))
def test_bulk_is_equal_to_add_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # Small batches and runs, so that there are many of each.
    monkeypatch.setattr(bulk_writer, "BATCH_BYTES", (1, 3_000, 1_000_000)[seed % 3])
    monkeypatch.setattr(bulk_writer, "RUN_TOKENS", (1, 5_000)[seed % 2])
    chance = random.Random(seed)
    records = [random_record(chance, number) for number in range(60)]
    ours = written_in_bulk(tmp_path / "ours", records)
    assert_equal(ours, written_by_whoosh(tmp_path / "theirs", records), len(records))


def test_every_word_knows_its_stems(tmp_path: Path) -> None:
    records = [
        random_record(random.Random(n), n)._replace(
            title="Labs", body="labs", rest="", language=language
        )
        for n, language in enumerate(("en", "fr", "xx"))
    ]
    arrays = written_in_bulk(tmp_path / "x", records)
    words, stems = arrays.fields["text"].terms, arrays.fields["stem"].terms
    (path,) = (tmp_path / "x").glob("*.inv")
    file = ArrayFile.open(path)
    offsets = file.view("text/stem_offsets").tolist()
    numbers = file.view("text/stem_numbers").tolist()
    found = [[stems[number] for number in numbers[begin:end]] for begin, end in pairwise(offsets)]
    assert dict(zip(words, found, strict=True)) == {b"labs": [b"en:lab", b"fr:lab", b"xx:labs"]}


def test_a_text_without_a_tag_is_analyzed_in_the_language_of_its_words(tmp_path: Path) -> None:
    texts = ("the work of the people in the labs", "le travail de la ville et des gens", "Mila")
    record = random_record(random.Random(1), 1)
    records = [record._replace(title="", body=text, rest="", language="") for text in texts]
    stems = list(written_in_bulk(tmp_path / "x", records).fields["stem"].terms)
    assert {term[:3] for term in stems} == {b"en:", b"fr:"}
    assert b"en:mila" in stems
    assert b"fr:travail" in stems


def test_a_word_counts_255_times_at_most(tmp_path: Path) -> None:
    record = random_record(random.Random(1), 1)._replace(
        title="", body="lab " * 300, rest="", language="en"
    )
    arrays = written_in_bulk(tmp_path / "x", [record])
    assert arrays.fields["text"].weights(0).tolist() == [255]
    assert arrays.fields["stem"].weights(0).tolist() == [255]
    assert len(arrays.fields["text"].positions(0)) == 300


def test_what_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    writer = BulkWriter(tmp_path, "en")
    writer.add(random_record(random.Random(1), 1))
    writer.cancel()
    assert not list(tmp_path.iterdir())

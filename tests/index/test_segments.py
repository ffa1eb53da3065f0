"""The files written beside and for Whoosh: what stock Whoosh reads in them, and how they join."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import analysis, fields
from whoosh import index as whoosh_index

from milatui.archive.records import Document
from milatui.index.analysis.stemmer import stem
from milatui.index.analysis.tokenizer import TokenCache, words
from milatui.index.engine import inverting, laying
from milatui.index.engine.inverting import Inverter
from milatui.index.engine.joining import join
from milatui.index.engine.segment import MARK
from milatui.index.links import searched_text
from milatui.index.writing import Parts, PartWriter, publish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Text = tuple[str, str]
"""Title and body."""

SOME = ("labs", "laboratory", "mila", "robots", "robotics", "l’été", "1 000", "$5M", "Ümläut", "x")
TEXTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(SOME), max_size=4).map(" ".join),
        st.lists(st.sampled_from(SOME) | st.text(max_size=6), max_size=30).map(" ".join),
    ),
    min_size=1,
    max_size=12,
)
MANY = [("lab" if n % 3 else "mila labs", f"robot {'lab ' * (n % 7)} w{n} x") for n in range(400)]


def documents(texts: Sequence[Text]) -> list[Document]:
    return [
        Document(id=str(n), title=title, body=body, language="en" if n % 2 else "fr")
        for n, (title, body) in enumerate(texts)
    ]


@contextmanager
def reading(folder: Path) -> Iterator[Any]:
    """Whoosh's reader of an index."""
    reader = whoosh_index.open_dir(str(folder)).reader()
    try:
        yield reader
    finally:
        reader.close()


def written(folder: Path, texts: Sequence[Text], cut: int = 0) -> Path:
    """An index of ours; its texts are written in two shares if there is a cut."""
    folder.mkdir(exist_ok=True)
    found = documents(texts)
    shares = []
    for number, share in enumerate((found[:cut], found[cut:]) if cut else (found,)):
        writer = PartWriter(folder, number, "en")
        for document in share:
            writer.add(document)
        shares.append(writer.finish())
    publish(folder, Parts(), shares, ())
    return folder


def stems(text: str, language: str) -> list[str]:
    return [f"{stem(word, language)}{MARK}{language}" for word in words(text)]


def stock(folder: Path, texts: Sequence[Text]) -> Path:
    """An index that Whoosh itself wrote of the same stems."""
    folder.mkdir()
    plain = fields.TEXT(analyzer=analysis.RegexTokenizer("[^\x02]+"), phrase=False)
    schema = fields.Schema(text=plain, title=plain)
    writer = whoosh_index.create_in(str(folder), schema).writer(compound=False)
    for document in documents(texts):
        title, text = searched_text(document)
        head = stems(title, document.language)
        rest = stems(text, document.language)
        # A value without a word is none to Whoosh.
        writer.add_document(
            text="\x02".join([*head, *head, *rest]) or None, title="\x02".join(head) or None
        )
    writer.commit()
    return folder


def contents(folder: Path) -> dict[Any, Any]:
    """Every term with its postings and what is known of it, and the lengths of all texts."""
    with reading(folder) as reader:
        return {**terms(reader), "lengths": lengths(reader)}


def terms(reader: Any) -> dict[Any, Any]:
    found = {}
    for field, term in reader.all_terms():
        info = reader.term_info(field, term)
        matcher = reader.postings(field, term)
        found[field, term] = (
            list(zip(matcher.all_ids(), weights(reader, field, term), strict=True)),
            (info.weight(), info.doc_frequency(), info.max_weight()),
            (info.min_length(), info.max_length(), info.min_id(), info.max_id()),
        )
    return found


def weights(reader: Any, field: str, term: bytes) -> list[float]:
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        found.append(matcher.weight())
        matcher.next()
    return found


def lengths(reader: Any) -> list[Any]:
    return [
        [reader.doc_field_length(doc, field, 0) or 0 for doc in range(reader.doc_count_all())]
        + [reader.field_length(field)]
        for field in ("text", "title")
    ]


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(texts=TEXTS)
def test_stock_whoosh_reads_what_it_would_have_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[Text]
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    ours = written(folder / "ours", texts)
    assert contents(ours) == contents(stock(folder / "stock", texts))


def test_stock_whoosh_reads_many_blocks(tmp_path: Path) -> None:
    ours = written(tmp_path / "ours", MANY)
    assert contents(ours) == contents(stock(tmp_path / "stock", MANY))
    with reading(ours) as reader:
        assert reader.stored_fields(399)["record"].startswith('{"id":"399"')
        assert list(reader.expand_prefix("text", f"w39{MARK}")) == [f"w39{MARK}en".encode()]
        assert ("text", b"nowhere") not in reader


def test_whoosh_reads_two_shares_as_one(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one", MANY), written(tmp_path / "two", MANY, cut=150)
    with reading(one) as whole, reading(two) as cut:
        assert lengths(whole) == lengths(cut)
        assert list(whole.all_terms()) == list(cut.all_terms())
        for field, term in whole.all_terms():
            assert whole.frequency(field, term) == cut.frequency(field, term)
            ids = [list(reader.postings(field, term).all_ids()) for reader in (whole, cut)]
            assert ids[0] == ids[1]


@pytest.mark.parametrize("cut", [1, 150, 399])
def test_joined_postings_are_those_of_one_process(tmp_path: Path, cut: int) -> None:
    for name, share in (("whole", MANY), ("first", MANY[:cut]), ("second", MANY[cut:])):
        inverter = Inverter(tmp_path)
        for title, body in share:
            inverter.add(title, body, "en")
        inverter.write(tmp_path / name)
    join([tmp_path / "first", tmp_path / "second"], tmp_path / "joined", lambda _part: None)
    assert (tmp_path / "joined").read_bytes() == (tmp_path / "whole").read_bytes()


def test_chunks_and_stretches_leave_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(tmp_path / "whole", MANY)
    monkeypatch.setattr(inverting, "CHUNK", 100)
    monkeypatch.setattr(TokenCache, "LIMIT", 3)
    monkeypatch.setattr(laying.stretches, "__defaults__", (50,))
    small = written(tmp_path / "small", MANY)
    name = "words-000.flat"
    assert (small / name).read_bytes() == (whole / name).read_bytes()
    assert contents(small) == contents(whole)

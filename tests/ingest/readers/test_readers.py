"""Outside files as proposals: what is kept, what is recognised, what is refused and where."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.diagnostics import Diagnostic
from milatui.ingest.complete import propose
from milatui.ingest.proposal import Proposal
from milatui.ingest.readers import jsonl
from milatui.ingest.readers.reader import FileReader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from milatui.ingest.readers.raw_document import RawDocument


def _lines(*lines: str | bytes) -> list[Proposal | Diagnostic]:
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return _proposed(jsonl.read_jsonl(io.BytesIO(raw), "docs.jsonl"))


def _proposed(found: Iterable[RawDocument | Diagnostic]) -> list[Proposal | Diagnostic]:
    return [item if isinstance(item, Diagnostic) else propose(item) for item in found]


def _one(line: str | bytes) -> Proposal:
    (found,) = _lines(line)
    assert isinstance(found, Proposal), found
    return found


def _diagnostic(line: str | bytes) -> Diagnostic:
    (found,) = _lines(line)
    assert isinstance(found, Diagnostic), found
    return found


def _markdown(folder: Path, name: str, text: str) -> Proposal | Diagnostic:
    path = folder / name
    path.write_text(text, "utf-8")
    with FileReader() as reader:
        (found,) = _proposed(reader.read(str(path)))
    return found


def test_every_key_of_a_line_is_kept() -> None:
    line = {
        "id": "Wire/2024 №1",
        "title": "Robots",
        "text": "One.\r\nTwo.",
        "date": "2024-03-08T10:00:00Z",
        "lang": "fr-ca",
        "publisher": "Wire",
        "source": "https://example.org/1",
        "subject": "amgen",
        "rights": None,
        "score": 1.50,
        "count": 12345678901234567890,
        "deep": {"list": [1, True, None, "x"]},
    }
    document = _one(json.dumps(line).replace("1.5,", "1.50,")).document
    assert document.id == "Wire/2024 №1"
    assert (document.title, document.body) == ("Robots", "One.\nTwo.")
    assert (document.date, document.language) == ("2024-03-08", "fr-ca")
    assert (document.publisher, document.source) == ("Wire", "https://example.org/1")
    assert list(document.subject) == ["amgen"]
    assert document.rights == ""
    assert document.extra == {
        "score": "1.50",
        "count": "12345678901234567890",
        "deep": {"list": ["1", "true", "", "x"]},
    }


def test_language_wins_over_lang_and_both_are_kept() -> None:
    document = _one('{"id": "a", "text": "b", "lang": "fr", "language": "English"}').document
    assert (document.language, document.extra) == ("en", {"lang": "fr"})


def test_a_line_without_an_id_gets_one_from_its_title() -> None:
    proposal = _one('{"title": "L’été à Montréal : 40 ans !", "text": "x"}')
    assert proposal.document.id == "l-ete-a-montreal-40-ans"
    assert proposal.recognised["id"].origin == "title"


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ('{"id": "a", "text": "b"', 24, "JSON"),
        ("[1]", 1, "object"),
        ('{"id": "a", "text": ["b"]}', 21, "text"),
        ('{"id": "a", "title": "", "text": "  "}', 34, "neither"),
        ('{"id": "a", "id": "b", "text": "c"}', 8, "twice"),
        ('{"id": "a", "text": "\\ud800"}', 21, "surrogate"),
        ('{"id": "a", "text": "b", "x": {"y": ["\\udfff"]}}', 31, "surrogate"),
        ('{"id": "a", "text": "b", "\\ud800": "x"}', 1, "surrogate"),
        ('{"id": "a", "text": "b", "x": ' + "[" * 32 + "]" * 32 + "}", 1, "deeper than 32"),
        ('{"id": "a", "text": "b", "x": ' + '{"y": ' * 400 + "1" + "}" * 401, 1, "deeper than 32"),
        ("{" * 5_000, 2, "JSON"),
        ("[" * 200_000, 1, "deeper than 32"),
        (b'{"id": "\xc3\xa9\xff"}', 10, "UTF-8"),
    ],
)
def test_a_bad_line_is_a_fault_at_its_place(line: str | bytes, column: int, told: str) -> None:
    diagnostic = _diagnostic(line)
    assert (diagnostic.file, diagnostic.line, diagnostic.column) == ("docs.jsonl", 1, column)
    assert told in diagnostic.message


def test_bad_lines_do_not_stop_the_good_ones() -> None:
    good = '{"id": "%s", "text": "x"}'
    found = _lines(
        b"\xef\xbb\xbf" + (good % "a").encode(), "", "{", good % "b", b"\xff", good % "c"
    )
    kinds = [(type(item).__name__, item.line) for item in found]
    assert kinds == [
        ("Proposal", 1),
        ("Diagnostic", 3),
        ("Proposal", 4),
        ("Diagnostic", 5),
        ("Proposal", 6),
    ]


def test_a_line_too_long_is_refused_without_reading_it_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)
    found = _lines('{"id": "a", "text": "' + "x" * 1000 + '"}', '{"id": "b", "text": "x"}')
    assert [(type(item).__name__, item.line) for item in found] == [
        ("Diagnostic", 1),
        ("Proposal", 2),
    ]


@given(st.binary(max_size=200))
def test_no_bytes_do_harm(line: bytes) -> None:
    for item in _proposed(jsonl.read_jsonl(io.BytesIO(line), "x")):
        assert isinstance(item, Proposal | Diagnostic)


def test_markdown_gives_its_front_matter_and_keeps_unknown_keys(tmp_path: Path) -> None:
    header = "title: Robots\nlang: fr\ndate: 2024-03\ntags: [a, b]\ndraft: no\n"
    text = f"---\n{header}---\n\n# Corps\n\nMot.\n"
    found = _markdown(tmp_path, "Robots 2024.md", text)
    assert isinstance(found, Proposal)
    document = found.document
    assert (document.id, document.title, document.language) == ("Robots 2024", "Robots", "fr")
    assert (document.date, document.body) == ("2024-03", "# Corps\n\nMot.\n")
    assert document.extra == {"tags": ["a", "b"], "draft": "no"}


def test_markdown_without_front_matter_is_read_from_its_text(tmp_path: Path) -> None:
    body = "MONTRÉAL, le 1er mars 2021 – Le labo est dans la ville et le parc.\n"
    text = f"# Un laboratoire ##\n\n{body}"
    found = _markdown(tmp_path, "labo.md", text)
    assert isinstance(found, Proposal)
    assert found.document.title == "Un laboratoire"
    assert found.document.body == body
    assert (found.document.date, found.document.language) == ("2021-03-01", "fr")
    assert {name: how.origin for name, how in found.recognised.items()} == {
        "title": "heading",
        "id": "file name",
        "date": "dateline",
        "language": "text",
    }
    span = found.recognised["date"].span
    assert span is not None
    assert body[span.start : span.end] == "1er mars 2021"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\ntitle: a\ntitle: b\n---\n\nx\n", 3, 1),
        ("---\ntitle: [a\n---\n\nx\n", 3, 1),
        ("---\ntitle: a\n\nx\n", 1, 1),
        ("---\n- a\n---\n\nx\n", 2, 1),
        ("\n\n", 1, 1),
    ],
)
def test_faulty_markdown_is_a_fault_at_its_place(
    tmp_path: Path, text: str, line: int, column: int
) -> None:
    found = _markdown(tmp_path, "a.md", text)
    assert isinstance(found, Diagnostic)
    assert (found.file, found.line, found.column) == (str(tmp_path / "a.md"), line, column)


def test_markdown_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\ntwo \x00\xff")
    with FileReader() as reader:
        (found,) = reader.read(str(tmp_path / "a.md"))
    assert isinstance(found, Diagnostic)
    assert found.message == "this is not a text"

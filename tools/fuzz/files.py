"""Fuzz targets that read files. Each takes any bytes and raises only if there is a bug."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.files import UnreadableFileError, read_text
from milatui.archive.kinds import FOLDERS
from milatui.archive.loader import load_file
from milatui.archive.quotes.text_quote import collapse_whitespace, find_spans
from milatui.archive.records import Document, Source
from milatui.archive.sanitize import sanitize
from milatui.archive.serialize import record_to_dict
from milatui.archive.synonyms import load_synonyms
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.writer import document_file_text, file_stem
from milatui.ingest.complete import propose
from milatui.ingest.docx_package import DocxError
from milatui.ingest.docx_text import read_docx
from milatui.ingest.readers.jsonl import read_jsonl
from milatui.ingest.readers.raw_document import RawDocument
from milatui.ingest.readers.reader import FileReader

if TYPE_CHECKING:
    from milatui.archive.records import Record
from tools.fuzz.mutation import Target

_DOCUMENT = (
    b'<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>a'
    b' &amp; b</w:t><w:footnoteReference w:id="2"/><w:br/></w:r></w:p><w:footnote w:id="2"/></w:d>'
)


def _docx_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The time of a member is part of the bytes, which are the same each time.
        archive.writestr(zipfile.ZipInfo("word/document.xml"), _DOCUMENT)
    return file.getvalue()


_YAML = tuple(folder for kind, folder in FOLDERS.items() if kind != "document")


@cache
def _folder() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    kept = tempfile.TemporaryDirectory(prefix="milatui-fuzz-")
    root = Path(kept.name)
    for folder in FOLDERS.values():
        (root / folder).mkdir()
    (root / "archive.yaml").write_text("title: T\n", encoding="utf-8")
    return kept, root


def _put(relpath: str, data: bytes) -> Path:
    path = _folder()[1] / relpath
    path.write_bytes(data)
    return path


def records(data: bytes) -> None:
    """Reads a file of records, its kind by the first byte; records survive writing and reading."""
    folder = _YAML[data[0] % len(_YAML)] if data else _YAML[0]
    _check_file(f"{folder}/a.yaml", data[1:])


def document(data: bytes) -> None:
    """Reads a document with front matter."""
    _check_file("documents/a.md", data)


def _check_file(relpath: str, data: bytes) -> None:
    path = _put(relpath, data)
    root = _folder()[1]
    load = load_file(root, relpath)
    for diagnostic in load.diagnostics:
        assert diagnostic.line >= 1, diagnostic
        assert diagnostic.column >= 1, diagnostic
        _assert_shown(str(diagnostic), diagnostic.path)
    for located in load.records:
        assert located.line >= 1
        name = file_stem(located.record.id)
        again = f"{relpath.partition('/')[0]}/{name}{path.suffix}"
        other = _put(again, _record_text(located.record).encode())
        reread = load_file(root, again)
        assert [item.record for item in reread.records] == [located.record], reread
        if other != path:
            other.unlink()


def _record_text(record: Record) -> str:
    if isinstance(record, Document):
        return document_file_text(record, file_stem(record.id))
    return dump_yaml(record_to_dict(record))


def metadata(data: bytes) -> None:
    """Reads ``archive.yaml``."""
    _put("archive.yaml", data)
    for diagnostic in load_file(_folder()[1], "archive.yaml").diagnostics:
        _assert_shown(str(diagnostic), diagnostic.path)


def synonyms(data: bytes) -> None:
    """Reads ``synonyms.yaml``."""
    _put("synonyms.yaml", data)
    for row in load_synonyms(_folder()[1]):
        assert all(isinstance(word, str) for word in row)


def json_lines(data: bytes) -> None:
    """Reads JSON Lines: every line has an answer, and nothing of an accepted line is lost."""
    items = list(read_jsonl(io.BytesIO(data), "stdin"))
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert len(items) == sum(1 for line in lines if line.strip()), items
    for item in items:
        _check_item(item)


def markdown_file(data: bytes) -> None:
    """Reads a Markdown file for ``add``."""
    path = _put("given.md", data)
    with FileReader() as reader:
        for item in reader.read(str(path)):
            _check_item(item)


def _check_item(raw: RawDocument | Diagnostic) -> None:
    item = raw if isinstance(raw, Diagnostic) else propose(raw)
    if isinstance(item, Diagnostic):
        assert item.line >= 1, item
        assert item.column >= 1, item
        return
    stem = file_stem(item.document.id)
    path = _put(f"documents/{stem}.md", document_file_text(item.document, stem).encode())
    load = load_file(_folder()[1], f"documents/{stem}.md")
    path.unlink()
    assert [located.record for located in load.records] == [item.document], load


def date(data: bytes) -> None:
    """Parses an EDTF date: it denotes a span of days, or the error has a position."""
    text = data.decode("utf-8", "replace")
    try:
        found = parse_edtf(text)
    except DateError as error:
        column = error.column
    else:
        column = 0
        assert parse_edtf(found.text) == found
        assert found.first is None or found.last is None or found.first <= found.last
    assert 0 <= column <= len(text) + 1


def quote(data: bytes) -> None:
    """Finds a quotation with prefix and suffix in a text; all come from ``data``, split at NUL."""
    exact, prefix, suffix, body = (data.decode("utf-8", "replace").split("\0", 3) + [""] * 4)[:4]
    source = Source("d", exact, prefix=prefix, suffix=suffix)
    spans = find_spans(body, source)
    assert spans == sorted(set(spans))
    for start, end in spans:
        assert collapse_whitespace(body[start:end]) == collapse_whitespace(exact)
        assert collapse_whitespace(body[:start]).endswith(collapse_whitespace(prefix))
        assert collapse_whitespace(body[end:]).startswith(collapse_whitespace(suffix))
    if not prefix and not suffix and collapse_whitespace(exact):
        assert bool(spans) == (collapse_whitespace(exact) in collapse_whitespace(body))


def sanitizer(data: bytes) -> None:
    """Sanitizes any text: the result is a fixed point."""
    text = "".join(map(chr, data)) + data.decode("utf-8", "surrogateescape")
    for multiline in (True, False):
        once = sanitize(text, multiline=multiline)
        assert sanitize(once, multiline=multiline) == once
        once.encode()


def plain_file(data: bytes) -> None:
    """Reads a text file: only line feeds remain."""
    _put("documents/p.md", data)
    try:
        text = read_text(_folder()[1], "documents/p.md")
    except UnreadableFileError as error:
        _assert_shown(str(error.diagnostic))
        return
    assert "\r" not in text


def _assert_shown(*texts: str) -> None:
    for text in texts:
        assert sanitize(text, multiline=False) == text, text


def docx(data: bytes) -> None:
    """Reads a DOCX file, and its text by itself: lines, or a reason."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", data)
    for given in (data, file.getvalue()):
        with contextlib.suppress(DocxError):
            read_docx(io.BytesIO(given))


TARGETS: dict[str, tuple[Target, tuple[bytes, ...]]] = {
    "records": (
        records,
        (
            b"\0- id: a\n  name: A\n  kind: company\n  relation: r\n  names: [{value: x}]\n"
            b"  founded: '1980'\n  facts: [{text: t, source: {document: d, exact: e}}]\n",
            b"\1id: a\nname: |\n  B\nroles:\n- {title: T, organisation: O}\nx: &a [1]\n",
            b'\2- {id: e, date: 2020/.., title: "T\\u202e", kind: grant, figures: [{measure: m,'
            b" value: '1', unit: u}], places: [a, b], other: {k: [v, ~]}}\n",
            b"\3id: f\nmeasure: >\n  m\nvalue: !!int 1\nunit: \xc3\xa9\n? k\n: v\n",
            b'\4- id: s\n  speaker: h\n  date: 2021-05-03\n  text: "a\\\n    b"\n...\n',
        ),
    ),
    "document": (
        document,
        (
            b"---\nid: d\ntitle: T\ndate: 2021?\nsubject: [a, b]\nlocators: {a: b}\n---\n\n# B\n",
            b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n\r\nOne.\r\n---\r\n",
            b"---\nid: a/b\ntitle: |\n  x\n\n  y\nother: [[1], {a: 2}]\n---\nbody\x85\xe2\x80\xa8",
        ),
    ),
    "metadata": (
        metadata,
        (b"title: T\nhome: p\nlanguages: [en, fr]\n", b"- a\n", b"title: [a]\nx: *a\n"),
    ),
    "docx": (docx, (_DOCUMENT, _docx_file())),
    "synonyms": (synonyms, (b"- [lab, laboratory]\n- [a]\n", b"a: b\n", b"- &a [b]\n")),
    "json_lines": (
        json_lines,
        (
            b'{"id": "a", "title": "T", "text": "b", "date": "2021", "language": "en"}\n{}\n',
            b'\xef\xbb\xbf{"text": "# H\\n\\nbody", "source": "https://x.example/a-2021-05-03"}',
            b'{"text": "x", "k": {"a": [1, null, true, 1e9, NaN]}, "subject": ["a"]}\n\n[]\nnull\n',
            b'{"body": "x\\ud83d\\ude00", "text": "y", "\\u0000": "\\u0085\\u2028"}\n',
        ),
    ),
    "markdown_file": (
        markdown_file,
        (
            b"---\ntitle: T\nlang: fr\ndate: 2021-05-03T10:00:00Z\nother: [a]\n---\nText.\n",
            b"# Title\n\nMontreal, 3 May 2021 - the words of the text.\n",
        ),
    ),
    "date": (
        date,
        (b"2021-05-03", b"2018/..", b"202X?", b"2021-XX-XX", b"2021-24~", b"2021-05-03T10:00:00Z"),
    ),
    "quote": (
        quote,
        (b"b c\0a\0d\0a b  c\nd", b"a a\0\0\0a a a a", b"x\0\0y\0x z x\xc2\xa0y"),
    ),
    "sanitizer": (sanitizer, (b"a\x1b[31m\xe2\x80\xae", b"\xed\xa0\x80", b"a" + b"\xcc\x81" * 12)),
    "plain_file": (plain_file, (b"a\r\nb\rc", b"\xff\xfe", b"\xef\xbb\xbfa")),
}

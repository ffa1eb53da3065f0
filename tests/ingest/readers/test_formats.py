"""Files of every format as raw documents, folders, saved sites and stdin."""

from __future__ import annotations

import io
import os
import select
import stat
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest

from milatui.archive.diagnostics import Diagnostic
from milatui.ingest.conversion.converted import ConversionError
from milatui.ingest.readers import csv_file, file_source, ocr
from milatui.ingest.readers.date_line import split_date_line
from milatui.ingest.readers.raw_document import RawDocument
from milatui.ingest.readers.reader import FileReader
from tests.ingest.conversion.docx_builder import STYLES, docx, paragraph, run, styled
from tests.ingest.conversion.pdf_builder import Text, pdf
from tests.peak_memory import peak_memory

SENTENCE = "The institute and the company open a joint laboratory that begins its work in spring."
PAGE = (
    f"<html lang='fr'><title>T</title><h1>A title of a page</h1><p>5 mars 2024</p><p>{SENTENCE}</p>"
)
Found = list[RawDocument | Diagnostic]


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """A reader whose process all tests share."""
    with FileReader() as reader:
        yield reader


def _one(found: Found) -> RawDocument:
    (document,) = found
    assert isinstance(document, RawDocument), document
    return document


def _read(reader: FileReader, path: Path, data: bytes | str) -> Found:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(reader.read(str(path)))


def _given(document: RawDocument) -> dict[str, object]:
    return {key: given.value for key, given in document.given.items()}


def _said(found: Found) -> list[str]:
    return [item.message for item in found if isinstance(item, Diagnostic)]


def test_a_page_is_a_document_with_its_metadata(reader: FileReader, tmp_path: Path) -> None:
    document = _one(_read(reader, tmp_path / "news.html", PAGE))
    assert _given(document) == {
        "title": "A title of a page",
        "date": "2024-03-05",
        "language": "fr",
    }
    assert document.body == SENTENCE
    assert document.stem == "news"
    assert document.original is not None
    assert document.original.digest == sha256(PAGE.encode()).hexdigest()
    assert document.original.ending == ".html"
    assert document.original.read() == PAGE.encode()


def test_a_file_that_changes_before_it_is_copied_is_noticed(
    reader: FileReader, tmp_path: Path
) -> None:
    document = _one(_read(reader, tmp_path / "news.html", PAGE))
    (tmp_path / "news.html").write_text("other")
    assert document.original is not None
    assert document.original.read() is None


@pytest.mark.parametrize("name", ["release.pdf", "release.html", "release"])
def test_a_pdf_is_one_whatever_its_name_says(reader: FileReader, tmp_path: Path, name: str) -> None:
    page = [Text("A title", size=20), Text("March 5, 2024", bottom=660), Text(SENTENCE, bottom=630)]
    document = _one(_read(reader, tmp_path / name, pdf([page])))
    assert _given(document) == {"title": "A title", "date": "2024-03-05"}
    assert document.body == SENTENCE


def test_a_docx_is_a_document_with_title_and_date(reader: FileReader, tmp_path: Path) -> None:
    body = (
        styled("A title", "Title")
        + paragraph(run("Montréal, le 5 mars 2024"))
        + paragraph(run(SENTENCE))
    )
    document = _one(_read(reader, tmp_path / "a.docx", docx(body, styles=STYLES)))
    assert _given(document) == {"title": "A title", "date": "2024-03-05"}
    assert document.body == SENTENCE


def test_a_feed_and_its_dates(reader: FileReader, tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>T{n}</title><pubDate>{date}</pubDate><description>{SENTENCE}</description></item>"
        for n, date in ((1, "Tue, 05 Mar 2024 10:00:00 GMT"), (2, "soon"))
    )
    found = _read(
        reader, tmp_path / "feed.xml", f"<rss><channel><title>S</title>{items}</channel></rss>"
    )
    first, second = (item for item in found if isinstance(item, RawDocument))
    assert _given(first) == {"title": "T1", "publisher": "S", "date": "2024-03-05"}
    assert "date" not in second.given
    assert [first.line, second.line] == [1, 2]
    assert first.stem == ""


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig")],
)
def test_a_csv_gives_a_document_a_row(
    reader: FileReader, tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = [
        ["Titre", "Date de publication", "Texte", "URL", "Pays"],
        [
            "L’été",
            "5 mars 2024",
            '"Un; deux, trois\n\nquatre|cinq\tsix ""sept"""',
            "https://e.org",
            "",
        ],
        ["", "", "", "", ""],
        ["B", "", "text", "", "CA"],
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    found = _read(reader, tmp_path / "a.csv", text.encode(encoding))
    first, second = (item for item in found if isinstance(item, RawDocument))
    assert _given(first) == {"title": "L’été", "date": "5 mars 2024", "source": "https://e.org"}
    assert first.body == 'Un; deux, trois\n\nquatre|cinq\tsix "sept"'
    assert _given(second) == {"title": "B", "Pays": "CA"}
    assert (first.line, second.line) == (2, 6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "none of the columns"),
        ("text,date\nx,y,z\n", "1 field more"),
        ('text\nx\n"open\ny\n', "is not closed; no row from here on is read"),
        ('text\n"a" b\ny\n', "not valid CSV"),
        ("text\nx\0y\n", "not a text"),
    ],
)
def test_csv_that_cannot_be_read(
    reader: FileReader, tmp_path: Path, text: str, reason: str
) -> None:
    (said,) = _said(_read(reader, tmp_path / "a.csv", text))
    assert reason in said


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_faults_of_csv_have_the_line_of_their_row(
    reader: FileReader, tmp_path: Path, newline: str
) -> None:
    text = 'title,text\nA,"one\ntwo"\nB,x,y\n\nC,z\nD,"open\nE,no row\n'
    found = _read(reader, tmp_path / "a.csv", text.replace("\n", newline))
    taken = [(item.given["title"].value, item.line) for item in found if type(item) is RawDocument]
    assert taken == [("A", 2), ("C", 6)]
    assert [item.line for item in found if isinstance(item, Diagnostic)] == [4, 7]


def test_csv_that_is_not_utf_8_is_told_where_it_begins(reader: FileReader, tmp_path: Path) -> None:
    rows = "title\nÉté\n".encode() + b"plain\n" * 40_000 + "à côté\nété “là”\n".encode("cp1252")
    found = _read(reader, tmp_path / "a.csv", rows)
    titles = [item.given["title"].value for item in found if isinstance(item, RawDocument)]
    assert (titles[0], *titles[-2:]) == ("Été", "à côté", "été “là”")
    (note,) = (item for item in found if isinstance(item, Diagnostic))
    assert (note.severity, note.line) == ("warning", 40_003)
    assert note.message == "not UTF-8: read as cp1252"


@pytest.mark.parametrize("last", [b"x\n", "é\n".encode("cp1252")], ids=["UTF-8", "8 bits"])
def test_csv_of_any_size_needs_the_memory_of_a_row(
    reader: FileReader, tmp_path: Path, last: bytes
) -> None:
    file = tmp_path / "a.csv"
    row = b"A title,2024-03-05," + b"word " * 2_000 + b"\n"
    with file.open("wb") as stream:
        stream.write(b"title,date,text\n")
        stream.writelines(row for _number in range(1_500))
        stream.write(b"T,2024," + last)

    def read() -> None:
        assert sum(isinstance(item, RawDocument) for item in reader.read(str(file))) == 1_501

    assert file.stat().st_size > 15_000_000
    assert peak_memory(read) < 3_000_000


def test_a_row_that_does_not_end_is_refused(
    reader: FileReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "MAX_ROW", 2**20)
    cells = ",".join(f'"{"x" * 1000}\n"' for _number in range(2_000))
    (said,) = _said(_read(reader, tmp_path / "a.csv", f"text\n{cells}\n"))
    assert "the row is longer than 1 MB" in said
    (said,) = _said(_read(reader, tmp_path / "b.csv", "text\n" + "x" * 2**21))
    assert "the line is longer than 1 MB" in said


def test_a_plain_text_is_a_document_of_paragraphs(reader: FileReader, tmp_path: Path) -> None:
    text = (
        "FOR IMMEDIATE RELEASE\r\n\r\nA laboratory opens\r\n\r\nMarch 5, 2024\r\n\r\nThe institute"
        " and the company open\r\na *joint* laboratory.\r\n\r\n  • one\r\n  • two\r\n\r\n"
        "1000 Main Street\r\n"
        "Montréal, a city that many people know by its name\r\n"
    )
    document = _one(_read(reader, tmp_path / "a.txt", text))
    assert _given(document) == {"title": "A laboratory opens", "date": "2024-03-05"}
    assert document.body.split("\n\n") == [
        "The institute and the company open a \\*joint\\* laboratory.",
        "- one\n- two",
        "1000 Main Street\\\nMontréal, a city that many people know by its name",
    ]


def test_long_lines_are_paragraphs(reader: FileReader, tmp_path: Path) -> None:
    document = _one(_read(reader, tmp_path / "a.txt", f"{SENTENCE * 2}\n{SENTENCE * 3}\n"))
    assert document.body == f"{SENTENCE * 2}\n\n{SENTENCE * 3}"


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_other_encodings_are_read_and_told(reader: FileReader, tmp_path: Path, ending: str) -> None:
    text = "L’été dernier, l’Institut a dévoilé à Montréal un projet très attendu."
    document = _one(_read(reader, tmp_path / f"a{ending}", text.encode("mac-roman")))
    assert document.body.strip() == text
    assert [note.message for note in document.notes] == ["not UTF-8: read as mac-roman"]


def test_a_folder_is_read_in_order_and_says_what_it_passes_over(
    reader: FileReader, tmp_path: Path
) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "page_files").mkdir()
    for name in ("b/2.md", "b/1.txt", "a.md", "page_files/x.html", "b/deep/3.md", ".hidden.md"):
        (tmp_path / name).write_text(f"# {name}\n\n{SENTENCE}\n")
    for name in ("x.png", "y.png", "style.css", "icon.xml"):
        (tmp_path / name).write_text("<svg/>")
    (tmp_path / "nav.html").write_text("<nav><a href='/'>Home</a></nav>")
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(reader.read(str(tmp_path)))
    files = [
        Path(item.file).relative_to(tmp_path) for item in found if isinstance(item, RawDocument)
    ]
    assert list(map(str, files)) == ["a.md", "b/1.txt", "b/2.md", "b/deep/3.md"]
    assert all(item.severity == "warning" for item in found if isinstance(item, Diagnostic))
    said = _said(found)
    assert said[0] == "passed over: there is no running text in it"
    assert sum("links are not followed" in line for line in said) == 2
    assert said[-1] == "4 files passed over: 2 .png, 1 .css, 1 .xml"


def test_a_saved_site_with_a_sitemap(reader: FileReader, tmp_path: Path) -> None:
    (tmp_path / "news" / "b").mkdir(parents=True)
    for name in ("news/a.html", "news/b/index.html"):
        (tmp_path / name).write_text(f"<title>{name}</title><p>{SENTENCE}</p>")
    addresses = ("news/a", "news/b/", "news/gone", "../../etc/passwd", "news/%00")
    urls = "".join(f"<url><loc>https://e.org/{address}</loc></url>" for address in addresses)
    (tmp_path / "sitemap.xml").write_text(f"<urlset>{urls}</urlset>")
    found = list(reader.read(str(tmp_path)))
    documents = [item for item in found if isinstance(item, RawDocument)]
    sources = [_given(document)["source"] for document in documents]
    assert sources == ["https://e.org/news/a", "https://e.org/news/b/"]
    assert _said(found) == ["3 pages of the sitemap are not in the folder"]
    (said,) = _said(list(reader.read(str(tmp_path / "sitemap.xml"))))
    assert "name the folder" in said


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (PAGE.encode(), "A title of a page"),
        (b'{"title": "Line", "text": "x"}\n', "Line"),
        (b"---\ntitle: Header\n---\n\nText\n", "Header"),
        (b"title,text\nRow,x\n", "Row"),
        (b"A line\n\nA text of a line.\n", "A line"),
        (pdf([[Text("Large", size=20), Text(SENTENCE, bottom=600)]]), "Large"),
        (docx(styled("Styled", "Title") + paragraph(run(SENTENCE)), styles=STYLES), "Styled"),
        (b"<rss><channel><item><title>Entry</title></item></channel></rss>", "Entry"),
    ],
    ids=["page", "JSON Lines", "Markdown", "CSV", "text", "PDF", "DOCX", "feed"],
)
def test_stdin_shows_its_format(
    reader: FileReader, monkeypatch: pytest.MonkeyPatch, data: bytes, title: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    document = _one(list(reader.read("-")))
    assert _given(document)["title"] == title


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600, "before 2007"),
        ("a.png", b"\x89PNG", "cannot be added"),
        ("a.txt", b"\x00\x01\x02" * 50, "not a text"),
        ("a.zip", b"PK\x03\x04" + b"x" * 50, "DOCX"),
    ],
)
def test_files_that_are_none(
    reader: FileReader, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (said,) = _said(_read(reader, tmp_path / name, data))
    assert reason in said


def test_a_pipe_is_no_file(reader: FileReader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (said,) = _said(list(reader.read(str(tmp_path / "a.md"))))
    assert "neither a file nor a folder" in said


def test_files_beyond_the_limit(
    reader: FileReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_source, "MAX_BYTES", 2**20)
    (said,) = _said(_read(reader, tmp_path / "a.txt", b"x" * (2**20 + 1)))
    assert said == "the file is larger than 1 MB"


def _install(folder: Path, script: str) -> None:
    program = folder / ocr.PROGRAM
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_scanned_pdf_without_a_program_names_it(
    reader: FileReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (said,) = _said(_read(reader, tmp_path / "scan.pdf", pdf([[]])))
    assert said.endswith("to have it recognised, install ocrmypdf")


def test_scanned_pdf_is_recognised_by_an_installed_program(
    reader: FileReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = tmp_path / "read.pdf"
    read.write_bytes(pdf([[Text("A title", size=20), Text(SENTENCE, bottom=600)]]))
    # As the program does without the language files, it fails with -l.
    _install(
        tmp_path,
        f'case "$*" in *eng+fra*) exit 1;; esac\nfor last; do :; done\n/bin/cp {read} "$last"',
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    scan = pdf([[]])
    document = _one(_read(reader, tmp_path / "scan.pdf", scan))
    assert document.body == SENTENCE
    assert document.original is not None
    assert document.original.digest == sha256(scan).hexdigest()


def test_scanned_pdf_that_the_program_cannot_read(
    reader: FileReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    (said,) = _said(_read(reader, tmp_path / "scan.pdf", pdf([[]])))
    assert said.endswith("ocrmypdf could not recognise it")


def test_a_program_that_takes_too_long_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    running: list[BinaryIO] = []

    class Hanging(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            if timeout is None:
                return super().wait()
            running.append(fifo.open("rb", buffering=0))
            assert running[-1].readline() == b"started\n"
            raise subprocess.TimeoutExpired(self.args, timeout)

    # What the program starts holds the pipe open, too: it ends when the last of them does.
    _install(tmp_path, f"exec 9>{fifo}\n/bin/sleep 60 &\necho started >&9\nwait")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", Hanging)
    with pytest.raises(ConversionError, match="could not recognise it"):
        ocr.recognise_text(b"", "a scan")
    for pipe in running:
        with pipe:
            assert select.select([pipe], [], [], 10)[0]
            assert pipe.read() == b""


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 5, 2024", "2024-03-05"),
        ("**Montréal, le 5 mars 2024**", "2024-03-05"),
        ("Posted on March 5, 2024", "2024-03-05"),
        ("Mar 5, 2024·4 min read", "2024-03-05"),
        ("On March 5, 2024, both met in Paris.", ""),
        ("05/06/2024", ""),
        ("# March 5, 2024", ""),
        ("- March 5, 2024", ""),
    ],
)
def test_a_line_with_nothing_but_the_date(line: str, date: str) -> None:
    body = f"{line}\n\n{SENTENCE}"
    assert split_date_line(body) == ((date, SENTENCE) if date else ("", body))

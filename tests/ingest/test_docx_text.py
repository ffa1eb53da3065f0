"""The text of DOCX files: what a word processor writes, and what an attacker does."""

from __future__ import annotations

import io
import zipfile

import pytest

from milatui.ingest import docx_text
from milatui.ingest.docx_package import DocxError
from milatui.ingest.docx_text import read_docx

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def part(tag: str, inner: str, declaration: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{declaration}<w:{tag} {WORD}>{inner}</w:{tag}>'


def paragraph(inner: str) -> str:
    return f"<w:p><w:pPr><w:jc/></w:pPr>{inner}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(document: str, **parts: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return file


def test_paragraphs_and_notes_are_lines() -> None:
    first = paragraph(
        run("“It ") + run("opens”") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins>"
        + run(" and &amp;")
        + "</w:ins>"
    )
    link = (
        "<w:hyperlink>" + run("a") + "<w:r><w:noBreakHyphen/></w:r>" + run("b") + "</w:hyperlink>"
    )
    second = paragraph(link + "<w:r><w:br/><w:tab/><w:instrText>HYPERLINK</w:instrText></w:r>")
    notes = (
        '<w:footnote w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("A note"))}{paragraph(run("on"))}</w:footnote>'
    )
    file = docx(
        part("document", f"<w:body>{first}{second}</w:body>"), footnotes=part("footnotes", notes)
    )
    assert read_docx(file).split("\n") == [
        "“It opens”[^f2] and &",
        "a-b \t",
        "[^f-1]: ",
        "[^f2]: A note",
        "on",
    ]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (io.BytesIO(b"PK\x03\x04 and nothing else"), "damaged"),
        (docx(part("document", paragraph(run("&b;")), BOMB)), "entities"),
        (
            docx(part("document", "", '<!DOCTYPE w SYSTEM "file:///etc/passwd">')),
            "entities",
        ),
        (docx(part("document", "<w:p>")), "not well-formed"),
        (docx("\x00\x01"), "not well-formed"),
    ],
)
def test_hostile_files_are_refused(file: io.BytesIO, reason: str) -> None:
    with pytest.raises(DocxError, match=reason):
        read_docx(file)


def test_a_zip_without_a_text_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(DocxError, match="not a DOCX file"):
        read_docx(file)


def test_what_is_unpacked_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_text, "MAX_UNPACKED", 1_000_000)
    bomb = docx(part("document", paragraph(run(" " * 2_000_000))))
    assert len(bomb.getvalue()) < 10_000
    with pytest.raises(DocxError, match="larger than 1 MB"):
        read_docx(bomb)


def test_a_size_that_the_archive_does_not_admit_has_the_limit_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docx_text, "MAX_UNPACKED", 1_000_000)
    data = docx(part("document", paragraph(run(" " * 2_000_000)))).getvalue()
    size = len(part("document", paragraph(run(" " * 2_000_000)))).to_bytes(4, "little")
    assert data.count(size) >= 2
    with pytest.raises(DocxError):
        read_docx(io.BytesIO(data.replace(size, (100).to_bytes(4, "little"))))


def test_a_long_tag_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces of 64 KB, as expat is usually fed, this takes 5 s or, up to the limit, minutes."""
    calls: list[int] = []
    parse = docx_text._PartParser.parse

    def counted(self: docx_text._PartParser, data: bytes) -> list[str]:
        calls.append(len(data))
        return parse(self, data)

    monkeypatch.setattr(docx_text._PartParser, "parse", counted)
    tag = f'<w:p w:x="{"y" * 2_000_000}">{run("text")}</w:p>'
    assert read_docx(docx(part("document", tag))) == "text"
    assert len(calls) == 1
    assert calls[0] > 2_000_000

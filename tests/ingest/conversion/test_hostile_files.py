"""Hostile files: each is refused or read, with one clear line, within limits of time and memory.

All go to one process after another as they end; the limits are the system's (``conftest.SMALL``).
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pytest

from milatui.ingest.conversion.converted import ConversionError, Format
from milatui.ingest.conversion.converter import Converter
from tests.ingest.conversion.docx_builder import docx, docx_of, paragraph, part, run
from tests.ingest.conversion.pdf_builder import Text, assemble, content, pdf, pdf_of_streams

Make = Callable[[], bytes]
TEXT = "The laboratory opens its doors to partners from four countries in the spring of 2024. "
BODY = f"<h1>A title</h1><p>{TEXT * 3}</p>"


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


def zip_bomb() -> bytes:
    return docx(paragraph(run(" " * 60_000_000)))


def lying_zip() -> bytes:
    data = docx(paragraph(run(" " * 60_000_000)))
    size = len(part("document", f"<w:body>{paragraph(run(' ' * 60_000_000))}</w:body>"))
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def encrypted_zip() -> bytes:
    data = bytearray(docx(paragraph(run(TEXT))))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 1)
    return bytes(data)


def flate_bomb() -> bytes:
    line = b"BT /F0 11 Tf 72 700 Td (never ends) Tj ET\n"
    stream = zlib.compress(line * 3_000_000, 9)
    return pdf_of_streams([stream], filtered=b"/Filter /FlateDecode ")


def nested_flate() -> bytes:
    stream = content([Text(TEXT)])
    for _round in range(30):
        stream = zlib.compress(stream)
    return pdf_of_streams([stream], filtered=b"/Filter [%s] " % (b"/FlateDecode " * 30))


def looping_pages() -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"
    return assemble([catalog, tree], b"/Root 1 0 R ")


def looping_xref() -> bytes:
    data = pdf([[Text(TEXT)]])
    place = data.rindex(b"startxref")
    start = int(data[place:].split()[1])
    return data.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d " % start)


def many_pages() -> bytes:
    return pdf([[Text("page")]] * 2_100)


def deep_arrays() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names " + b"[" * 50_000 + b"]" * 50_000 + b" >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    ]
    return assemble(objects, b"/Root 1 0 R ")


def strange_boxes() -> bytes:
    texts = [Text(TEXT, left=1e30, bottom=-1e30, size=1e9), Text(TEXT, size=-11)]
    data = pdf([texts, [Text(TEXT * 2, bottom=650)]])
    return data.replace(b"[0 0 612 792]", b"[0 0 1e38 -9e37]")


def active_pdf() -> bytes:
    script = b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1/'\\)) >>"
    data = pdf([[Text(TEXT), Text(TEXT, bottom=680)]])
    return data.replace(b"/Type /Catalog", b"/Type /Catalog " + script)


def password_pdf() -> bytes:
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [<00> <00>] "
        % (b"o" * 32, b"u" * 32)
    )
    return pdf([[Text(TEXT)]], trailer=encrypt)


def table_of_columns() -> bytes:
    cell = f"<w:tc>{paragraph(run('x'))}</w:tc>"
    return docx(paragraph(run(TEXT)) + f"<w:tbl><w:tr>{cell * 3_000}</w:tr></w:tbl>")


def traversing_zip() -> bytes:
    text = part("document", f"<w:body>{paragraph(run(TEXT))}</w:body>")
    return docx_of({"document": text}, **{"..__..__..__tmp__escaped.xml": "<x/>"})


def overlapping_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3_000):
            archive.writestr(f"word/{number}.xml", "")
        archive.writestr("word/document.xml", part("document", paragraph(run(TEXT))))
    return file.getvalue()


def entity_docx() -> bytes:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    doctype = f'<!DOCTYPE w [<!ENTITY e0 "ha">{bomb}]>'
    return docx_of({"document": part("document", paragraph(run("&e12;")), doctype)})


def laughs() -> bytes:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    return f'<!DOCTYPE r [<!ENTITY e0 "ha">{bomb}]><rss><channel>&e12;</channel></rss>'.encode()


def feed(inner: str, doctype: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?>{doctype}<rss><channel><item>{inner}</item></channel></rss>".encode()
    )


REFUSED: list[tuple[str, Format, Make, str]] = [
    ("nothing", "html", lambda: b"", "no text"),
    ("divs nested without end", "html", lambda: page("<div>" * 50_000 + BODY), "nested too deep"),
    ("a PDF cut off", "pdf", lambda: pdf([[Text(TEXT)]])[:300], "damaged|pictures"),
    ("a PDF of noise", "pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "damaged"),
    ("pages that hold themselves", "pdf", looping_pages, "damaged|pages|pictures"),
    ("too many pages", "pdf", many_pages, "2000 pages"),
    ("a password", "pdf", password_pdf, "password"),
    ("no page", "pdf", deep_arrays, "damaged|pictures"),
    ("a page without text", "pdf", lambda: pdf([[]]), "only pictures"),
    ("no ZIP", "docx", lambda: b"PK\x03\x04" + b"x" * 5_000, "damaged"),
    ("another ZIP", "docx", lambda: docx_of({"other": "<x/>"}), "not a DOCX"),
    ("encrypted parts", "docx", encrypted_zip, "damaged or encrypted"),
    ("entities in a DOCX", "docx", entity_docx, "entities"),
    (
        "an external entity in a DOCX",
        "docx",
        lambda: docx_of(
            {"document": part("document", "", '<!DOCTYPE w SYSTEM "file:///etc/passwd">')}
        ),
        "entities",
    ),
    ("XML that is none", "docx", lambda: docx_of({"document": "\x00<w:p"}), "well-formed"),
    ("a billion laughs", "feed", laughs, "entities"),
    (
        "an external entity",
        "feed",
        lambda: feed(
            "<title>&x;</title>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
        "entities",
    ),
    ("a feed nested deep", "feed", lambda: b"<rss>" * 100_000, "nested too deep"),
    ("XML of no feed", "feed", lambda: b"<svg><title>x</title></svg>", "neither RSS nor Atom"),
    ("a feed cut off", "feed", lambda: feed("<title>x")[:-30], "well-formed at line"),
    ("a sitemap that is none", "sitemap", lambda: b"<urlset><url>", "well-formed"),
]

READ: list[tuple[str, Format, Make, str]] = [
    ("divs nested deep", "html", lambda: page("<div>" * 1_500 + BODY), "laboratory"),
    ("spans nested deep", "html", lambda: page(BODY + "<span>" * 1_000 + "x"), "laboratory"),
    ("lists nested deep", "html", lambda: page(BODY + "<ul><li>" * 400 + "x"), "laboratory"),
    (
        "many attributes",
        "html",
        lambda: page(f"<p {' '.join(f'a{n}=1' for n in range(2_000))}>{TEXT * 3}</p>"),
        "laboratory",
    ),
    ("a long attribute", "html", lambda: page(f"<p a='{'x' * 5_000_000}'>{TEXT * 3}</p>"), "labo"),
    ("an open comment", "html", lambda: page(BODY + "<!--" + "x" * 2_000_000), "laboratory"),
    ("an open script", "html", lambda: page(BODY + "<script>" + "x" * 2_000_000), "laboratory"),
    ("references", "html", lambda: page(BODY + f"<p>{'&lt;' * 200_000}</p>"), "laboratory"),
    ("NUL", "html", lambda: page(BODY).replace(b" ", b" \x00"), "laboratory"),
    (
        "an encoding that runs code",
        "html",
        lambda: page(BODY, "<meta charset='unicode_escape'>") + b"\xff",
        "laboratory",
    ),
    (
        "JSON-LD nested deep",
        "html",
        lambda: page(
            BODY, f'<script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>'
        ),
        "laboratory",
    ),
    (
        "JSON-LD of wrong types",
        "html",
        lambda: page(
            BODY,
            '<script type="application/ld+json">'
            + json.dumps({"@type": ["NewsArticle", 3, None], "headline": {}, "publisher": [[]]})
            + "</script>",
        ),
        "laboratory",
    ),
    (
        "columns without end",
        "html",
        lambda: page(BODY + "<table><tr><td colspan=999999999 rowspan=999999999>x</table>"),
        "laboratory",
    ),
    ("signs for patterns", "html", lambda: page(BODY + f"<p>{'((((-- ' * 50_000}"), "laboratory"),
    (
        "links to scripts and files",
        "html",
        lambda: page(
            f"<p>{TEXT * 2}<a href='javascript:alert(1)'>one</a>, <a href='file:///etc/passwd'>two"
            "</a> and <a href='data:text/html,x'>three</a> are words.</p>"
        ),
        "one, two and three are",
    ),
    ("a base elsewhere", "html", lambda: page(BODY, "<base href='http://[::'>"), "laboratory"),
    ("a PDF with scripts", "pdf", active_pdf, "laboratory"),
    ("a table of places that loops", "pdf", looping_xref, "laboratory"),
    ("boxes without end", "pdf", strange_boxes, "laboratory"),
    ("a stream packed thirty times", "pdf", nested_flate, "laboratory"),
    ("many short pieces", "pdf", lambda: pdf([[Text(TEXT)] + [Text("x", size=1)] * 20_000]), "x"),
    ("paths that lead out", "docx", traversing_zip, "laboratory"),
    ("many parts", "docx", overlapping_zip, "laboratory"),
    ("a table of many columns", "docx", table_of_columns, "laboratory"),
    (
        "XML nested deep",
        "docx",
        lambda: docx(paragraph(run(TEXT)) + "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000),
        "laboratory",
    ),
    ("empty paragraphs", "docx", lambda: docx("<w:p/>" * 30_000 + paragraph(run(TEXT))), "labo"),
    (
        "an entry with a page that nests",
        "feed",
        lambda: feed(f"<title>x</title><description>{'&lt;div>' * 1_000}{TEXT}</description>"),
        "laboratory",
    ),
]

LONG: list[tuple[str, Format, Make, str]] = [
    ("too many elements", "html", lambda: page("<b>" * 10 + "<i></i>" * 450_000), "elements"),
    (
        "attributes without end",
        "html",
        lambda: page(f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{TEXT * 3}</p>"),
        "time|longer than",
    ),
    ("a ZIP bomb", "docx", zip_bomb, "larger than 50 MB"),
    ("a ZIP that lies", "docx", lying_zip, "damaged|larger than 50 MB"),
    ("a bomb of a stream", "pdf", flate_bomb, "memory|time|ended|damaged|too much text"),
    ("DIVs of 60 MB", "html", lambda: b"<div>" * 12_000_000, "elements|memory|time|ended|nested"),
]


def test_there_are_at_least_forty() -> None:
    assert len(REFUSED) + len(READ) + len(LONG) >= 40


def _refused(converter: Converter, kind: Format, make: Make, reason: str) -> None:
    with pytest.raises(ConversionError, match=reason) as refusal:
        converter.convert(kind, make())
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "make", "reason"), [p[1:] for p in REFUSED], ids=[p[0] for p in REFUSED]
)
def test_a_hostile_file_is_refused_in_one_line(
    converter: Converter, kind: Format, make: Make, reason: str
) -> None:
    _refused(converter, kind, make, reason)


@pytest.mark.parametrize(("kind", "make", "words"), [p[1:] for p in READ], ids=[p[0] for p in READ])
def test_a_hostile_file_is_read_without_its_scripts(
    converter: Converter, kind: Format, make: Make, words: str
) -> None:
    documents = converter.convert(kind, make())
    bodies = "\n".join(document.body for document in documents)
    assert words in bodies
    assert "javascript:" not in bodies
    assert "file:" not in bodies


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "make", "reason"), [p[1:] for p in LONG], ids=[p[0] for p in LONG]
)
def test_a_bomb_is_refused_within_limits(
    converter: Converter, kind: Format, make: Make, reason: str
) -> None:
    _refused(converter, kind, make, reason)

"""Writes small PDF files by hand: text at places, in fonts and sizes, on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FONTS = {"regular": b"Helvetica", "bold": b"Helvetica-Bold"}


@dataclass(frozen=True)
class Text:
    """A line of text on a page; places in points from the lower left corner."""

    words: str
    left: float = 72
    bottom: float = 700
    size: float = 11
    font: str = "regular"


@dataclass(frozen=True)
class Link:
    """An area of a page that leads to an address; places as of ``Text``."""

    address: str
    left: float
    right: float
    bottom: float = 698
    top: float = 712


def _annotation(link: Link) -> bytes:
    rect = f"{link.left} {link.bottom} {link.right} {link.top}"
    action = f"<< /S /URI /URI ({link.address}) >>"
    return f"<< /Type /Annot /Subtype /Link /Rect [{rect}] /A {action} >>".encode()


def content(texts: Sequence[Text]) -> bytes:
    """Returns the content stream that shows texts."""
    names = {name: f"F{number}" for number, name in enumerate(FONTS)}
    lines = []
    for text in texts:
        words = text.words.encode("cp1252").replace(b"\\", b"\\\\")
        words = words.replace(b"(", b"\\(").replace(b")", b"\\)")
        head = f"BT /{names[text.font]} {text.size} Tf {text.left} {text.bottom} Td (".encode()
        lines.append(head + words + b") Tj ET")
    return b"\n".join(lines)


def pdf(
    pages: Sequence[Sequence[Text]],
    info: Mapping[str, str] | None = None,
    trailer: bytes = b"",
    links: Sequence[Link] = (),
) -> bytes:
    """Returns a PDF file with pages of text.

    Args:
        pages: The texts of each page.
        info: Metadata, such as ``Title``.
        trailer: More entries of the trailer.
        links: Links on every page.
    """
    streams = [content(page) for page in pages]
    return pdf_of_streams(streams, info, trailer, links=links)


def pdf_of_streams(
    streams: Sequence[bytes],
    info: Mapping[str, str] | None = None,
    trailer: bytes = b"",
    *,
    filtered: bytes = b"",
    links: Sequence[Link] = (),
) -> bytes:
    """Returns a PDF file whose pages have these content streams; ``filtered`` names a filter."""
    areas = b" ".join(map(_annotation, links))
    fonts = b"".join(
        b"/F%d << /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >> "
        % (number, font)
        for number, font in enumerate(FONTS.values())
    )
    count = len(streams)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 612 792] >>" % (kids, count),
        b"<< "
        + b"".join(
            b"/%s (%s) " % (key.encode(), value.encode("cp1252"))
            for key, value in (info or {}).items()
        )
        + b">>",
    ]
    for number, stream in enumerate(streams):
        page = b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << %s>> >>"
        objects.append(page % (5 + 2 * number, fonts) + b" /Annots [%s] >>" % areas)
        head = b"<< /Length %d %s>>\nstream\n" % (len(stream), filtered)
        objects.append(head + stream + b"\nendstream")
    return assemble(objects, b"/Root 1 0 R /Info 3 0 R " + trailer)


def assemble(objects: Sequence[bytes], trailer: bytes) -> bytes:
    """Returns a PDF file of numbered objects, with its table of places."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s>>\nstartxref\n%d\n%%%%EOF\n"
    return data + end % (size, table, size, trailer, len(data))

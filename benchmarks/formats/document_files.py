"""Writes a release as text, DOCX and PDF."""

from __future__ import annotations

import html
import io
import subprocess
import textwrap
from pathlib import Path

from benchmarks.formats.release import Release


def text_file(release: Release) -> bytes:
    """Returns a text file: label, title, date, paragraphs wrapped at 80 characters."""
    paragraphs = (textwrap.fill(p, 80, break_on_hyphens=False) for p in release.paragraphs())
    head = f"FOR IMMEDIATE RELEASE\n\n{release.title}\n\n{release.day()}\n\n"
    return (head + "\n\n".join(paragraphs) + "\n").encode()


def docx_file(release: Release) -> bytes:
    """Returns a DOCX file by python-docx, with header, footer, title style and bold date."""
    from docx import Document

    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Northwind Newsroom"
    section.footer.paragraphs[0].text = "For more information: press@example.org"
    document.add_heading(release.title, 0)
    document.add_paragraph().add_run(release.day()).bold = True
    for paragraph in release.paragraphs():
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def reportlab_file(release: Release) -> bytes:
    """Returns a PDF file by ReportLab, justified, with header, footer and page numbers."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    styles["BodyText"].alignment = TA_JUSTIFY
    flow: list[object] = [
        Paragraph(html.escape(release.title), styles["Title"]),
        Paragraph(release.day(), styles["Normal"]),
        Spacer(1, 12),
    ]
    flow += [Paragraph(html.escape(p), styles["BodyText"]) for p in release.paragraphs()]
    file = io.BytesIO()

    def edges(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(72, 800, "Northwind Newsroom | Press release")  # type: ignore[attr-defined]
        canvas.drawString(72, 30, f"www.example.org | Page {document.page}")  # type: ignore[attr-defined]

    SimpleDocTemplate(file).build(flow, onFirstPage=edges, onLaterPages=edges)
    return file.getvalue()


def chromium_file(release: Release, folder: Path, chromium: str) -> bytes:
    """Returns a PDF file that Chromium prints: hyphens, its own header and footer."""
    page, printed = folder / "page.html", folder / "page.pdf"
    body = "".join(f"<p>{html.escape(p)}</p>" for p in release.paragraphs())
    page.write_text(
        f'<html lang="en"><meta charset="utf-8"><title>{html.escape(release.title)}</title><style>'
        "body{font-family:serif;text-align:justify;hyphens:auto}</style>"
        f"<h1>{html.escape(release.title)}</h1><p>{release.day()}</p>{body}</html>",
        encoding="utf-8",
    )
    printed.unlink(missing_ok=True)
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}")
    subprocess.run(
        [chromium, *options, page.as_uri()], check=True, capture_output=True, timeout=120
    )
    return printed.read_bytes()

"""Writes small DOCX files by hand."""

from __future__ import annotations

import io
import zipfile

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def run(text: str, properties: str = "") -> str:
    """Returns a run of text; ``properties`` is the inside of ``w:rPr``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """Returns a paragraph; ``properties`` is the inside of ``w:pPr``."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def styled(text: str, style: str) -> str:
    """Returns a paragraph of a style."""
    return paragraph(run(text), f'<w:pStyle w:val="{style}"/>')


def part(tag: str, inner: str, declaration: str = "") -> str:
    """Returns a part of a file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{declaration}<w:{tag} {WORD} {RELATIONS}>{inner}'
        f"</w:{tag}>"
    )


STYLES = part(
    "styles",
    '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="Quote"><w:name w:val="Quote"/></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
)


def docx(body: str, **parts: str) -> bytes:
    """Returns a DOCX file; ``parts`` are further ones, by name without ``word/`` and ending."""
    return docx_of({"document": part("document", f"<w:body>{body}</w:body>"), **parts})


def docx_of(parts: dict[str, str], **others: str) -> bytes:
    """Returns a DOCX file of whole parts; ``others`` by their paths, ``__`` for the slash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
        for name, text in others.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()

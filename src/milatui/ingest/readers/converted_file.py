"""Reads HTML, PDF, DOCX and feeds through the converter; the file itself is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError, NoTextError
from milatui.ingest.readers.date_line import date_of_lines, readable_date, split_date_line
from milatui.ingest.readers.ocr import recognise_text
from milatui.ingest.readers.raw_document import GivenValue, OriginalFile, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ingest.conversion.converted import ConvertedDocument, Format
    from milatui.ingest.conversion.converter import Converter
    from milatui.ingest.readers.conversion_cache import ConversionCache
    from milatui.ingest.readers.file_source import FileSource


def read_converted(
    source: FileSource,
    kind: Format,
    ending: str,
    converter: Converter,
    cache: ConversionCache | None,
) -> Iterator[RawDocument | Diagnostic]:
    """Reads the documents of a file, or the diagnostic that says why there are none.

    Args:
        source: The file.
        kind: Its format.
        ending: The ending under which it is kept.
        converter: Converts it.
        cache: Remembers what it was converted to.
    """
    name, data = source.name, source.data
    try:
        documents = cache.get(kind, data) if cache is not None else None
        if documents is None:
            documents = _convert(kind, data, converter)
            if cache is not None:
                cache.put(kind, data, documents)
    except ConversionError as error:
        yield Diagnostic(name, 1, 1, "", str(error))
        return
    original = OriginalFile.of_bytes(data, ending, source.path)
    for number, document in enumerate(documents, 1):
        if kind == "html" and not document.body.strip():
            yield Diagnostic(
                name, 1, 1, "", _("passed over: there is no running text in it"), "warning"
            )
            continue
        yield _raw_document(document, source, original, number if kind == "feed" else 0)


def _convert(kind: Format, data: bytes, converter: Converter) -> Sequence[ConvertedDocument]:
    try:
        return converter.convert(kind, data)
    except NoTextError as error:
        return converter.convert(kind, recognise_text(data, str(error)))


def _raw_document(
    document: ConvertedDocument, source: FileSource, original: OriginalFile, number: int
) -> RawDocument:
    """Makes a raw document; ``number`` counts the entries of a feed from 1, else it is 0."""
    given = {key: GivenValue(v.value, origin=v.origin) for key, v in document.values.items()}
    for key, value in source.stated.items():
        given.setdefault(key, GivenValue(value.value, origin=value.origin))
    body = document.body
    stated = given.pop("date", None)
    date = readable_date(str(stated.value)) if stated is not None else ""
    if stated is not None and date:
        given["date"] = GivenValue(date, origin=stated.origin)
    elif found := date_of_lines(document.date_lines):
        given["date"] = GivenValue(found, origin="date line")
    date_line, rest = split_date_line(body)
    if date_line:
        given.setdefault("date", GivenValue(date_line, origin="date line"))
        body = rest if given["date"].value == date_line else body
    notes = tuple(Diagnostic(source.name, 1, 1, "", note, "warning") for note in document.notes)
    return RawDocument(
        given,
        body,
        source.name,
        line=max(1, number),
        stem="" if number else source.stem,
        folders=() if number else source.folders,
        original=original,
        notes=notes,
    )

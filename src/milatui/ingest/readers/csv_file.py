"""Reads CSV: one document per row, the columns by their names in the first row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.written_dates import fold_words
from milatui.i18n import _, ngettext
from milatui.ingest.readers.file_source import decode_source
from milatui.ingest.readers.raw_document import GivenValue, Position, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ingest.readers.file_source import FileSource

MAX_FIELD: Final = 16 * 2**20
"""Characters of a field beyond which a file is refused."""
_SEPARATORS: Final = ",;\t|"
_COLUMNS: Final = {
    "text": "body",
    "body": "body",
    "content": "body",
    "contents": "body",
    "full text": "body",
    "fulltext": "body",
    "article": "body",
    "texte": "body",
    "contenu": "body",
    "corps": "body",
    "title": "title",
    "headline": "title",
    "titre": "title",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "date published": "date",
    "pubdate": "date",
    "published at": "date",
    "date de publication": "date",
    "publie le": "date",
    "language": "language",
    "lang": "language",
    "langue": "language",
    "publisher": "publisher",
    "editeur": "publisher",
    "organisation": "publisher",
    "organization": "publisher",
    "source": "source",
    "url": "source",
    "link": "source",
    "address": "source",
    "lien": "source",
    "adresse": "source",
    "author": "creator",
    "creator": "creator",
    "auteur": "creator",
    "id": "id",
    "identifier": "id",
    "identifiant": "id",
    "type": "type",
}
"""Names of columns, folded, and the fields that they give; others keep their names."""


def read_csv(source: FileSource) -> Iterator[RawDocument | Diagnostic]:
    """Reads a document or diagnostic from each row."""
    name = source.name
    text, notes = decode_source(source)
    yield from notes
    if "\0" in text:
        yield Diagnostic(name, 1, 1, "", _("this is not a text"))
        return
    separator = _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    limit = csv.field_size_limit(MAX_FIELD)
    try:
        header = next(rows, [])
        columns = _columns(header)
        if "body" not in columns and "title" not in columns:
            message = _("none of the columns is called text or title: {names}")
            shown = ", ".join(cell.strip() for cell in header[:8])
            yield Diagnostic(name, 1, 1, "", message.format(names=shown))
            return
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _document(row, columns, name, line)
            line = rows.line_num + 1
    except csv.Error as error:
        message = _("not valid CSV: {problem}").format(problem=error)
        yield Diagnostic(name, max(1, rows.line_num), 1, "", message)
    finally:
        csv.field_size_limit(limit)


def _separator(text: str) -> str:
    """Returns the sign between columns: the commonest one of the first row outside of quotes."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted = False
    for char in text[:65_536]:
        if char == '"':
            quoted = not quoted
        elif not quoted and char == "\n":
            break
        elif not quoted and char in counts:
            counts[char] += 1
    return max(counts, key=lambda char: counts[char])


def _columns(header: Sequence[str]) -> list[str]:
    """Returns the field or key that each column gives; of two for one field the first counts."""
    columns: list[str] = []
    for number, cell in enumerate(header, 1):
        name = " ".join(cell.split())
        key = _COLUMNS.get(fold_words(name).replace("_", " ").replace("-", " "), name)
        columns.append(key if key and key not in columns else name or f"column {number}")
    return columns


def _document(
    row: Sequence[str], columns: Sequence[str], name: str, line: int
) -> RawDocument | Diagnostic:
    if len(row) > len(columns):
        extra = len(row) - len(columns)
        message = ngettext(
            "the row has {n} field more than there are columns",
            "the row has {n} fields more than there are columns",
            extra,
        )
        return Diagnostic(name, line, 1, "", message.format(n=extra))
    position = Position(line, 1)
    cells = dict(zip(columns, row, strict=False))
    body = cells.pop("body", "")
    given = {
        key: GivenValue(value.strip(), position, "column")
        for key, value in cells.items()
        if value.strip()
    }
    return RawDocument(given, body, name, line, body_position=position)

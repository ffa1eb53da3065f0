"""Reads CSV: one document per row, the columns by their names in the first row."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.written_dates import fold_words
from milatui.i18n import _, ngettext
from milatui.ingest.readers.raw_document import GivenValue, Position, RawDocument
from milatui.ingest.readers.text_lines import LineTooLongError, TextLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from io import BufferedReader

MAX_FIELD: Final = 16 * 2**20
"""Characters of a field beyond which a file is refused."""
MAX_ROW: Final = 64 * 2**20
"""Characters of a row beyond which a file is refused: no document, and it must fit in memory."""
_HEADER: Final = 65_536
"""Characters of the first row in which the separator of columns is looked for."""
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


def read_csv(stream: BufferedReader, name: str) -> Iterator[RawDocument | Diagnostic]:
    """Reads a document or diagnostic from each row of a stream called ``name``.

    One row is in memory at a time.
    """
    lines = TextLines(stream, MAX_ROW)
    try:
        yield from _read_rows(_Rows(lines), lines, name)
    except LineTooLongError:
        yield Diagnostic(name, 1, 1, "", _too_long())


class _RowError(ValueError):
    """What is read is not a row; the message says why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Rows:
    """The rows of a CSV file, each with the number of its first line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._size = 0
        self._ended = False
        self.line = 1

    def __iter__(self) -> Iterator[list[str]]:
        """Yields the rows; ``line`` is then the first line of the row.

        Raises:
            _RowError: what follows cannot be split into rows.
        """
        first = self._first_row()
        separator = _separator("".join(first))
        rows = csv.reader(self._counted(first), delimiter=separator, strict=True)
        while True:
            self.line, self._size = rows.line_num + 1, 0
            limit = csv.field_size_limit(MAX_FIELD)
            try:
                row = next(rows, None)
            except csv.Error as error:
                if self._ended:
                    message = _("a quotation mark opens in this row and is not closed")
                    raise _RowError(self.line, message) from None
                message = _("not valid CSV: {problem}").format(problem=error)
                raise _RowError(rows.line_num, message) from None
            except LineTooLongError:
                raise _RowError(rows.line_num + 1, _too_long()) from None
            finally:
                csv.field_size_limit(limit)
            if row is None:
                return
            yield row

    def _first_row(self) -> list[str]:
        """Returns the first lines, up to the end of a row: those that show the separator."""
        first: list[str] = []
        quotes = size = 0
        for line in self._lines:
            first.append(line)
            quotes += line.count('"')
            size += len(line)
            if quotes % 2 == 0 or size > _HEADER:
                break
        return first

    def _counted(self, first: Iterable[str]) -> Iterator[str]:
        for line in chain(first, self._lines):
            self._size += len(line)
            if self._size > MAX_ROW:
                message = _("the row is longer than {n} MB").format(n=MAX_ROW // 2**20)
                raise _RowError(self.line, message)
            yield line
        self._ended = True


def _read_rows(rows: _Rows, lines: TextLines, name: str) -> Iterator[RawDocument | Diagnostic]:
    columns: list[str] | None = None
    encoding = ""
    try:
        for row in rows:
            if lines.encoding != encoding:
                encoding = lines.encoding
                message = _("not UTF-8: read as {encoding}").format(encoding=encoding)
                yield Diagnostic(name, rows.line, 1, "", message, "warning")
            if any("\0" in cell for cell in row):
                yield Diagnostic(name, rows.line, 1, "", _("this is not a text"))
                return
            if columns is None:
                columns = _columns(row)
                if "body" not in columns and "title" not in columns:
                    message = _("none of the columns is called text or title: {names}")
                    shown = ", ".join(cell.strip() for cell in row[:8])
                    yield Diagnostic(name, 1, 1, "", message.format(names=shown))
                    return
            elif any(cell.strip() for cell in row):
                yield _document(row, columns, name, rows.line)
    except _RowError as error:
        message = _("{problem}; no row from here on is read").format(problem=error.message)
        yield Diagnostic(name, error.line, 1, "", message)


def _too_long() -> str:
    return _("the line is longer than {n} MB").format(n=MAX_ROW // 2**20)


def _separator(text: str) -> str:
    """Returns the sign between columns: the commonest one of the first row outside of quotes."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted = False
    for char in text[:_HEADER]:
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

"""Reads outside files, each by the format that its content and its name show."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import printable_path
from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError
from milatui.ingest.conversion.converter import Converter
from milatui.ingest.file_ids import name_of_file
from milatui.ingest.readers.converted_file import read_converted
from milatui.ingest.readers.csv_file import read_csv
from milatui.ingest.readers.file_kind import (
    ENDINGS,
    HEAD,
    is_old_word,
    kind_of_content,
    kind_of_file,
    kind_of_text,
)
from milatui.ingest.readers.file_source import (
    FileSource,
    decode_source,
    is_binary,
    open_regular,
    read_whole,
)
from milatui.ingest.readers.folder import FolderWalk
from milatui.ingest.readers.jsonl import read_jsonl
from milatui.ingest.readers.markdown_file import document_of_markdown
from milatui.ingest.readers.text_file import read_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import RawIOBase
    from typing import BinaryIO

    from milatui.ingest.readers.conversion_cache import ConversionCache
    from milatui.ingest.readers.file_kind import Kind
    from milatui.ingest.readers.raw_document import RawDocument

STDIN = "-"
LINE_ENDINGS = (".jsonl", ".ndjson", ".csv", ".tsv")
"""Endings of files that hold one document a line or row, which can be read again alone."""


class FileReader:
    """Reads files, folders and stdin; use as a context manager.

    What cannot be read becomes a diagnostic; what is passed over, one that is a warning.  Of JSON
    Lines and CSV, which may have any length, one document is in memory.

    Args:
        cache: Remembers what files were converted to; None converts each one.
    """

    def __init__(self, cache: ConversionCache | None = None) -> None:
        self._converter = Converter()
        self._cache = cache

    def __enter__(self) -> FileReader:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process that converts files."""
        self._converter.close()

    def read(self, given: str) -> Iterator[RawDocument | Diagnostic]:
        """Reads the documents of a file or folder; ``-`` is stdin, whatever its format."""
        if given == STDIN:
            yield from self._read_stdin(sys.stdin.buffer)
            return
        name = printable_path(given)
        if not given:
            # As a path this would be the folder that the program runs in.
            yield Diagnostic(name, 1, 1, "", _("the name of the file is empty"))
            return
        path = Path(given)
        if path.is_dir():
            yield from self._read_folder(path, name)
            return
        try:
            yield from self._read_file(path, name)
        except OSError as error:
            reason = error.strerror or str(error)
            yield Diagnostic(name, 1, 1, "", _("cannot be read: {reason}").format(reason=reason))

    def _read_folder(self, root: Path, name: str) -> Iterator[RawDocument | Diagnostic]:
        walk = FolderWalk(root)
        for path in walk.files():
            shown = printable_path(str(path))
            try:
                yield from self._read_file(path, shown, walk)
            except OSError as error:
                walk.unreadable.append((path, error.strerror or str(error)))
        yield from walk.notes(name)

    def _read_file(
        self, path: Path, name: str, walk: FolderWalk | None = None
    ) -> Iterator[RawDocument | Diagnostic]:
        ending = path.suffix.lower()
        with open_regular(path) as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            kind = kind_of_file(ending, head)
            if kind is None and not ending:
                kind = kind_of_text(head)
            if walk is not None and _is_no_document(kind, ending, head):
                walk.pass_over(path)
            elif kind is None:
                yield Diagnostic(name, 1, 1, "", _unknown(head))
            elif kind == "jsonl":
                yield from read_jsonl(stream, name)
            elif kind == "csv":
                yield from read_csv(stream, name)
            else:
                yield from self._read_whole(path, name, kind, stream, walk)

    def _read_whole(
        self, path: Path, name: str, kind: Kind, stream: BinaryIO, walk: FolderWalk | None
    ) -> Iterator[RawDocument | Diagnostic]:
        data = read_whole(stream, name)
        if isinstance(data, Diagnostic):
            yield data
            return
        file_name = name_of_file(path)
        stated = walk.stated(path) if walk is not None else {}
        source = FileSource(name, data, file_name.stem, file_name.folders, path.absolute(), stated)
        if kind == "sitemap":
            yield from self._take_sitemap(path, source, walk)
        elif kind == "markdown":
            yield _markdown(source, path)
        else:
            yield from self._read_source(source, kind, path.suffix.lower())

    def _read_source(
        self, source: FileSource, kind: Kind, ending: str
    ) -> Iterator[RawDocument | Diagnostic]:
        if kind in ("html", "pdf", "docx", "feed"):
            original = _original_ending(kind, ending)
            yield from read_converted(source, kind, original, self._converter, self._cache)
        else:
            yield from read_plain_text(source)

    def _take_sitemap(
        self, path: Path, source: FileSource, walk: FolderWalk | None
    ) -> Iterator[Diagnostic]:
        if walk is None:
            message = _("this is a sitemap; name the folder with its pages")
            yield Diagnostic(source.name, 1, 1, "", message)
            return
        try:
            walk.take_sitemap(path, self._converter.convert("sitemap", source.data))
        except ConversionError as error:
            yield Diagnostic(source.name, 1, 1, "", str(error))

    def _read_stdin(self, stream: BinaryIO) -> Iterator[RawDocument | Diagnostic]:
        name = _("stdin")
        # A line of JSON Lines is read when it comes: what is looked at is not taken.
        buffered: BufferedReader = BufferedReader(cast("RawIOBase", stream))
        head = buffered.peek(HEAD)[:HEAD]
        kind = kind_of_content(head) or kind_of_text(head)
        if kind == "jsonl":
            yield from read_jsonl(buffered, name)
            return
        if kind == "csv":
            yield from read_csv(buffered, name)
            return
        data = read_whole(buffered, name)
        if isinstance(data, Diagnostic):
            yield data
        elif kind == "markdown":
            yield _markdown(FileSource(name, data), Path())
        elif kind == "sitemap":
            yield from self._take_sitemap(Path(), FileSource(name, data), None)
        else:
            yield from self._read_source(FileSource(name, data), kind, "")


def _is_no_document(kind: Kind | None, ending: str, head: bytes) -> bool:
    """Returns whether a file of a folder holds no document."""
    if kind is None or (ending == ".xml" and kind_of_content(head) is None):
        return True
    if kind == "docx":
        return ENDINGS.get(ending) != "docx"
    return not ending and kind not in ("html", "pdf")


def _unknown(head: bytes) -> str:
    if is_old_word(head):
        return _("a Word file of before 2007; save it as DOCX")
    known = ", ".join(ENDINGS)
    return _("this format cannot be added; these can: {known}").format(known=known)


def _original_ending(kind: Kind, ending: str) -> str:
    """Returns the ending under which the file is kept."""
    if ENDINGS.get(ending) == kind:
        return ending
    return {"html": ".html", "pdf": ".pdf", "docx": ".docx"}.get(kind, ".xml")


def _markdown(source: FileSource, path: Path) -> RawDocument | Diagnostic:
    text, notes = decode_source(source)
    if is_binary(text):
        return Diagnostic(source.name, 1, 1, "", _("this is not a text"))
    found = document_of_markdown(text, path, source.name)
    if isinstance(found, Diagnostic) or not notes:
        return found
    return replace(found, notes=(*notes, *found.notes))

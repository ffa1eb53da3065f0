"""Reads and writes files of records for edits: line ends, byte order mark and all else stay."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edit.yaml_edit import (
    EditError,
    append_item,
    append_records,
    list_items,
    record_starts,
    set_value,
)
from milatui.archive.files import FileStat, file_stat, printable_path, read_bytes
from milatui.archive.kinds import FOLDERS, Kind
from milatui.archive.serialize import class_of
from milatui.archive.syntax.front_matter import split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.writer import file_stem, write_in_archive
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from milatui.archive.kinds import Data

_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_ALIAS: Final = re.compile(r"[\s\[{,]\*[^\s*]")
"""What may be a YAML alias, by which one record repeats a part of another one."""
_WRITTEN_START: Final = re.compile(r"^- id: ", re.MULTILINE)
"""How each record begins in a list that this program has written."""


class WrittenList(NamedTuple):
    """A list of records that this program has written, and nobody else since.

    Attributes:
        stat: The status of the file.
        records: How many records it has.
    """

    stat: FileStat
    records: int


class RecordFile:
    """The text of one file of an archive, as it was read and as edits change it.

    Of a list only the record that an edit changes is parsed again, however many it has.

    Args:
        root: The archive.
        relpath: The path of the file in it.
        kind: The kind of its records.
        written: What is known of it, if this program has written it; then it is not parsed.

    Raises:
        EditError: the file cannot be edited in place.
        UnreadableFileError: it gives no text.
    """

    def __init__(
        self, root: Path, relpath: str, kind: Kind, written: WrittenList | None = None
    ) -> None:
        self.relpath = relpath
        self._root = root
        self._kind = kind
        self._order = [field.name for field in fields(class_of(kind))]
        path = root / relpath
        self._stat: FileStat | None = None
        self._before = self._bom = ""
        self._newline = "\n"
        if path.exists():
            status = path.stat()
            self._stat = file_stat(status)
            self._read()
        known = written is not None and written.stat == self._stat
        self._count = written.records if written is not None and known else 0
        self._text = self._before

    def _read(self) -> None:
        try:
            raw = read_bytes(self._root, self.relpath).decode()
        except UnicodeDecodeError:
            message = _("{path} is not UTF-8").format(path=printable_path(self.relpath))
            raise EditError(message) from None
        self._bom = _BOM if raw.startswith(_BOM) else ""
        text = raw.removeprefix(_BOM)
        windows = text.count("\r\n")
        if windows:
            self._newline = "\r\n"
        if text.count("\r") != windows or (windows and text.count("\n") != windows):
            message = _("the lines of {path} end in several ways")
            raise EditError(message.format(path=printable_path(self.relpath)))
        self._before = text.replace("\r\n", "\n")

    @property
    def before(self) -> str:
        """The text as it was read, without byte order mark; empty if there is no file yet."""
        return self._before

    @property
    def text(self) -> str:
        """The text with all edits."""
        return self._text

    @property
    def written(self) -> WrittenList | None:
        """What is to be known of it the next time, if all of it was written by this program."""
        return WrittenList(self._stat, self._count) if self._stat and self._count else None

    def list_items(self, identifier: str, key: str) -> list[Data]:
        """Returns the items of a list of a record."""
        if self._kind == "document":
            return list_items(self._header()[0], None, key)
        start, end = self._span_of(identifier)
        return list_items(self._text[start:end], identifier, key)

    def append_item(self, identifier: str, key: str, item: Data) -> None:
        """Adds an item to a list of a record; see ``yaml_edit.append_item``."""
        self._change(identifier, lambda text, name: append_item(text, name, key, item, self._order))

    def set_value(self, identifier: str, key: str, value: str) -> None:
        """Gives a key of a record another value; see ``yaml_edit.set_value``."""
        self._change(identifier, lambda text, name: set_value(text, name, key, value, self._order))

    def append_records(self, records: Sequence[dict[str, Data]], top: str = "") -> None:
        """Adds records at the end of the list.

        Args:
            records: The records as plain data.
            top: The first lines of the file, if it is new.
        """
        if not self._text:
            self._text = top + dump_yaml(list(records))
            self._count = len(records)
        elif self._count:
            self._text += dump_yaml(list(records))
            self._count += len(records)
        else:
            self._text = append_records(self._text, records)

    def write(self, *, sync: bool = True) -> None:
        """Writes the file, if an edit changed it; errors as of ``write_in_archive``.

        Args:
            sync: Whether to wait until it is on disk.
        """
        if self._text == self._before:
            return
        text = self._bom + self._text.replace("\n", self._newline)
        self._stat = write_in_archive(self._root, self.relpath, text, self._stat, sync=sync)
        self._before = self._text

    def _change(self, identifier: str, change: Callable[[str, str | None], str]) -> None:
        """Changes the text of one record, and leaves that of all others alone.

        Args:
            identifier: The id of the record.
            change: Takes YAML and the id of the record in it; None of a document.
        """
        if self._kind == "document":
            header, start = self._header()
            changed = change(header, None)
            self._text = self._text[:start] + changed + self._text[start + len(header) :]
            return
        start, end = self._span_of(identifier)
        changed = change(self._text[start:end], identifier)
        self._text = self._text[:start] + changed + self._text[end:]

    def _header(self) -> tuple[str, int]:
        """Returns the front matter of a document, and where it starts."""
        try:
            header = split_front_matter(self._text).header
        except YamlSyntaxError as error:
            raise EditError(error.message) from None
        return header, self._text.index("\n") + 1

    def _span_of(self, identifier: str) -> tuple[int, int]:
        """Returns start and end of the lines of a record; the whole text if it is not one alone."""
        starts = [match.start() for match in _WRITTEN_START.finditer(self._text)]
        if len(starts) != self._count:
            is_alone = _ALIAS.search(self._text) is None
            starts = record_starts(self._text) if is_alone else []
        begin = dump_yaml([{"id": identifier}])
        found = [at for at, start in enumerate(starts) if self._text.startswith(begin, start)]
        if len(found) != 1:
            return 0, len(self._text)
        (number,) = found
        return starts[number], [*starts, len(self._text)][number + 1]


def new_record_path(kind: Kind, name: str) -> str:
    """Returns the path of a new file of records, given the id of one or of their document."""
    return f"{FOLDERS[kind]}/{file_stem(name)}.yaml"


def numbered_path(kind: Kind, number: int) -> str:
    """Returns the path of a file of many records, by its number from 1."""
    return f"{FOLDERS[kind]}/part-{number:03}.yaml"

"""Reads and writes files of records for edits: line ends, byte order mark and all else stay."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from milatui.archive.edit.yaml_edit import (
    EditError,
    append_item,
    append_record,
    list_items,
    set_value,
)
from milatui.archive.files import FileStat, file_stat, printable_path, read_bytes
from milatui.archive.kinds import FOLDERS, Kind
from milatui.archive.serialize import class_of
from milatui.archive.syntax.front_matter import split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError
from milatui.archive.writer import file_stem, write_in_archive
from milatui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.kinds import Data

_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


class RecordFile:
    """The text of one file of an archive, as it was read and as edits change it.

    Raises:
        EditError: the file cannot be edited in place.
        UnreadableFileError: it gives no text.
    """

    def __init__(self, root: Path, relpath: str, kind: Kind) -> None:
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

    def list_items(self, identifier: str, key: str) -> list[Data]:
        """Returns the items of a list of a record."""
        header, _start = self._yaml()
        return list_items(header, None if self._kind == "document" else identifier, key)

    def append_item(self, identifier: str, key: str, item: Data) -> None:
        """Adds an item to a list of a record; see ``yaml_edit.append_item``."""
        header, start = self._yaml()
        name = None if self._kind == "document" else identifier
        self._replace(header, start, append_item(header, name, key, item, self._order))

    def set_value(self, identifier: str, key: str, value: str) -> None:
        """Gives a key of a record another value; see ``yaml_edit.set_value``."""
        header, start = self._yaml()
        name = None if self._kind == "document" else identifier
        self._replace(header, start, set_value(header, name, key, value, self._order))

    def append_record(self, record: dict[str, Data], top: str = "") -> None:
        """Adds a record at the end of the list.

        Args:
            record: The record as plain data.
            top: The first lines of the file, if it is new.
        """
        self._text = append_record(self._text or top, record)

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

    def _yaml(self) -> tuple[str, int]:
        """Returns the YAML of the file, and where it starts."""
        if self._kind != "document":
            return self._text, 0
        try:
            header = split_front_matter(self._text).header
        except YamlSyntaxError as error:
            raise EditError(error.message) from None
        return header, self._text.index("\n") + 1

    def _replace(self, header: str, start: int, changed: str) -> None:
        self._text = self._text[:start] + changed + self._text[start + len(header) :]


def new_record_path(kind: Kind, name: str) -> str:
    """Returns the path of a new file of records, given the id of one or of their document."""
    return f"{FOLDERS[kind]}/{file_stem(name)}.yaml"

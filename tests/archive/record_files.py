"""Writes single records and metadata as files, for tests of what reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.files import METADATA_FILE
from milatui.archive.kinds import FOLDERS
from milatui.archive.records import Document
from milatui.archive.serialize import kind_of, metadata_to_dict, record_to_dict
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.writer import document_file_text, file_stem, write_in_archive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from milatui.archive.records import ArchiveMetadata, Record


def record_text(record: Record) -> str:
    """Returns the content of the file of one record: YAML, or front matter and body."""
    if isinstance(record, Document):
        return document_file_text(record, file_stem(record.id))
    return dump_yaml(record_to_dict(record))


def records_text(records: Sequence[Record]) -> str:
    """Returns the content of a file with a list of records that are not documents."""
    return dump_yaml([record_to_dict(record) for record in records])


def record_path(kind: Kind, identifier: str) -> str:
    """Returns the path within the archive of the file of one record."""
    ending = ".md" if kind == "document" else ".yaml"
    return f"{FOLDERS[kind]}/{file_stem(identifier)}{ending}"


def write_record(root: Path, record: Record, *, sync: bool = True) -> str:
    """Writes a record as a file of its own and returns the file's path within the archive."""
    relpath = record_path(kind_of(record), record.id)
    write_in_archive(root, relpath, record_text(record), None, sync=sync)
    return relpath


def write_metadata(root: Path, metadata: ArchiveMetadata) -> None:
    """Writes ``archive.yaml``."""
    write_in_archive(root, METADATA_FILE, dump_yaml(metadata_to_dict(metadata)), None)

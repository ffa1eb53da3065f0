"""Reads an archive's files into records; what is wrong in them becomes faults, never a crash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from yaml import MappingNode, SequenceNode

from milatui.archive.diagnostics import ArchiveError, Diagnostic
from milatui.archive.figures.event_figures import figures_of
from milatui.archive.files import (
    METADATA_FILE,
    FileStat,
    UnreadableFileError,
    kind_of_path,
    normalize_name,
    printable_path,
    read_text,
    scan,
)
from milatui.archive.kinds import KINDS, Kind
from milatui.archive.records import Event, Figure
from milatui.archive.schema import DOCUMENT, METADATA, SCHEMAS
from milatui.archive.serialize import metadata_from_dict, record_from_dict
from milatui.archive.syntax.front_matter import HEADER_LINE, split_front_matter
from milatui.archive.syntax.simple_yaml import parse_simple
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.validate import AliasExpansionError, NodeValidator, is_id, validate_simple
from milatui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from yaml import Node

    from milatui.archive.kinds import Data
    from milatui.archive.records import ArchiveMetadata, Record
    from milatui.archive.validate import FieldPath

# Where YAML is broken, this finds the ids of the records that are lost.
_ID_LINE = re.compile(r"^(?:- +)?id: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record and where it stands; line and column count from 1.

    ``dropped`` are the ways to items of its lists that were too faulty to be kept.
    """

    record: Record
    kind: Kind
    file: str
    line: int
    column: int = 1
    dropped: tuple[FieldPath, ...] = ()


@dataclass(slots=True)
class LoadedFile:
    """What one file gives.  ``rejected`` are kind and id of records too faulty to be used."""

    records: list[LoadedRecord] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rejected: list[tuple[Kind, str]] = field(default_factory=list)


@dataclass(slots=True)
class LoadedArchive:
    """A whole archive as read from ``root``: its good records and all faults of single files."""

    root: Path
    head: ArchiveMetadata
    records: dict[Kind, list[LoadedRecord]]
    diagnostics: list[Diagnostic]
    rejected: set[tuple[Kind, str]]
    files: dict[str, FileStat]

    @property
    def figures(self) -> list[Figure]:
        """All figures, those inside events included."""
        own = [found.record for found in self.records["figure"]]
        events = [found.record for found in self.records["event"]]
        inside = (figures_of(event) for event in events if isinstance(event, Event))
        return [*(each for each in own if isinstance(each, Figure)), *chain.from_iterable(inside)]

    @property
    def counts(self) -> dict[Kind, int]:
        """Number of records by kind, as lists count them: figures inside events included."""
        counts = {kind: len(self.records[kind]) for kind in KINDS}
        return {**counts, "figure": len(self.figures)}


def load_archive(root: Path) -> LoadedArchive:
    """Loads all records of the archive at ``root``, in the order of their files' paths.

    Raises:
        ArchiveError: if there is no such folder or no ``archive.yaml`` in it.
    """
    head, diagnostics = load_metadata(root)
    records: dict[Kind, list[LoadedRecord]] = {kind: [] for kind in KINDS}
    rejected: set[tuple[Kind, str]] = set()
    files = scan(root)
    for relpath in files:
        if relpath == METADATA_FILE:
            continue
        load = load_file(root, relpath)
        for located in load.records:
            records[located.kind].append(located)
        diagnostics.extend(load.diagnostics)
        rejected.update(load.rejected)
    return LoadedArchive(root, head, records, diagnostics, rejected, files)


def load_metadata(root: Path) -> tuple[ArchiveMetadata, list[Diagnostic]]:
    """Loads an archive's metadata.

    Returns:
        The metadata, as far as it is valid, and the diagnostics of its file.

    Raises:
        ArchiveError: if there is no such folder or no ``archive.yaml`` in it.
    """
    if not root.is_dir():
        raise ArchiveError(_("no such folder: {path}").format(path=root))
    if not (root / METADATA_FILE).exists():
        message = _("no archive in {path}: it has no {file}")
        raise ArchiveError(message.format(path=root, file=METADATA_FILE))
    data: dict[str, Data] | None = None
    try:
        text = read_text(root, METADATA_FILE)
        validator = NodeValidator(METADATA_FILE, len(text))
        node = _compose(text, validator)
        if node is not None:
            data = validator.mapping(node, METADATA)
            if data is not None and "title" not in data:
                validator.report(1, 1, _("“{key}” is missing").format(key="title"))
        diagnostics = validator.diagnostics
    except UnreadableFileError as error:
        diagnostics = [error.diagnostic]
    except AliasExpansionError as error:
        diagnostics = [Diagnostic(METADATA_FILE, 1, 1, "", str(error))]
    return metadata_from_dict({"title": root.resolve().name, **(data or {})}), diagnostics


def load_file(root: Path, relpath: str) -> LoadedFile:
    """Loads records and diagnostics of a file that ``scan`` found; its content never raises."""
    load = LoadedFile()
    if relpath == METADATA_FILE:
        load.diagnostics = load_metadata(root)[1]
        return load
    kind = kind_of_path(relpath)
    try:
        text = read_text(root, relpath)
        if kind == "document":
            _load_document(text, relpath, load)
        else:
            _load_records(text, relpath, kind, load)
    except UnreadableFileError as error:
        load.diagnostics.append(error.diagnostic)
    except AliasExpansionError as error:
        load.diagnostics.append(Diagnostic(printable_path(relpath), 1, 1, "", str(error)))
    return load


def _load_records(text: str, relpath: str, kind: Kind, load: LoadedFile) -> None:
    validator = NodeValidator(printable_path(relpath), len(text))
    load.diagnostics = validator.diagnostics
    node = _compose(text, validator)
    if node is None:
        load.rejected = [(kind, found[1].strip(" '\"")) for found in _ID_LINE.finditer(text)]
        return
    if isinstance(node, SequenceNode):
        items: list[Node] = node.value
    elif isinstance(node, MappingNode):
        items = [node]
    else:
        mark = node.start_mark
        message = _("a record or a list of records is expected here")
        validator.report(mark.line + 1, mark.column + 1, message)
        return
    for item in items:
        _load_record(item, kind, validator, load)


def _load_record(node: Node, kind: Kind, validator: NodeValidator, load: LoadedFile) -> None:
    dropped_before = len(validator.dropped)
    data = validator.table(node, SCHEMAS[kind])
    if data is None:
        _reject(node, kind, load)
        return
    mark = node.start_mark
    record = record_from_dict(kind, data)
    dropped = tuple(validator.dropped[dropped_before:])
    position = mark.line + 1, mark.column + 1
    load.records.append(LoadedRecord(record, kind, validator.file, *position, dropped))


def _reject(node: Node, kind: Kind, load: LoadedFile) -> None:
    """Remembers the id of an unusable record: references to it are not reported again."""
    if isinstance(node, MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == "id" and isinstance(value_node.value, str):
                load.rejected.append((kind, value_node.value))


def _load_document(text: str, relpath: str, load: LoadedFile) -> None:
    file = printable_path(relpath)
    stem = normalize_name(relpath.rpartition("/")[2].removesuffix(".md"))
    try:
        parts = split_front_matter(text)
    except YamlSyntaxError as broken:
        load.diagnostics.append(Diagnostic(file, broken.line, broken.column, "", broken.message))
        load.rejected.append(("document", stem))
        return
    validator = NodeValidator(file, len(parts.header), HEADER_LINE - 1)
    load.diagnostics = validator.diagnostics
    data = _front_matter(parts.header, validator)
    if data is None:
        load.rejected.append(("document", stem))
        return
    if "id" not in data:
        data["id"] = stem
        if file != relpath or not is_id(stem):
            validator.report(0, 1, _("the file's name is not an id; give one in the front matter"))
            return
    if "title" not in data:
        validator.report(0, 1, _("“{key}” is missing").format(key="title"))
        load.rejected.append(("document", str(data["id"])))
        return
    if "body" in data:
        validator.report(0, 1, _("“body” cannot be a key of front matter"))
    data["body"] = parts.body
    document = record_from_dict("document", data)
    load.records.append(LoadedRecord(document, "document", file, 1, 1, tuple(validator.dropped)))


def _front_matter(header: str, validator: NodeValidator) -> dict[str, Data] | None:
    """Loads front matter; the simple subset does not need PyYAML."""
    simple = parse_simple(header)
    data = validate_simple(simple, DOCUMENT) if simple is not None else None
    if data is not None:
        return data
    node = _compose(header, validator)
    return validator.mapping(node, DOCUMENT) if node is not None else None


def _compose(text: str, validator: NodeValidator) -> Node | None:
    try:
        node = compose(text)
    except YamlSyntaxError as broken:
        validator.report(broken.line, broken.column, broken.message)
        return None
    if node is None:
        validator.report(
            1, 1, _("the file is empty") if not text.strip() else _("there is no record")
        )
    return node

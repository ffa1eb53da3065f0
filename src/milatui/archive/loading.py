"""Reads an archive's files into records; what is wrong in them becomes faults, never a crash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yaml import MappingNode, SequenceNode

from milatui.archive.character_references import decode_markdown
from milatui.archive.conversion import from_data, head_from_data
from milatui.archive.faults import ArchiveError, Fault
from milatui.archive.files import (
    HEAD_FILE,
    Stamp,
    Unreadable,
    kind_of_path,
    normalized,
    read_text,
    scan,
    shown,
)
from milatui.archive.frontmatter import HEADER_LINE, split
from milatui.archive.kinds import KINDS, Kind
from milatui.archive.nodes import Broken, compose
from milatui.archive.schema import DOCUMENT, HEAD, TABLES
from milatui.archive.shaping import Overgrown, Shaper, is_id, shape_simple
from milatui.archive.simple_yaml import parse_simple
from milatui.messages import _

if TYPE_CHECKING:
    from pathlib import Path

    from yaml import Node

    from milatui.archive.kinds import Data
    from milatui.archive.records import Head, Record
    from milatui.archive.shaping import Trail

__all__ = [
    "ArchiveError",
    "FileLoad",
    "Loaded",
    "Located",
    "Stamp",
    "load_archive",
    "load_file",
    "load_head",
    "scan",
]

# Where YAML is broken this tells which records it is a pity for.
_ID_LINE = re.compile(r"^(?:- +)?id: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Located:
    """A record and where it stands; line and column count from 1.

    ``dropped`` are the ways to items of its lists that were too faulty to be kept.
    """

    record: Record
    kind: Kind
    file: str
    line: int
    column: int = 1
    dropped: tuple[Trail, ...] = ()


@dataclass(slots=True)
class FileLoad:
    """What one file gives.  ``rejected`` are kind and id of records too faulty to be used."""

    records: list[Located] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rejected: list[tuple[Kind, str]] = field(default_factory=list)


@dataclass(slots=True)
class Loaded:
    """A whole archive as read from ``root``: its good records and all faults of single files."""

    root: Path
    head: Head
    records: dict[Kind, list[Located]]
    faults: list[Fault]
    rejected: set[tuple[Kind, str]]
    files: dict[str, Stamp]


def load_archive(root: Path) -> Loaded:
    """All records of the archive at ``root``, in the order of their files' paths.

    Raises ``ArchiveError`` if there is no such folder or no ``archive.yaml`` in it.
    """
    head, faults = load_head(root)
    records: dict[Kind, list[Located]] = {kind: [] for kind in KINDS}
    rejected: set[tuple[Kind, str]] = set()
    files = scan(root)
    for relpath in files:
        if relpath == HEAD_FILE:
            continue
        load = load_file(root, relpath)
        for located in load.records:
            records[located.kind].append(located)
        faults.extend(load.faults)
        rejected.update(load.rejected)
    return Loaded(root, head, records, faults, rejected, files)


def load_head(root: Path) -> tuple[Head, list[Fault]]:
    """The archive's head, as far as it is sound, and the faults of ``archive.yaml``.

    Raises ``ArchiveError`` if there is no such folder or no ``archive.yaml`` in it.
    """
    if not root.is_dir():
        raise ArchiveError(_("no such folder: {path}").format(path=root))
    if not (root / HEAD_FILE).exists():
        message = _("no archive in {path}: it has no {file}")
        raise ArchiveError(message.format(path=root, file=HEAD_FILE))
    data: dict[str, Data] | None = None
    try:
        text = read_text(root, HEAD_FILE)
        shaper = Shaper(HEAD_FILE, len(text))
        node = _compose(text, shaper)
        if node is not None:
            data = shaper.mapping(node, HEAD)
            if data is not None and "title" not in data:
                shaper.report(1, 1, _("“{key}” is missing").format(key="title"))
        faults = shaper.faults
    except Unreadable as error:
        faults = [error.fault]
    except Overgrown as error:
        faults = [Fault(HEAD_FILE, 1, 1, "", str(error))]
    return head_from_data({"title": root.resolve().name, **(data or {})}), faults


def load_file(root: Path, relpath: str) -> FileLoad:
    """The records and faults of one of the files ``scan`` lists; never raises for its content."""
    load = FileLoad()
    if relpath == HEAD_FILE:
        load.faults = load_head(root)[1]
        return load
    kind = kind_of_path(relpath)
    try:
        text = read_text(root, relpath)
        if kind == "document":
            _load_document(text, relpath, load)
        else:
            _load_records(text, relpath, kind, load)
    except Unreadable as error:
        load.faults.append(error.fault)
    except Overgrown as error:
        load.faults.append(Fault(shown(relpath), 1, 1, "", str(error)))
    return load


def _load_records(text: str, relpath: str, kind: Kind, load: FileLoad) -> None:
    shaper = Shaper(shown(relpath), len(text))
    load.faults = shaper.faults
    node = _compose(text, shaper)
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
        shaper.report(mark.line + 1, mark.column + 1, message)
        return
    for item in items:
        _load_record(item, kind, shaper, load)


def _load_record(node: Node, kind: Kind, shaper: Shaper, load: FileLoad) -> None:
    dropped_before = len(shaper.dropped)
    data = shaper.table(node, TABLES[kind])
    if data is None:
        _reject(node, kind, load)
        return
    mark = node.start_mark
    record = from_data(kind, data)
    dropped = tuple(shaper.dropped[dropped_before:])
    place = mark.line + 1, mark.column + 1
    load.records.append(Located(record, kind, shaper.file, *place, dropped))


def _reject(node: Node, kind: Kind, load: FileLoad) -> None:
    """Note the id of a record that cannot be used, so that references to it are no second fault."""
    if isinstance(node, MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == "id" and isinstance(value_node.value, str):
                load.rejected.append((kind, value_node.value))


def _load_document(text: str, relpath: str, load: FileLoad) -> None:
    file = shown(relpath)
    stem = normalized(relpath.rpartition("/")[2].removesuffix(".md"))
    try:
        parts = split(text)
    except Broken as broken:
        load.faults.append(Fault(file, broken.line, broken.column, "", broken.message))
        load.rejected.append(("document", stem))
        return
    shaper = Shaper(file, len(parts.header), HEADER_LINE - 1)
    load.faults = shaper.faults
    data = _front_matter(parts.header, shaper)
    if data is None:
        load.rejected.append(("document", stem))
        return
    if "id" not in data:
        data["id"] = stem
        if shown(relpath) != relpath or not is_id(stem):
            shaper.report(0, 1, _("the file's name is no id; give one in the front matter"))
            return
    if "title" not in data:
        shaper.report(0, 1, _("“{key}” is missing").format(key="title"))
        load.rejected.append(("document", str(data["id"])))
        return
    if "body" in data:
        shaper.report(0, 1, _("“body” cannot be a key of front matter"))
    data["body"] = decode_markdown(parts.body)
    document = from_data("document", data)
    load.records.append(Located(document, "document", file, 1, 1, tuple(shaper.dropped)))


def _front_matter(header: str, shaper: Shaper) -> dict[str, Data] | None:
    """Load front matter; the simple kind does not need PyYAML."""
    simple = parse_simple(header)
    data = shape_simple(simple, DOCUMENT) if simple is not None else None
    if data is not None:
        return data
    node = _compose(header, shaper)
    return shaper.mapping(node, DOCUMENT) if node is not None else None


def _compose(text: str, shaper: Shaper) -> Node | None:
    try:
        node = compose(text)
    except Broken as broken:
        shaper.report(broken.line, broken.column, broken.message)
        return None
    if node is None:
        shaper.report(1, 1, _("the file is empty") if not text.strip() else _("there is no record"))
    return node

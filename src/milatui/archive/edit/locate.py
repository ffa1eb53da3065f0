"""Finds the file and line of a record by its id, without an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.files import METADATA_FILE, kind_of_path, scan
from milatui.archive.kinds import KINDS
from milatui.archive.loader import load_file
from milatui.archive.writer import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from milatui.archive.kinds import Kind


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """The file, line and column where a record begins, or its first fault if it cannot be read."""

    kind: Kind
    id: str
    file: str
    line: int
    column: int


def locate_records(
    root: Path, identifier: str, kinds: Sequence[Kind] = KINDS
) -> list[RecordAddress]:
    """Returns the places of the records with an id.

    A figure inside an event (``EVENT:NUMBER``) is found as its event.  Files whose bytes do not
    have the id are parsed only if no other has it.

    Args:
        root: The archive.
        identifier: The id.
        kinds: The kinds of records that are looked at.
    """
    wanted = {(kind, identifier) for kind in kinds}
    if "figure" in kinds and ":" in identifier:
        wanted.add(("event", identifier.rpartition(":")[0]))
    stems = {file_stem(identifier), identifier}
    needles = [each.encode() for _kind, each in wanted]
    likely: list[str] = []
    others: list[str] = []
    looked_at = {kind for kind, _identifier in wanted}
    for relpath in scan(root):
        if relpath == METADATA_FILE or kind_of_path(relpath) not in looked_at:
            continue
        stem = relpath.rpartition("/")[2].rpartition(".")[0]
        near = stem in stems or _holds(root / relpath, needles)
        (likely if near else others).append(relpath)
    for relpaths in (likely, others):
        found = [address for each in relpaths for address in _addresses(root, each, wanted)]
        if found:
            return found
    return []


def _addresses(root: Path, relpath: str, wanted: set[tuple[Kind, str]]) -> Iterator[RecordAddress]:
    load = load_file(root, relpath)
    for located in load.records:
        if (located.kind, located.record.id) in wanted:
            position = located.line, located.column
            yield RecordAddress(located.kind, located.record.id, relpath, *position)
    for kind, identifier in load.rejected:
        if (kind, identifier) in wanted:
            fault = min(load.diagnostics)
            yield RecordAddress(kind, identifier, relpath, fault.line, fault.column)


def _holds(path: Path, needles: Sequence[bytes]) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(needle in content for needle in needles)

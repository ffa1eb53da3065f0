"""Compares two loaded archives record by record."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from milatui.archive.diff.differences import (
    ArchiveDiff,
    ChangedRecord,
    LostEvidence,
    RecordName,
    StateSummary,
)
from milatui.archive.diff.evidence import Documents, lost_evidence
from milatui.archive.diff.revisions import open_state
from milatui.archive.diff.value_diff import diff_values
from milatui.archive.diff.word_diff import diff_words
from milatui.archive.kinds import KINDS
from milatui.archive.loader import load_archive
from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.archive.sanitize import excerpt
from milatui.archive.serialize import metadata_to_dict, record_to_dict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from milatui.archive.loader import LoadedArchive, LoadedRecord
    from milatui.archive.records import Record

_Pair = tuple["LoadedRecord", "LoadedRecord"]


def compare_states(old: str, new: str, archive: Path) -> ArchiveDiff:
    """Compares two states of an archive that are folders or git revisions, see ``open_state``.

    Args:
        old: The state that is compared with.
        new: The state that is compared with it; "" for the archive as it is.
        archive: The archive.

    Raises:
        ArchiveError: one of both cannot be opened.
    """
    with open_state(old, archive) as one, open_state(new or str(archive), archive) as other:
        loaded = load_archive(one.root), load_archive(other.root)
    return compare_archives(*loaded, (one.label, other.label))


def compare_archives(
    old: LoadedArchive, new: LoadedArchive, labels: tuple[str, str] = ("", "")
) -> ArchiveDiff:
    """Compares two states of an archive.

    Records belong together by kind and id; those that differ in their id only were renamed. Of
    records with the same id the first one counts, as everywhere.

    Args:
        old: The state that is compared with.
        new: The state that is compared with it.
        labels: What they are called.

    Returns:
        The differences, by kind and then by id.
    """
    added: list[RecordName] = []
    removed: list[RecordName] = []
    unreadable: list[RecordName] = []
    renamed: list[_Pair] = []
    both: list[_Pair] = []
    for kind in KINDS:
        before, after = _by_id(old, kind), _by_id(new, kind)
        both += ((before[name], after[name]) for name in sorted(before.keys() & after.keys()))
        gone = {name: before[name] for name in sorted(before.keys() - after.keys())}
        come = {name: after[name] for name in sorted(after.keys() - before.keys())}
        for one, other in list(_renamed(gone, come)):
            renamed.append((one, other))
            del gone[one.record.id], come[other.record.id]
        for found, state, target in ((gone, new, removed), (come, old, added)):
            for located in found.values():
                hidden = _is_unreadable(located, state)
                (unreadable if hidden else target).append(_name(located))
    hidden_ids = [record.id for record in unreadable if record.kind == "document"]
    documents = _documents(old, hidden_ids), _documents(new, hidden_ids)
    return ArchiveDiff(
        old=StateSummary(labels[0], old.counts, _errors(old)),
        new=StateSummary(labels[1], new.counts, _errors(new)),
        added=added,
        removed=removed,
        renamed=[(_name(one), _name(other)) for one, other in renamed],
        changed=list(_changes(both)),
        unreadable=unreadable,
        lost=list(_lost([*both, *renamed], *documents)),
        metadata=list(diff_values(metadata_to_dict(old.head), metadata_to_dict(new.head))),
    )


def _by_id(state: LoadedArchive, kind: Kind) -> dict[str, LoadedRecord]:
    found: dict[str, LoadedRecord] = {}
    for located in state.records[kind]:
        found.setdefault(located.record.id, located)
    return found


def _documents(state: LoadedArchive, unreadable: Collection[str]) -> Documents:
    found = _by_id(state, "document").items()
    documents = {name: own.record for name, own in found if isinstance(own.record, Document)}
    return Documents(documents, unreadable)


def _errors(state: LoadedArchive) -> int:
    return sum(diagnostic.severity == "error" for diagnostic in state.diagnostics)


def _is_unreadable(located: LoadedRecord, state: LoadedArchive) -> bool:
    """Returns whether a state has a record, but in a file or a form that cannot be read."""
    if (located.kind, located.record.id) in state.rejected:
        return True
    faulty = {each.file for each in state.diagnostics if each.severity == "error"}
    records = (each for each in state.records[located.kind] if each.file == located.file)
    return located.file in faulty and next(records, None) is None


def _renamed(gone: Mapping[str, LoadedRecord], come: Mapping[str, LoadedRecord]) -> Iterator[_Pair]:
    """Yields records that went and came with the same content."""
    by_content: defaultdict[str, list[LoadedRecord]] = defaultdict(list)
    for located in gone.values():
        by_content[_content(located.record)].append(located)
    for located in come.values():
        same = by_content.get(_content(located.record))
        if same:
            yield same.pop(0), located


def _content(record: Record) -> str:
    data = {key: value for key, value in record_to_dict(record).items() if key != "id"}
    return json.dumps(data, sort_keys=True)


def _name(located: LoadedRecord) -> RecordName:
    record = located.record
    match record:
        case Partner() | Person():
            title = record.name
        case Event() | Document():
            title = record.title
        case Figure():
            title = f"{record.measure}: {record.value} {record.unit}".rstrip()
        case Statement():
            title = excerpt(record.text)
    return RecordName(located.kind, record.id, title)


def _changes(pairs: list[_Pair]) -> Iterator[ChangedRecord]:
    for before, after in pairs:
        if before.record == after.record:
            continue
        old, new = record_to_dict(before.record), record_to_dict(after.record)
        one, other = old.pop("body", ""), new.pop("body", "")
        text = diff_words(str(one), str(other)) if one != other else None
        values = tuple(diff_values(old, new))
        if values or text:
            yield ChangedRecord(_name(after), before.record.id, values, text)


def _lost(pairs: list[_Pair], before: Documents, after: Documents) -> Iterator[LostEvidence]:
    for one, other in pairs:
        old, new = record_to_dict(one.record), record_to_dict(other.record)
        yield from lost_evidence(_name(other), old, new, before, after)

"""Writes the side files of a generation: what panes need without opening Whoosh.

``rows.bin`` holds the list lines, ``keep.bin`` what the next incremental build needs,
``names.json`` the names of partners and people, ``columns.bin`` everything in numbers,
all in the order of ``ordering`` (a record's place in it is its *number*).
"""

from __future__ import annotations

import json
import marshal
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from milatui.archive.records import KINDS
from milatui.index.arrays import NONE, ColumnsWriter
from milatui.index.engine.splitting import words
from milatui.index.firstview import add_partner_view, group_counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milatui.index.entries import Entry

CONTRADICTED = 1
OTHER = 255
"""Number of the words that found no place in a table of 255."""


def write_sides(
    folder: Path, entries: Sequence[Entry], doc_of_uid: Mapping[int, int], documents: int
) -> dict[str, Any]:
    """Write the side files for ``entries``, which must be sorted by their keys.

    Args:
        folder: The generation.
        entries: All records.
        doc_of_uid: Their documents in Whoosh, by lasting number.
        documents: How many there are, deleted ones included.

    Returns:
        What the manifest says about them: tables, counts, headings and places of columns.
    """
    columns = ColumnsWriter()
    number_of = {f"{entry.kind}/{entry.id}": n for n, entry in enumerate(entries)}
    _add_store(columns, folder / "rows.bin", "rows", [entry.row for entry in entries])
    # As one piece: a hundred thousand pieces of JSON would take seconds to read.
    (folder / "keep.bin").write_bytes(marshal.dumps([entry.kept() for entry in entries]))
    tables = _add_plain(columns, entries)
    partners = _add_partners(columns, entries, number_of)
    _add_links(columns, entries, number_of)
    _add_documents(columns, entries, doc_of_uid, documents)
    groups = group_counts(entries)
    first_year, last_year = add_partner_view(columns, entries, partners, groups)
    events = [n for n, e in enumerate(entries) if e.kind == "event"]
    both = [n for n, e in enumerate(entries) if e.kind in ("event", "document")]
    columns.add("timeline.events", "I", events)
    columns.add("timeline.all", "I", both)
    columns.write(folder / "columns.bin")
    _write_names(folder / "names.json", entries)
    return {
        "columns": columns.places,
        "counts": {kind: sum(1 for e in entries if e.kind == kind) for kind in KINDS},
        "groups": groups,
        "years": [first_year, last_year],
        **tables,
    }


def _add_store(columns: ColumnsWriter, path: Path, name: str, blobs: Sequence[bytes]) -> None:
    starts = [0]
    for blob in blobs:
        starts.append(starts[-1] + len(blob))
    columns.add(f"{name}.from", "Q", starts)
    # An empty archive still needs a file that can be mapped.
    path.write_bytes(b"".join(blobs) or b"\n")


def _add_plain(columns: ColumnsWriter, entries: Sequence[Entry]) -> dict[str, Any]:
    details = _Table()
    languages = _Table()
    columns.add("kind", "B", (KINDS.index(entry.kind) for entry in entries))
    columns.add("detail", "B", (details[entry.detail] for entry in entries))
    columns.add("language", "B", (languages[entry.language] for entry in entries))
    columns.add("first", "i", (entry.first for entry in entries))
    columns.add("last", "i", (entry.last for entry in entries))
    columns.add("flags", "B", _flags(entries))
    by_id = sorted(range(len(entries)), key=lambda n: (KINDS.index(entries[n].kind), entries[n].id))
    columns.add("by_id", "I", by_id)
    return {"details": details.words, "languages": languages.words}


class _Table:
    """Numbers words in the order they come, up to 255 of them."""

    def __init__(self) -> None:
        self.words: list[str] = [""]
        self._numbers = {"": 0}

    def __getitem__(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = min(len(self.words), OTHER)
            if number < OTHER:
                self.words.append(word)
        return number


def _flags(entries: Sequence[Entry]) -> list[int]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.measure:
            values[entry.measure[0]].add(entry.measure[1])
    return [
        CONTRADICTED if entry.measure and len(values[entry.measure[0]]) > 1 else 0
        for entry in entries
    ]


def _add_partners(
    columns: ColumnsWriter, entries: Sequence[Entry], number_of: dict[str, int]
) -> list[list[int]]:
    """Partners of each record and records of each partner, by partners' ordinals.

    A partner's ordinal is its place among the partners; they have no dates and so stand
    by their names.  Returns the records of each.
    """
    numbers = [n for n, entry in enumerate(entries) if entry.kind == "partner"]
    ordinal = {entries[n].id: place for place, n in enumerate(numbers)}
    columns.add("partner.number", "I", numbers)
    of_record = [[ordinal[p] for p in entry.partners if p in ordinal] for entry in entries]
    columns.add_lists("partners", of_record)
    records: list[list[int]] = [[] for _partner in numbers]
    for n, found in enumerate(of_record):
        for partner in found:
            records[partner].append(n)
    columns.add_lists("records", records)
    return records


def _add_links(columns: ColumnsWriter, entries: Sequence[Entry], number_of: dict[str, int]) -> None:
    """For each record the numbers of those that name or quote it."""
    named_by: list[list[int]] = [[] for _entry in entries]
    for n, entry in enumerate(entries):
        for reference in entry.refers:
            target = number_of.get(reference)
            if target is not None and target != n:
                named_by[target].append(n)
    columns.add_lists("named_by", named_by)


def _add_documents(
    columns: ColumnsWriter,
    entries: Sequence[Entry],
    doc_of_uid: Mapping[int, int],
    documents: int,
) -> None:
    number_of_doc = [NONE] * documents
    docs = [doc_of_uid[entry.uid] for entry in entries]
    for n, doc in enumerate(docs):
        number_of_doc[doc] = n
    columns.add("doc", "I", docs)
    columns.add("number", "I", number_of_doc)


def _write_names(path: Path, entries: Sequence[Entry]) -> None:
    """Folded and plain names of partners and people: ``[number, folded, name]``, titles first."""
    names: list[tuple[int, str, str]] = []
    for n, entry in enumerate(entries):
        if entry.kind in ("partner", "person"):
            title = json.loads(entry.row)[2]
            known = dict.fromkeys((title, *entry.names))
            names.extend((n, " ".join(words(name)), name) for name in known)
    path.write_text(json.dumps(names, ensure_ascii=False), "utf-8", "surrogatepass")

"""Writes the side files of a generation: what panes need without opening Whoosh.

``rows.bin`` holds the list lines, ``names.json`` the names of partners and people,
``columns.bin`` everything in numbers, all in the order of ``ordering`` (a record's place in
it is its *number*).  The next incremental build needs nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.arrays import CONTRADICTED, NONE, ColumnsWriter
from milatui.index.editions import add_editions
from milatui.index.firstview import add_partner_view, group_counts
from milatui.index.merging import LISTS, PLAIN

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.merging import Merged

    Numbers = NDArray[Any]

_DOCUMENT: Final = KINDS.index("document")
_EVENT: Final = KINDS.index("event")
_PARTNER: Final = KINDS.index("partner")


def write_sides(folder: Path, records: Merged, documents: int) -> dict[str, Any]:
    """Write the side files.

    Args:
        folder: The generation.
        records: All records.
        documents: How many Whoosh counts, deleted ones included.

    Returns:
        What the manifest says about them: tables, counts, headings and places of columns.
    """
    columns = ColumnsWriter()
    kinds = records.columns["kind"]
    with (folder / "rows.bin").open("wb") as file:
        file.writelines(records.rows())
        # An empty archive still needs a file that can be mapped.
        file.write(b"" if records.size else b"\n")
    _add(columns, "rows.from", "Q", records.row_starts)
    for name, (code, _type) in PLAIN.items():
        _add(columns, name, code, records.columns[name])
    for name in LISTS:
        _add(columns, f"{name}.from", "I", records.columns[f"{name}.from"])
        _add(columns, name, "Q", records.columns[name])
    columns.add("flags", "B", _flags(records))
    _add(columns, "by_id", "I", records.by_id)
    number = np.full(documents, NONE, np.uint32)
    number[records.columns["doc"]] = np.arange(records.size)
    _add(columns, "number", "I", number)
    of_partner = _add_partners(columns, records)
    _add_naming(columns, records)
    add_editions(columns, records.columns, _resolved(records, "version", records.columns["mark"]))
    groups = group_counts(records.columns["group"], kinds)
    years = add_partner_view(columns, records.columns["group"], kinds, of_partner, groups)
    _add(columns, "timeline.events", "I", np.flatnonzero(kinds == _EVENT))
    both = (kinds == _EVENT) | (kinds == _DOCUMENT)
    _add(columns, "timeline.all", "I", np.flatnonzero(both))
    columns.write(folder / "columns.bin")
    names = json.dumps(records.names, ensure_ascii=False)
    (folder / "names.json").write_text(names, "utf-8", "surrogatepass")
    counts = np.bincount(kinds, minlength=len(KINDS)).tolist()
    return {
        "columns": columns.places,
        "counts": dict(zip(KINDS, counts, strict=True)),
        "groups": groups,
        "years": years,
        "details": records.tables["detail"],
        "languages": records.tables["language"],
        "publishers": records.tables["publisher"],
    }


_TYPES: Final = {"B": np.uint8, "I": np.uint32, "i": np.int32, "Q": np.uint64}


def _add(columns: ColumnsWriter, name: str, code: str, values: Numbers) -> None:
    columns.add_bytes(name, code, values.astype(_TYPES[code]).tobytes())


def _flags(records: Merged) -> list[int]:
    """Figures of one measure that differ contradict each other."""
    measures, values = (records.columns[name].tolist() for name in ("measure", "value"))
    found: dict[int, set[int]] = {}
    for measure, value in zip(measures, values, strict=True):
        if measure:
            found.setdefault(measure, set()).add(value)
    return [CONTRADICTED if m and len(found[m]) > 1 else 0 for m in measures]


def _add_partners(columns: ColumnsWriter, records: Merged) -> tuple[Numbers, Numbers]:
    """Partners of each record and records of each partner, by partners' ordinals.

    A partner's ordinal is its place among the partners; they have no dates and so stand
    by their names.  Returns the second, as starts and numbers.
    """
    partners = np.flatnonzero(records.columns["kind"] == _PARTNER)
    _add(columns, "partner.number", "I", partners)
    record, ordinal = _resolved(records, "about", records.columns["mark"][partners])
    _add_lists(columns, "partners", records.size, record, ordinal)
    order = np.argsort(ordinal, kind="stable")
    return _add_lists(columns, "records", len(partners), ordinal[order], record[order])


def _add_naming(columns: ColumnsWriter, records: Merged) -> None:
    """For each record the numbers of those that name or quote it."""
    record, target = _resolved(records, "refer", records.columns["mark"])
    others = record != target
    record, target = record[others], target[others]
    order = np.argsort(target, kind="stable")
    _add_lists(columns, "named_by", records.size, target[order], record[order])


def _resolved(records: Merged, name: str, marks: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of a record and the place in ``marks`` of a mark in its list, in order."""
    wanted = records.columns[name]
    starts = records.columns[f"{name}.from"]
    sizes = starts[1:] - starts[:-1]
    record = np.repeat(np.arange(records.size), sizes)
    if not len(marks):
        return record[:0], record[:0]
    order = np.argsort(marks)
    at = np.minimum(np.searchsorted(marks, wanted, sorter=order), len(marks) - 1)
    place = order[at]
    found = marks[place] == wanted
    return record[found], place[found]


def _add_lists(
    columns: ColumnsWriter, name: str, size: int, owner: Numbers, items: Numbers
) -> tuple[Numbers, Numbers]:
    """Add a list of items for each owner; ``owner`` is in order."""
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=size), out=starts[1:])
    _add(columns, f"{name}.from", "I", starts)
    _add(columns, name, "I", items)
    return starts, items

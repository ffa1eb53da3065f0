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
from milatui.index.arrays import CONTRADICTED, NONE
from milatui.index.columns import ColumnsWriter
from milatui.index.editions import add_editions
from milatui.index.firstview import add_partner_view, group_counts
from milatui.index.fresh import LISTS, PLAIN
from milatui.index.holding import holding

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.merging import Merged
    from milatui.index.writing import Parts

    Numbers = NDArray[Any]

_DOCUMENT: Final = KINDS.index("document")
_EVENT: Final = KINDS.index("event")
_PARTNER: Final = KINDS.index("partner")


def write_sides(folder: Path, records: Merged, parts: Parts) -> dict[str, Any]:
    """Write the side files.

    Args:
        folder: The generation.
        records: All records.
        parts: What the generation is made of.

    Returns:
        What the manifest says about them: tables, counts and headings.
    """
    columns = ColumnsWriter()
    kinds = records.columns["kind"]
    with (folder / "rows.bin").open("wb") as file:
        file.writelines(records.rows())
        # An empty archive still needs a file that can be mapped.
        file.write(b"" if records.size else b"\n")
    columns.add("rows.from", "Q", records.row_starts)
    for name, (code, _type) in PLAIN.items():
        columns.add(name, code, records.columns[name])
    for name in LISTS:
        columns.add(f"{name}.from", "I", records.columns[f"{name}.from"])
        columns.add(name, "Q", records.columns[name])
    columns.add("flags", "B", _flags(records.columns["measure"], records.columns["value"]))
    columns.add("by_id", "I", records.by_id)
    number = np.full(parts.documents, NONE, np.uint32)
    number[records.columns["doc"]] = np.arange(records.size)
    columns.add("number", "I", number)
    columns.add("holding", "I", holding([folder / name for name in parts.names], number == NONE))
    of_partner = _add_partners(columns, records)
    _add_naming(columns, records)
    add_editions(columns, records.columns["content"], _resolved(records, "version"))
    groups = group_counts(records.columns["group"], kinds)
    years = add_partner_view(columns, records.columns["group"], kinds, of_partner, groups)
    columns.add("timeline.events", "I", np.flatnonzero(kinds == _EVENT))
    both = (kinds == _EVENT) | (kinds == _DOCUMENT)
    columns.add("timeline.all", "I", np.flatnonzero(both))
    columns.write(folder / "columns.bin")
    names = json.dumps(records.names, ensure_ascii=False)
    (folder / "names.json").write_text(names, "utf-8", "surrogatepass")
    counts = np.bincount(kinds, minlength=len(KINDS)).tolist()
    return {
        "counts": dict(zip(KINDS, counts, strict=True)),
        "groups": groups,
        "years": years,
        "details": records.tables["detail"],
        "languages": records.tables["language"],
        "publishers": records.tables["publisher"],
    }


def _flags(measures: Numbers, values: Numbers) -> Numbers:
    """Figures of one measure that differ contradict each other."""
    flags = np.zeros(len(measures), np.uint8)
    figures = np.flatnonzero(measures)
    _unique, first, same = np.unique(measures[figures], return_index=True, return_inverse=True)
    differs = values[figures] != values[figures[first[same]]]
    contradicted = np.zeros(len(first), bool)
    contradicted[same[differs]] = True
    flags[figures[contradicted[same]]] = CONTRADICTED
    return flags


def _add_partners(columns: ColumnsWriter, records: Merged) -> tuple[Numbers, Numbers]:
    """Partners of each record and records of each partner, by partners' ordinals.

    A partner's ordinal is its place among the partners; they have no dates and so stand
    by their names.  Returns the second, as starts and numbers.
    """
    partners = np.flatnonzero(records.columns["kind"] == _PARTNER)
    columns.add("partner.number", "I", partners)
    record, about = _resolved(records, "about")
    ordinals = np.full(records.size, -1)
    ordinals[partners] = np.arange(len(partners))
    known = ordinals[about] >= 0
    record, ordinal = record[known], ordinals[about[known]]
    _add_lists(columns, "partners", records.size, record, ordinal)
    order = np.argsort(ordinal, kind="stable")
    return _add_lists(columns, "records", len(partners), ordinal[order], record[order])


def _add_naming(columns: ColumnsWriter, records: Merged) -> None:
    """For each record the numbers of those that name or quote it."""
    record, target = _resolved(records, "refer")
    others = record != target
    record, target = record[others], target[others]
    order = np.argsort(target, kind="stable")
    _add_lists(columns, "named_by", records.size, target[order], record[order])


def _resolved(records: Merged, name: str) -> tuple[Numbers, Numbers]:
    """Pairs of a record and another that its list names, in order."""
    wanted = records.columns[name]
    record = np.repeat(np.arange(records.size), np.diff(records.columns[f"{name}.from"]))
    if not len(wanted):
        return record, record
    marks = records.columns["mark"]
    order = np.argsort(marks)
    place = order[np.minimum(np.searchsorted(marks, wanted, sorter=order), len(marks) - 1)]
    found = marks[place] == wanted
    return record[found], place[found]


def _add_lists(
    columns: ColumnsWriter, name: str, size: int, owner: Numbers, items: Numbers
) -> tuple[Numbers, Numbers]:
    """Add a list of items for each owner; ``owner`` is in order."""
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=size), out=starts[1:])
    columns.add(f"{name}.from", "I", starts)
    columns.add(name, "I", items)
    return starts, items

"""The user's own notes go out in each format, and stay at home if that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.notes import Note
from milatui.catalogue.scope import Scope
from milatui.export.formats import DATED, FORMATS, plan_export, write_export
from milatui.export.remarks import Remark, Remarks
from milatui.export.scope_records import ScopeRecords
from tests.export.readers import read_back

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.notes import RecordKey
    from milatui.export.formats import FormatName

WORDS = "Ask {them} & 100 % of <b>us</b>."


def texts(
    catalogue: Catalogue, name: FormatName, notes: dict[RecordKey, Note]
) -> tuple[str, Remarks]:
    """All texts that a reader of the format finds, and what is said about the export.

    Returns:
        The texts in one; the remarks.
    """
    kinds = frozenset[str](DATED) if name in ("ics", "timelinejs") else frozenset[str]()
    records = ScopeRecords(catalogue, Scope(kinds=kinds), notes)
    remarks = Remarks()
    written = "".join(write_export(records, plan_export(records, name), remarks))
    found = read_back(name, written)
    return "\n".join(text for each in found.values() for text in each), remarks


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", ["document", "event"])
def test_notes_go_out_where_they_are_wanted(
    planted: Catalogue, name: FormatName, kind: str
) -> None:
    numbers = planted.list_records("event", Scope())
    if kind == "document":
        numbers = planted.list_records("document", Scope())
    dated = [planted.row(number) for number in numbers if len(planted.row(number).date) == 10]
    row = dated[0]
    note = Note(row.kind, row.id, starred=True, tags=("check", "pharma"), text=WORDS)
    with_notes, remarks = texts(planted, name, {note.key: note})
    star = "own-star" if name == "csv" else "starred"
    for words in (star, "check", "pharma", "100 % of"):
        assert words in with_notes, words
    assert remarks.count(Remark.NOTED, row.kind) == 1
    without, remarks = texts(planted, name, {})
    assert "pharma" not in without
    assert remarks.count(Remark.NOTED, row.kind) == 0
